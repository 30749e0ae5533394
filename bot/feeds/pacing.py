"""One host is asked gently: one request at a time, with a pause between them, whatever number of feeds it has."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

PAUSE: Final = timedelta(seconds=2)
MOST_AT_ONCE: Final = 32
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
    does not hold up who wants another. A host that nobody wants is forgotten after its pause.
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
        finally:
            state.wanted_by -= 1

    def hold(self, host: str, until: datetime) -> None:
        """Let nobody ask `host` before this moment: it said so (Retry-After). An earlier one takes nothing back."""
        state = self._wanted(host)
        state.held_until = max(until, state.held_until or until)
        state.wanted_by -= 1

    def held_until(self, host: str) -> datetime | None:
        """Until when `host` wants to be left alone, if it does."""
        state = self._hosts.get(host)
        until = state.held_until if state else None
        return until if until is not None and until > self._clock() else None

    def _wanted(self, host: str) -> _Host:
        if len(self._hosts) >= self._sweep_at:
            now = self._clock()
            self._hosts = {name: state for name, state in self._hosts.items() if not state.is_idle(now)}
            self._sweep_at = max(_SWEEP_FROM, 2 * len(self._hosts))
        state = self._hosts.setdefault(host, _Host())
        state.wanted_by += 1
        return state

    async def _wait(self, state: _Host) -> None:
        """Wait out the pause; never longer than it is, even if the clock was set back."""
        if state.ready is None:
            return
        left = min(state.ready - self._clock(), state.pause)
        if left > timedelta():
            await self._sleep(left.total_seconds())
