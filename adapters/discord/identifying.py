"""Coming in again and again without harm: Discord takes away the token of a bot that identifies more than 1,000 times a day."""

import asyncio
import logging
import threading
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import aiohttp
import discord
from discord.gateway import KeepAliveHandler

from adapters.discord.refusals import unreachable
from bot.errors import Unreachable

KEPT_BACK = 20
"""How many times are left unused, for whoever starts the bot by hand."""
# Both together stay below the minute that discord.py gives an attempt.
_BEFORE_CONNECTING = (0.0, 0.0, 1.0, 2.0, 4.0, 8.0, 15.0)
_BEFORE_IDENTIFYING = (0.0, 5.0, 10.0, 20.0, 30.0)
_CALM_SECONDS = 600.0
_LOGGER = logging.getLogger("verbatim.discord")


@dataclass(slots=True)
class Attempts:
    """How long each of a row of attempts waits, longer and longer, until there was none for ten minutes."""

    waits: tuple[float, ...]
    _made: int = 0
    _last: float = float("-inf")

    def next_wait(self, now: float) -> float:
        """The seconds that the attempt which is about to be made waits."""
        self._made = 0 if now - self._last > _CALM_SECONDS else self._made + 1
        wait = self.waits[min(self._made, len(self.waits) - 1)]
        self._last = now + wait
        return wait


@dataclass(frozen=True, slots=True)
class Pace:
    """How fast a client comes in again; a test brings its own clock and sleep."""

    clock: Callable[[], float] = time.monotonic
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep
    connecting: Attempts = field(default_factory=lambda: Attempts(_BEFORE_CONNECTING))
    identifying: Attempts = field(default_factory=lambda: Attempts(_BEFORE_IDENTIFYING))

    async def keep(self, attempts: Attempts) -> None:
        """Wait until the next of these attempts may be made."""
        if wait := attempts.next_wait(self.clock()):
            await self.sleep(wait)


class PatientClient(discord.Client):
    """A client that comes in again without haste.

    Between two connections, and before it identifies, it waits longer and longer; discord.py itself would connect again at once, and
    identify every five seconds. Before it identifies it asks how often it still may.
    """

    def __init__(self, *, pace: Pace | None = None, **options: Any) -> None:  # noqa: ANN401 - discord.py's own options
        super().__init__(**options)
        self.pace = pace or Pace()
        connect = self.http.ws_connect

        async def paced(url: str, *, compress: int = 0) -> aiohttp.ClientWebSocketResponse:
            await self.pace.keep(self.pace.connecting)
            return await connect(url, compress=compress)

        self.http.ws_connect = paced  # type: ignore[method-assign] # discord.py has a hook before it identifies, and none before this

    async def connect(self, *, reconnect: bool = True) -> None:
        """Connect, once Discord lets the bot identify, and stay so. Raises Unreachable without Discord, and discord.py's errors."""
        while remaining := await self.seconds_until_let_in():
            _LOGGER.warning("The bot came in to Discord too often today, and waits until it is let in again at %s.", moment(remaining))
            await self.pace.sleep(remaining)
        try:
            await super().connect(reconnect=reconnect)
        except AttributeError:
            if self.ws:
                raise
            # discord.py asks the connection, which it never had, how to take it up again.
            raise unreachable("let nobody in") from None

    async def before_identify_hook(self, shard_id: int | None, *, initial: bool = False) -> None:  # noqa: ARG002 - discord.py's form
        """Wait as long as it takes not to identify in haste. Raises Unreachable if it may be done no more today."""
        await self.pace.keep(self.pace.identifying)
        if initial:  # `connect` has just asked
            return
        if seconds := await self.seconds_until_let_in():  # no connection is held open for as long as that
            again = moment(seconds)
            raise Unreachable(f"The bot came in to Discord too often today, and is let in again at {again}.", "It comes back by itself.")

    async def close(self) -> None:
        """Close the connection. One that was given up before it was whole leaves a thread behind that beats on; it is stopped too."""
        await super().close()
        for thread in threading.enumerate():
            if isinstance(thread, KeepAliveHandler) and thread.ws._connection is self._connection:  # noqa: SLF001 - there is no other way
                thread.stop()

    async def seconds_until_let_in(self) -> float:
        """The seconds until the bot may identify; 0 where it may."""
        _, _, limit = await self.http.get_bot_gateway()
        return patience(limit["remaining"], limit["reset_after"] / 1000)


def patience(remaining: int, reset_after: float) -> float:
    """How long a bot waits that may identify this many times more until its count begins anew after so many seconds."""
    return 0.0 if remaining > KEPT_BACK else max(reset_after, 1.0)


def moment(seconds: float) -> str:
    """The moment that is so many seconds away."""
    return f"{datetime.now(UTC) + timedelta(seconds=seconds):%H:%M} UTC"
