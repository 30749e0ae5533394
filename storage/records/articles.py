"""Articles as they go into the store and come out of it, and what the whole store holds."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class SaveOutcome(StrEnum):
    """What storing an article did."""

    ADDED = "added"
    UNCHANGED = "unchanged"
    NEW_VERSION = "new version"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class NewArticle:
    """An article to store.

    `first_outlet` is the outlet that it names itself as the one which published it first; "" if it says that another has, and not which.
    `identity` is what makes two readings the same article: its canonical URL, else where the file
    lies (`file:…`), else its content (`text:<sha256>`). `published` is timezone-aware UTC. Alerts do not tell of an `unannounced`
    one, as it is no news; one that is stored already stays what it is.
    """

    identity: str
    text: str
    url: str | None = None
    outlet: str | None = None
    headline: str | None = None
    byline: str | None = None
    published: datetime | None = None
    language: str | None = None
    first_outlet: str | None = None
    unannounced: bool = False


@dataclass(frozen=True, slots=True)
class StoredArticle:
    """An article in one of its versions (the newest unless another was asked for)."""

    id: int
    version_id: int
    version: int
    identity: str
    text: str
    url: str | None
    outlet: str | None
    headline: str | None
    byline: str | None
    published: datetime | None
    language: str | None
    read_at: datetime


@dataclass(frozen=True, slots=True)
class UnquotedArticle:
    """An article of which no quotes are taken, as it is in another language: its number, and a BCP 47 tag."""

    article_id: int
    language: str


@dataclass(frozen=True, slots=True)
class Removal:
    """The mark that an article taken down leaves, so that it does not come back by itself."""

    identity: str
    author: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Counts:
    """What the store holds: `quotes` are speech, `speakers` those heard in it, `attitudes` the other quotes."""

    articles: int
    quotes: int
    speakers: int
    outlets: int
    last_read: datetime | None
    attitudes: int = 0
