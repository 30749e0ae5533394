"""What was asked while Discord could not tell us: looked up after a lost session, and answered like anything new."""

import asyncio
import logging
from collections.abc import Iterator
from datetime import timedelta

import discord

from adapters.discord.desk import Desk
from adapters.discord.gaps import Gap
from adapters.discord.listeners.messages import Asking
from adapters.discord.posting import calling

_LONGEST = timedelta(hours=1)
_MARGIN = timedelta(minutes=2)
"""A connection may be dead for so long before it is lost; and clocks differ."""
_MOST_CHANNELS = 50
_MOST_MESSAGES = 2000
"""In a channel. To look up a hundred takes a request."""
_LOGGER = logging.getLogger("verbatim.discord")

_Place = discord.TextChannel | discord.VoiceChannel | discord.StageChannel | discord.Thread


class CatchingUp:
    """What was written while the session was lost."""

    def __init__(self, client: discord.Client, desk: Desk, asking: Asking, gap: Gap) -> None:
        self._client = client
        self._desk = desk
        self._asking = asking
        self._gap = gap

    async def catch_up(self) -> None:
        """A new session has begun: attend to what was written between the two. There is nothing to do at the first."""
        lost = self._gap.end()
        if lost is None:
            return
        since = discord.Object(discord.utils.time_snowflake(max(lost - _MARGIN, discord.utils.utcnow() - _LONGEST)))
        try:
            for channel in [*self._written_in(since), *self._direct()]:
                await self._look_up(channel, since)
        except asyncio.CancelledError:  # the app ends, or this client does: the next one begins with it again
            self._gap.since = lost
            raise

    async def _look_up(self, channel: _Place | discord.PartialMessageable, since: discord.Object) -> None:
        written: list[discord.Message] = []

        async def look_up() -> None:
            with calling():
                async for message in channel.history(limit=_MOST_MESSAGES, after=since, oldest_first=True):
                    written.append(message)  # noqa: PERF401 - what was read before a page fails is kept

        async def attend() -> None:
            await asyncio.gather(*(self._asking.asked(message) for message in written))

        await self._desk.quietly(f"looking up what was asked in channel {channel.id}", look_up)
        if len(written) >= _MOST_MESSAGES:
            _LOGGER.warning("In channel %d only %d messages since %s are looked up.", channel.id, len(written), since.created_at)
        await self._desk.quietly(f"answering what was asked in channel {channel.id}", attend)

    def _written_in(self, since: discord.Object) -> list[_Place]:
        """The channels and threads in which something was written since, those of late first."""
        found = [place for place in self._readable() if (place.last_message_id or 0) > since.id]
        found.sort(key=lambda place: place.last_message_id or 0, reverse=True)
        if left := found[_MOST_CHANNELS:]:
            _LOGGER.warning("What was asked in %d channels while the session was lost is not looked up.", len(left))
        return found[:_MOST_CHANNELS]

    def _readable(self) -> Iterator[_Place]:
        for guild in self._client.guilds:
            for place in [*guild.channels, *guild.threads]:
                if isinstance(place, _Place) and _may_read(place, guild.me):
                    yield place

    def _direct(self) -> list[discord.PartialMessageable]:
        return [self._client.get_partial_messageable(channel) for channel in self._gap.direct]


def register(client: discord.Client, desk: Desk, asking: Asking, gap: Gap) -> CatchingUp:
    """Listen to the connection."""
    catching_up = CatchingUp(client, desk, asking, gap)

    @client.event
    async def on_disconnect() -> None:
        gap.begin()

    @client.event
    async def on_resumed() -> None:
        gap.end()  # the session goes on: Discord tells all that happened meanwhile

    return catching_up


def _may_read(place: _Place, me: discord.Member) -> bool:
    try:
        may = place.permissions_for(me)
    except discord.ClientException:  # a thread whose channel is not known
        return False
    return may.view_channel and may.read_message_history
