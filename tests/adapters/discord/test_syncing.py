import logging
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

import discord as discord_py
import pytest
from discord import app_commands

from adapters.discord.app import build
from adapters.discord.client import logged_in, options
from adapters.discord.syncing import Tree, is_synced, sync
from adapters.settings import Settings
from storage.database import Database
from tests.fakes.discord_server import DiscordServer
from tests.newsrooms import Room

GET, PUT = "GET /applications/{app}/commands", "PUT /applications/{app}/commands"
Asked = discord_py.Interaction[discord_py.Client]


def _ask(name: str = "ask", description: str = "Ask", *, callback: Any = None, **more: Any) -> app_commands.Command[Any, ..., Any]:  # noqa: ANN401
    return app_commands.Command(name=name, description=description, callback=callback or _question, **more)


async def _question(_: Asked, request: str) -> None:
    """Take one word or more."""


async def _anything(_: Asked, request: str = "") -> None:
    """Take words or none."""


async def _number(_: Asked, request: int) -> None:
    """Take a number."""


async def _two(_: Asked, request: str, about: str) -> None:
    """Take two things."""


@app_commands.describe(request="What you want to know")
async def _described(_: Asked, request: str) -> None:
    """Take one word or more, and say so."""


@app_commands.choices(request=[app_commands.Choice(name="Ann Bell", value="ann")])
async def _chosen(_: Asked, request: str) -> None:
    """Take one of some."""


async def _short(_: Asked, request: app_commands.Range[str, 1, 20]) -> None:
    """Take a few words."""


async def _found(_: Asked, message: discord_py.Message) -> None:
    """Take a message."""


def _suggesting() -> app_commands.Command[Any, ..., Any]:
    command = _ask()

    @command.autocomplete("request")
    async def suggest(_: Asked, _typed: str) -> list[app_commands.Choice[str]]:
        return []

    return command


def _installed(kinds: app_commands.AppInstallationType) -> app_commands.Command[Any, ..., Any]:
    return _ask(allowed_installs=kinds)


def _one() -> list[Any]:
    """The commands that each change is measured by."""
    return [_ask(), app_commands.ContextMenu(name="Find these words", callback=_found)]


CHANGES: dict[str, Callable[[], list[Any]]] = {
    "a command is gone": lambda: _one()[:1],
    "a command is new": lambda: [*_one(), _ask("add")],
    "a name": lambda: [_ask("asks"), _one()[1]],
    "the kind": lambda: [app_commands.ContextMenu(name="ask", callback=_found), _one()[1]],
    "a description": lambda: [_ask(description="Ask me"), _one()[1]],
    "an option is new": lambda: [_ask(callback=_two), _one()[1]],
    "an option is not required": lambda: [_ask(callback=_anything), _one()[1]],
    "the kind of an option": lambda: [_ask(callback=_number), _one()[1]],
    "the description of an option": lambda: [_ask(callback=_described), _one()[1]],
    "the choices of an option": lambda: [_ask(callback=_chosen), _one()[1]],
    "the length of an option": lambda: [_ask(callback=_short), _one()[1]],
    "the suggestions of an option": lambda: [_suggesting(), _one()[1]],
    "who may": lambda: [app_commands.default_permissions(manage_guild=True)(_ask()), _one()[1]],
    "that nobody may by default": lambda: [app_commands.default_permissions()(_ask()), _one()[1]],
    "where": lambda: [app_commands.allowed_contexts(guilds=True, dms=True)(_ask()), _one()[1]],
    "only in servers": lambda: [app_commands.guild_only()(_ask()), _one()[1]],
    "for whom it is installed": lambda: [_installed(app_commands.AppInstallationType(guild=True, user=True)), _one()[1]],
    "that it is for adults": lambda: [_ask(nsfw=True), _one()[1]],
}


@asynccontextmanager
async def _tree(discord: DiscordServer, commands: list[Any]) -> AsyncIterator[Tree]:
    """The commands of an app that has logged in."""
    settings = Settings.model_validate({"discord_token": discord.token})
    assert settings.discord_token
    client = discord_py.Client(intents=discord_py.Intents(guilds=True), **options(settings))
    async with logged_in(client, settings.discord_token):
        tree = Tree(client, allowed_installs=app_commands.AppInstallationType(guild=True))
        for command in commands:
            tree.add_command(command)
        yield tree


async def _started(discord: DiscordServer, commands: list[Any]) -> int:
    """Start an app with these commands; how often commands were told in all."""
    async with _tree(discord, commands) as tree:
        assert not tree.is_in_step
        assert await sync(tree)
        assert tree.is_in_step
        assert await is_synced(tree)
    return len(discord.calls_of(PUT))


async def test_commands_are_told_at_the_first_start_and_not_at_the_second(discord: DiscordServer) -> None:
    assert await _started(discord, _one()) == 1
    assert await _started(discord, _one()) == 1
    assert discord.refused == []


async def test_the_order_of_commands_does_not_matter(discord: DiscordServer) -> None:
    await _started(discord, _one())
    assert await _started(discord, _one()[::-1]) == 1


@pytest.mark.parametrize("change", CHANGES)
async def test_commands_are_told_again_when_something_of_them_changes(discord: DiscordServer, change: str) -> None:
    await _started(discord, _one())
    assert await _started(discord, CHANGES[change]()) == 2
    assert await _started(discord, CHANGES[change]()) == 2
    assert await _started(discord, _one()) == 3


async def test_our_own_commands_are_told_once(discord: DiscordServer, store: Database) -> None:
    settings = Settings.model_validate({"discord_token": discord.token})
    assert settings.discord_token
    for _ in range(2):
        client = build(Room.over(store).newsroom, settings=settings)
        async with logged_in(client, settings.discord_token):
            await sync(client.tree)
    assert len(discord.calls_of(PUT)) == 1
    assert discord.refused == []
    assert {"ask", "who", "quotes", "digest", "watch", "add", "status", "help"} <= {command["name"] for command in discord.commands[None]}


@pytest.mark.parametrize("route", [GET, PUT])
@pytest.mark.parametrize("failure", [{"status": 503}, {"status": 403, "code": 50001}, {"retry_after": 3600}, {"drop": True, "times": 2}])
async def test_commands_that_cannot_be_told_stay_as_they_are_which_is_logged(
    discord: DiscordServer, caplog: pytest.LogCaptureFixture, route: str, failure: dict[str, Any]
) -> None:
    discord.fail(route, **failure)
    async with _tree(discord, _one()) as tree:
        assert not await sync(tree)
        assert not tree.is_in_step
    ours = [record for record in caplog.records if record.name == "verbatim.discord"]
    assert [record.levelno for record in ours] == [logging.WARNING]
    assert "The commands are not brought up to date" in ours[0].message


async def test_commands_that_discord_does_not_take_are_logged(discord: DiscordServer, caplog: pytest.LogCaptureFixture) -> None:
    async with _tree(discord, _one()) as tree:
        discord.fail(PUT, 400, 50035, "Invalid Form Body")
        await sync(tree)
    assert "CommandSyncFailure 400 50035" in caplog.text
