"""What reads the feeds in `verbatim serve`: looks at those that are due, brings what they have, and forgets what is long gone.

A look takes a second or three, and half a minute where a site is slow, so many are under way at once, in small parts: who looks at
two feeds of two hosts waits for the slower one, and holds up nobody else. 2,000 feeds are at most seven looks a second, if each may
be looked at every five minutes. 16 hands with two feeds each do ten a second at three seconds for a part, and one a second if every
part has a slow host, which back off soon. One host is asked once in two seconds whatever there is: of 300 hosts each has seven of the
2,000 feeds, which take it a quarter of a minute.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Final

from adapters.serving import Say
from bot.delivery.posting import Poster
from bot.errors import VerbatimError
from bot.feeds.listing import summed_up
from bot.newsroom import Newsroom
from bot.replies import Ingested

AT_ONCE: Final = 2
"""So many feeds or entries one hand takes, which waits for all of them."""
HANDS: Final = 16
"""So many hands there are for looks, and as many for entries; together they take what a pacer lets be asked at once."""
_LOGGER = logging.getLogger("verbatim")
_Work = Callable[[], Awaitable[bool]]


@dataclass(frozen=True, slots=True)
class Pauses:
    """In seconds: between one look for feeds, or for entries, and the next while there are none, and between the rounds of the rest.

    What a look finds is brought at once, and what is tried again waits for minutes. `hand` is how long one hand is at work before
    another one helps.
    """

    look: float = 5.0
    bring: float = 30.0
    tell: float = 60.0
    forget: float = 600.0
    hand: float = 1.0


_PAUSES = Pauses()


class Feeds:
    """Reads the feeds of a newsroom, and tells the owners of those that it paused by way of the platforms' `posters`.

    While nothing is due this asks the store for feeds once in five seconds, and for entries once in thirty.
    """

    def __init__(self, newsroom: Newsroom, posters: Mapping[str, Poster], *, pauses: Pauses = _PAUSES, hands: int = HANDS) -> None:
        self._feeds = newsroom.feeds
        self._posters = posters
        self._pauses = pauses
        self._hands = hands

    @property
    def name(self) -> str:
        """What a line about it begins with."""
        return "Feeds"

    async def run(self, say: Say) -> None:
        """Read feeds until cancelled; what was begun then is done again later. Raises the storage errors."""
        figures = await self._feeds.figures()
        say(summed_up(figures) if figures.feeds else "none are read yet; 'verbatim feeds add' begins.")
        found = asyncio.Event()
        try:
            async with asyncio.TaskGroup() as group:
                group.create_task(self._kept_up(group, lambda: self._look(found), self._pauses.look, asyncio.Event()))
                group.create_task(self._kept_up(group, self._bring, self._pauses.bring, found))
                group.create_task(_again_and_again(self._tell_owners, self._pauses.tell))
                group.create_task(_again_and_again(self._forget, self._pauses.forget))
        except BaseExceptionGroup as several:
            raise _worst(several) from several

    async def _look(self, found: asyncio.Event) -> bool:
        looked = await self._feeds.look(AT_ONCE)
        if looked:
            found.set()
        return looked > 0

    async def _bring(self) -> bool:
        """Whether anything waited, be it put off: others may wait behind it."""
        told: list[Ingested] = []
        await self._feeds.bring(AT_ONCE, tell=told.append)
        return bool(told)

    async def _kept_up(self, group: asyncio.TaskGroup, work: _Work, pause: float, woken: asyncio.Event) -> None:
        """Have work done by as many hands as it needs: one begins after each `pause`, or once `woken`, and others while it is busy."""
        free = asyncio.Semaphore(self._hands)
        while True:
            await free.acquire()
            woken.clear()
            hand = group.create_task(_until_none_is_left(work, free))
            await asyncio.wait({hand}, timeout=self._pauses.hand)
            if hand.done():
                with suppress(TimeoutError):
                    async with asyncio.timeout(pause):
                        await woken.wait()

    async def _tell_owners(self) -> None:
        if any(poster.is_ready for poster in self._posters.values()):
            await self._feeds.tell_owners(self._posters)

    async def _forget(self) -> None:
        while forgotten := await self._feeds.forget():
            _LOGGER.info("%s entries that their feeds have not had for half a year are forgotten", forgotten)


async def _until_none_is_left(work: _Work, free: asyncio.Semaphore) -> None:
    try:
        while await work():
            pass
    finally:
        free.release()


async def _again_and_again(work: Callable[[], Awaitable[None]], pause: float) -> None:
    while True:
        await work()
        await asyncio.sleep(pause)


def _worst(several: BaseExceptionGroup[BaseException]) -> BaseException:
    """The first that a person can mend, or else the first of them."""
    flat = [_worst(one) if isinstance(one, BaseExceptionGroup) else one for one in several.exceptions]
    return next((one for one in flat if isinstance(one, VerbatimError)), flat[0])
