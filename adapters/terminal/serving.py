"""`verbatim serve`: Verbatim in the chats that are set up."""

import asyncio
import signal
import sys
from contextlib import suppress
from typing import TYPE_CHECKING

from adapters.terminal import session

if TYPE_CHECKING:
    from adapters.settings import Settings


def serve() -> None:
    """Answer in the chats that are set up, until stopped by Ctrl-C or SIGTERM."""
    asyncio.run(_served(session.settings_in_force()))


async def _served(settings: "Settings") -> None:
    from adapters import composition
    from adapters.serving import serve as served

    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        with suppress(NotImplementedError):  # on Windows, where Ctrl-C ends it less gently
            loop.add_signal_handler(number, stop.set)
    async with composition.open_services(settings) as services:
        await served(services, say=_say, stop=stop)


def _say(line: str) -> None:
    """Print a line at once: whoever keeps the output in a file reads it while we run."""
    session.print_plain(line)
    sys.stdout.flush()
