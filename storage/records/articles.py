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

    `identity` is what makes two readings the same article: its canonical URL, else where the file
    lies (`file:…`), else its content (`text:<sha256>`). `published` is timezone-aware UTC.
    """

    identity: str
    text: str
    url: str | None = None
    outlet: str | None = None
    headline: str | None = None
    byline: str | None = None
    published: datetime | None = None
    language: str | None = None


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
