"""The clock of `verbatim serve`: every few seconds it has looked for what is due, and has that posted.

APScheduler only ticks. What is due, and what became of it, stands in the database, so that any number of processes may tick.
"""

import asyncio
import logging
import os
import secrets
import socket
import time
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import cast
from zoneinfo import ZoneInfo

from apscheduler.schedulers.asyncio import AsyncIOScheduler  # type: ignore[import-untyped] # it ships no types

from adapters.apologies import noted
from adapters.attending import ended
from adapters.serving import FINISHING_BESIDE_SECONDS, Say
from adapters.wording import moment_in_words
from bot.delivery.posting import Poster
from bot.errors import VerbatimError
from bot.newsroom import Newsroom

EVERY_SECONDS = 10.0
_LATE_TICKS = 3
_MOMENT_SECONDS = 0.5
_UTC = ZoneInfo("UTC")
_LOGGER = logging.getLogger("verbatim")


def this_process() -> str:
    """What this process goes by beside others, also beside one of an earlier day that had its number."""
    return f"{socket.gethostname()}:{os.getpid()}:{secrets.token_hex(4)}"


class Ticking:
    """Looks `every` seconds for what is due, and has it posted by the platforms' `posters`.

    `outcomes` counts what became of what this process posted: sent, skipped, failed, uncertain. `failing` is how many rounds in a row
    have just met a mistake or trouble by which something that is due may not be found.
    """

    def __init__(
        self,
        newsroom: Newsroom,
        posters: Mapping[str, Poster],
        process: str,
        *,
        every: float = EVERY_SECONDS,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.posters = posters
        self.outcomes: Counter[str] = Counter()
        self.failing = 0
        self._newsroom = newsroom
        self._process = process
        self._every = every
        self._clock = clock
        self._in_hand: set[asyncio.Task[object]] = set()
        self._delivering: asyncio.Task[None] | None = None
        self._began = self._got_on_at = clock()
        self._ticked_at: float | None = None

    @property
    def name(self) -> str:
        """What a line about it begins with."""
        return "Digests"

    @property
    def tick_age(self) -> float | None:
        """The seconds since it last looked for what is due and could; None before the first time."""
        return None if self._ticked_at is None else self._clock() - self._ticked_at

    @property
    def silence(self) -> float:
        """The seconds since it last looked for what is due and could, or since it was made."""
        return self._clock() - (self._began if self._ticked_at is None else self._ticked_at)

    @property
    def standstill(self) -> float:
        """The seconds since what is being posted last got on; 0 while nothing is."""
        return self._clock() - self._got_on_at if self._is_delivering else 0.0

    async def run(self, say: Say) -> None:
        """Tick until cancelled, and give what is being posted some seconds to end. Raises the storage errors at the start."""
        logging.getLogger("apscheduler").setLevel(logging.WARNING)  # it would tell of each tick
        say(await self._greeting())
        scheduler = AsyncIOScheduler(timezone=UTC)
        job = scheduler.add_job(
            self._tick, "interval", seconds=self._every, next_run_time=_now(), coalesce=True, max_instances=1, misfire_grace_time=None
        )
        scheduler.start()
        try:
            while True:
                await asyncio.sleep(self._every * _LATE_TICKS)
                if job.next_run_time - _now() > timedelta(seconds=self._every):  # the machine's clock was set back
                    job.modify(next_run_time=_now())
        finally:
            scheduler.pause()
            await self._finish()
            scheduler.shutdown()
            await asyncio.sleep(0)  # it does so at the loop's next turn

    async def _finish(self) -> None:
        """Let a round end of which little is left. One that is cancelled begins nothing more, and lets end what is being sent."""
        if self._in_hand:
            await asyncio.wait(self._in_hand, timeout=_MOMENT_SECONDS)
        if self._delivering:
            self._delivering.cancel()
        await ended(self._in_hand, FINISHING_BESIDE_SECONDS - _MOMENT_SECONDS)

    async def _greeting(self) -> str:
        figures = await self._newsroom.scheduled.figures()
        if not figures.running:
            return f"{figures.paused:,} are set up, and paused." if figures.paused else "none are set up."
        if figures.next_due is None:
            return f"{figures.running:,} run."
        return f"{figures.running:,} run, and the next is due on {moment_in_words(figures.next_due, _UTC)} UTC."

    async def _tick(self) -> None:
        with self._kept():
            if await self._tried("looking for what is due", self._look) and not self._is_delivering:
                self._delivering = asyncio.create_task(self._deliver())

    async def _look(self) -> None:
        await self._newsroom.scheduled.tick(self._process)
        self._ticked_at = self._clock()

    async def _deliver(self) -> None:
        self._got_on()
        with self._kept():
            if not await self._tried("posting what is due", self._post):
                self.failing += 1

    async def _post(self) -> None:
        tally = await self._newsroom.scheduled.deliver(self.posters, self._process, self._got_on)
        self.failing = self.failing + 1 if tally.mistakes else 0
        self.outcomes.update(sent=tally.sent, skipped=tally.skipped, failed=tally.failed, uncertain=tally.uncertain)

    @property
    def _is_delivering(self) -> bool:
        return self._delivering is not None and not self._delivering.done()

    def _got_on(self) -> None:
        self._got_on_at = self._clock()

    @contextmanager
    def _kept(self) -> Iterator[None]:
        """What runs in it is in hand: it is waited for at the end."""
        task = cast("asyncio.Task[object]", asyncio.current_task())
        self._in_hand.add(task)
        try:
            yield
        finally:
            self._in_hand.discard(task)

    async def _tried(self, doing: str, work: Callable[[], Awaitable[None]]) -> bool:
        """Whether it was done; what went wrong is in the log, and the next tick tries again."""
        try:
            await work()
        except VerbatimError as error:
            _LOGGER.warning("%s, not done: %s", doing, error)
            return False
        except Exception as error:  # noqa: BLE001 - a mistake of ours must not end the ticks
            noted(error, doing)
            return False
        return True


def _now() -> datetime:
    return datetime.now(UTC)
