"""What is due to be posted, claimed by one process at a time, and what became of it.

Writing transactions are one at a time over all processes, so what one of them reads still holds when it writes.
"""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, replace
from datetime import datetime

from sqlalchemy import ColumnElement, and_, bindparam, func, insert, or_, select, tuple_, update
from sqlalchemy import delete as delete_from
from sqlalchemy.ext.asyncio import AsyncSession

from storage.records import (
    Claim,
    DeliveryState,
    NewDelivery,
    Outcome,
    StoredDelivery,
    StoredSubscription,
    SubscriptionKind,
)
from storage.rows import batches, possible
from storage.schema import Base, Delivery, Quote, Subscription
from storage.terms import without_unstorable

JOINED = "joined into the next one"
_DELIVERIES, _SUBSCRIPTIONS = Base.metadata.tables["deliveries"], Base.metadata.tables["subscriptions"]
_OPEN = Delivery.state.in_((DeliveryState.DUE, DeliveryState.CLAIMED))
_PLACE = Subscription.platform, Subscription.workspace, Subscription.channel
_UNTOUCHED = and_(Delivery.state == DeliveryState.DUE, Delivery.begun_at.is_(None))
_CHANGING = ("state", "lease_until", "try_at", "begun_at", "sent_at", "message_ref", "reason", "blind_since", "mark", "closed_at")


async def due(session: AsyncSession, platforms: Collection[str], now: datetime, limit: int) -> list[StoredSubscription]:
    """The digests on these platforms that run and are due by `now`, or were never given a time, those due longest first.

    Those are left out of which something is being posted, or may have been.
    """
    busy = select(Delivery.subscription_id).where(_OPEN, ~_UNTOUCHED)
    wanted = (
        select(_SUBSCRIPTIONS)
        .where(
            Subscription.kind == SubscriptionKind.DIGEST,
            Subscription.paused_at.is_(None),
            Subscription.platform.in_(platforms),
            or_(Subscription.next_due <= now, Subscription.next_due.is_(None)),
            Subscription.id.not_in(busy),
        )
        .order_by(Subscription.next_due, Subscription.id)
        .limit(limit)
    )
    return [StoredSubscription(**row) for row in (await session.execute(wanted)).mappings()]


async def is_busy(session: AsyncSession, subscription_id: int) -> bool:
    """Whether something of a subscription is being posted, or may have been."""
    busy = select(Delivery.id).where(Delivery.subscription_id == subscription_id, _OPEN, ~_UNTOUCHED)
    return await session.scalar(busy.limit(1)) is not None


async def newest_quote(session: AsyncSession) -> int:
    """The greatest number of a quote; 0 where there is none."""
    return await session.scalar(select(func.max(Quote.id))) or 0


async def put_forward(session: AsyncSession, next_due: Mapping[int, datetime]) -> None:
    """Set when subscriptions are due next, by their numbers."""
    if next_due:
        one = update(_SUBSCRIPTIONS).where(Subscription.id == bindparam("number")).values(next_due=bindparam("at"))
        connection = await session.connection()
        await connection.execute(one, [{"number": number, "at": at} for number, at in next_due.items()])


async def open_all(session: AsyncSession, new: Sequence[NewDelivery], now: datetime) -> int:
    """Have these posted, and return how many are new: one that was due at the same moment is the same, and is left as it is.

    What was opened before for the same subscription and not begun is joined into the new one.
    """
    if not new:
        return 0
    known: set[tuple[int, datetime]] = set()
    earliest = min(one.due_at for one in new)
    for some in batches(one.subscription_id for one in new):
        met = select(Delivery.subscription_id, Delivery.due_at).where(Delivery.subscription_id.in_(some), Delivery.due_at >= earliest)
        known.update((number, at) for number, at in await session.execute(met))
    unmet = {(one.subscription_id, one.due_at): one for one in new if (one.subscription_id, one.due_at) not in known}
    if not unmet:
        return 0
    joined = {"state": DeliveryState.SKIPPED, "reason": JOINED, "closed_at": now}
    for some in batches(number for number, _ in unmet):
        await session.execute(update(Delivery).where(Delivery.subscription_id.in_(some), _UNTOUCHED).values(joined))
    connection = await session.connection()
    rows = [{**asdict(one), "state": DeliveryState.DUE, "try_at": max(now, one.due_at)} for one in unmet.values()]
    await connection.execute(insert(_DELIVERIES), rows)
    return len(rows)


