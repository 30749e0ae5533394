"""Words with which news pages speak of themselves, for the patterns of their boilerplate."""

import re


def any_of(*patterns: str) -> str:
    """A pattern that matches what one of the patterns does."""
    return "(?:" + "|".join(patterns) + ")"


def rule(*patterns: str) -> re.Pattern[str]:
    """The alternatives as one compiled pattern, blind to case."""
    return re.compile(any_of(*patterns), re.IGNORECASE)


NETWORK = any_of(
    "facebook",
    "twitter",
    r"x(?: \(formerly twitter\))?",
    *("whatsapp", "linkedin", "reddit", "telegram", "instagram", "pinterest", "messenger", "flipboard"),
    *("bluesky", "threads", "youtube", "tiktok", "snapchat", "mastodon", "google news", "e-?mail"),
)
AGENCY = any_of(
    *("reuters", "afp", "ap", "pa", "epa", "pti", "ani", "ians", "aap", "bloomberg", "zuma", "ap photo"),
    r"pa (?:media|wire|archive|images)",
    "press association",
    "(?:the )?associated press",
    "getty(?: images)?",
    *("shutterstock", "alamy", "i?stock", "unsplash", r"rex(?: features)?", r"wikimedia(?: commons)?"),
)
PICTURE = any_of(
    *("image", "photo", "picture", "pic", "photograph", "photography", "graphic", "illustration", "artwork"),
    *("video", "screen ?grab", "screenshot", "footage"),
)
PIECE = any_of("article", "story", "post", "page", "piece", "report", "column", "essay", "content", "material", "interview", "blog", "text")
PIECES = any_of(
    "stories",
    "story",
    "articles?",
    "news",
    "content",
    "topics?",
    "posts?",
    "coverage",
    "reading",
    "reads",
    "links?",
    "videos?",
    "headlines",
    "items",
)
ADDRESS = r"(?:\[email protected\]|\S+@\S+\.\w+)"
LABEL_END = r"\s*[:|►▶>»]\s*\S"
