"""What channels subscribed to, and whether it runs."""

from dataclasses import asdict
from datetime import datetime

from sqlalchemy import ColumnElement, insert, select, update
from sqlalchemy import delete as delete_from
from sqlalchemy.ext.asyncio import AsyncSession

from storage.records import NewSubscription, StoredSubscription
from storage.rows import possible
from storage.schema import Subscription
from storage.terms import see_that_it_is_storable

_RUNS = Subscription.paused_at.is_(None)
_CHANGEABLE = (
    "topic",
    "speaker",
    "outlet",
    "schedule",
    "time_zone",
    "density",
    "when_empty",
    "quiet_from",
    "quiet_until",
    "gap_minutes",
    "daily_cap",
    "next_due",
)


async def add(session: AsyncSession, subscription: NewSubscription, at: datetime) -> int:
    """Store a subscription, which runs from now on, and return its number.

    Raises `StorageError` if what it is about has characters that no database holds.
    """
    _see_that_it_is_storable(subscription.topic, subscription.speaker, subscription.outlet)
    row = {**asdict(subscription), "created_at": at}
    return (await session.scalars(insert(Subscription).values(row).returning(Subscription.id))).one()


async def get(session: AsyncSession, subscription_id: int) -> StoredSubscription | None:
    """A subscription by its number, whether it runs or not."""
    found = await _found(session, Subscription.id == subscription_id) if possible(subscription_id) else []
    return found[0] if found else None


async def in_channel(session: AsyncSession, platform: str, workspace: str, channel: str) -> list[StoredSubscription]:
    """The subscriptions of a channel, oldest first."""
    return await _found(session, *_place(platform, workspace), Subscription.channel == channel)


async def of_owner(session: AsyncSession, platform: str, workspace: str | None, owner: str) -> list[StoredSubscription]:
    """The subscriptions that somebody set up in a workspace (None: in all of the platform), in whatever channel, oldest first."""
    place = (Subscription.platform == platform,) if workspace is None else _place(platform, workspace)
    return await _found(session, *place, Subscription.owner == owner)


async def places(session: AsyncSession, platform: str) -> list[tuple[str, str]]:
    """The workspace and channel of each place on a platform in which a subscription runs."""
    place = Subscription.workspace, Subscription.channel
    found = await session.execute(select(*place).where(Subscription.platform == platform, _RUNS).distinct().order_by(*place))
    return [(workspace, channel) for workspace, channel in found]


async def every(session: AsyncSession) -> list[StoredSubscription]:
    """All subscriptions of all platforms, oldest first."""
    return await _found(session)


async def change(session: AsyncSession, subscription_id: int, wanted: NewSubscription) -> bool:
    """Set what a subscription is about, when it is due and how it is to be, as `wanted` says; False if there is none with this number.

    Whose it is, where it is posted, its kind and what it has covered stay as they are. Raises as `add`.
    """
    _see_that_it_is_storable(wanted.topic, wanted.speaker, wanted.outlet)
    return await _set(session, subscription_id, **{name: getattr(wanted, name) for name in _CHANGEABLE})


async def pause(session: AsyncSession, subscription_id: int, at: datetime, reason: str) -> bool:
    """Stop a subscription until it is resumed; False if there is none with this number that runs."""
    return await _set(session, subscription_id, _RUNS, paused_at=at, paused_reason=reason)


async def resume(session: AsyncSession, subscription_id: int, *, next_due: datetime | None = None) -> bool:
    """Let a paused subscription run again, due next at `next_due`; False if there is none with this number that is paused."""
    return await _set(session, subscription_id, ~_RUNS, paused_at=None, paused_reason=None, next_due=next_due)


async def mute(session: AsyncSession, subscription_id: int, until: datetime | None, *, next_due: datetime | None = None) -> bool:
    """Have nothing come of a subscription until then (None: it may come again), due next at `next_due`; False if there is none."""
    return await _set(session, subscription_id, muted_until=until, next_due=next_due)


async def delete(session: AsyncSession, subscription_id: int) -> bool:
    """Forget a subscription and its deliveries; False if there is none with this number."""
    if not possible(subscription_id):
        return False
    gone = delete_from(Subscription).where(Subscription.id == subscription_id).returning(Subscription.id)
    return await session.scalar(gone) is not None


async def pause_all(
    session: AsyncSession, platform: str, workspace: str, *, channel: str | None, at: datetime, reason: str
) -> list[StoredSubscription]:
    """Stop what runs in a channel, or in the whole workspace if `channel` is None; returns what that was, by number."""
    place = _place(platform, workspace) if channel is None else (*_place(platform, workspace), Subscription.channel == channel)
    stop = update(Subscription).where(*place, _RUNS).values(paused_at=at, paused_reason=reason)
    stopped = await session.execute(stop.returning(*Subscription.__table__.columns))
    found = [StoredSubscription(**row) for row in stopped.mappings()]
    return sorted(found, key=lambda one: one.id)


def _see_that_it_is_storable(*about: str | None) -> None:
    see_that_it_is_storable("What the subscription is about", *about)


def _place(platform: str, workspace: str) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return Subscription.platform == platform, Subscription.workspace == workspace


async def _set(session: AsyncSession, subscription_id: int, *conditions: ColumnElement[bool], **values: object) -> bool:
    if not possible(subscription_id):
        return False
    one = update(Subscription).where(Subscription.id == subscription_id, *conditions).values(**values)
    return await session.scalar(one.returning(Subscription.id)) is not None


async def _found(session: AsyncSession, *conditions: ColumnElement[bool]) -> list[StoredSubscription]:
    rows = select(*Subscription.__table__.columns).where(*conditions).order_by(Subscription.id)
    return [StoredSubscription(**row) for row in (await session.execute(rows)).mappings()]
