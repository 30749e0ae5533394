"""Hosts that are asked for feeds and pages: each by one process at a time, so what is next is the oldest of each."""

from collections.abc import Collection
from datetime import datetime
from urllib.parse import urlsplit

from sqlalchemy import ColumnElement, func, select, union_all
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute

from storage.schema import LONGEST_HOST, Feed, FeedEntry


def host_of(address: str) -> str:
    """The host that an address names, as feeds and entries are told apart by it; "" where it names none."""
    try:
        return (urlsplit(address).hostname or "")[:LONGEST_HOST]
    except ValueError:
        return ""


async def oldest_of_each(
    session: AsyncSession,
    table: type[Feed] | type[FeedEntry],
    at: InstrumentedAttribute[datetime] | InstrumentedAttribute[datetime | None],
    now: datetime,
    *,
    indexed: ColumnElement[bool],
    wanted: ColumnElement[bool],
    busy: Collection[str],
) -> list[int]:
    """The numbers of what waits longest of each host, of what is `wanted` `at` a time not after `now`; an index has what is `indexed`.

    Left out are the `busy` hosts and those of which any process has claimed something. However much waits, the index of hosts is read
    in one step for each (a loose index scan), not row by row: one host may have a thousand times as much as all others.
    """
    hosts = select(func.min(table.host).label("host")).where(indexed).cte("hosts", recursive=True)
    following = select(func.min(table.host)).where(indexed, table.host > hosts.c.host).correlate(hosts).scalar_subquery()
    hosts = hosts.union_all(select(following).where(hosts.c.host.is_not(None)))
    due = select(table.id).where(indexed, wanted, table.host == hosts.c.host, at <= now)
    oldest = due.order_by(at, table.id).limit(1).correlate(hosts).scalar_subquery()
    found = (await session.execute(select(hosts.c.host, oldest))).all()
    feeds = select(Feed.host).where(Feed.lease_until > now)
    pages = select(FeedEntry.host).where(FeedEntry.lease_until > now, FeedEntry.host.is_not(None))
    asked = set(await session.scalars(union_all(feeds, pages)))
    return [number for host, number in found if number is not None and host not in asked and host not in busy]
