"""Feeds: what is set for them, which are due, each claimed by one process at a time, and how the looks at them went.

Writing transactions are one at a time over all processes, so what one of them reads still holds when it writes.
"""

from collections.abc import Collection
from dataclasses import asdict, replace
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, bindparam, func, insert, or_, select, true, update
from sqlalchemy import delete as delete_from
from sqlalchemy.ext.asyncio import AsyncSession

from storage.among import among
from storage.columns import Moment
from storage.hosts import host_of, oldest_of_each
from storage.records import EntryState, FeedFigures, Look, NewFeed, StoredFeed
from storage.rows import possible
from storage.schema import Feed, FeedEntry
from storage.terms import digest, see_that_it_is_storable, without_unstorable

DAY = timedelta(days=1)
_COLUMNS = [column for column in Feed.__table__.columns if column.name != "address_sha256"]
_RUNS = Feed.paused_at.is_(None)
_CHANGEABLE = ("outlet", "language", "time_zone", "full_text", "filters")
_FREE = {"claimed_by": None, "lease_until": None}


async def add(session: AsyncSession, feed: NewFeed, at: datetime) -> int:
    """Store a feed, which is due from now on, and return its number. No other may have its address (see `find`).

    Raises `StorageError` if it has characters that no database holds.
    """
    _see_that_it_is_storable(feed)
    row = {**asdict(feed), **_addressed(feed.address), "added_at": at, "next_check": at}
    return (await session.scalars(insert(Feed).values(row).returning(Feed.id))).one()


async def get(session: AsyncSession, feed_id: int) -> StoredFeed | None:
    """A feed by its number, whether it runs or not."""
    found = await _found(session, Feed.id == feed_id) if possible(feed_id) else []
    return found[0] if found else None


async def find(session: AsyncSession, address: str) -> StoredFeed | None:
    """The feed with this canonical address."""
    found = await _found(session, Feed.address_sha256 == digest(address))
    return found[0] if found else None


async def every(session: AsyncSession, *, after: int = 0, limit: int = 100) -> list[StoredFeed]:
    """The feeds numbered above `after`, oldest first, as many as `limit`."""
    rows = select(*_COLUMNS).where(Feed.id > after).order_by(Feed.id).limit(limit)
    return [StoredFeed(**row) for row in (await session.execute(rows)).mappings()]


async def failing(session: AsyncSession, limit: int) -> list[StoredFeed]:
    """The feeds that failed when they were looked at last, those that have failed longest first; paused ones too."""
    rows = select(*_COLUMNS).where(Feed.first_failed_at.is_not(None)).order_by(Feed.first_failed_at, Feed.id).limit(limit)
    return [StoredFeed(**row) for row in (await session.execute(rows)).mappings()]


async def change(session: AsyncSession, feed_id: int, wanted: NewFeed) -> bool:
    """Set the outlet, language, zone, filters and whether pages are read, as `wanted` says; False if there is none with this number.

    Raises as `add`.
    """
    _see_that_it_is_storable(wanted)
    return await _set(session, feed_id, **{name: getattr(wanted, name) for name in _CHANGEABLE})


async def move(session: AsyncSession, feed_id: int, address: str) -> bool:
    """Give a feed another address, under which it knows what it had; False if another feed has that one, or there is none."""
    if await find(session, address) is not None:
        return False
    unknown = {"moved_to": None, "etag": None, "last_modified": None}
    return await _set(session, feed_id, address=address, **_addressed(address), **unknown)


async def pause(session: AsyncSession, feed_id: int, at: datetime, reason: str) -> bool:
    """Look at a feed no more and read nothing that waits of it, until it is resumed; False if there is none that runs."""
    return await _set(session, feed_id, _RUNS, paused_at=at, paused_reason=without_unstorable(reason))


async def resume(session: AsyncSession, feed_id: int, *, next_check: datetime) -> bool:
    """Let a paused feed run again, as one that never failed; False if there is none with this number that is paused."""
    well = {"failures": 0, "first_failed_at": None, "reason": None}
    return await _set(session, feed_id, ~_RUNS, paused_at=None, paused_reason=None, next_check=next_check, **well)


async def delete(session: AsyncSession, feed_id: int) -> bool:
    """Forget a feed and its entries, not the articles that were read of it; False if there is none with this number."""
    if not possible(feed_id):
        return False
    gone = delete_from(Feed).where(Feed.id == feed_id).returning(Feed.id)
    return await session.scalar(gone) is not None


