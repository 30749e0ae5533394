"""One claimed delivery: looked for if it may have been posted, put together, begun, posted and recorded."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TypeVar
from zoneinfo import ZoneInfo

from bot.delivery import notices, pausing
from bot.delivery.pausing import Paused
from bot.delivery.pooling import Pooled
from bot.delivery.posting import Post, Poster
from bot.digests import outcomes
from bot.digests.compiled import Compiled
from bot.digests.outcomes import Pace
from bot.errors import CannotPost, StorageError, Uncertain, VerbatimError
from bot.mistakes import noted
from bot.subscriptions.guarding import place_of
from storage import deliveries
from storage.database import Database, Session
from storage.records import Claim, DeliveryState, Outcome, StoredDelivery, StoredSubscription, SubscriptionKind, WhenEmpty

_LOGGER = logging.getLogger("verbatim.delivering")
_T = TypeVar("_T")
_CLOCKS_DIFFER = timedelta(hours=1)
"""A platform's clock may be so far behind ours."""


class TookTooLong(Uncertain):
    """The platform did not answer in time."""


@dataclass(frozen=True, slots=True)
class HandedOver:
    """What became of a delivery, and why, where the platform would not have it."""

    outcome: Outcome
    error: VerbatimError | None = None


class Handover:
    """Hands claimed deliveries over to their platforms, many at once. What several of them write shares transactions."""

    def __init__(
        self, database: Database, clock: Callable[[], datetime], pace: Pace, compiled: Callable[[Claim], Awaitable[Compiled]]
    ) -> None:
        self._database = database
        self._clock = clock
        self._pace = pace
        self._compiled = compiled
        self._begun: Pooled[Claim, StoredDelivery | Outcome | None] = Pooled(database, self._begin)
        self._recorded: Pooled[tuple[HandedOver, StoredSubscription], Paused | None] = Pooled(database, self._write_down)
        self._limits: set[asyncio.Timeout] = set()
        self._ending = False

    def end(self) -> None:
        """Begin nothing more, and give what is being sent only a few seconds from now on."""
        self._ending = True
        latest = asyncio.get_running_loop().time() + self._pace.ending.total_seconds()
        for limit in self._limits:
            limit.reschedule(min(limit.when() or latest, latest))

    async def hand_over(self, claim: Claim, poster: Poster) -> HandedOver | None:
        """Do with a delivery what is to be done, and record it. None where it is no longer ours, or its subscription has ended.

        Raises StorageError where that cannot be recorded: its claim then runs out, and it is looked for before it is sent again.
        """
        handed = await self._handed_over(claim, poster)
        if handed is None:
            return None
        one = claim.subscription
        paused = await self._record(handed, one)
        if paused is None:
            return None
        if paused:
            await pausing.tell_owners(paused, poster, self._clock())
        elif handed.outcome.delivery.state is DeliveryState.UNCERTAIN:
            await pausing.tell(poster, one.workspace, one.owner, notices.uncertain(one, handed.outcome.delivery, self._clock()))
        return handed

    async def _handed_over(self, claim: Claim, poster: Poster) -> HandedOver | None:
        if claim.delivery.begun_at is not None:
            looked = await self._look(claim, poster)
            if looked is not None:
                return looked
            claim = replace(claim, delivery=outcomes.not_posted(claim.delivery))
        hindered = outcomes.hindrance(claim, claim.subscription, self._clock())
        if hindered is not None:
            return HandedOver(hindered)
        compiled = await self._put_together(claim)
        if isinstance(compiled, Outcome):
            return HandedOver(compiled)
        begun = await self._begun(claim)
        if not isinstance(begun, StoredDelivery):
            return HandedOver(begun) if begun else None
        if self._ending or not outcomes.may_send(begun, self._clock(), self._pace):
            return HandedOver(outcomes.put_back(begun, self._clock()))
        return await self._send(replace(claim, delivery=begun), compiled, poster)

    async def _look(self, claim: Claim, poster: Poster) -> HandedOver | None:
        """Whether it was posted before; None where it was not for certain, and is to be."""
        one = claim.delivery
        early = outcomes.unsettled(one, self._clock(), self._pace)
        if early is not None:
            return HandedOver(early)
        try:
            place = await self._in_time(poster.find(_post(claim, Compiled((), 0))))
        except (TimeoutError, VerbatimError) as error:
            trouble = _as_ours(error, "It could not be looked up in time.")
            return HandedOver(outcomes.unseen(one, trouble, self._clock(), self._pace), trouble)
        except Exception as error:  # noqa: BLE001 - a mistake of ours in the search must not cost the other deliveries
            trouble = _mistake(noted(error, f"looking for delivery {one.id}"))
            return HandedOver(outcomes.unseen(one, trouble, self._clock(), self._pace))
        if place is not None:
            return HandedOver(outcomes.sent(one, place, self._clock()))
        ended = outcomes.absent(one, self._clock())
        return HandedOver(ended) if ended else None

    async def _put_together(self, claim: Claim) -> Compiled | Outcome:
        if self._ending:
            return outcomes.given_back(claim.delivery, self._clock())
        try:
            compiled = await self._compiled(claim)
        except StorageError:
            raise
        except VerbatimError as error:
            return outcomes.refused(claim.delivery, error, self._clock())
        except Exception as error:  # noqa: BLE001 - a mistake of ours in one delivery must not cost the others
            return outcomes.failed(claim.delivery, self._clock(), mark=noted(error, f"putting delivery {claim.delivery.id} together"))
        one = claim.subscription
        if not compiled.count and (one.when_empty is WhenEmpty.SILENCE or one.kind is SubscriptionKind.ALERT):
            return outcomes.nothing_new(claim.delivery, self._clock())
        return compiled

    async def _send(self, claim: Claim, compiled: Compiled, poster: Poster) -> HandedOver:
        one = claim.delivery
        try:
            place = await self._in_time(poster.post(_post(claim, compiled)))
        except (TimeoutError, VerbatimError) as error:
            trouble = _as_ours(error, "The platform did not answer in time.")
            return HandedOver(outcomes.not_sent(one, trouble, self._clock(), self._pace), trouble)
        except Exception as error:  # noqa: BLE001 - nobody knows what was posted before the mistake
            mark = noted(error, f"posting delivery {one.id}")
            return HandedOver(outcomes.in_doubt(one, self._pace, reason=_mistake(mark).what, mark=mark))
        return HandedOver(outcomes.sent(one, place, self._clock()))

    async def _in_time(self, work: Awaitable[_T]) -> _T:
        async with asyncio.timeout(self._pace.send.total_seconds()) as limit:
            self._limits.add(limit)
            try:
                return await work
            finally:
                self._limits.discard(limit)

    async def _begin(self, session: Session, claims: Sequence[Claim]) -> list[StoredDelivery | Outcome | None]:
        """For each claim its delivery as it is begun, what else becomes of it, or None where it is no longer ours."""
        now = self._clock()
        standing = await deliveries.still_claimed(session, [one.delivery for one in claims])
        begun: list[StoredDelivery | Outcome | None] = []
        for claim in claims:
            subscription = standing.get(claim.delivery.id)
            hindered = outcomes.hindrance(claim, subscription, now) if subscription else None
            renewed = replace(claim.delivery, begun_at=now, lease_until=now + self._pace.lease)
            begun.append(hindered or renewed if subscription else None)
        numbers = [one.id for one in begun if isinstance(one, StoredDelivery)]
        await deliveries.begin(session, numbers, now=now, lease_until=now + self._pace.lease)
        return begun

    async def _record(self, handed: HandedOver, one: StoredSubscription) -> Paused | None:
        """Write down what became of a delivery; returns what rests from now on, None where the delivery is no longer ours.

        That it was sent is tried for as long as nobody else may look after it.
        """
        delivery = handed.outcome.delivery
        until = (delivery.begun_at or self._clock()) + self._pace.lease
        while True:
            try:
                return await self._recorded((handed, one))
            except StorageError as error:
                if delivery.state is not DeliveryState.SENT or self._ending or self._clock() >= until:
                    raise
                _LOGGER.warning("Delivery %d was sent, which cannot be recorded yet: %s", delivery.id, error)
            await asyncio.sleep(self._pace.again.total_seconds())

    async def _write_down(self, session: Session, what: Sequence[tuple[HandedOver, StoredSubscription]]) -> list[Paused | None]:
        recorded = await deliveries.record(session, [handed.outcome for handed, _ in what])
        ours = ((handed, one, handed.outcome.delivery.id in recorded) for handed, one in what)
        return [await self._paused(session, handed, one) if is_ours else None for handed, one, is_ours in ours]

    async def _paused(self, session: Session, handed: HandedOver, one: StoredSubscription) -> Paused:
        """What is to rest after that, with the same transaction: everything in a channel in which nothing can be posted."""
        now, delivery, error = self._clock(), handed.outcome.delivery, handed.error
        if isinstance(error, CannotPost):
            return await pausing.pause_place(
                session, one.platform, one.workspace, channel=one.channel, at=now, reason=error.what, remedy=error.remedy
            )
        if delivery.state is DeliveryState.FAILED:
            return await pausing.pause_if_it_keeps_failing(session, one, now, delivery.reason or "")
        return Paused()


def _post(claim: Claim, compiled: Compiled) -> Post:
    one = claim.delivery
    return Post(
        delivery=one.id,
        key=f"verbatim-{one.id}",
        channel=place_of(claim.subscription),
        lengths=compiled.lengths,
        since=(one.begun_at or one.try_at) - _CLOCKS_DIFFER,
        zone=ZoneInfo(claim.subscription.time_zone),
        mutable=claim.subscription.kind is SubscriptionKind.ALERT,
        complete=compiled.complete,
    )


def _as_ours(error: TimeoutError | VerbatimError, late: str) -> VerbatimError:
    return error if isinstance(error, VerbatimError) else TookTooLong(late)


def _mistake(mark: str) -> Uncertain:
    return Uncertain(f"There was a mistake in Verbatim itself; the log has it under {mark}.")
