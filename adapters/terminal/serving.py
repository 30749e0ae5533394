"""`verbatim serve`: Verbatim in the chats that are set up."""

import asyncio
import signal
import sys
from contextlib import suppress
from typing import TYPE_CHECKING, Annotated

import typer

from adapters.terminal import session

if TYPE_CHECKING:
    from collections.abc import Callable

    from adapters.serving import Service
    from adapters.settings import Settings
    from bot.newsroom import Newsroom


def serve(
    prompt: Annotated[bool, typer.Option("--prompt", help="Answer what is typed here as well, also where no chat is set up.")] = False,
) -> None:
    """Answer in the chats that are set up, post digests and read feeds, until stopped by Ctrl-C or SIGTERM."""
    asyncio.run(_served(session.settings_in_force(), prompt=prompt))


async def _served(settings: "Settings", *, prompt: bool) -> None:
    from adapters import composition
    from adapters.serving import serve as served

    stop = asyncio.Event()
    _stop_at_a_signal(stop)
    others = [_prompt(settings)] if prompt else []
    async with composition.open_services(settings, *others) as services:
        for line in composition.not_set_up(settings):
            _say(line)
        await served(services, say=_say, stop=stop)


def _stop_at_a_signal(stop: asyncio.Event) -> None:
    """The first signal sets `stop`; a second one ends the process at once, whatever it is doing."""
    loop, numbers = asyncio.get_running_loop(), (signal.SIGINT, signal.SIGTERM)

    def stopped() -> None:
        for number in numbers:
            loop.remove_signal_handler(number)
            signal.signal(number, signal.SIG_DFL)
        _say("Stopping, once what was begun is answered. A second Ctrl-C ends it at once.")
        stop.set()

    with suppress(NotImplementedError):  # on Windows, where Ctrl-C ends it less gently
        for number in numbers:
            loop.add_signal_handler(number, stopped)


def _prompt(settings: "Settings") -> "Callable[[Newsroom], Service]":
    from adapters.terminal.prompt import PromptService

    typed = session.standard_input()
    return lambda newsroom: PromptService(newsroom, settings, typed.fileno() if typed else None)


def _say(line: str) -> None:
    """Print a line at once: whoever keeps the output in a file reads it while we run. What cannot be printed ends nothing."""
    with suppress(OSError, ValueError):  # nobody reads it; it is closed, or has no such characters
        session.print_plain(line)
        sys.stdout.flush()
