"""Work on bytes that nobody vouches for, in processes that are ended when it takes too long or too much memory.

Each worker has pipes of its own: pools in which all share one (Pebble's, the standard library's) stand still when a worker is ended
while it holds the lock on it (noxdafox/pebble#97, #163). They bound time and memory; they are no sandbox.
"""

import asyncio
import os
import pickle
import signal
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Self, TypeVar, TypeVarTuple, cast

from bot.bounded_worker import LENGTH, Word, framed
from bot.errors import ReadingError, TooMuch

_Arguments = TypeVarTuple("_Arguments")
_Result = TypeVar("_Result")

_PROGRAM = "import sys; sys.path[:] = sys.argv[1:]; from bot.bounded_worker import serve; serve()"
_TASKS = 5000  # that a worker does; over so many pages its memory grew by 6 MB, yet nobody knows all pages
_READY_SECONDS = 60.0  # for a worker to start, to import, to take what it is given
_GRACE_SECONDS = 5.0  # in which the kernel has ended a worker whose time is over; else it is killed from here
_REMEDY = "Look at it: it may be broken, or made to do harm."


class WorkerBug(Exception):
    """A task raised what is no VerbatimError, or a worker could not be started; has the worker's traceback."""


class _Gone(Exception):
    """A worker ended, or stood still, before it began with a task."""


@dataclass(eq=False, slots=True)
class _Worker:
    """One process, and how many tasks it was given."""

    process: Process
    tasks: int = 0

    async def tell(self, message: bytes) -> tuple[Word, Any]:
        """What it answers to a message. Raises _Gone, also where it takes a minute for that."""
        try:
            async with asyncio.timeout(_READY_SECONDS):
                assert self.process.stdin is not None  # noqa: S101 - for mypy
                self.process.stdin.write(message)
                await self.process.stdin.drain()
                return await self.word()
        except (ConnectionError, asyncio.IncompleteReadError, TimeoutError) as error:
            raise _Gone from error

    async def word(self) -> tuple[Word, Any]:
        """What it says next. Raises IncompleteReadError where it has ended."""
        assert self.process.stdout is not None  # noqa: S101 - for mypy
        (length,) = LENGTH.unpack(await self.process.stdout.readexactly(LENGTH.size))
        word, value = pickle.loads(await self.process.stdout.readexactly(length))  # noqa: S301 - our own
        return Word(word), value

    def kill(self) -> None:
        """End it at once. Not by asyncio, which would look for its exit status in the place of whoever waits for it."""
        if self.process.returncode is None:
            with suppress(ProcessLookupError):
                os.kill(self.process.pid, signal.SIGKILL)

    async def ended(self) -> int:
        """The exit status of one that is ending, or minus the signal that ended it."""
        with suppress(TimeoutError):
            async with asyncio.timeout(_GRACE_SECONDS):
                await self.process.wait()
        return await self.end()

    async def end(self) -> int:
        """End it now and close its pipes; returns its exit status, or minus the signal that ended it."""
        self.kill()
        assert self.process.stdin is not None  # noqa: S101 - for mypy
        assert self.process.stdout is not None  # noqa: S101 - for mypy
        self.process.stdin.close()
        await self.process.stdout.read()
        return await self.process.wait()


