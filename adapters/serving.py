"""`verbatim serve`, as far as it is no platform's own: services run side by side, each kept up by itself, until somebody stops them."""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, Collection
from dataclasses import dataclass
from typing import Any, Protocol

from adapters.apologies import noted
from bot.errors import DatabaseBusy, DatabaseUnavailable, Unreachable, VerbatimError

FINISHING_SECONDS = 6.0
"""How long a service that was cancelled may take to finish. A container is killed after 10, in which those beside it end first."""

FINISHING_BESIDE_SECONDS = 4.0
"""The same for one that serves nobody by itself, which ends before the others do."""

WAITS = (5, 10, 20, 40, 60, 120, 300)
"""The seconds until a service is tried again, attempt by attempt; the last holds for all that follow."""

_PASSES = (Unreachable, DatabaseBusy, DatabaseUnavailable)  # what is over by itself, sooner or later
_LOGGER = logging.getLogger("verbatim")

Say = Callable[[str], None]
Sleep = Callable[[float], Awaitable[None]]
_Running = asyncio.Task[VerbatimError | None]


class Service(Protocol):
    """Something that serves for as long as it is let: a platform's connection, a prompt, a ticker."""

    @property
    def name(self) -> str:
        """What a line about it begins with."""
        ...

    async def run(self, say: Say) -> None:
        """Serve until cancelled, and say in a line what is served. Once cancelled, finish what was begun, within FINISHING_SECONDS.

        It may be run again after it ended. Raises Unreachable for an outage, and for what only a person can mend the error that says so.
        """
        ...


@dataclass(frozen=True, slots=True)
class Services:
    """What `verbatim serve` runs: those that serve people, and those `beside` them that serve nobody by themselves (a ticker)."""

    serving: tuple[Service, ...]
    beside: tuple[Service, ...] = ()


async def serve(
    services: Services,
    *,
    say: Say,
    stop: asyncio.Event,
    clock: Callable[[], float] = time.monotonic,
    sleep: Sleep = asyncio.sleep,
) -> None:
    """Run the services until `stop` is set or all that serve people have ended; what becomes of one leaves the others alone.

    After an outage, or a mistake of ours, a service is run again; the waits between grow. What only a person can mend ends it:
    the last such error is raised once nobody is served any more.
    """

    def begin(each: Service) -> _Running:
        return asyncio.create_task(_kept_up(each, _as(each, say), clock, sleep))

    stopping = asyncio.create_task(stop.wait())
    serving = {begin(each): each for each in services.serving}
    beside = {begin(each): each for each in services.beside}
    running, failure = serving | beside, None
    try:
        while serving.keys() & running.keys() and not stop.is_set():
            await asyncio.wait([stopping, *running], return_when=asyncio.FIRST_COMPLETED)
            for task in [each for each in running if each.done()]:
                service, failed = running.pop(task), task.result()
                if task in serving:
                    failure = failed or failure
                if serving.keys() & running.keys():
                    _as(service, say)(f"{failed} Start Verbatim again once that is done." if failed else "ended.")
    finally:
        await _ended([stopping, *beside])  # first: what is being posted still needs its platform
        await _ended(serving)
    if failure and not stop.is_set():
        raise failure


async def _ended(tasks: Collection[asyncio.Task[Any]]) -> None:
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


async def _kept_up(service: Service, say: Say, clock: Callable[[], float], sleep: Sleep) -> VerbatimError | None:
    """Run the service, again and again where that may help. Returns the error that only a person can mend; None if it ended well."""
    said, tries = "", 0
    while True:
        began = clock()
        try:
            await service.run(say)
            return None
        except _PASSES as error:
            trouble = str(error)
            _LOGGER.warning("%s", _named(service, error))
        except VerbatimError as error:
            _LOGGER.error("%s", _named(service, error))
            return error
        except (Exception, asyncio.CancelledError) as error:  # a mistake in one service must not cost the others
            if isinstance(error, asyncio.CancelledError) and _is_cancelled():
                raise
            trouble = f"There was a mistake in Verbatim itself; the log has it under {noted(error, f'serving {service.name}')}."
        if _is_cancelled():
            return None
        tries = 0 if clock() - began > WAITS[-1] else tries
        wait = WAITS[min(tries, len(WAITS) - 1)]
        told = f"{trouble} {_next_try(wait)}"
        if told != said:  # the longest wait is told once, not every time
            say(told)
        said, tries = told, tries + 1
        await sleep(wait)


def _is_cancelled() -> bool:
    """Whether this task was told to end, and what it ran raised something else while it ended."""
    task = asyncio.current_task()
    return task is not None and task.cancelling() > 0


def _next_try(wait: int) -> str:
    if wait == WAITS[-1]:
        return f"Trying again every {wait // 60} minutes."
    return f"Trying again in {wait} seconds."


def _as(service: Service, say: Say) -> Say:
    return lambda line: say(_named(service, line))


def _named(service: Service, line: object) -> str:
    """The line with the service's name in front, unless it begins with that itself ("Slack cannot be reached.")."""
    return str(line) if str(line).startswith(f"{service.name} ") else f"{service.name}: {line}"
