"""What a feed gives, whatever its format: RSS 0.9 to 2.0, Atom, RDF, JSON Feed or a news sitemap."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum


class FeedFormat(StrEnum):
    """The formats of feeds that are read."""

    RSS = "rss"
    RDF = "rdf"
    ATOM = "atom"
    JSON = "json"
    SITEMAP = "sitemap"


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a feed, as the feed gives it: nothing is made up, and what is missing is None.

    `guid` is what the feed calls it (RSS guid, Atom id, JSON id); it need not be unique, nor stay. `url` is absolute. `published` is
    aware of its zone (one that is not given is the feed's own, else UTC), or None where the feed gives no date, or one that cannot be
    read. `content` is the full text as HTML, where the feed has it; `summary` is HTML as well.
    """

    guid: str | None
    url: str | None
    headline: str | None = None
    author: str | None = None
    published: datetime | None = None
    updated: datetime | None = None
    sections: tuple[str, ...] = ()
    content: str | None = None
    summary: str | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Hints:
    """What a feed says of how often to look: RSS ttl, skipHours (of the day in UTC), skipDays (0 is Monday), and RSS 1.0's syndication."""

    ttl: timedelta | None = None
    skip_hours: frozenset[int] = frozenset()
    skip_days: frozenset[int] = frozenset()
    update_every: timedelta | None = None


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed as it was read once; `entries` in its own order."""

    format: FeedFormat
    title: str | None
    home: str | None
    language: str | None
    entries: tuple[Entry, ...]
    hints: Hints = Hints()
