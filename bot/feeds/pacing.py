"""One host is asked gently: one request at a time, with a pause between them, whatever number of feeds it has."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from bot.feeds.retry_after import asked_to_wait
from bot.feeds.rhythm import LONGEST_RETRY_AFTER
from bot.reading.pages import Refused, Trouble
from storage.hosts import Quiet

PAUSE: Final = timedelta(seconds=2)
UNSAID: Final = timedelta(minutes=10)
MOST_AT_ONCE: Final = 32
LEASE: Final = timedelta(minutes=10)
"""So long a process has what it claimed of a host, and the host with it."""
HELD: Final = "The site asks to be left alone for a while."
"""Said where a turn comes that is not to be used."""
_SWEEP_FROM = 64


@dataclass(slots=True)
class _Host:
    turn: asyncio.Lock = field(default_factory=asyncio.Lock)
    wanted_by: int = 0
    ready: datetime | None = None
    pause: timedelta = timedelta()
    held_until: datetime | None = None

    def is_idle(self, now: datetime) -> bool:
        return not self.wanted_by and all(moment is None or moment <= now for moment in (self.ready, self.held_until))


class Pacer:
    """Gives out turns to ask a host. Those who wait for one host have them in the order in which they came.

    `clock` says the time, `sleep` waits for seconds. At most `most_at_once` turns are had at the same time; who waits for a host
    does not hold up who wants another. A host that nobody wants is forgotten after its pause. What other processes are to know of
    hosts is `untold` until they are `told`, and what is `heard` of them holds here.
    """

    def __init__(
        self,
        clock: Callable[[], datetime],
        sleep: Callable[[float], Awaitable[object]] = asyncio.sleep,
        *,
        pause: timedelta = PAUSE,
        most_at_once: int = MOST_AT_ONCE,
    ) -> None:
        self._clock = clock
        self._sleep = sleep
        self._pause = pause
        self._slots = asyncio.Semaphore(most_at_once)
        self._hosts: dict[str, _Host] = {}
        self._untold: set[str] = set()
        self._sweep_at = _SWEEP_FROM

    def __len__(self) -> int:
        return len(self._hosts)

    @asynccontextmanager
    async def turn(self, host: str, *, delay: timedelta | None = None) -> AsyncIterator[datetime | None]:
        """A turn to ask `host` once, after which nobody has one for the pause, or for `delay` where that is longer.

        Gives the moment until which the host wants to be left alone, in which case the turn comes at once and is not to be used;
        else None.
        """
        state = self._wanted(host)
        try:
            async with state.turn:
                held = self.held_until(host)
                if held is not None:
                    yield held
                    return
                await self._wait(state)
                async with self._slots:
                    try:
                        yield None
                    finally:
                        state.pause = max(self._pause, delay or timedelta())
                        state.ready = self._clock() + state.pause
                        self._untold.add(host)
        finally:
            state.wanted_by -= 1

    def hold(self, host: str, until: datetime) -> None:
        """Let nobody ask `host` before this moment: it said so (Retry-After). An earlier one takes nothing back."""
        state = self._wanted(host)
        state.held_until = max(until, state.held_until or until)
        state.wanted_by -= 1
        self._untold.add(host)

    def untold(self) -> list[Quiet]:
        """The hosts that were asked or held since others were told, and are still to be left alone."""
        now = self._clock()
        found = (self._quiet(host) for host in sorted(self._untold))
        return [one for one in found if one is not None and one.until > now]

    def told(self, quiet: Sequence[Quiet]) -> None:
        """Others know this now; what has come since is still untold."""
        self._untold -= {one.host for one in quiet if one == self._quiet(one.host)}

    def heard(self, quiet: Quiet) -> None:
        """Leave a host alone as another process says. It may have asked the host since: then its pause is waited out in the turns."""
        if quiet.for_all:
            self.hold(quiet.host, quiet.until)
            return
        state = self._wanted(quiet.host)
        state.pause = max(state.pause, quiet.until - self._clock())
        state.ready = max(quiet.until, state.ready or quiet.until)
        state.wanted_by -= 1

    def heed(self, host: str, refused: Refused) -> None:
        """Let nobody ask `host` for as long as it asked for with a refusal, if it did, and no longer than LONGEST_RETRY_AFTER.

        One that has too much to do (429), and does not say for how long, is left alone for UNSAID.
        """
        now = self._clock()
        until = asked_to_wait(refused, now)
        if until is None and refused.trouble is Trouble.LIMITED:
            until = now + UNSAID
        if until is not None:
            self.hold(host, min(until, now + LONGEST_RETRY_AFTER))

    def held(self) -> frozenset[str]:
        """The hosts that want to be left alone now."""
        return frozenset(host for host in self._hosts if self.held_until(host) is not None)

    def held_until(self, host: str) -> datetime | None:
        """Until when `host` wants to be left alone, if it does."""
        state = self._hosts.get(host)
        until = state.held_until if state else None
        return until if until is not None and until > self._clock() else None

    def _wanted(self, host: str) -> _Host:
        if len(self._hosts) >= self._sweep_at:
            now = self._clock()
            self._hosts = {name: state for name, state in self._hosts.items() if not state.is_idle(now)}
            self._untold &= self._hosts.keys()
            self._sweep_at = max(_SWEEP_FROM, 2 * len(self._hosts))
        state = self._hosts.setdefault(host, _Host())
        state.wanted_by += 1
        return state

    def _quiet(self, host: str) -> Quiet | None:
        """Until when a host that is known is to be left alone, be that over or not."""
        state = self._hosts.get(host)
        moments = [moment for moment in (state.ready, state.held_until) if moment is not None] if state else []
        return Quiet(host, max(moments), for_all=state is not None and max(moments) == state.held_until) if moments else None

    async def _wait(self, state: _Host) -> None:
        """Wait out the pause; never longer than it is, even if the clock was set back."""
        if state.ready is None:
            return
        left = min(state.ready - self._clock(), state.pause)
        if left > timedelta():
            await self._sleep(left.total_seconds())