async def claim(
    session: AsyncSession,
    platforms: Collection[str],
    process: str,
    *,
    now: datetime,
    lease_until: datetime,
    limit: int,
    of_channel: int | None = None,
    but: Collection[tuple[str, str, str]] = (),
) -> list[Claim]:
    """Claim what is to be tried now on these platforms, and what others claimed and have not finished within their lease.

    The oldest first, as many as `limit`, at most `of_channel` of one channel, and none of the channels `but`
    (platform, workspace, channel).
    """
    free = or_(
        and_(Delivery.state == DeliveryState.DUE, Delivery.try_at <= now),
        and_(Delivery.state == DeliveryState.CLAIMED, Delivery.lease_until <= now),
    )
    wanted = (
        select(_DELIVERIES)
        .join(Subscription, Subscription.id == Delivery.subscription_id)
        .where(free, Subscription.platform.in_(platforms), *((tuple_(*_PLACE).not_in(but),) if but else ()))
        .order_by(Delivery.due_at, Delivery.id)
        .limit(limit)
    )
    found = [StoredDelivery(**row) for row in (await session.execute(wanted)).mappings()]
    if not found:
        return []
    wishes = await _subscriptions(session, [one.subscription_id for one in found])
    if of_channel is not None:
        found = _few_of_each(found, wishes, of_channel)
    taken = {"state": DeliveryState.CLAIMED, "claimed_by": process, "lease_until": lease_until}
    mine = Delivery.id.in_([one.id for one in found])
    await session.execute(update(Delivery).where(mine).values(**taken, tries=Delivery.tries + 1))
    claimed = (replace(one, state=DeliveryState.CLAIMED, claimed_by=process, lease_until=lease_until, tries=one.tries + 1) for one in found)
    return [Claim(one, wishes[one.subscription_id]) for one in claimed]


async def still_claimed(session: AsyncSession, claimed: Sequence[StoredDelivery]) -> dict[int, StoredSubscription]:
    """Those of these deliveries that are still claimed as they say, by their numbers, with their subscriptions as they are now."""
    standing = await _standing(session, claimed)
    kept = [one for one in claimed if standing.get(one.id) == (DeliveryState.CLAIMED, one.claimed_by, one.tries)]
    wishes = await _subscriptions(session, [one.subscription_id for one in kept])
    return {one.id: wishes[one.subscription_id] for one in kept}


async def begin(session: AsyncSession, numbers: Sequence[int], *, now: datetime, lease_until: datetime) -> None:
    """Remember that these deliveries are about to be sent, and renew their leases. They are still claimed by whoever says so."""
    begun = {"begun_at": now, "lease_until": lease_until, "blind_since": None, "mark": None}
    await session.execute(update(Delivery).where(Delivery.id.in_(numbers)).values(begun))


async def record(session: AsyncSession, outcomes: Sequence[Outcome]) -> set[int]:
    """Write down what became of claimed deliveries; returns the numbers of those for which that was so.

    Whoever has lost a claim says nothing any more about the delivery, but that it was sent: that is true whoever claims it now.
    """
    standing = await _standing(session, [one.delivery for one in outcomes])
    true = [one for one in outcomes if _is_true(one.delivery, standing.get(one.delivery.id))]
    if not true:
        return set()
    connection = await session.connection()
    one_delivery = update(_DELIVERIES).where(Delivery.id == bindparam("number"))
    await connection.execute(
        one_delivery.values({name: bindparam(f"new_{name}") for name in _CHANGING}),
        [{"number": one.delivery.id, **_changed(one.delivery)} for one in true],
    )
    covered = [one.delivery for one in true if one.covered]
    if covered:
        one_subscription = update(_SUBSCRIPTIONS).where(
            Subscription.id == bindparam("number"), Subscription.seen_quote <= bindparam("quote")
        )
        await connection.execute(
            one_subscription.values(seen_quote=bindparam("quote"), seen_at=bindparam("at")),
            [{"number": one.subscription_id, "quote": one.until_quote, "at": one.until_at} for one in covered],
        )
    return {one.delivery.id for one in true}


async def release(session: AsyncSession, process: str, now: datetime, *, but: Collection[int]) -> None:
    """Let others have at once what a process has claimed, but for those numbers."""
    theirs = Delivery.state == DeliveryState.CLAIMED, Delivery.claimed_by == process, Delivery.id.not_in(but)
    await session.execute(update(Delivery).where(*theirs).values(state=DeliveryState.DUE, lease_until=None, try_at=now))


async def hold(session: AsyncSession, channel: tuple[str, str, str], until: datetime) -> None:
    """Have nothing that waits for a channel (platform, workspace, channel) tried before `until`."""
    platform, workspace, name = channel
    place = Subscription.platform == platform, Subscription.workspace == workspace, Subscription.channel == name
    waiting = (
        Delivery.state == DeliveryState.DUE,
        Delivery.try_at < until,
        Delivery.subscription_id.in_(select(Subscription.id).where(*place)),
    )
    await session.execute(update(Delivery).where(*waiting).values(try_at=until))


