"""What channels get by themselves, posted once: what is due is opened, claimed, sent and recorded, and looked up afterwards."""

import logging
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

from bot.callers import Channel
from bot.delivery.dispatch import Dispatch
from bot.delivery.handover import Handover
from bot.delivery.opening import Opening
from bot.delivery.posting import Poster
from bot.digests.alert import rest_of_day
from bot.digests.compiled import Compiled
from bot.digests.outcomes import Pace
from bot.errors import NotFound
from bot.replies import DeliveryView, Reply
from bot.subscriptions.guarding import place_of
from bot.subscriptions.restrictions import asked_of, what
from bot.watching import Watching
from storage import deliveries, ticks
from storage.database import Database, Session
from storage.records import Claim, DeliveryState, Figures, StoredDelivery, StoredSubscription, SubscriptionKind

KEPT = timedelta(days=90)
"""How long a delivery is remembered once it has ended."""
_TICK_KEPT = timedelta(days=7)
_BETWEEN_TICKS = timedelta(seconds=5)
_BETWEEN_SWEEPS = timedelta(hours=1)
MOST_LISTED = 20
_COMPILED_KEPT = 4096
"""So many digests are kept while a round lasts, for others that would say the same."""
_COMPILED_HOLDS = timedelta(minutes=1)
"""What was corrected or taken down since is not posted for longer."""
_CLOCKS_AGREE = timedelta(seconds=30)
_LOGGER = logging.getLogger("verbatim.delivering")
_NEVER_SERVED = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Tally:
    """What came of the deliveries that one call handled. Those put back are tried again.

    `mistakes` are ours in looking for what is due, of which the log has more.
    """

    sent: int = 0
    skipped: int = 0
    failed: int = 0
    uncertain: int = 0
    put_back: int = 0
    mistakes: int = 0


class Content(Protocol):
    """What a delivery says."""

    async def of_delivery(
        self, delivery: StoredDelivery, subscription: StoredSubscription, kept: dict[Hashable, Compiled] | None = None
    ) -> Compiled:
        """What is posted; what is the same for several is compiled once where they are given one `kept`."""
        ...

    async def whole(self, delivery: StoredDelivery, subscription: StoredSubscription) -> Reply:
        """All that it holds, however much that is."""
        ...


