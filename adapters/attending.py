"""What a listener of any platform does: work once for each event, and tell what went wrong to the asker alone."""

import asyncio
import logging
from abc import ABC, abstractmethod
from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, Protocol, TypeVar, cast

from adapters.settings import Settings
from bot.errors import VerbatimError
from bot.newsroom import Newsroom
from bot.replies import Reply

_APOLOGY = "Sorry, this is a mistake in Verbatim itself, and nothing that you did. Whoever runs it finds it in the log under {}."
_LOGGER = logging.getLogger("verbatim")
_Message = TypeVar("_Message")
_Told = TypeVar("_Told", contravariant=True)


class Surface(Protocol[_Told]):
    """Where the answers to one person go, as a platform's messages."""

    async def begin(self) -> None:
        """Do what cannot wait until the answer is known."""
        ...

    async def tell(self, messages: Sequence[_Told]) -> None:
        """Show something that is this person's alone: a refusal, an error, what became of a button."""
        ...


@dataclass(frozen=True, slots=True)
class Attending(ABC, Generic[_Message]):
    """The newsroom as the listeners of a platform use it, which say how a reply is rendered and what an error of theirs means."""

    newsroom: Newsroom
    settings: Settings
    _in_hand: set[asyncio.Task[Any]] = field(default_factory=set, init=False, repr=False, compare=False)

    @abstractmethod
    def rendered(self, reply: Reply) -> Sequence[_Message]:
        """A reply that is told to one person."""

    @abstractmethod
    def logged(self, error: Exception, doing: str) -> str | None:
        """Log what was not done: None where that is nobody's fault, else the mark of a mistake of ours."""

    async def attend(self, event: str, surface: Surface[_Message], work: Callable[[], Awaitable[None]]) -> None:
        """Do the work that an event asks for, once however often the platform tells it, and never raise.

        What a person can act on is told to that person alone; a mistake of ours as an apology with an id that finds the log line.
        """
        await self._in_turn(event, self._attend(event, surface, work))

    async def quietly(self, doing: str, work: Callable[[], Awaitable[None]]) -> None:
        """Do what nobody waits for, and never raise: what goes wrong is logged, and told to nobody."""
        await self._in_turn(doing, self._quietly(doing, work))

    async def finish(self, seconds: float) -> None:
        """Wait for what is in hand, and stop what takes longer. What the platform told just now is in hand as well."""
        await asyncio.sleep(0)
        await ended(self._in_hand, seconds)

    async def _in_turn(self, doing: str, work: Awaitable[None]) -> None:
        task = cast("asyncio.Task[Any]", asyncio.current_task())
        if task in self._in_hand:  # a part of what it has begun: it stays in hand until all of that is done
            await work
            return
        self._in_hand.add(task)
        try:
            await work
        except asyncio.CancelledError:
            _LOGGER.warning("stopped before it was done: %s", doing)
            raise
        finally:
            self._in_hand.discard(task)

    async def _attend(self, event: str, surface: Surface[_Message], work: Callable[[], Awaitable[None]]) -> None:
        try:
            try:
                await surface.begin()
                if await self.newsroom.first_time(event):
                    await work()
            except VerbatimError as error:
                await surface.tell(self.rendered(await self._explained(error)))
        except Exception as error:  # noqa: BLE001 - the one place that every error of a listener reaches
            if mark := self.logged(error, event):
                await self._apologise(mark, surface)

    async def _quietly(self, doing: str, work: Callable[[], Awaitable[None]]) -> None:
        try:
            await work()
        except VerbatimError as error:
            _LOGGER.warning("not done: %s: %s", doing, error)
        except Exception as error:  # noqa: BLE001 - as above
            self.logged(error, doing)

    async def _explained(self, error: VerbatimError) -> Reply:
        try:
            return await self.newsroom.explained(error)
        except VerbatimError:  # the store cannot even be asked for examples
            return Reply(str(error))

    async def _apologise(self, mark: str, surface: Surface[_Message]) -> None:
        try:
            await surface.tell(self.rendered(Reply(_APOLOGY.format(mark))))
        except Exception as error:  # noqa: BLE001 - as above
            self.logged(error, f"telling the apology for mistake {mark}")


async def ended(tasks: Iterable[asyncio.Task[Any]], seconds: float) -> None:
    """Wait until the tasks end, and stop those that take longer."""
    begun = set(tasks)
    if not begun:
        return
    _, late = await asyncio.wait(begun, timeout=seconds)
    for task in late:
        task.cancel()
    await asyncio.gather(*late, return_exceptions=True)
