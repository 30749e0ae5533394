"""`verbatim serve`, as far as it is no platform's own: services run side by side until somebody stops them or one fails."""

import asyncio
from collections.abc import Callable, Sequence
from typing import Protocol

Say = Callable[[str], None]


class Service(Protocol):
    """Something that serves for as long as it is let: a platform's connection, a ticker."""

    @property
    def name(self) -> str:
        """What a line about it begins with."""
        ...

    async def run(self, say: Say) -> None:
        """Serve until cancelled, and say in a line what is served. Once cancelled, finish what was begun, within seconds.

        Raises the errors a person can act on when it cannot go on.
        """
        ...


async def serve(services: Sequence[Service], *, say: Say, stop: asyncio.Event) -> None:
    """Run the services until `stop` is set or the first of them fails, then stop them all. Raises what it failed with."""
    running = [asyncio.create_task(service.run(_as(service, say)), name=service.name) for service in services]
    stopping = asyncio.create_task(stop.wait())
    try:
        await asyncio.wait([*running, stopping], return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in (*running, stopping):
            task.cancel()
        ended = await asyncio.gather(*running, stopping, return_exceptions=True)
    for failure in ended:
        if isinstance(failure, Exception):
            raise failure


def _as(service: Service, say: Say) -> Say:
    return lambda line: say(f"{service.name}: {line}")
