"""Time that passes only while everybody waits for it: a week of waiting takes as long as what is done in it."""

import asyncio
import heapq
import selectors
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import asynccontextmanager, contextmanager
from datetime import datetime, timedelta
from itertools import count
from typing import Any, TypeVar

from sqlalchemy.ext.asyncio import AsyncSession

from storage.database import Database

_Result = TypeVar("_Result")


class SimulatedTime:
    """A clock, and what sleeps by it. It goes to the next moment for which somebody waits when nobody is at work."""

    def __init__(self, now: datetime) -> None:
        self.now = now
        self.at_work = 0
        self._sleepers: list[tuple[datetime, int, asyncio.Future[None]]] = []
        self._order = count()

    def __call__(self) -> datetime:
        return self.now

    async def sleep(self, seconds: float) -> None:
        """Wait for so many seconds of this time."""
        woken = asyncio.get_running_loop().create_future()
        heapq.heappush(self._sleepers, (self.now + timedelta(seconds=max(seconds, 0)), next(self._order), woken))
        await woken

    @contextmanager
    def working(self) -> Iterator[None]:
        """Hold time up: a thread is at work."""
        self.at_work += 1
        try:
            yield
        finally:
            self.at_work -= 1

    def pass_on(self) -> bool:
        """Go to the next moment for which somebody waits; False if nobody does, or a thread is at work."""
        while self._sleepers and not self.at_work:
            moment, _, woken = heapq.heappop(self._sleepers)
            if not woken.done():
                self.now = moment
                woken.set_result(None)
                return True
        return False


class TimedDatabase(Database):
    """A database during whose transactions no time passes: they run in threads."""

    def __init__(self, url: str, time: SimulatedTime) -> None:
        super().__init__(url)
        self._time = time

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[AsyncSession]:
        """As `Database.reading`."""
        with self._time.working():
            async with super().reading() as session:
                yield session

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[AsyncSession]:
        """As `Database.writing`."""
        with self._time.working():
            async with super().writing() as session:
                yield session


def play(time: SimulatedTime, main: Coroutine[Any, Any, _Result]) -> _Result:
    """Run `main` in a loop of its own in which this time passes. What it gives to threads is done at once."""

    async def played() -> _Result:
        asyncio.get_running_loop().set_default_executor(_Here())
        return await main

    with asyncio.Runner(loop_factory=lambda: asyncio.SelectorEventLoop(_Selector(time))) as runner:
        return runner.run(played())


class _Selector(selectors.DefaultSelector):
    """The loop asks it to wait only when nothing else is to be done."""

    def __init__(self, time: SimulatedTime) -> None:
        super().__init__()
        self._time = time

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        waits = timeout is None or timeout > 0
        found = super().select(0) if waits and not self._time.at_work else []
        if found or (waits and self._time.pass_on()):
            return found
        return super().select(timeout)


class _Here(ThreadPoolExecutor):
    """Does what it is given at once, in the thread of whoever gives it."""

    def submit(self, function: Callable[..., _Result], /, *arguments: Any, **options: Any) -> Future[_Result]:  # noqa: ANN401
        done: Future[_Result] = Future()
        try:
            done.set_result(function(*arguments, **options))
        except Exception as error:  # noqa: BLE001 - for whoever waits for it
            done.set_exception(error)
        return done
