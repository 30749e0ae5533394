"""When each process last looked for what is due, and what came of that: for those who operate it."""

from datetime import datetime, timedelta

from sqlalchemy import bindparam, case, func, select, text
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


async def figures(session: AsyncSession, now: datetime, workspace: tuple[str, str] | None = None) -> Figures:
    """What was delivered in the day before `now` and waits then, in a workspace (platform, id) or everywhere."""
    place = () if workspace is None else (Subscription.platform == workspace[0], Subscription.workspace == workspace[1])
    open_ = Delivery.state.in_((DeliveryState.DUE, DeliveryState.CLAIMED))
    states = (
        select(Delivery.state, func.count().label("number"))
        .join(Subscription, Subscription.id == Delivery.subscription_id)
        .where(open_ | (Delivery.closed_at > now - DAY), *place)
        .group_by(Delivery.state)
    )
    counted = {found.state: found.number for found in await session.execute(states)}
    runs = Subscription.paused_at.is_(None)
    comes = runs & (Subscription.kind == SubscriptionKind.DIGEST)
    standing = select(func.count(case((runs, 1))), func.count(), func.min(case((comes, Subscription.next_due))))
    running, every, next_due = (await session.execute(standing.select_from(Subscription).where(*place))).one()
    return Figures(
        last_tick=await session.scalar(select(func.max(Tick.at))),
        due=counted.get(DeliveryState.DUE, 0) + counted.get(DeliveryState.CLAIMED, 0),
        sent=counted.get(DeliveryState.SENT, 0),
        skipped=counted.get(DeliveryState.SKIPPED, 0),
        failed=counted.get(DeliveryState.FAILED, 0),
        uncertain=counted.get(DeliveryState.UNCERTAIN, 0),
        running=running,
        paused=every - running,
        next_due=next_due,
    )
