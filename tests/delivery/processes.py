"""Processes that post what is due, forked from one in which everything is imported, so that one takes little more than its work."""

import asyncio
import multiprocessing
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing.context import ForkServerProcess

from tests.delivery import child
from tests.delivery.child import Orders

_FORKED = multiprocessing.get_context("forkserver")
_FORKED.set_forkserver_preload(["__main__", child.__name__])


@contextmanager
def started(orders: Orders) -> Iterator[ForkServerProcess]:
    """A process that has its orders; it is killed in the end if it still runs."""
    process = _FORKED.Process(target=child.live, args=(orders,), name=orders.name)
    process.start()
    try:
        yield process
    finally:
        process.kill()
        process.join()


async def ended(process: ForkServerProcess) -> int | None:
    """Wait until a process has ended, and return how: a negative number is the signal that ended it."""
    await asyncio.to_thread(process.join)
    return process.exitcode


async def lived(orders: Orders) -> None:
    """Have a process do what it is told, from beginning to end."""
    with started(orders) as process:
        assert await ended(process) == 0


async def killed(process: ForkServerProcess) -> None:
    """Kill a process that runs."""
    process.kill()
    assert await ended(process) == -signal.SIGKILL
