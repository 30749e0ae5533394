"""The kinds of things that are fetched, and what each may be."""

from dataclasses import dataclass
from typing import Final

from bot.errors import NotAFeed, NotAnArticle, ReadingError

_NO_FEED = frozenset({"application/pdf", "application/zip"})
_NO_FEEDS = ("image/", "audio/", "video/", "font/")


@dataclass(frozen=True, slots=True)
class Wanted:
    """A kind of thing: the Accept header that asks for it, which media types it may have, and how a person is told of it.

    `types` are the only ones, or None for any but those that no text has. `most` bytes are read and the rest is left, instead of
    the whole being refused as too long. `instead` is what a person can do to get it otherwise, `where` what to give; `unfit` is
    the error for bytes that it cannot be.
    """

    name: str
    kind: str
    accept: str
    instead: str
    where: str
    unfit: type[ReadingError]
    types: frozenset[str] | None = None
    most: int | None = None

    def may_be(self, essence: str) -> bool:
        """Whether it can have this media type (in lower case, without parameters; empty for none)."""
        if self.types is None:
            return essence not in _NO_FEED and not essence.startswith(_NO_FEEDS)
        return essence in self.types


PAGE: Final = Wanted(
    name="page",
    kind="web page",
    accept="text/html,application/xhtml+xml,text/plain;q=0.9",
    instead="save the page from a browser and read the file",
    where="Give the address of the article's page.",
    unfit=NotAnArticle,
    types=frozenset({"", "text/html", "application/xhtml+xml", "text/plain", "text/markdown"}),
)
FEED: Final = Wanted(
    name="feed",
    kind="feed",
    accept="application/rss+xml,application/atom+xml,application/feed+json,application/rdf+xml;q=0.9,"
    "application/xml;q=0.8,text/xml;q=0.8,application/json;q=0.7,text/html;q=0.5,*/*;q=0.1",
    instead="give another address of the feed",
    where="Give the address of the feed, or of a page that names it.",
    unfit=NotAFeed,
)
ROBOTS: Final = Wanted(
    name="robots.txt",
    kind="robots.txt",
    accept="text/plain,*/*;q=0.5",
    instead="look at it in a browser",
    where="Look at it in a browser.",
    unfit=ReadingError,
    most=500_000,
)
