"""Work on many things at once, whose results come in the order of the things and in handfuls."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Final, Generic, TypeVar

_FEW: Final = 4
"""So few things are done by one process before another one could be started, and each is told of as soon as it is done."""
_AHEAD: Final = 8
"""Things for each process that are under way at once, so that none waits for a long one before it."""
_HANDFUL: Final = 16
_PATIENCE: Final = 0.25
"""Seconds for which a handful waits for its next thing."""

_Thing = TypeVar("_Thing")
_Result = TypeVar("_Result")


@dataclass(frozen=True, slots=True)
class _Ended:
    """There is no next thing; where that is so for a reason, it is this one."""

    error: Exception | None = None


class _Later:
    """The next thing has not come yet."""


class _Ahead(Generic[_Result]):
    """What is under way, or done and not taken, in the order of the things."""

    def __init__(self, processes: int) -> None:
        self._processes = processes
        self._turns = asyncio.Semaphore(1)
        self.waiting: asyncio.Queue[asyncio.Task[_Result] | _Ended] = asyncio.Queue(_AHEAD * processes)
        self.begun: set[asyncio.Task[_Result]] = set()
        self.number = 0

    async def begin(self, things: AsyncIterator[_Thing], work: Callable[[_Thing], Awaitable[_Result]]) -> None:
        """Begin with one thing after the other, as there is room."""
        error = None
        try:
            async for thing in things:
                self.number += 1
                if self.number == _FEW + 1:
                    for _ in range(self._processes - 1):
                        self._turns.release()
                task = asyncio.create_task(self._done(thing, work))
                self.begun.add(task)
                task.add_done_callback(self.begun.discard)
                await self.waiting.put(task)
        except Exception as raised:  # noqa: BLE001 - raised where its turn is
            error = raised
        await self.waiting.put(_Ended(error))

    async def _done(self, thing: _Thing, work: Callable[[_Thing], Awaitable[_Result]]) -> _Result:
        async with self._turns:
            return await work(thing)


async def in_order(
    things: AsyncIterator[_Thing], work: Callable[[_Thing], Awaitable[_Result]], processes: int
) -> AsyncGenerator[list[_Result], None]:
    """What `work` gives for each of the things, in their order.

    Few things are worked on one after the other; of many, `processes` at once. Never more than 8 for each process are under way or
    done and not taken. Raises what `things` and `work` raise, when it is their turn; what is under way then is given up.
    """
    ahead = _Ahead[_Result](processes)
    waiting, begun = ahead.waiting, ahead.begun
    beginning = asyncio.create_task(ahead.begin(things, work))
    try:
        following: asyncio.Task[_Result] | _Ended | _Later = await waiting.get()
        while isinstance(following, asyncio.Task):
            results = [await following]
            most, patience = (_HANDFUL, _PATIENCE) if ahead.number > _FEW else (1, 0.0)
            until = asyncio.get_running_loop().time() + patience
            following = await _soon(waiting, until)
            while isinstance(following, asyncio.Task) and len(results) < most and await _is_well(following, until):
                results.append(following.result())
                following = await _soon(waiting, until)
            yield results
            if isinstance(following, _Later):
                following = await waiting.get()
        if isinstance(following, _Ended) and following.error is not None:
            raise following.error
    finally:
        under_way = (beginning, *begun)
        for task in under_way:
            task.cancel()
        await asyncio.gather(*under_way, return_exceptions=True)


async def _soon(waiting: "asyncio.Queue[asyncio.Task[_Result] | _Ended]", until: float) -> "asyncio.Task[_Result] | _Ended | _Later":
    with suppress(TimeoutError, asyncio.QueueEmpty):
        if until <= asyncio.get_running_loop().time():
            return waiting.get_nowait()
        async with asyncio.timeout_at(until):
            return await waiting.get()
    return _Later()


async def _is_well(task: "asyncio.Task[_Result]", until: float) -> bool:
    """Whether a task is done by then, and gives something."""
    left = max(0.0, until - asyncio.get_running_loop().time())
    return bool((await asyncio.wait([task], timeout=left))[0]) and task.exception() is None