async def last_ended(session: AsyncSession, subscription_id: int, limit: int) -> list[DeliveryState]:
    """How the last deliveries of a subscription ended, the newest first."""
    ended = select(Delivery.state).where(Delivery.subscription_id == subscription_id, Delivery.closed_at.is_not(None))
    return list(await session.scalars(ended.order_by(Delivery.due_at.desc()).limit(limit)))


async def close_unserved(session: AsyncSession, opened_before: datetime, now: datetime, reason: str) -> None:
    """Skip what was opened before a time and was never begun; the next one covers it."""
    left = {"state": DeliveryState.SKIPPED, "reason": reason, "closed_at": now}
    await session.execute(update(Delivery).where(_UNTOUCHED, Delivery.until_at < opened_before).values(left))


async def get(session: AsyncSession, delivery_id: int) -> tuple[StoredDelivery, StoredSubscription] | None:
    """A delivery by its number, with its subscription."""
    found = await _found(session, Delivery.id == delivery_id, limit=1) if possible(delivery_id) else []
    return found[0] if found else None


async def newest(
    session: AsyncSession, *, subscription_id: int | None, channel: tuple[str, str, str] | None, limit: int
) -> list[tuple[StoredDelivery, StoredSubscription]]:
    """The newest deliveries, newest first, with their subscriptions: of one, of a channel (platform, workspace, channel), or of all."""
    if subscription_id is not None and not possible(subscription_id):
        return []
    conditions = [] if subscription_id is None else [Delivery.subscription_id == subscription_id]
    if channel is not None:
        conditions += [Subscription.platform == channel[0], Subscription.workspace == channel[1], Subscription.channel == channel[2]]
    return await _found(session, *conditions, limit=limit)


async def forget(session: AsyncSession, ended_before: datetime) -> None:
    """Forget the deliveries that ended before a time."""
    await session.execute(delete_from(Delivery).where(Delivery.closed_at < ended_before))


def _few_of_each(found: Sequence[StoredDelivery], wishes: Mapping[int, StoredSubscription], of_channel: int) -> list[StoredDelivery]:
    """The first of each channel."""
    taken: Counter[tuple[str, str, str]] = Counter()
    few: list[StoredDelivery] = []
    for one in found:
        wish = wishes[one.subscription_id]
        place = wish.platform, wish.workspace, wish.channel
        few += [one] if taken[place] < of_channel else []
        taken[place] += 1
    return few


def _changed(delivery: StoredDelivery) -> dict[str, object]:
    values = {name: getattr(delivery, name) for name in _CHANGING}
    return {f"new_{name}": without_unstorable(value) if isinstance(value, str) else value for name, value in values.items()}


def _is_true(said: StoredDelivery, stands: tuple[DeliveryState, str | None, int] | None) -> bool:
    if stands is None:
        return False
    if said.state is DeliveryState.SENT:
        return stands[0] is not DeliveryState.SENT
    return stands == (DeliveryState.CLAIMED, said.claimed_by, said.tries)


async def _standing(session: AsyncSession, those: Sequence[StoredDelivery]) -> dict[int, tuple[DeliveryState, str | None, int]]:
    """How deliveries stand: their state, who claimed them last, and at which try."""
    stands = select(Delivery.id, Delivery.state, Delivery.claimed_by, Delivery.tries).where(Delivery.id.in_([one.id for one in those]))
    return {row.id: (row.state, row.claimed_by, row.tries) for row in await session.execute(stands)}


async def _subscriptions(session: AsyncSession, numbers: Sequence[int]) -> dict[int, StoredSubscription]:
    rows = (await session.execute(select(_SUBSCRIPTIONS).where(Subscription.id.in_(numbers)))).mappings()
    return {row["id"]: StoredSubscription(**row) for row in rows}


async def _found(session: AsyncSession, *conditions: ColumnElement[bool], limit: int) -> list[tuple[StoredDelivery, StoredSubscription]]:
    wanted = select(_DELIVERIES).join(Subscription, Subscription.id == Delivery.subscription_id).where(*conditions)
    rows = (await session.execute(wanted.order_by(Delivery.due_at.desc(), Delivery.id.desc()).limit(limit))).mappings()
    found = [StoredDelivery(**row) for row in rows]
    wishes = await _subscriptions(session, [one.subscription_id for one in found])
    return [(one, wishes[one.subscription_id]) for one in found]
