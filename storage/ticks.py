"""When each process last looked for what is due, and what came of that: for those who operate it."""

from datetime import datetime, timedelta

from sqlalchemy import bindparam, case, func, select, text, union_all
from sqlalchemy import delete as delete_from
from sqlalchemy.ext.asyncio import AsyncSession

from storage.columns import Moment
from storage.records import DeliveryState, Figures, SubscriptionKind
from storage.schema import Delivery, Subscription, Tick

DAY = timedelta(days=1)

_NOTE = text("INSERT INTO ticks (process, at) VALUES (:process, :at) ON CONFLICT (process) DO UPDATE SET at = excluded.at").bindparams(
    bindparam("at", type_=Moment())
)


async def note(session: AsyncSession, process: str, at: datetime) -> None:
    """Remember that a process looked for what is due."""
    await session.execute(_NOTE, {"process": process, "at": at})


async def forget(session: AsyncSession, before: datetime) -> None:
    """Forget the processes that have not looked since."""
    await session.execute(delete_from(Tick).where(Tick.at < before))


async def latest(session: AsyncSession) -> datetime | None:
    """When any process last looked for what is due; None if none did of late."""
    return await session.scalar(select(func.max(Tick.at)))


async def figures(session: AsyncSession, now: datetime, workspace: tuple[str, str] | None = None) -> Figures:
    """What was delivered in the day before `now` and waits then, in a workspace (platform, id) or everywhere."""
    place = () if workspace is None else (Subscription.platform == workspace[0], Subscription.workspace == workspace[1])
    whose = select(Delivery.subscription_id, Delivery.state)
    waiting = whose.where(Delivery.state.in_((DeliveryState.DUE, DeliveryState.CLAIMED)))
    # Found first, whosesoever they are: a workspace may have had a great many before.
    found = union_all(waiting, whose.where(Delivery.closed_at > now - DAY)).cte("found").prefix_with("MATERIALIZED")
    states = select(found.c.state, func.count().label("number")).group_by(found.c.state)
    if place:
        states = states.join(Subscription, Subscription.id == found.c.subscription_id).where(*place)
    counted = {one.state: one.number for one in await session.execute(states)}
    runs = Subscription.paused_at.is_(None)
    comes = runs & (Subscription.kind == SubscriptionKind.DIGEST)
    standing = select(func.count(case((runs, 1))), func.count(), func.min(case((comes, Subscription.next_due))))
    running, every, next_due = (await session.execute(standing.select_from(Subscription).where(*place))).one()
    return Figures(
        last_tick=await latest(session),
        due=counted.get(DeliveryState.DUE, 0) + counted.get(DeliveryState.CLAIMED, 0),
        sent=counted.get(DeliveryState.SENT, 0),
        skipped=counted.get(DeliveryState.SKIPPED, 0),
        failed=counted.get(DeliveryState.FAILED, 0),
        uncertain=counted.get(DeliveryState.UNCERTAIN, 0),
        running=running,
        paused=every - running,
        next_due=next_due,
    )
