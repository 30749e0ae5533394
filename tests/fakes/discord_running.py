"""An app of discord.py at work in a Discord."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import discord

from tests.fakes.discord_server import DiscordServer


@asynccontextmanager
async def connected(server: DiscordServer, client: discord.Client) -> AsyncIterator[asyncio.Task[None]]:
    """The client, logged in and on the gateway, with its guilds known; its task ends where it does. It is closed in the end.

    "ready" comes `guild_ready_timeout` seconds (an argument of the client, 2 by default) after the last guild.
    """
    running = asyncio.create_task(client.start(server.token))
    ready = asyncio.create_task(server.gateway.ready())
    try:
        await asyncio.wait([running, ready], return_when=asyncio.FIRST_COMPLETED)
        await (running if running.done() else ready)
        yield running
    finally:
        ready.cancel()
        await client.close()
        await asyncio.wait([running])
