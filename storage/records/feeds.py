"""Feeds, the looks at them and what they gave, as they go into the store and come out of it."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class NewFeed:
    """A feed to be looked at from now on, by its canonical `address`; `title` and `home` (its site's address) are what it says of itself.

    `outlet`, `language` and `time_zone` (an IANA name) are those of all its articles; None: as each entry or page says. With `full_text`
    the page of an entry is read, else what the feed itself gives of it. `filters` are kept as they were typed. `platform`, `workspace`
    and `owner` are the platform's own ids of whoever added it, None at the terminal.
    """

    address: str
    title: str | None = None
    home: str | None = None
    outlet: str | None = None
    language: str | None = None
    time_zone: str | None = None
    full_text: bool = True
    filters: tuple[str, ...] = ()
    platform: str | None = None
    workspace: str | None = None
    owner: str | None = None


@dataclass(frozen=True, slots=True)
class StoredFeed(NewFeed):
    """A feed, and how the looks at it went. `paused_at` and `paused_reason` are None while it runs; a claim holds until `lease_until`.

    `last_checked` is when it was looked at last, `last_new` when it had something new, `seen_at` when its entries were seen, and
    `first_seen_at` when they first were: those were there before it was added. It failed `failures` times in a row since
    `first_failed_at`, the last time for `reason`. `moved_to` is the address that it says it has for good now. `hints` is what it says
    of how often to look, in the words of whoever reads feeds. So many looks were `begun` since one came to its end.
    """

    id: int = field(kw_only=True)
    host: str = field(kw_only=True)
    added_at: datetime = field(kw_only=True)
    paused_at: datetime | None = field(kw_only=True)
    paused_reason: str | None = field(kw_only=True)
    etag: str | None = field(kw_only=True)
    last_modified: str | None = field(kw_only=True)
    hints: str | None = field(kw_only=True)
    next_check: datetime = field(kw_only=True)
    last_checked: datetime | None = field(kw_only=True)
    last_new: datetime | None = field(kw_only=True)
    seen_at: datetime | None = field(kw_only=True)
    first_seen_at: datetime | None = field(kw_only=True)
    failures: int = field(kw_only=True)
    first_failed_at: datetime | None = field(kw_only=True)
    reason: str | None = field(kw_only=True)
    moved_to: str | None = field(kw_only=True)
    claimed_by: str | None = field(kw_only=True)
    lease_until: datetime | None = field(kw_only=True)
    begun: int = field(kw_only=True)


@dataclass(frozen=True, slots=True)
class Look:
    """What came of a look at a feed, which is looked at again at `next_check`.

    It `failed` for a reason, and then all else stays as it was; or it gave so many `new` entries. The validators (RFC 9110, 8.8) and
    `moved_to` are those of the answer, None for none; of the rest None leaves what is known.
    """

    at: datetime
    next_check: datetime
    failed: str | None = None
    new: int = 0
    etag: str | None = None
    last_modified: str | None = None
    moved_to: str | None = None
    title: str | None = None
    home: str | None = None
    hints: str | None = None


@dataclass(frozen=True, slots=True)
class FeedFigures:
    """How the feeds do, for whoever operates them: of `feeds` so many are `paused`, and of those that run so many `failing`.

    `waiting` entries are still to be read, `new` ones were first seen in the last day and not passed over. `last_checked` is when any
    feed was looked at last; None if none ever was.
    """

    feeds: int
    paused: int
    failing: int
    waiting: int
    new: int
    last_checked: datetime | None


class EntryState(StrEnum):
    """What became of an entry: it is still to be read, was read, was not wanted, or could not be read."""

    WAITING = "waiting"
    READ = "read"
    PASSED_OVER = "passed over"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class EntryKeys:
    """What a feed's entries may be known by: SHA-256 in hexadecimal of their URLs, of what the feed calls them, and of what they say."""

    urls: frozenset[str] = frozenset()
    guids: frozenset[str] = frozenset()
    contents: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class NewEntry:
    """An entry of a feed, by its keys (see `EntryKeys`, None for what it has not) and that of its headline, which tells of an edit.

    `page` is the address of what is to be read, None where the feed itself gives it. `given` is the entry in the words of whoever reads
    feeds, kept until it is read. One that is passed over has a `reason`.
    """

    url_key: str | None
    guid_key: str | None
    content_key: str | None
    headline_key: str | None = None
    published: datetime | None = None
    page: str | None = None
    given: str | None = None
    state: EntryState = EntryState.WAITING
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class KnownEntry:
    """What is known of an entry that a feed had before. `last_seen` is true to the day."""

    id: int
    url_key: str | None
    guid_key: str | None
    content_key: str | None
    headline_key: str | None
    state: EntryState
    article_id: int | None
    first_seen: datetime
    last_seen: datetime


@dataclass(frozen=True, slots=True)
class StoredEntry(NewEntry):
    """An entry with its number, and how far it has come: what waits is tried from `next_try` on; a claim holds until `lease_until`.

    `article_id` is what was read of it; None while nothing was, and once that was taken down.
    """

    id: int = field(kw_only=True)
    feed_id: int = field(kw_only=True)
    host: str | None = field(kw_only=True)
    article_id: int | None = field(kw_only=True)
    first_seen: datetime = field(kw_only=True)
    last_seen: datetime = field(kw_only=True)
    tries: int = field(kw_only=True)
    next_try: datetime | None = field(kw_only=True)
    claimed_by: str | None = field(kw_only=True)
    lease_until: datetime | None = field(kw_only=True)
