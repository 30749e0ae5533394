"""A server that removes the app, and a channel or thread that is deleted: the digests there rest."""

import discord

from adapters.discord.desk import Desk
from adapters.discord.people import PLATFORM
from adapters.patience import patiently

_REMOVED = "Verbatim was removed from the server"
_CHANNEL_DELETED = "the channel was deleted"
_THREAD_DELETED = "the thread was deleted"


def register(client: discord.Client, desk: Desk) -> None:
    """Listen to the end of servers, channels and threads. A server that is only away for a while is told in another way."""

    @client.event
    async def on_guild_remove(guild: discord.Guild) -> None:
        await _left(desk, guild.id, None, _REMOVED)

    @client.event
    async def on_guild_channel_delete(channel: discord.abc.GuildChannel) -> None:
        await _left(desk, channel.guild.id, channel.id, _CHANNEL_DELETED)

    @client.event
    async def on_raw_thread_delete(thread: discord.RawThreadDeleteEvent) -> None:
        await _left(desk, thread.guild_id, thread.thread_id, _THREAD_DELETED)


async def _left(desk: Desk, guild: int, channel: int | None, reason: str) -> None:
    place = None if channel is None else str(channel)

    async def rest() -> None:
        await patiently(lambda: desk.newsroom.left(PLATFORM, str(guild), channel=place, reason=reason))

    await desk.quietly(f"discord server {guild}, channel {place or 'any'}: {reason}", rest)
