"""A server that removes the app, and a channel or thread that is deleted: the digests there rest."""

from functools import partial

import discord

from adapters.discord.desk import Desk
from adapters.discord.people import DIRECT_MESSAGES, PLATFORM
from adapters.discord.posting import insistently
from adapters.patience import patiently
from bot.callers import Channel
from bot.delivery.posting import Poster

_REMOVED = "Verbatim was removed from the server."
_CHANNEL_DELETED = "The channel was deleted."
_THREAD_DELETED = "The thread was deleted."


class Leaving:
    """What is gone of the servers and channels in which digests are posted."""

    def __init__(self, client: discord.Client, desk: Desk, poster: Poster) -> None:
        self._client = client
        self._desk = desk
        self._poster = poster

    async def rest_digests(self) -> None:
        """A session has begun: let the digests rest of what is gone since the last one, of which Discord tells nothing."""

        async def rest() -> None:
            found = await self._desk.newsroom.scheduled.channels_of(PLATFORM)
            places = [place for place in found if place.workspace != DIRECT_MESSAGES]
            gone = {place.workspace for place in places if self._client.get_guild(int(place.workspace)) is None}
            for server in sorted(gone):
                await self.left(int(server), None, _REMOVED)
            for place in places:
                if place.workspace not in gone:
                    await self._desk.quietly(f"looking for discord channel {place.channel}", partial(self._rest_if_gone, place))

        await self._desk.quietly("looking for what is gone of servers and channels", rest)

    async def left(self, server: int, channel: int | None, reason: str) -> None:
        """Let the digests of a channel rest, or of a whole server, and tell those whose they are."""
        place, scheduled = None if channel is None else str(channel), self._desk.newsroom.scheduled

        async def rest() -> None:
            await patiently(lambda: scheduled.left(PLATFORM, str(server), channel=place, reason=reason, poster=self._poster))

        await self._desk.quietly(f"discord server {server}, channel {place or 'any'}: {reason}", rest)

    async def _rest_if_gone(self, place: Channel) -> None:
        """A server that is only away for a while has channels of which nothing is known; so have threads that are archived."""
        server, number = self._client.get_guild(int(place.workspace)), int(place.channel)
        if server is None or server.unavailable or server.get_channel_or_thread(number):
            return
        try:
            await insistently(lambda: self._client.fetch_channel(number))
        except discord.NotFound:
            await self.left(server.id, number, _CHANNEL_DELETED)
        except discord.Forbidden:
            return  # it is hidden from the app, and there


def register(client: discord.Client, desk: Desk, poster: Poster) -> Leaving:
    """Listen to the end of servers, channels and threads. A server that is only away for a while is told in another way."""
    leaving = Leaving(client, desk, poster)

    @client.event
    async def on_guild_remove(guild: discord.Guild) -> None:
        await leaving.left(guild.id, None, _REMOVED)

    @client.event
    async def on_guild_channel_delete(channel: discord.abc.GuildChannel) -> None:
        await leaving.left(channel.guild.id, channel.id, _CHANNEL_DELETED)

    @client.event
    async def on_raw_thread_delete(thread: discord.RawThreadDeleteEvent) -> None:
        await leaving.left(thread.guild_id, thread.thread_id, _THREAD_DELETED)

    return leaving
