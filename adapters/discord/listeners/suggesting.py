"""What is suggested while somebody fills in an option of a command: names out of the store that fit what is typed so far."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Iterable
from functools import partial
from typing import Any

import discord
from discord.app_commands import Choice

from adapters.cutting import cut, size
from adapters.discord.desk import Desk
from adapters.discord.listing import shown_line

MOST_CHOICES = 25
LONGEST_CHOICE = 100
_AT_ONCE = 2
_SECONDS = 2.0  # Discord takes suggestions for three

Like = Callable[[str], Awaitable[Iterable[str]]]
Suggest = Callable[[discord.Interaction[Any], str], Coroutine[Any, Any, list[Choice[str]]]]


class Suggestions:
    """Suggests names. So few are looked up together that questions are not kept waiting, and of one person only the newest."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._turns = asyncio.Semaphore(_AT_ONCE)
        self._newest: dict[int, int] = {}  # the interactions that wait or are looked up, by whose they are

    def like(self, like: Like) -> Suggest:
        """Suggests the names that are like what is typed; none where they cannot be had in time. What is typed can be sent in any case."""

        async def suggest(interaction: discord.Interaction[Any], typed: str) -> list[Choice[str]]:
            found: list[str] = []

            async def look_up() -> None:
                try:
                    async with asyncio.timeout(_SECONDS):
                        found.extend(await self._in_turn(interaction, partial(like, typed)))
                except TimeoutError:
                    return

            await self._desk.quietly("suggesting names", look_up)
            return choices(found)

        return suggest

    async def _in_turn(self, interaction: discord.Interaction[Any], look_up: Callable[[], Awaitable[Iterable[str]]]) -> Iterable[str]:
        """What is found, or nothing once the person has typed on: Discord shows what fits the last key only."""
        whose = interaction.user.id
        self._newest[whose] = interaction.id
        try:
            async with self._turns:
                return await look_up() if self._newest.get(whose) == interaction.id else ()
        finally:
            if self._newest.get(whose) == interaction.id:
                del self._newest[whose]


def choices(names: Iterable[str]) -> list[Choice[str]]:
    """The names that Discord takes as they are: a part of one would ask for something else."""
    shown = ((cut(shown_line(name), LONGEST_CHOICE, size), name) for name in dict.fromkeys(names))
    fitting = [Choice(name=label, value=name) for label, name in shown if label and size(name) <= LONGEST_CHOICE]
    return fitting[:MOST_CHOICES]
