"""Apps of Discord, each in a process of its own: `python -m benchmarks.discord_apps NAME`, as benchmarks/apps.py starts it.

Beside the settings it is given under `discord` where its Discord is.
"""

import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import discord
from discord import app_commands

from adapters.serving import Say, Service
from adapters.settings import Settings
from benchmarks import apps
from tests.fakes.discord_address import point_at

MODULE = "benchmarks.discord_apps"
BASELINE = "a bare discord.py client that answers with a fixed text"
_ANSWER = "The ferry was delayed because nobody else would."


class _Bare(discord.Client):
    """On the same connection, with nothing behind it."""

    def __init__(self, say: Say) -> None:
        intents = discord.Intents(guilds=True, guild_messages=True, dm_messages=True)
        super().__init__(intents=intents, max_messages=None, allowed_mentions=discord.AllowedMentions.none())
        self.tree = app_commands.CommandTree(self)
        self.tree.add_command(_ask)
        self.tree.add_command(_who)
        self.tree.add_command(_quotes)
        self._say = say

    async def setup_hook(self) -> None:
        await self.tree.sync()

    async def on_ready(self) -> None:
        self._say("ready")

    async def on_message(self, message: discord.Message) -> None:
        if self.user in message.mentions:
            await message.reply(_ANSWER)


@app_commands.command(name="ask", description="Ask")
async def _ask(interaction: discord.Interaction[Any], request: str) -> None:  # noqa: ARG001 - what is asked is all one
    await _answer(interaction)


@app_commands.command(name="who", description="Who said what")
async def _who(interaction: discord.Interaction[Any], about: str = "", outlet: str = "") -> None:  # noqa: ARG001
    await _answer(interaction)


@app_commands.command(name="quotes", description="Quotes")
async def _quotes(interaction: discord.Interaction[Any], speaker: str) -> None:  # noqa: ARG001
    await _answer(interaction)


async def _answer(interaction: discord.Interaction[Any]) -> None:
    await interaction.response.defer(ephemeral=True, thinking=True)
    await interaction.edit_original_response(content=_ANSWER)


@_who.autocomplete("about")
@_who.autocomplete("outlet")
@_quotes.autocomplete("speaker")
async def _suggest(_: discord.Interaction[Any], typed: str) -> list[app_commands.Choice[str]]:  # noqa: ARG001
    return [app_commands.Choice(name=f"Name {number}", value=f"Name {number}") for number in range(25)]


@dataclass(frozen=True, slots=True)
class _BareService:
    token: str
    name: str = apps.BARE

    async def run(self, say: Say) -> None:
        async with _Bare(say) as client:
            await client.start(self.token)


@asynccontextmanager
async def _bare(settings: Settings) -> AsyncIterator[Service]:
    if settings.discord_token is None:
        raise ValueError("the settings name no token")
    yield _BareService(settings.discord_token.get_secret_value())


if __name__ == "__main__":
    given = apps.given()
    point_at(given.pop("discord"))
    apps.serve(sys.argv[1], Settings.model_validate(given), _bare)
