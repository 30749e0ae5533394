"""Feeds: what is set for them, which are due, each claimed by one process at a time, and how the looks at them went.

Writing transactions are one at a time over all processes, so what one of them reads still holds when it writes.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import asdict, replace
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, bindparam, func, insert, or_, select, true, update
from sqlalchemy import delete as delete_from
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from storage.among import among
from storage.columns import Moment
from storage.hosts import host_of, oldest_of_each
from storage.records import EntryState, FeedFigures, Look, NewFeed, StoredFeed
from storage.rows import batches, possible
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
    return (await session.scalars(insert(Feed).values(_row(feed, at)).returning(Feed.id))).one()


async def add_all(session: AsyncSession, wanted: Sequence[NewFeed], at: datetime) -> None:
    """Store several feeds as `add` does, all or none. No two may have one address, nor any that of another (see `known`)."""
    if wanted:
        await session.execute(insert(Feed), [_row(feed, at) for feed in wanted])


async def get(session: AsyncSession, feed_id: int) -> StoredFeed | None:
    """A feed by its number, whether it runs or not."""
    found = await _found(session, Feed.id == feed_id) if possible(feed_id) else []
    return found[0] if found else None


async def find(session: AsyncSession, address: str) -> StoredFeed | None:
    """The feed with this canonical address, also where it begins with http instead of https, or the other way."""
    found = await _found(session, Feed.address_sha256.in_([digest(one) for one in _both_ways(address)]))
    return min(found, key=lambda feed: feed.address != address, default=None)


async def known(session: AsyncSession, addresses: Iterable[str]) -> set[str]:
    """Those of these canonical addresses that `find` finds."""
    wanted = list(dict.fromkeys(addresses))
    digests = {address: {digest(one) for one in _both_ways(address)} for address in wanted}
    found: set[str] = set()
    for some in batches(list(set().union(*digests.values()))):
        found.update(await session.scalars(select(Feed.address_sha256).where(Feed.address_sha256.in_(some))))
    return {address for address in wanted if digests[address] & found}


async def every(session: AsyncSession, *, after: int = 0, limit: int = 100) -> list[StoredFeed]:
    """The feeds numbered above `after`, oldest first, as many as `limit`."""
    return await _numbered_above(session, after, limit)


async def every_failing(session: AsyncSession, *, after: int = 0, limit: int = 100) -> list[StoredFeed]:
    """Those of them that run and failed when they were looked at last."""
    return await _numbered_above(session, after, limit, _RUNS, Feed.first_failed_at.is_not(None))


async def every_paused(session: AsyncSession, *, after: int = 0, limit: int = 100) -> list[StoredFeed]:
    """Those of them that are paused."""
    return await _numbered_above(session, after, limit, ~_RUNS)


async def newest(session: AsyncSession, limit: int) -> list[tuple[int, NewFeed]]:
    """The feeds that were added last, newest first and as many as `limit`: the number of each, with what it goes by and no more."""
    rows = select(Feed.id, Feed.address, Feed.title, Feed.home, Feed.outlet).where(Feed.id > 0).order_by(Feed.id.desc()).limit(limit)
    return [(row.id, NewFeed(row.address, row.title, row.home, row.outlet)) for row in await session.execute(rows)]


async def failing(session: AsyncSession, limit: int) -> list[StoredFeed]:
    """The feeds that failed when they were looked at last, those that have failed longest first; paused ones too."""
    rows = select(*_COLUMNS).where(Feed.first_failed_at.is_not(None)).order_by(Feed.first_failed_at, Feed.id).limit(limit)
    return [StoredFeed(**row) for row in (await session.execute(rows)).mappings()]


async def failed_and_paused(session: AsyncSession, *, since: datetime, limit: int) -> list[StoredFeed]:
    """The feeds of owners that failed and were paused from that moment on, by whomever, those paused last first."""
    paused = Feed.first_failed_at.is_not(None), Feed.paused_at >= since, Feed.owner.is_not(None)
    rows = select(*_COLUMNS).where(*paused).order_by(Feed.paused_at.desc(), Feed.id).limit(limit)
    return [StoredFeed(**row) for row in (await session.execute(rows)).mappings()]


async def change(session: AsyncSession, feed_id: int, wanted: NewFeed) -> bool:
    """Set the outlet, language, zone, filters and whether pages are read, as `wanted` says; False if there is none with this number.

    Raises as `add`.
    """
    _see_that_it_is_storable(wanted)
    return await _set(session, feed_id, **{name: getattr(wanted, name) for name in _CHANGEABLE})


async def move(session: AsyncSession, feed_id: int, address: str) -> bool:
    """Give a feed another address, under which it knows what it had; False if another feed has that one, or there is none."""
    if (other := await find(session, address)) is not None and other.id != feed_id:
        return False
    unknown = {"moved_to": None, "etag": None, "last_modified": None}
    return await _set(session, feed_id, address=address, **_addressed(address), **unknown)


async def pause(session: AsyncSession, feed_id: int, at: datetime, reason: str) -> bool:
    """Look at a feed no more and read nothing that waits of it, until it is resumed; False if there is none that runs."""
    return await _set(session, feed_id, _RUNS, paused_at=at, paused_reason=without_unstorable(reason))


async def resume(session: AsyncSession, feed_id: int, *, next_check: datetime) -> bool:
    """Let a paused feed run again, as one that never failed; False if there is none with this number that is paused."""
    well = {"failures": 0, "first_failed_at": None, "reason": None, "begun": 0}
    return await _set(session, feed_id, ~_RUNS, paused_at=None, paused_reason=None, next_check=next_check, **well)


async def check_at(session: AsyncSession, feed_id: int, at: datetime) -> bool:
    """Look at a feed that runs at that moment; False if there is none with this number that runs."""
    return await _set(session, feed_id, _RUNS, next_check=at)


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
    session: AsyncSession,
    process: str,
    *,
    now: datetime,
    lease_until: datetime,
    limit: int,
    busy_hosts: Collection[str] = (),
    only: Collection[int] | None = None,
) -> list[StoredFeed]:
    """Claim feeds that are due, and those that others claimed and have not looked at within their lease, those due longest first.

    At most one of a host, and none of the `busy_hosts`, of those of which any process has claimed a feed or an entry, or of those that
    are to be left alone; with `only` none but the feeds of these numbers. Of those a look at which was begun and came to no end, which
    may end the process, one is looked at at a time, after the others: it brings down no other with it.
    """
    again = aliased(Feed)
    is_alone = ~select(again.id).where(again.lease_until > now, again.begun > 1).exists()
    wanted = and_(or_(Feed.begun == 0, is_alone), true() if only is None else Feed.id.in_(only))
    oldest = await oldest_of_each(session, Feed, Feed.next_check, process, now, indexed=_RUNS, wanted=wanted, busy=busy_hosts)
    due = select(*_COLUMNS).where(among(session, Feed.__table__.c.id, oldest)).order_by(Feed.begun, Feed.next_check, Feed.id).limit(limit)
    found = [StoredFeed(**row) for row in (await session.execute(due)).mappings()]
    unfinished = [one for one in found if one.begun]
    found = [one for one in found if one not in unfinished[1:]]
    if found:
        taken = update(Feed).where(Feed.id.in_([one.id for one in found]))
        await session.execute(taken.values(claimed_by=process, lease_until=lease_until, begun=Feed.begun + 1))
    return [replace(one, claimed_by=process, lease_until=lease_until, begun=one.begun + 1) for one in found]


async def give_back(session: AsyncSession, claimed: Sequence[StoredFeed], *, until: datetime | None = None) -> None:
    """Let go of claims that still stand, as if they had never been: the looks at these were not begun. With `until` they wait for that."""
    later = {} if until is None else {"next_check": until}
    for one in claimed:
        await _set(session, one.id, *_stands(one), begun=one.begun - 1, **later, **_FREE)


async def checked(session: AsyncSession, claimed: StoredFeed, look: Look) -> bool:
    """Write down what came of a look at a claimed feed; False, and nothing is, if the claim does not stand any more.

    Whoever knows this in the transaction in which the entries were compared and are stored stores none of them twice.
    """
    values: dict[str, object] = {**_FREE, "begun": 0, "last_checked": look.at, "next_check": look.next_check}
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
    return await _set(session, claimed.id, *_stands(claimed), **values)


async def figures(session: AsyncSession, now: datetime) -> FeedFigures:
    """How the feeds do at `now`. Nothing of a paused feed is waiting: it is not read before that is resumed."""
    count = func.count()
    standing = select(
        count.label("feeds"),
        count.filter(~_RUNS).label("paused"),
        count.filter(_RUNS, Feed.first_failed_at.is_not(None)).label("failing"),
        func.max(Feed.last_checked).label("last_checked"),
    ).select_from(Feed)
    waiting = select(count).select_from(FeedEntry).join(Feed, Feed.id == FeedEntry.feed_id).where(FeedEntry.next_try.is_not(None), _RUNS)
    new = select(count).select_from(FeedEntry).where(FeedEntry.first_seen > now - DAY, FeedEntry.state != EntryState.PASSED_OVER)
    all_in_one = standing.add_columns(waiting.scalar_subquery().label("waiting"), new.scalar_subquery().label("new"))
    return FeedFigures(**(await session.execute(all_in_one)).mappings().one())


def _both_ways(address: str) -> tuple[str, ...]:
    """An address with http and with https, whatever its port: what a site gives at both is one feed."""
    scheme, separator, rest = address.partition("://")
    return (address, f"{'http' if scheme == 'https' else 'https'}://{rest}") if separator and scheme in ("http", "https") else (address,)


def _row(feed: NewFeed, at: datetime) -> dict[str, object]:
    _see_that_it_is_storable(feed)
    return {**asdict(feed), **_addressed(feed.address), "added_at": at, "next_check": at}


def _addressed(address: str) -> dict[str, str]:
    return {"address_sha256": digest(address), "host": host_of(address)}


def _see_that_it_is_storable(feed: NewFeed) -> None:
    told = (feed.address, feed.title, feed.home, feed.outlet, feed.language, feed.time_zone)
    see_that_it_is_storable("The feed", *told, *feed.filters)


def _stands(claimed: StoredFeed) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return Feed.claimed_by == claimed.claimed_by, Feed.lease_until == claimed.lease_until


async def _set(session: AsyncSession, feed_id: int, *conditions: ColumnElement[bool], **values: object) -> bool:
    if not possible(feed_id):
        return False
    one = update(Feed).where(Feed.id == feed_id, *conditions).values(**values)
    return await session.scalar(one.returning(Feed.id)) is not None


async def _numbered_above(session: AsyncSession, after: int, limit: int, *conditions: ColumnElement[bool]) -> list[StoredFeed]:
    if after and not possible(after):
        return []
    rows = select(*_COLUMNS).where(Feed.id > after, *conditions).order_by(Feed.id).limit(limit)
    return [StoredFeed(**row) for row in (await session.execute(rows)).mappings()]


async def _found(session: AsyncSession, *conditions: ColumnElement[bool]) -> list[StoredFeed]:
    rows = select(*_COLUMNS).where(*conditions)
    return [StoredFeed(**row) for row in (await session.execute(rows)).mappings()]
