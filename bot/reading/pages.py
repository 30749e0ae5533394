"""What fetching gives, apart from how it is done: the HTTP client takes long to load, and most commands fetch nothing."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final, Protocol

from bot.errors import ReadingError

MAX_REDIRECTS: Final = 5
"""So many are followed (RFC 9309, 2.3.1.2, wants five at least)."""


@dataclass(frozen=True, slots=True)
class Page:
    """What was fetched: the address after all redirects, its media type and its bytes, decompressed."""

    url: str
    media_type: str | None
    data: bytes


class Fetcher(Protocol):
    """Something that fetches pages."""

    async def fetch(self, url: str) -> Page:
        """The page at `url`. Raises CannotFetch where it cannot be had, NotAnArticle where it is none."""
        ...


@dataclass(frozen=True, slots=True)
class Validators:
    """What a server gave to ask by whether something has changed (RFC 9110, 8.8): the two headers exactly as they were written."""

    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True, slots=True)
class Freshness:
    """How long an answer says that it stays as it is (RFC 9111): its max-age, and its Expires as an aware date."""

    max_age: timedelta | None = None
    expires: datetime | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """Something fetched. `url` is the address after all redirects; `moved` says that all of those were permanent, of which there was one.

    `received` is the length of the body in bytes as it came, before it was decompressed to `data`. `retry_after` is the header.
    """

    url: str
    media_type: str | None
    data: bytes
    moved: bool = False
    validators: Validators = Validators()
    freshness: Freshness = Freshness()
    retry_after: str | None = None
    received: int = 0


@dataclass(frozen=True, slots=True)
class Unchanged:
    """Nothing has changed since the validators were given; these are the ones to ask by the next time. The rest is as of an Answer."""

    url: str
    moved: bool = False
    validators: Validators = Validators()
    freshness: Freshness = Freshness()
    retry_after: str | None = None


@dataclass(frozen=True, slots=True)
class Redirected:
    """What was asked for stands at another address, `for_good` if the site says so. Whoever goes there keeps to the rules of its host."""

    url: str
    for_good: bool = False


class Trouble(StrEnum):
    """Why something could not be fetched, for whoever decides what to do about it."""

    ADDRESS = "address"  # no http or https address, or one with a password in it
    PRIVATE = "private"  # of a network that is not public
    NO_HOST = "no host"  # no such name
    UNREACHABLE = "unreachable"  # no connection, or names cannot be looked up now
    UNTRUSTED = "untrusted"  # its certificate, or no secure connection
    TIMEOUT = "timeout"
    REDIRECTS = "redirects"  # too many
    MISSING = "missing"  # 404
    GONE = "gone"  # 410
    FORBIDDEN = "forbidden"  # 401, 402, 403, 407, 451
    LIMITED = "limited"  # 429
    FAILING = "failing"  # 500 and above
    STATUS = "status"  # any other but 200
    TYPE = "type"  # of media that it cannot be
    TOO_LONG = "too long"
    BROKEN = "broken"  # cut off, wrongly compressed, or no HTTP


@dataclass(frozen=True, slots=True)
class Refused:
    """Something that could not be fetched; `error` says so in sentences. `status` is of HTTP, `retry_after` the header, if it answered."""

    trouble: Trouble
    error: ReadingError
    status: int | None = None
    retry_after: str | None = None


class FeedFetcher(Protocol):
    """Something that fetches feeds and what they lead to, each in one request: where a site redirects to is not followed.

    Nothing here is raised for what a site does: it is an answer as well.
    """

    async def fetch_feed(self, url: str, *, validators: Validators = ...) -> Answer | Unchanged | Redirected | Refused:
        """The feed at `url`, unless it is as it was when the validators were given."""
        ...

    async def fetch_page(self, url: str) -> Answer | Redirected | Refused:
        """The page at `url`."""
        ...

    async def fetch_robots(self, url: str) -> Answer | Redirected | Refused:
        """The robots.txt at `url`: its first 500 kB."""
        ...


class Web(Fetcher, FeedFetcher, Protocol):
    """Something that fetches whatever is read."""
