"""A round of deliveries: claimed a few at a time, those of one channel one after the other, channels side by side."""

import asyncio
import logging
from collections import Counter, deque
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from bot.callers import Channel
from bot.delivery import pausing
from bot.delivery.handover import HandedOver, Handover, TookTooLong
from bot.delivery.opening import Opening
from bot.delivery.posting import Poster
from bot.digests import outcomes
from bot.digests.outcomes import Pace
from bot.errors import NotNow, StorageError
from bot.mistakes import noted
from bot.subscriptions.guarding import place_of
from storage import deliveries
from storage.database import Database
from storage.records import Claim, DeliveryState

_CHANNELS_AT_ONCE = 16
_IN_HAND = 96
"""So many are claimed at most and not yet sent: few enough to be sent within their lease."""
_OF_CHANNEL = 6
"""So many of one channel, as they go one after the other: a slow one holds up no others."""
_LOOK_AGAIN = 10.0
"""After so many seconds of a long round it is looked whether more has become due."""
_LOGGER = logging.getLogger("verbatim.delivering")


class Dispatch:
    """One round: whatever is due is posted, and then it ends."""

    def __init__(
        self,
        database: Database,
        clock: Callable[[], datetime],
        pace: Pace,
        opening: Opening,
        handover: Handover,
        posters: Mapping[str, Poster],
        process: str,
        got_on: Callable[[], None],
    ) -> None:
        self._database = database
        self._clock = clock
        self._pace = pace
        self._opening = opening
        self._handover = handover
        self._posters = posters
        self._process = process
        self._got_on = got_on
        self._waiting: dict[Channel, deque[Claim]] = {}
        self._working: set[asyncio.Task[None]] = set()
        self._in_work: set[int] = set()
        self._turns = asyncio.Semaphore(_CHANNELS_AT_ONCE)
        self._looked = float("-inf")
        self.ended: Counter[DeliveryState] = Counter()
        """How many deliveries came to which state; those put back are due."""
        self.mistakes = 0
        """How often we made one in looking for what is due."""

    async def run(self) -> None:
        """Post what is due until nothing is. Trouble of the store ends the round, and is logged."""
        try:
            while await self._taken_in_hand():
                await asyncio.wait(self._working, timeout=_LOOK_AGAIN, return_when=asyncio.FIRST_COMPLETED)
        except asyncio.CancelledError:
            await self._end()
            raise
        finally:
            for task in self._working:
                task.cancel()

    async def _taken_in_hand(self) -> bool:
        """Whether there is still something to wait for, once hands are full again."""
        ready = [platform for platform, poster in self._posters.items() if poster.is_ready]
        try:
            if ready and self._is_time_to_look():
                await self._open(ready)
            while ready and self._in_hand <= _IN_HAND // 2 and await self._has_claimed(ready, _IN_HAND - self._in_hand):
                pass
        except StorageError as error:
            _LOGGER.warning("What is due waits: %s", error)
        return bool(self._working)

    @property
    def _in_hand(self) -> int:
        return len(self._working) + sum(map(len, self._waiting.values()))

    def _is_time_to_look(self) -> bool:
        passed = asyncio.get_running_loop().time()
        if passed - self._looked < _LOOK_AGAIN:
            return False
        self._looked = passed
        return True

    async def _open(self, ready: Sequence[str]) -> None:
        """Open what is due by now, and tell the owners of what had to be paused. A mistake of ours in it costs nothing that is open."""
        for doing, opening in (("opening digests", self._opening.open_digests), ("opening alerts", self._opening.open_alerts)):
            try:
                for paused in filter(None, await opening(ready)):
                    await pausing.tell_owners(paused, self._posters[paused.those[0].platform], self._clock())
            except StorageError:
                raise
            except Exception as error:  # noqa: BLE001 - as it says
                noted(error, doing)
                self.mistakes += 1

    async def _has_claimed(self, ready: Sequence[str], limit: int) -> bool:
        """Claim for channels into which nothing is being posted; False where there is nothing left for now to claim."""
        busy = set(self._waiting)
        but = [(channel.platform, channel.workspace, channel.channel) for channel in busy]
        async with self._database.writing() as session:
            now = self._clock()
            lease_until = now + self._pace.lease
            claims = await deliveries.claim(
                session, ready, self._process, now=now, lease_until=lease_until, limit=limit, of_channel=_OF_CHANNEL, but=but
            )
        for claim in claims:
            self._take(claim)
        return bool(claims) or not busy <= self._waiting.keys()  # a channel may have become free meanwhile

    def _take(self, claim: Claim) -> None:
        """Let it wait for its turn in its channel, into which nothing is posted yet, or only what was claimed with it."""
        channel = place_of(claim.subscription)
        if channel in self._waiting:
            self._waiting[channel].append(claim)
            return
        self._waiting[channel] = deque([claim])
        task = asyncio.create_task(self._work(channel))
        self._working.add(task)
        task.add_done_callback(self._working.discard)

    async def _work(self, channel: Channel) -> None:
        """Hand over what waits for a channel, one after the other."""
        waiting = self._waiting[channel]
        poster = self._posters[channel.platform]
        try:
            while waiting:
                async with self._turns:
                    if waiting:
                        await self._hand_over(waiting.popleft(), channel, poster)
        finally:
            del self._waiting[channel]

    async def _hand_over(self, claim: Claim, channel: Channel, poster: Poster) -> None:
        self._in_work.add(claim.delivery.id)
        try:
            handed = await self._handover.hand_over(claim, poster)
            if handed is not None:
                self.ended[handed.outcome.delivery.state] += 1
                if isinstance(handed.error, NotNow | TookTooLong) and handed.outcome.delivery.state is DeliveryState.DUE:
                    await self._let_rest(channel, handed)
        except StorageError as error:
            self.ended[DeliveryState.DUE] += 1
            _LOGGER.warning("Delivery %d waits: %s", claim.delivery.id, error)
        except Exception as error:  # noqa: BLE001 - a mistake of ours in one delivery must not cost the others
            noted(error, f"handing over delivery {claim.delivery.id}")
        finally:
            self._in_work.discard(claim.delivery.id)
            self._got_on()

    async def _let_rest(self, channel: Channel, handed: HandedOver) -> None:
        """Have nothing tried in a channel before the platform lets us, or has had time to recover."""
        until = handed.outcome.delivery.try_at
        held = list(self._waiting[channel])
        self._waiting[channel].clear()
        self.ended[DeliveryState.DUE] += len(held)
        async with self._database.writing() as session:
            await deliveries.record(session, [outcomes.given_back(one.delivery, until) for one in held])
            await deliveries.hold(session, (channel.platform, channel.workspace, channel.channel), until)

    async def _end(self) -> None:
        """Give back what was not begun, so that the next process need not wait for it, and let what is being sent finish."""
        self._handover.end()
        for waiting in self._waiting.values():
            waiting.clear()
        finishing = [asyncio.create_task(self._release()), *self._working]
        await asyncio.wait(finishing, timeout=2 * self._pace.ending.total_seconds())
        for task in finishing:
            task.cancel()
        await asyncio.gather(*finishing, return_exceptions=True)

    async def _release(self) -> None:
        try:
            async with self._database.writing() as session:
                await deliveries.release(session, self._process, self._clock(), but=self._in_work)
        except StorageError as error:
            _LOGGER.warning("What is due and was not begun waits until it may be taken over: %s", error)
