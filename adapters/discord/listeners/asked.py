"""What commands share: the line of chat that one stands for, answered to whoever used it alone."""

from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any

from discord import app_commands

from adapters.discord.desk import Desk
from adapters.discord.listeners.pressed import Interaction, Pressed
from adapters.discord.surfaces import ToInteraction
from bot.asking.question import LONGEST_QUESTION
from bot.callers import Caller
from bot.options import Keyword, Options

SINCE = "From which day on, such as Monday, last week or 1 October"
UNTIL = "Up to which day, such as yesterday or 14 October"
# As much as the core takes, so that Discord lets nobody type more.
Line = app_commands.Range[str, 1, LONGEST_QUESTION]
Command = app_commands.Command[Any, ..., None] | app_commands.ContextMenu


async def _answer(desk: Desk, interaction: Interaction, request: Callable[[Caller], Awaitable[str]]) -> None:
    """Answer a request, which may depend on who asks."""
    pressed, surface = Pressed(desk, interaction), ToInteraction(interaction)

    async def work() -> None:
        caller = await pressed.caller()
        await desk.ask(await request(caller), caller, surface)

    await desk.attend(pressed.event, surface, work)


async def ask_line(desk: Desk, interaction: Interaction, line: str) -> None:
    """Answer a line of chat."""

    async def request(_: Caller) -> str:
        return line

    await _answer(desk, interaction, request)


async def ask_by_options(desk: Desk, interaction: Interaction, keyword: Keyword, given: Options) -> None:
    """Answer the line of chat that the options make."""
    await _answer(desk, interaction, partial(desk.newsroom.request_line, keyword, given))
