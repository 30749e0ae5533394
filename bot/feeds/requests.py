"""What can be asked of the feeds: one plain value for each command."""

from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class FeedWishes:
    """How a feed is to be read; what is None stays as it is, or is as usual.

    `outlet`, `language` (a BCP 47 tag) and `time_zone` (an IANA name) are those of all its articles, "" for what the feed and its pages
    say themselves. With `full_text` the page of each entry is read, else what the feed gives of it. `filters` are as `filters.parse`
    reads them, and take the place of those that there were.
    """

    outlet: str | None = None
    language: str | None = None
    time_zone: str | None = None
    full_text: bool | None = None
    filters: tuple[str, ...] | None = None


AS_USUAL = FeedWishes()


class Which(StrEnum):
    """The feeds that a list is of."""

    ALL = "all"
    FAILING = "failing"
    PAUSED = "paused"


@dataclass(frozen=True, slots=True)
class ListFeeds:
    """The feeds, those numbered above `after`."""

    which: Which = Which.ALL
    after: int = 0


@dataclass(frozen=True, slots=True)
class ShowFeed:
    """A feed, how it goes, and what of it could not be read."""

    number: int


@dataclass(frozen=True, slots=True)
class PreviewFeed:
    """What would come of the feed at an address, or of the page at it, with these wishes; nothing is saved."""

    url: str
    wishes: FeedWishes = AS_USUAL


@dataclass(frozen=True, slots=True)
class AddFeed:
    """The feed at an address, or of the page at it, is read from now on."""

    url: str
    wishes: FeedWishes = AS_USUAL


@dataclass(frozen=True, slots=True)
class ChangeFeed:
    """A feed is read in another way."""

    number: int
    wishes: FeedWishes


@dataclass(frozen=True, slots=True)
class PauseFeed:
    """A feed is left alone."""

    number: int


@dataclass(frozen=True, slots=True)
class ResumeFeed:
    """A feed that was left alone is read again."""

    number: int


@dataclass(frozen=True, slots=True)
class CheckFeed:
    """A feed is looked at as soon as its host may be asked."""

    number: int


@dataclass(frozen=True, slots=True)
class MoveFeed:
    """A feed is read at the address that it says it has now."""

    number: int


@dataclass(frozen=True, slots=True)
class RemoveFeed:
    """A feed is read no more; its articles stay."""

    number: int


@dataclass(frozen=True, slots=True)
class ImportFeeds:
    """The feeds of a list (OPML) on the web are read from now on."""

    url: str


@dataclass(frozen=True, slots=True)
class ExportFeeds:
    """All feeds as a list (OPML)."""


Feeding = (
    ListFeeds
    | ShowFeed
    | PreviewFeed
    | AddFeed
    | ChangeFeed
    | PauseFeed
    | ResumeFeed
    | CheckFeed
    | MoveFeed
    | RemoveFeed
    | ImportFeeds
    | ExportFeeds
)
ONLY_ASKING = (ListFeeds, ShowFeed, PreviewFeed, ExportFeeds)