async def due(session: AsyncSession, now: datetime, limit: int) -> list[StoredFeed]:
    """The feeds that run, are due by `now` and claimed by nobody, those due longest first."""
    free = or_(Feed.lease_until.is_(None), Feed.lease_until <= now)
    rows = select(*_COLUMNS).where(_RUNS, Feed.next_check <= now, free).order_by(Feed.next_check, Feed.id).limit(limit)
    return [StoredFeed(**row) for row in (await session.execute(rows)).mappings()]


async def claim(
    session: AsyncSession, process: str, *, now: datetime, lease_until: datetime, limit: int, busy_hosts: Collection[str] = ()
) -> list[StoredFeed]:
    """Claim feeds that are due, and those that others claimed and have not looked at within their lease, those due longest first.

    At most one of a host, and none of the `busy_hosts` or of those of which any process has claimed a feed or an entry.
    """
    oldest = await oldest_of_each(session, Feed, Feed.next_check, now, indexed=_RUNS, wanted=true(), busy=busy_hosts)
    rows = select(*_COLUMNS).where(among(session, Feed.__table__.c.id, oldest)).order_by(Feed.next_check, Feed.id).limit(limit)
    found = [StoredFeed(**row) for row in (await session.execute(rows)).mappings()]
    if found:
        taken = update(Feed).where(Feed.id.in_([one.id for one in found]))
        await session.execute(taken.values(claimed_by=process, lease_until=lease_until))
    return [replace(one, claimed_by=process, lease_until=lease_until) for one in found]


async def checked(session: AsyncSession, claimed: StoredFeed, look: Look) -> bool:
    """Write down what came of a look at a claimed feed; False, and nothing is, if the claim does not stand any more.

    Whoever knows this in the transaction in which the entries were compared and are stored stores none of them twice.
    """
    values: dict[str, object] = {**_FREE, "last_checked": look.at, "next_check": look.next_check}
    if look.failed is None:
        known = {"title": look.title, "home": look.home, "hints": look.hints}
        values |= {name: value for name, value in known.items() if value is not None}
        values |= {"etag": look.etag, "last_modified": look.last_modified, "moved_to": look.moved_to}
        values |= {"failures": 0, "first_failed_at": None, "reason": None}
        values |= {"last_new": look.at} if look.new else {}
    else:
        first = func.coalesce(Feed.first_failed_at, bindparam(None, look.at, Moment()))
        values |= {"failures": Feed.failures + 1, "first_failed_at": first, "reason": look.failed}
    values = {name: without_unstorable(value) if isinstance(value, str) else value for name, value in values.items()}
    stands = Feed.claimed_by == claimed.claimed_by, Feed.lease_until == claimed.lease_until
    return await _set(session, claimed.id, *stands, **values)


async def figures(session: AsyncSession, now: datetime) -> FeedFigures:
    """How the feeds do at `now`."""
    count = func.count()
    standing = select(
        count.label("feeds"),
        count.filter(~_RUNS).label("paused"),
        count.filter(_RUNS, Feed.first_failed_at.is_not(None)).label("failing"),
        func.max(Feed.last_checked).label("last_checked"),
    ).select_from(Feed)
    waiting = select(count).select_from(FeedEntry).where(FeedEntry.next_try.is_not(None))
    new = select(count).select_from(FeedEntry).where(FeedEntry.first_seen > now - DAY, FeedEntry.state != EntryState.PASSED_OVER)
    row = (await session.execute(standing)).mappings().one()
    return FeedFigures(**row, waiting=await session.scalar(waiting) or 0, new=await session.scalar(new) or 0)


def _addressed(address: str) -> dict[str, str]:
    return {"address_sha256": digest(address), "host": host_of(address)}


def _see_that_it_is_storable(feed: NewFeed) -> None:
    told = (feed.address, feed.title, feed.home, feed.outlet, feed.language, feed.time_zone)
    see_that_it_is_storable("The feed", *told, *feed.filters)


async def _set(session: AsyncSession, feed_id: int, *conditions: ColumnElement[bool], **values: object) -> bool:
    if not possible(feed_id):
        return False
    one = update(Feed).where(Feed.id == feed_id, *conditions).values(**values)
    return await session.scalar(one.returning(Feed.id)) is not None


async def _found(session: AsyncSession, *conditions: ColumnElement[bool]) -> list[StoredFeed]:
    rows = select(*_COLUMNS).where(*conditions)
    return [StoredFeed(**row) for row in (await session.execute(rows)).mappings()]
