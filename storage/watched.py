"""What alerts are told by: which of them wait for something new, who speaks in it, how many came, and what has nothing for them."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import datetime

from sqlalchemy import ColumnElement, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute

from storage.records import DeliveryState, StoredSubscription, SubscriptionKind
from storage.rows import batches
from storage.schema import Delivery, Quote, Speaker, SpeakerWord, Subscription

_OPEN = (DeliveryState.DUE, DeliveryState.CLAIMED)
_TOLD = (*_OPEN, DeliveryState.SENT, DeliveryState.UNCERTAIN)


async def waiting(session: AsyncSession, platforms: Collection[str], now: datetime, up_to: int) -> list[StoredSubscription]:
    """The alerts of these platforms that may be told now of the quotes up to that number, by number.

    They run, are not muted, not at rest after the last one, and nothing of them is about to be posted.
    """
    about_to_be = select(Delivery.subscription_id).where(Delivery.state.in_(_OPEN))
    rows = select(*Subscription.__table__.columns).where(
        Subscription.kind == SubscriptionKind.ALERT,
        Subscription.platform.in_(platforms),
        Subscription.paused_at.is_(None),
        _past(Subscription.muted_until, now),
        _past(Subscription.next_due, now),
        Subscription.seen_quote < up_to,
        Subscription.id.not_in(about_to_be),
    )
    return [StoredSubscription(**row) for row in (await session.execute(rows.order_by(Subscription.id))).mappings()]


async def speakers_heard(session: AsyncSession, after: int, up_to: int) -> list[frozenset[str]]:
    """For each speaker of the quotes numbered above `after` and up to `up_to`, the words of all that the speaker is called.

    Those who are merged into the speaker are called so, too.
    """
    heard = select(Quote.speaker_id.label("head"), Quote.speaker_id.label("member")).where(
        Quote.id > after, Quote.id <= up_to, Quote.speaker_id.is_not(None)
    )
    family = heard.distinct().cte("family", recursive=True)
    family = family.union(select(family.c.head, Speaker.id).join(family, Speaker.merged_into == family.c.member))
    called: dict[int, set[str]] = defaultdict(set)
    for row in await session.execute(select(family.c.head, SpeakerWord.word).join(family, family.c.member == SpeakerWord.speaker_id)):
        called[row.head].add(row.word)
    return [frozenset(words) for words in called.values()]


async def alerts_opened(session: AsyncSession, subscription_ids: Iterable[int], since: datetime) -> dict[int, list[datetime]]:
    """When alerts were opened from that moment on, by subscription: those that were posted, or are about to be."""
    opened: dict[int, list[datetime]] = defaultdict(list)
    for some in batches(subscription_ids):
        rows = select(Delivery.subscription_id, Delivery.due_at, Delivery.kind, Delivery.state).where(
            Delivery.subscription_id.in_(some), Delivery.due_at >= since
        )
        for row in await session.execute(rows.order_by(Delivery.due_at)):
            # Asked for in the statement, the state has the index of the states read: all that was ever sent.
            if row.kind is SubscriptionKind.ALERT and row.state in _TOLD:
                opened[row.subscription_id].append(row.due_at)
    return opened


async def pass_over(session: AsyncSession, subscription_ids: Iterable[int], up_to: int, at: datetime) -> None:
    """Have these subscriptions covered up to a quote, none of which is new to them; `at` is when that was so."""
    for some in batches(subscription_ids):
        await session.execute(update(Subscription).where(Subscription.id.in_(some)).values(seen_quote=up_to, seen_at=at))


def _past(moment: InstrumentedAttribute[datetime | None], now: datetime) -> ColumnElement[bool]:
    return or_(moment.is_(None), moment <= now)