class Workers:
    """At most `count` processes, each of which may take `seconds` for a task and `megabytes` (10^6 bytes) of memory in all.

    None is started before it is needed. `warm_up` runs in each before its first task; neither that nor the import of a task's
    function counts against the task's seconds. A worker that has done `tasks` gives way to a fresh one.
    """

    def __init__(
        self, count: int, *, seconds: float, megabytes: int, warm_up: Callable[[], object] | None = None, tasks: int = _TASKS
    ) -> None:
        self._seconds = seconds
        self._megabytes = megabytes
        self._warm_up = warm_up
        self._tasks = tasks
        self.count = count
        self._turns = asyncio.Semaphore(count)  # given in the order in which they were asked for
        self._idle: list[_Worker] = []
        self._all: set[_Worker] = set()
        self._closed = False

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        await self.close()

    async def close(self) -> None:
        """End all workers; what still runs or waits raises RuntimeError."""
        self._closed = True
        for worker in self._all:
            worker.kill()
        for _ in range(self.count):
            await self._turns.acquire()
        while self._idle:
            await self._end(self._idle.pop())
        for _ in range(self.count):
            self._turns.release()

    async def run(self, function: Callable[[*_Arguments], _Result], *arguments: *_Arguments, seconds: float | None = None) -> _Result:
        """What a function gives that a worker finds by its name in its module; arguments and result are plain data.

        Waits its turn. Raises TooMuch where it takes longer than `seconds` or too much memory, ReadingError where it takes the
        worker down, the VerbatimError that it raises itself, and WorkerBug for anything else. Whoever is cancelled ends the worker.
        """
        allowed = self._seconds if seconds is None else seconds
        task = framed((function, arguments, allowed))
        async with self._turns:
            try:
                word, value = await self._outcome(task, allowed)
            except ReadingError:
                self._refuse_if_closed()
                raise
        if word is Word.REFUSED:
            raise value
        if word is Word.BUG:
            raise WorkerBug(value)
        return cast(_Result, value)

    async def _outcome(self, task: bytes, seconds: float) -> tuple[Word, Any]:
        while self._idle:
            with suppress(_Gone):  # a worker may have been ended while nobody looked, which is not this task's fault
                return await self._done(self._idle.pop(), task, seconds)
        try:
            return await self._done(await self._started(), task, seconds)
        except _Gone as error:
            raise _ended(None) from error

    async def _done(self, worker: _Worker, task: bytes, seconds: float) -> tuple[Word, Any]:
        fit = False
        try:
            worker.tasks += 1
            word, value = await worker.tell(task)
            if word is Word.BEGUN:
                async with asyncio.timeout(seconds + _GRACE_SECONDS):
                    word, value = await worker.word()
            fit = word is not Word.OUT_OF_MEMORY and worker.tasks < self._tasks
        except TimeoutError:
            raise _too_long(seconds) from None
        except asyncio.IncompleteReadError:
            status = await worker.ended()
            raise _too_long(seconds) if status == -signal.SIGALRM else _ended(status) from None
        finally:
            if fit and not self._closed:
                self._idle.append(worker)
            else:
                await self._end(worker)
        if word is Word.OUT_OF_MEMORY:
            raise _too_large(self._megabytes)
        return word, value

    async def _started(self) -> _Worker:
        """A fresh worker. Raises WorkerBug where none can be had."""
        self._refuse_if_closed()
        # A session of its own: Ctrl-C in a terminal goes to the one in front, and whoever started a worker ends it.
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-c", _PROGRAM, *sys.path, stdin=PIPE, stdout=PIPE, start_new_session=True
        )
        worker = _Worker(process)
        self._all.add(worker)
        word, value = None, "It ended."
        try:
            if not self._closed:
                word, value = await worker.tell(framed((self._megabytes, self._warm_up)))
        except _Gone as error:
            self._refuse_if_closed()
            raise WorkerBug("A worker did not get ready.") from error
        finally:
            if word is not Word.READY:
                await self._end(worker)
        self._refuse_if_closed()
        if word is not Word.READY:
            raise WorkerBug(f"A worker did not get ready with {self._megabytes} MB of memory: {value}")
        return worker

    async def _end(self, worker: _Worker) -> None:
        await worker.end()
        self._all.discard(worker)

    def _refuse_if_closed(self) -> None:
        if self._closed:
            raise RuntimeError("These workers are closed.")


def processors() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _too_long(seconds: float) -> TooMuch:
    return TooMuch(f"Reading it took longer than {seconds:g} second{'' if seconds == 1 else 's'}.", _REMEDY)


def _too_large(megabytes: int) -> TooMuch:
    return TooMuch(f"Reading it needed more than {megabytes:,} MB of memory.", _REMEDY)


def _ended(status: int | None) -> ReadingError:
    """The error for a worker that a task took down; `status` as subprocess gives it, None where it had none to look at."""
    how = "" if status is None else f" with status {status}"
    if status is not None and status < 0:
        with suppress(ValueError):
            how = f" by {signal.Signals(-status).name}"
    return ReadingError(f"The process that read it was ended{how}.", f"{_REMEDY} Or the machine has no memory left.")
