"""Help on Discord: what can be typed and where, and what the commands do that Discord offers."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from typing import Any

from discord import app_commands

from adapters.discord.rendering import PAGE
from bot.asking.dates import shortened
from bot.callers import Caller
from bot.errors import NotFound
from bot.grammar.usage import KEYWORDS
from bot.newsroom import Newsroom
from bot.replies import Reply, Section

Command = app_commands.Command[Any, ..., Any] | app_commands.ContextMenu | app_commands.Group
_WHERE = "Type a request behind @Verbatim in a channel, after /ask, or in a direct message to Verbatim."
_IN_A_MENU = "It stands in the menu of a message, under Apps, and finds who said the words that the message quotes."


def topics_of_help(tree: app_commands.CommandTree[Any]) -> tuple[str, ...]:
    """What help can be asked about: how requests begin, and what the commands are called."""
    return tuple(dict.fromkeys((*KEYWORDS, *_by_name(tree))))


async def helped(newsroom: Newsroom, tree: app_commands.CommandTree[Any], about: str, caller: Caller) -> Reply:
    """What can be typed, or how a request or a command works. Raises NotFound for what is neither."""
    commands = _by_name(tree)
    if not about.strip():
        reply = await newsroom.handle("help", caller, page=PAGE)
        return replace(reply, notes=(*reply.notes, _WHERE, _offered(commands.values())))
    name = _meant(about, topics_of_help(tree))
    if name is None:
        raise NotFound(f"No request and no command begins with {shortened(about)}.", "Use /help alone for all that there is.")
    reply = await newsroom.handle(f"help {name}", caller, page=PAGE) if name in KEYWORDS else Reply(f"How {name} works.")
    return replace(reply, sections=(*reply.sections, *([_described(commands[name])] if name in commands else [])))


def _by_name(tree: app_commands.CommandTree[Any]) -> dict[str, Command]:
    return {command.name.casefold(): command for command in tree.get_commands()}


def _meant(typed: str, names: Collection[str]) -> str | None:
    """The name that was typed, or the only one that begins so."""
    typed = typed.strip().removeprefix("/").casefold()
    begun = [name for name in names if name.startswith(typed)]
    return typed if typed in names else begun[0] if len(begun) == 1 else None


def _offered(commands: Iterable[Command]) -> str:
    called = ", ".join(map(_called, commands))
    return f"Discord offers these commands too: {called}. '/help who' says how that one works, and so for the others."


def _described(command: Command) -> Section:
    return Section(_called(command), lines=tuple(_lines(command)))


def _called(command: Command) -> str:
    return f"“{command.name}”" if isinstance(command, app_commands.ContextMenu) else f"/{command.name}"


def _lines(command: Command) -> Iterator[str]:
    if isinstance(command, app_commands.ContextMenu):
        yield _IN_A_MENU
        return
    yield command.description
    if isinstance(command, app_commands.Group):
        yield from (f"/{part.qualified_name}: {part.description}" for part in command.commands)
        return
    for option in command.parameters:
        yield f"{option.display_name}{' (needed)' if option.required else ''}: {option.description}"
