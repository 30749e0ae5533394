"""What each keyword of the chat is for, and how it is typed: shown by help, and by the errors of a keyword that lacks something."""

from dataclasses import dataclass

from bot.asking.dates import shortened
from bot.callers import Right
from bot.errors import NotUnderstood

TIME_ZONE = "time zone"
"""The one keyword of two words."""
FEEDS = "feeds"


@dataclass(frozen=True, slots=True)
class Subject:
    """Whom and what the requests that are shown ask about; `last` is what the person with that `name` is called for short."""

    name: str = "Ann Bell"
    last: str = "Bell"
    topic: str = "ferries"


@dataclass(frozen=True, slots=True)
class Usage:
    """Requests that begin with a keyword, or with a few that belong together, and a few words on what they do.

    {name}, {last} and {topic} stand for those of a `Subject`. `scheduled` says that they need a channel to post digests in,
    `right` what a person must be allowed to do, if it is kept for some people. What is needed `seldom` is shown with its keyword only.
    """

    requests: tuple[str, ...]
    does: str
    scheduled: bool = False
    right: Right | None = None
    seldom: bool = False

    @property
    def keywords(self) -> tuple[str, ...]:
        """The keywords that the requests begin with, each once, such as "show"."""
        found = (TIME_ZONE if request.startswith(TIME_ZONE) else request.partition(" ")[0] for request in self.requests)
        return tuple(dict.fromkeys(found))

    def line(self, subject: Subject) -> str:
        """The requests about that subject, and what they do."""
        requests = (request.format(name=subject.name, last=subject.last, topic=subject.topic) for request in self.requests)
        return f"{', or '.join(requests)} ({self.does})"


QUESTIONS = (
    Usage(("quotes by {name} since Monday",), "what somebody said"),
    Usage(("attitudes by {name} since Monday",), "what somebody thinks or wants"),
    Usage(("more", "export", "export json"), "the next page of your last answer here, or all of it as a file"),
)
COMMANDS = {
    "Articles and people": (
        Usage(("show 12",), "the quotes of an article; also by its link, or words of its headline"),
        Usage(("people", "people {last}", "speaker {name}"), "who is quoted, and who one of them is"),
        Usage(("add https://example.org/news/ferry.html",), "read an article", right=Right.ADD),
        Usage(("remove 12",), "take an article down; also by its link", right=Right.REMOVE),
        Usage(("status",), "what is stored"),
        Usage(("time zone",), "the one in which dates are read here"),
        Usage(("time zone Europe/London",), "set it", right=Right.CONFIGURE),
    ),
    "Feeds": (
        Usage(("feeds", "feeds failing", "feeds 3"), "what is read by itself, and how it goes"),
        Usage(("feeds preview https://example.org/", "feeds add https://example.org/"), "have a feed read", right=Right.ADD),
        Usage(
            ("feeds add https://example.org/feed; outlet: Harbour Post; keep headline: ferry",), "the same", right=Right.ADD, seldom=True
        ),
        Usage(("feeds set 3; zone: London; block section: sport; feed text",), "how it is read", right=Right.ADD, seldom=True),
        Usage(("feeds set 3; outlet: none; no filters; full text",), "take that back", right=Right.ADD, seldom=True),
        Usage(("feeds pause 3", "feeds resume 3", "feeds remove 3"), "let it rest, go on or end", right=Right.ADD),
        Usage(("feeds check 3",), "look at it now", right=Right.ADD, seldom=True),
        Usage(("feeds move 3",), "read it where it says that it has moved", right=Right.ADD, seldom=True),
        Usage(("feeds import https://example.org/list.opml",), "read all feeds of a list (OPML)", right=Right.ADD, seldom=True),
        Usage(("feeds export",), "all feeds as such a list", seldom=True),
    ),
    "Corrections": (
        Usage(("fix 12 speaker {name}", "fix 12 not a quote"), "say who really said a quote, or that nobody did", right=Right.CORRECT),
        Usage(("merge {last} into {name}",), "two names are one person", right=Right.CORRECT),
        Usage(("split {last} articles 3, 5 as {name}",), "one name is two people", right=Right.CORRECT),
        Usage(("corrections",), "what was corrected"),
        Usage(("undo", "undo 3"), "take back your newest correction, or that with the number", right=Right.CORRECT),
    ),
    "Digests and alerts": (
        Usage(("digest", "digest about {topic} since Monday"), "what was said, by story"),
        Usage(("digest daily at 8 about {topic}",), "the same, posted here on a schedule", scheduled=True, right=Right.SUBSCRIBE),
        Usage(("preview 3", "preview daily at 8 about {topic}"), "what would be posted now, and when; nothing is saved", scheduled=True),
        Usage(("watch {name}", "watch {topic}"), "an alert: what is new, posted here soon", scheduled=True, right=Right.SUBSCRIBE),
        Usage(("subscriptions",), "the digests and alerts posted here", scheduled=True),
        Usage(
            ("change 3 to weekdays at 9", "change 3 to about {topic}"), "another schedule or topic", scheduled=True, right=Right.SUBSCRIBE
        ),
        Usage(
            ("change 3 to short, silent if nothing is new, quiet 22-7", "change 4 to at most 5 a day"),
            "how it is to be",
            scheduled=True,
            right=Right.SUBSCRIBE,
        ),
        Usage(("send 3",), "have it posted now", scheduled=True, right=Right.SUBSCRIBE),
        Usage(("mute 3", "unmute 3"), "nothing for a day; and go on at once", scheduled=True, right=Right.SUBSCRIBE),
        Usage(("pause 3", "resume 3", "unsubscribe 3"), "let it rest, go on or end", scheduled=True, right=Right.SUBSCRIBE),
        Usage(("log", "log 3"), "what was posted here and what was not, and why", scheduled=True),
    ),
}
_HELP = Usage(("help", "help digest"), "what can be typed, or how one of the commands works")
EVERY_USAGE = (_HELP, *QUESTIONS, *(usage for usages in COMMANDS.values() for usage in usages))
KEYWORDS = tuple(dict.fromkeys(keyword for usage in EVERY_USAGE for keyword in usage.keywords))


def usage_of(keyword: str) -> tuple[Usage, ...]:
    """How a keyword, or more of what a request begins with ("feeds pause"), is typed, and what it does."""
    return tuple(usage for usage in EVERY_USAGE if any(f"{request} ".startswith(f"{keyword} ") for request in usage.requests))


def misused(keyword: str, rest: str = "") -> NotUnderstood:
    """The error for a keyword that lacks what it needs; `rest` is what stood behind it, which may have been a question."""
    how = f"Type: {'; '.join(usage.line(Subject()) for usage in usage_of(keyword))}."
    if not rest:
        return NotUnderstood(f"That is not how {keyword} works.", how)
    question = f"who said what about {shortened(f'{keyword} {rest}')}"
    return NotUnderstood(f"That is not how {keyword} works.", f"{how} To look for quotes: {question}.", suggestions=(question,))
