"""Something that somebody pressed, chose or filled in: who, what it says, and the form that it opens."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, cast
from zoneinfo import ZoneInfo

import discord

from adapters.discord import rendering
from adapters.discord.desk import Desk
from adapters.discord.packing import Message
from adapters.discord.posting import insistently
from adapters.discord.surfaces import ToInteraction
from adapters.pages import Page, page_found
from bot.callers import Caller

Interaction = discord.Interaction[Any]
# What a form holds is looked up for so long: Discord waits for three seconds, and a form cannot be put off.
_SECONDS = 2.0
_TOO_LATE = "The store is busy, so the form could not be opened in time. Try again."


@dataclass(frozen=True, slots=True)
class Pressed:
    """A command, a button, a menu or a form, and whoever used it; `parts` are what its custom_id says."""

    desk: Desk
    interaction: Interaction
    parts: Mapping[str, str | None] = field(default_factory=dict)

    @property
    def event(self) -> str:
        """What tells this from everything else that was pressed."""
        return f"discord interaction {self.interaction.id}"

    @property
    def page(self) -> Page | None:
        """The page of a kept answer that it is about, None where it is about none."""
        return page_found(self.parts)

    @property
    def quote(self) -> int:
        """The number of the quote that it is about: the one that was chosen, in a menu."""
        return int(self.parts.get("quote") or self.data["values"][0])

    @property
    def digest(self) -> int:
        """The number of the digest that it is about."""
        return int(self.parts["digest"] or 0)

    @property
    def delivery(self) -> int:
        """The number of the delivery whose post it is about."""
        return int(self.parts["delivery"] or 0)

    @property
    def data(self) -> Mapping[str, Any]:
        """What Discord tells of it."""
        return cast("Mapping[str, Any]", self.interaction.data)

    @property
    def may_write(self) -> bool:
        """Whether Discord lets the person write where this was pressed."""
        if self.interaction.guild_id is None:
            return True
        may = self.interaction.permissions
        return may.send_messages_in_threads if isinstance(self.interaction.channel, discord.Thread) else may.send_messages

    @property
    def is_private(self) -> bool:
        """Whether nobody else sees the message that was pressed."""
        return self.interaction.message is not None and self.interaction.message.flags.ephemeral

    async def caller(self) -> Caller:
        """Who pressed, as the core knows a person, in the channel in which the message stands."""
        return await self.desk.people.of_interaction(self.interaction)

    async def zone(self) -> ZoneInfo:
        """The zone in which dates are told to whoever pressed."""
        return self.desk.zone_of(await self.caller())


async def open_modal(pressed: Pressed, looked_up: Callable[[], Awaitable[discord.ui.Modal]]) -> None:
    """Open a form before whoever pressed. Where what it holds cannot be had in time, say so to that person alone."""
    form = _Form(pressed.interaction)

    async def work() -> None:
        await form.show(await looked_up())

    attending = asyncio.create_task(pressed.desk.attend(pressed.event, form, work))
    await asyncio.wait([attending], timeout=_SECONDS)
    if not attending.done():
        await pressed.desk.quietly(f"putting off the form of {pressed.event}", form.put_off)
    await attending


@dataclass(slots=True)
class _Form:
    """A form that opens as soon as it is known what it holds; what else there is to say goes to the person alone.

    Discord takes one answer to what was pressed, the form or that something is on its way: whichever is first is through before
    anything else is said.
    """

    interaction: Interaction
    _otherwise: ToInteraction = field(init=False)
    _turn: asyncio.Lock = field(default_factory=asyncio.Lock, init=False)
    _is_answered: bool = field(default=False, init=False)

    def __post_init__(self) -> None:
        self._otherwise = ToInteraction(self.interaction)

    async def begin(self) -> None:
        """Nothing: Discord opens no form once it was told that something is on its way."""

    async def show(self, modal: discord.ui.Modal) -> None:
        """Open the form, unless it is too late for that."""
        async with self._turn:
            if not self._is_answered:
                await insistently(lambda: self.interaction.response.send_modal(modal))
                self._is_answered = True
                return
        await self._otherwise.tell([rendering.error(_TOO_LATE)])

    async def tell(self, messages: Sequence[Message]) -> None:
        """Show messages to the person alone."""
        await self.put_off()
        await self._otherwise.tell(messages)

    async def put_off(self) -> None:
        """Tell Discord that something is on its way, unless it was told or shown something."""
        async with self._turn:
            if not self._is_answered:
                await self._otherwise.begin()
                self._is_answered = True
