"""Hosts that are asked for feeds and pages: each by one process at a time, and by none before the moment that any of them knows of."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from sqlalchemy import ColumnElement, bindparam, func, or_, select, text, union_all
from sqlalchemy import delete as delete_from
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute

from storage.columns import Moment
from storage.schema import LONGEST_HOST, Feed, FeedEntry, Host
from storage.terms import without_unstorable

# What one process asked of a host ends later or sooner than what another one heard of it: the later moment stands. What a process says
# itself stands instead of what it said before: a visit is over.
_KEEP = text(
    "INSERT INTO hosts (host, quiet_until, asked_by) VALUES (:host, :until, :asked_by)"
    " ON CONFLICT (host) DO UPDATE SET quiet_until = excluded.quiet_until, asked_by = excluded.asked_by"
    " WHERE hosts.quiet_until < excluded.quiet_until OR hosts.asked_by = excluded.asked_by"
).bindparams(bindparam("until", type_=Moment()))


@dataclass(frozen=True, slots=True)
class Quiet:
    """A host is left alone until a moment: `for_all` it said so itself, else whoever asked it keeps the pause in its own turns."""

    host: str
    until: datetime
    for_all: bool


def host_of(address: str) -> str:
    """The host that an address names, as feeds and entries are told apart by it; "" where it names none."""
    try:
        return (urlsplit(address).hostname or "")[:LONGEST_HOST]
    except ValueError:
        return ""


async def keep(session: AsyncSession, quiet: Sequence[Quiet], process: str) -> None:
    """Let all processes know what this one does of hosts that are to be left alone. An earlier moment takes back no one else's."""
    rows = [{"host": without_unstorable(one.host), "until": one.until, "asked_by": None if one.for_all else process} for one in quiet]
    if rows:
        await session.execute(_KEEP, rows)


async def quiet(session: AsyncSession, host: str, process: str, now: datetime) -> Quiet | None:
    """Until when a host is to be left alone by this process, as others know; None if it may be asked."""
    rows = select(Host.quiet_until, Host.asked_by).where(Host.host == without_unstorable(host), _is_quiet(process, now))
    found = (await session.execute(rows)).one_or_none()
    return None if found is None else Quiet(host, found.quiet_until, found.asked_by is None)


async def visit(session: AsyncSession, host: str, process: str, *, now: datetime, until: datetime) -> bool:
    """Let a process ask a host once by that time, of which it has claimed nothing, and others leave the host alone meanwhile.

    False, and nothing is changed, where another process has claimed something of the host, or where it is to be left alone.
    """
    name = without_unstorable(host)
    claimed = (
        select(table.id).where(table.host == name, table.lease_until > now, table.claimed_by != process) for table in (Feed, FeedEntry)
    )
    left_alone = select(Host.host).where(Host.host == name, _is_quiet(process, now))
    if any([await session.scalar(one.limit(1)) is not None for one in (*claimed, left_alone)]):
        return False
    await keep(session, [Quiet(host, until, for_all=False)], process)
    return True


async def forget(session: AsyncSession, now: datetime) -> None:
    """Forget the hosts that anybody may ask again."""
    await session.execute(delete_from(Host).where(Host.quiet_until <= now))


async def oldest_of_each(
    session: AsyncSession,
    table: type[Feed] | type[FeedEntry],
    at: InstrumentedAttribute[datetime] | InstrumentedAttribute[datetime | None],
    process: str,
    now: datetime,
    *,
    indexed: ColumnElement[bool],
    wanted: ColumnElement[bool],
    busy: Collection[str],
) -> list[int]:
    """The numbers of what waits longest of each host, of what is `wanted` `at` a time not after `now`; an index has what is `indexed`.

    Left out are the `busy` hosts, those of which any process has claimed something, and those that this `process` is to leave alone
    (see `keep`). However much waits, the index of hosts is read in one step for each (a loose index scan), not row by row: one host may
    have a thousand times as much as all others.
    """
    hosts = select(func.min(table.host).label("host")).where(indexed).cte("each_host", recursive=True)
    following = select(func.min(table.host)).where(indexed, table.host > hosts.c.host).correlate(hosts).scalar_subquery()
    hosts = hosts.union_all(select(following).where(hosts.c.host.is_not(None)))
    due = select(table.id).where(indexed, wanted, table.host == hosts.c.host, at <= now)
    oldest = due.order_by(at, table.id).limit(1).correlate(hosts).scalar_subquery()
    found = (await session.execute(select(hosts.c.host, oldest))).all()
    feeds = select(Feed.host).where(Feed.lease_until > now)
    pages = select(FeedEntry.host).where(FeedEntry.lease_until > now, FeedEntry.host.is_not(None))
    left_alone = select(Host.host).where(_is_quiet(process, now))
    asked = set(await session.scalars(union_all(feeds, pages, left_alone)))
    return [number for host, number in found if number is not None and host not in asked and host not in busy]


def _is_quiet(process: str, now: datetime) -> ColumnElement[bool]:
    """That a process is to leave a host alone."""
    return (Host.quiet_until > now) & or_(Host.asked_by.is_(None), Host.asked_by != process)
