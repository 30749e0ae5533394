"""An app of discord.py at work in a Discord."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import discord

from tests.fakes.discord_server import DiscordServer

_SECONDS = 10


@asynccontextmanager
async def connected(server: DiscordServer, client: discord.Client) -> AsyncIterator[asyncio.Task[None]]:
    """The client, logged in and ready, as the task that ends where it does; it is closed in the end.

    It is ready `guild_ready_timeout` seconds (an argument of the client, 2 by default) after it heard of the last guild.
    """
    running = asyncio.create_task(client.start(server.token))
    ready = asyncio.create_task(_ready(server, client))
    try:
        await asyncio.wait([running, ready], return_when=asyncio.FIRST_COMPLETED, timeout=_SECONDS)
        assert running.done() or ready.done(), f"the app is not ready within {_SECONDS} s"
        await (running if running.done() else ready)
        server.app_is_standing()
        yield running
    finally:
        ready.cancel()
        await client.close()
        await asyncio.wait([running])


async def _ready(server: DiscordServer, client: discord.Client) -> None:
    await server.gateway.ready()
    await client.wait_until_ready()
