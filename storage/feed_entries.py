"""What feeds gave: known when it comes again, read once, and forgotten long after its feed has it no more."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, bindparam, func, insert, or_, select, update
from sqlalchemy import delete as delete_from
from sqlalchemy.ext.asyncio import AsyncSession

from storage.among import among
from storage.columns import Moment
from storage.hosts import host_of, oldest_of_each
from storage.records import EntryKeys, EntryState, KnownEntry, NewEntry, StoredEntry
from storage.rows import batches
from storage.schema import Article, Base, Feed, FeedEntry
from storage.terms import without_unstorable

DAY = timedelta(days=1)
_ENTRIES = Base.metadata.tables["feed_entries"]
_KNOWN = [_ENTRIES.c[name] for name in KnownEntry.__slots__]
_WAITS = FeedEntry.next_try.is_not(None)
# Not NOT EXISTS: PostgreSQL would look up all that waits in all feeds, to read one entry.
_RUNS = select(Feed.paused_at.is_(None)).where(Feed.id == FeedEntry.feed_id).correlate(FeedEntry).scalar_subquery()
_FREE: dict[str, object] = {"claimed_by": None, "lease_until": None}
_DONE: dict[str, object] = {"given": None, "next_try": None}
_ANEW = {"tries": 0, **_FREE}


async def known_entries(session: AsyncSession, feed_id: int, keys: EntryKeys) -> list[KnownEntry]:
    """The entries that a feed had before which have any of these keys, oldest first."""
    found: dict[int, KnownEntry] = {}
    for column, wanted in ((FeedEntry.url_key, keys.urls), (FeedEntry.guid_key, keys.guids), (FeedEntry.content_key, keys.contents)):
        for some in batches(wanted):
            rows = await session.execute(select(*_KNOWN).where(FeedEntry.feed_id == feed_id, column.in_(some)))
            found |= {row["id"]: KnownEntry(**row) for row in rows.mappings()}
    return [found[number] for number in sorted(found)]


async def moments(session: AsyncSession, feed_id: int, limit: int) -> list[datetime]:
    """When the newest entries of a feed were published, or else first seen: as many as `limit`, those first that it gave last."""
    rows = select(FeedEntry.published, FeedEntry.first_seen).where(FeedEntry.feed_id == feed_id)
    newest = await session.execute(rows.order_by(FeedEntry.first_seen.desc(), FeedEntry.id).limit(limit))
    return [published or first_seen for published, first_seen in newest]


async def failed(session: AsyncSession, feed_id: int, limit: int) -> list[StoredEntry]:
    """The entries of a feed that could not be read, with their reasons, those that it gave last first: as many as `limit`."""
    rows = select(_ENTRIES).where(FeedEntry.feed_id == feed_id, FeedEntry.state == EntryState.FAILED)
    newest = await session.execute(rows.order_by(FeedEntry.first_seen.desc(), FeedEntry.id.desc()).limit(limit))
    return [StoredEntry(**row) for row in newest.mappings()]


async def tally(session: AsyncSession, feed_id: int) -> dict[EntryState, int]:
    """How many entries of a feed are in each state; every state is named."""
    rows = select(FeedEntry.state, func.count().label("entries")).where(FeedEntry.feed_id == feed_id).group_by(FeedEntry.state)
    return dict.fromkeys(EntryState, 0) | {row.state: row.entries for row in await session.execute(rows)}


async def see(
    session: AsyncSession,
    feed_id: int,
    *,
    new: Sequence[NewEntry] = (),
    known: Iterable[int] = (),
    changed: Mapping[int, NewEntry] | None = None,
    at: datetime,
) -> None:
    """Write down what a feed has `at` a moment: what is `new`, the numbers of what was `known`, and of those what it now says otherwise.

    What `changed` has its new keys from then on; it is read again if it waits by that, and else stays in the state it is in.
    Whoever compares and writes in one transaction stores none twice.
    """
    changed = changed or {}
    first_seen = func.coalesce(Feed.first_seen_at, bindparam(None, at, Moment()))
    await session.execute(update(Feed).where(Feed.id == feed_id).values(seen_at=at, first_seen_at=first_seen))
    stale = among(session, _ENTRIES.c.id, known), FeedEntry.feed_id == feed_id, FeedEntry.last_seen <= at - DAY
    await session.execute(update(_ENTRIES).where(*stale).values(last_seen=at))
    if new:
        first = {"feed_id": feed_id, "first_seen": at, "last_seen": at}
        connection = await session.connection()
        await connection.execute(insert(_ENTRIES), [{**_given(one, at), **first} for one in new])
    again = {number: _given(one, at) | _ANEW for number, one in changed.items() if one.state is EntryState.WAITING}
    await _put(session, feed_id, again, at)
    await _put(session, feed_id, {number: _keys(one) for number, one in changed.items() if number not in again}, at)


async def waiting(session: AsyncSession, now: datetime, limit: int) -> list[StoredEntry]:
    """The entries that are to be read by `now` and that nobody has claimed, those waiting longest first."""
    wanted = select(_ENTRIES).where(FeedEntry.next_try <= now, _RUNS, _is_free(now))
    rows = await session.execute(wanted.order_by(FeedEntry.next_try, FeedEntry.id).limit(limit))
    return [StoredEntry(**row) for row in rows.mappings()]


async def claim_entries(
    session: AsyncSession,
    process: str,
    *,
    now: datetime,
    lease_until: datetime,
    limit: int,
    busy_hosts: Collection[str] = (),
    only: Collection[int] | None = None,
) -> list[StoredEntry]:
    """Claim entries that are to be read, and those that others claimed and have not read within their lease, the oldest first.

    At most one page of a host, and none of the `busy_hosts`, of those of which any process has claimed a feed or an entry, or of those
    that are to be left alone. What the feed itself gives needs no host. None are of paused feeds; with `only` all are of the feeds of
    these numbers.
    """
    runs = _RUNS if only is None else and_(_RUNS, FeedEntry.feed_id.in_(only))
    pages = await oldest_of_each(session, FeedEntry, FeedEntry.next_try, process, now, indexed=_WAITS, wanted=runs, busy=busy_hosts)
    texts = select(FeedEntry.id).where(FeedEntry.host.is_(None), FeedEntry.next_try <= now, runs, _is_free(now))
    texts = texts.order_by(FeedEntry.next_try, FeedEntry.id).limit(limit)
    either = among(session, _ENTRIES.c.id, [*pages, *await session.scalars(texts)])
    wanted = select(_ENTRIES).where(either).order_by(FeedEntry.next_try, FeedEntry.id).limit(limit)
    found = [StoredEntry(**row) for row in (await session.execute(wanted)).mappings()]
    if found:
        taken = update(FeedEntry).where(FeedEntry.id.in_([one.id for one in found]))
        await session.execute(taken.values(claimed_by=process, lease_until=lease_until, tries=FeedEntry.tries + 1))
    return [replace(one, claimed_by=process, lease_until=lease_until, tries=one.tries + 1) for one in found]


async def give_back(session: AsyncSession, claimed: Sequence[StoredEntry], *, until: datetime | None = None) -> None:
    """Let go of claims that still stand, as if they had never been: whoever claims these next has not tried one time more.

    With `until` they wait for that.
    """
    later = {} if until is None else {"next_try": until}
    for one in claimed:
        await _set(session, one, tries=one.tries - 1, **later)


async def entry_read(session: AsyncSession, claimed: StoredEntry, article_id: int | None) -> bool:
    """Write down what article a claimed entry is (None: one that was taken down); False if the claim does not stand any more."""
    still_there = None if article_id is None else await session.scalar(select(Article.id).where(Article.id == article_id))
    return await _set(session, claimed, state=EntryState.READ, reason=None, article_id=still_there, **_DONE)


async def entry_passed_over(session: AsyncSession, claimed: StoredEntry, reason: str) -> bool:
    """Write down that a claimed entry is not wanted after all; False if the claim does not stand any more."""
    return await _set(session, claimed, state=EntryState.PASSED_OVER, reason=without_unstorable(reason), **_DONE)


async def entry_failed(session: AsyncSession, claimed: StoredEntry, reason: str, next_try: datetime | None) -> bool:
    """Write down why a claimed entry could not be read, and when it is tried again (None: never); False if the claim does not stand."""
    kept = without_unstorable(reason)
    if next_try is None:
        return await _set(session, claimed, state=EntryState.FAILED, reason=kept, **_DONE)
    return await _set(session, claimed, reason=kept, next_try=next_try)


async def forget(session: AsyncSession, before: datetime, limit: int) -> int:
    """Forget entries that their feeds have not had since a time, as many as `limit`, and return how many those were.

    What its feed had when it was last read stays, however long ago that was, and so does what waits to be read.
    """
    # `last_seen` is true to the day: what a feed had after `before` was seen later than a day before that.
    read_since = select(Feed.id).where(Feed.id == FeedEntry.feed_id, Feed.seen_at >= before).exists()
    lost = select(FeedEntry.id).where(FeedEntry.last_seen <= before - DAY, FeedEntry.next_try.is_(None), read_since)
    gone = delete_from(_ENTRIES).where(FeedEntry.id.in_(lost.order_by(FeedEntry.last_seen).limit(limit))).returning(_ENTRIES.c.id)
    return len((await session.scalars(gone)).all())


def _keys(entry: NewEntry) -> dict[str, object]:
    return {name: getattr(entry, name) for name in ("url_key", "guid_key", "content_key", "headline_key")}


def _given(entry: NewEntry, at: datetime) -> dict[str, object]:
    """What stands in an entry's row as its feed gives it; of one that is not to be read there is no more than what it is known by."""
    waits = entry.state is EntryState.WAITING
    page = None if entry.page is None else without_unstorable(entry.page)
    return {
        **_keys(entry),
        "published": entry.published,
        "page": page,
        "host": None if page is None else host_of(page),
        "given": without_unstorable(entry.given) if waits and entry.given is not None else None,
        "state": entry.state,
        "reason": None if entry.reason is None else without_unstorable(entry.reason),
        "next_try": at if waits else None,
    }


async def _put(session: AsyncSession, feed_id: int, rows: Mapping[int, Mapping[str, object]], at: datetime) -> None:
    """Set the same columns of several entries of a feed, by their numbers, each to its own values."""
    if rows:
        columns: dict[str, object] = {name: bindparam(f"new_{name}") for name in next(iter(rows.values()))}
        one = update(_ENTRIES).where(FeedEntry.id == bindparam("number"), FeedEntry.feed_id == feed_id).values(**columns, last_seen=at)
        values = [{"number": number, **{f"new_{name}": value for name, value in row.items()}} for number, row in rows.items()]
        connection = await session.connection()
        await connection.execute(one, values)


def _is_free(now: datetime) -> ColumnElement[bool]:
    return or_(FeedEntry.lease_until.is_(None), FeedEntry.lease_until <= now)


async def _set(session: AsyncSession, claimed: StoredEntry, **values: object) -> bool:
    stands = FeedEntry.claimed_by == claimed.claimed_by, FeedEntry.lease_until == claimed.lease_until
    one = update(_ENTRIES).where(FeedEntry.id == claimed.id, *stands).values(**values, **_FREE)
    return await session.scalar(one.returning(_ENTRIES.c.id)) is not None
