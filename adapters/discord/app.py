"""The app on Discord: the newsroom behind everything that Discord tells us."""

import asyncio
import logging
import sys
from typing import Any

import discord
from discord import app_commands

from adapters.discord import follow_ups, tries
from adapters.discord.delivering import DiscordPoster, Present, Served
from adapters.discord.desk import Desk
from adapters.discord.faults import in_a_line, logged
from adapters.discord.gaps import Gap
from adapters.discord.listeners import buttons, catching_up, commands, leaving, messages
from adapters.discord.people import People
from adapters.discord.syncing import Tree
from adapters.settings import Settings
from bot.newsroom import Newsroom


class Verbatim(Served):
    """A client of discord.py with the newsroom behind it. It hears of messages only where it is mentioned or written to directly."""

    def __init__(self, newsroom: Newsroom, *, settings: Settings, **options: Any) -> None:  # noqa: ANN401 - discord.py's own options
        super().__init__(
            intents=discord.Intents(guilds=True, guild_messages=True, dm_messages=True),
            allowed_mentions=discord.AllowedMentions.none(),
            max_messages=None,
            http_trace=tries.trace(),
            **options,
        )
        self.desk = Desk(newsroom, settings, People(newsroom, settings, self))
        self.tree = Tree(self)

    async def setup_hook(self) -> None:
        """Before the connection is there, in the task from which all is begun that answers somebody."""
        follow_ups.post_each_once()

    async def on_interaction(self, interaction: discord.Interaction[Any]) -> None:
        """Take what was filled in; commands and buttons find their own way."""
        await buttons.submitted(self.desk, interaction)

    async def on_error(self, event_method: str, /, *_: Any, **__: Any) -> None:  # noqa: ANN401 - as discord.py says it
        """Log what a listener did not see to itself."""
        if isinstance(error := sys.exc_info()[1], Exception):
            logged(error, event_method)


def build(newsroom: Newsroom, *, settings: Settings, gap: Gap | None = None, **options: Any) -> Verbatim:  # noqa: ANN401 - as above
    """A client over a newsroom, with all that it listens to; it is connected by `start`. `options` are those of `PatientClient`.

    `gap` is what a client before it left to look up.
    """
    client, gap = Verbatim(newsroom, settings=settings, **options), gap or Gap()
    logging.getLogger(app_commands.tree.__name__).addFilter(in_a_line)  # it sees itself to suggestions that Discord does not take
    asking = messages.register(client, client.desk, gap)
    missed = catching_up.register(client, client.desk, asking, gap)
    gone = leaving.register(client, client.desk, DiscordPoster(Present(client)))
    commands.register(client.tree, client.desk)
    client.add_dynamic_items(*buttons.ITEMS)

    @client.event
    async def on_ready() -> None:
        await asyncio.gather(missed.catch_up(), gone.rest_digests())

    @client.tree.error
    async def _failed(interaction: discord.Interaction[Any], error: app_commands.AppCommandError) -> None:
        await commands.failed(client.desk, interaction, error)

    return client
