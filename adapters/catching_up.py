"""What `verbatim serve` does beside its chats with what an earlier Verbatim stored: look it through for what is kept now."""

import asyncio

from adapters.serving import Say
from bot.newsroom import Newsroom

PAUSE_SECONDS = 1.0
"""Between one part and the next, in which others write."""


class CatchingUp:
    """Looks the archive through until nothing of it waits."""

    def __init__(self, newsroom: Newsroom, *, pause: float = PAUSE_SECONDS) -> None:
        self._newsroom = newsroom
        self._pause = pause

    @property
    def name(self) -> str:
        """What a line about it begins with."""
        return "Archive"

    async def run(self, say: Say) -> None:
        """Look through all that waits, and be there until cancelled. Raises the storage errors."""
        told = False
        while waiting := await self._newsroom.catch_up():
            if not told:
                say(f"{waiting:,} texts that an earlier Verbatim stored are still to be looked through.")
                told = True
            await asyncio.sleep(self._pause)
        if told:
            say("all of it is looked through.")
        await asyncio.Event().wait()