class Delivering:
    """Posts what is due in any number of processes at once: each delivery is posted by one of them, once."""

    def __init__(
        self, database: Database, clock: Callable[[], datetime], digesting: Content, watching: Watching, pace: Pace | None = None
    ) -> None:
        self._database = database
        self._clock = clock
        self._digesting = digesting
        self._watching = watching
        self._pace = pace or Pace()
        self._opening = Opening(database, clock, watching)
        self._ticked: datetime | None = None
        self._swept: datetime | None = None

    async def tick(self, process: str) -> None:
        """Write down that this process looks for what is due; forget old deliveries once in a while. Raises StorageError."""
        now = self._clock()
        if not _is_past(self._ticked, _BETWEEN_TICKS, now):
            return
        async with self._database.writing() as session:
            await ticks.note(session, process, now)
            if _is_past(self._swept, _BETWEEN_SWEEPS, now):
                await ticks.forget(session, now - _TICK_KEPT)
                await deliveries.forget(session, now - KEPT)
                await deliveries.close_unserved(session, now - _NEVER_SERVED, now, "Nothing could be posted there for a week.")
                _see_that_clocks_agree(await ticks.latest(session), now)
                self._swept = now
        self._ticked = now

    async def deliver(self, posters: Mapping[str, Poster], process: str, got_on: Callable[[], None] = lambda: None) -> Tally:
        """Post all that is due on the platforms that are ready, until nothing is. `process` tells this process from all others.

        `got_on` is called for each that was handled. Trouble of the store is logged, and what it held up is tried again. If cancelled,
        what is being sent is given some seconds.
        """
        kept: dict[Hashable, Compiled] = {}
        since = self._clock()

        async def compiled(claim: Claim) -> Compiled:
            nonlocal since
            now = self._clock()
            if len(kept) >= _COMPILED_KEPT or _is_past(since, _COMPILED_HOLDS, now):
                kept.clear()
                since = now
            one, subscription = claim.delivery, claim.subscription
            found = await self._content(one).of_delivery(one, subscription, kept)
            return replace(found, lengths=tuple(_introduced(reply, one, subscription) for reply in found.lengths))

        handover = Handover(self._database, self._clock, self._pace, compiled)
        dispatch = Dispatch(self._database, self._clock, self._pace, self._opening, handover, posters, process, got_on)
        await dispatch.run()
        ended = dispatch.ended
        return Tally(
            sent=ended[DeliveryState.SENT],
            skipped=ended[DeliveryState.SKIPPED],
            failed=ended[DeliveryState.FAILED],
            uncertain=ended[DeliveryState.UNCERTAIN],
            put_back=ended[DeliveryState.DUE],
            mistakes=dispatch.mistakes,
        )

    async def figures(self, workspace: tuple[str, str] | None = None) -> Figures:
        """What was delivered in the last day and waits now, of one workspace (its platform and id) or of all."""
        async with self._database.reading() as session:
            return await ticks.figures(session, self._clock(), workspace)

    async def open_now(self, session: Session, subscription: StoredSubscription, now: datetime) -> bool:
        """Have a subscription's post come now, whatever its schedule; False where one is being sent. For one that runs and is not muted."""
        return await self._opening.open_now(session, subscription, now)

    async def listed(self, number: int | None = None, place: Channel | None = None) -> tuple[DeliveryView, ...]:
        """The newest deliveries, newest first: of the subscription with this number, or of a channel, or of all."""
        channel = (place.platform, place.workspace, place.channel) if place else None
        async with self._database.reading() as session:
            found = await deliveries.newest(session, subscription_id=number, channel=channel, limit=MOST_LISTED)
        return tuple(_view(*one) for one in found)

    async def held(self, delivery: int) -> tuple[StoredDelivery, StoredSubscription]:
        """A delivery with its subscription. Raises NotFound where it is gone or its subscription has ended."""
        async with self._database.reading() as session:
            found = await deliveries.get(session, delivery)
        if found is None:
            raise NotFound("That digest or alert has ended, or this was posted too long ago.")
        return found

    async def whole(self, delivery: int) -> Reply:
        """All of what a delivery holds, as the store has it now. Raises NotFound."""
        one, subscription = await self.held(delivery)
        return _introduced(await self._content(one).whole(one, subscription), one, subscription)

    def _content(self, one: StoredDelivery) -> Content:
        return self._watching if one.kind is SubscriptionKind.ALERT else self._digesting


def _is_past(last: datetime | None, between: timedelta, now: datetime) -> bool:
    """Whether something is to be done again: also where the clock went back since."""
    return last is None or not last <= now < last + between


def _introduced(reply: Reply, one: StoredDelivery, subscription: StoredSubscription) -> Reply:
    """What a delivery says, and for the digest of an alert why it is none."""
    is_rest = one.kind is SubscriptionKind.DIGEST and subscription.kind is SubscriptionKind.ALERT
    return rest_of_day(reply, one.since_at, ZoneInfo(subscription.time_zone)) if is_rest else reply


def _see_that_clocks_agree(last_tick: datetime | None, now: datetime) -> None:
    """Warn where another process has another time: each would take over early what the other is posting, and that could come twice."""
    if last_tick is not None and last_tick > now + _CLOCKS_AGREE:
        _LOGGER.warning(
            "What is due was looked for %d seconds later than it is now: the clocks of two machines differ, or this one was set back. "
            "Set them by a time server, or what is due may be posted twice.",
            (last_tick - now).total_seconds(),
        )


def _view(one: StoredDelivery, subscription: StoredSubscription) -> DeliveryView:
    return DeliveryView(
        number=one.id,
        subscription=subscription.id,
        what=what(asked_of(subscription)),
        channel=place_of(subscription),
        due_at=one.due_at,
        state=one.state,
        sent_at=one.sent_at,
        reason=one.reason or "",
        kind=subscription.kind,
    )
