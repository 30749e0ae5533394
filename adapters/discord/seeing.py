"""Which channels of a server somebody sees, who asks in the server or in direct messages."""

from dataclasses import dataclass, field
from functools import partial

import discord
from discord.abc import GuildChannel

from adapters.discord.faults import logged
from adapters.discord.posting import insistently
from adapters.discord.refusals import FAILED
from bot.errors import NotAllowed

_UNKNOWN_CHANNEL = 10003


def sees(person: discord.User | discord.Member, number: int) -> bool:
    """Whether somebody sees a channel of the server; not, where Discord did not tell of it, or of who is in a private thread."""
    return isinstance(person, discord.Member) and _is_let_in(person, person.guild.get_channel_or_thread(number))


@dataclass(frozen=True, slots=True)
class FromAway:
    """What somebody sees of servers who writes to us directly: one who is a member still, and let in. Discord is asked once for each.

    What is gone hides nothing any more: a server that the app was removed from, a channel that was deleted.
    """

    client: discord.Client
    person: int
    _members: dict[int, discord.Member] = field(default_factory=dict, init=False, repr=False)
    _seen: dict[int, bool] = field(default_factory=dict, init=False, repr=False)

    async def sees(self, server: int, channel: int) -> bool:
        """Whether the person sees a channel. Raises NotAllowed where Discord does not say it at the moment."""
        if channel not in self._seen:
            guild = self.client.get_guild(server)
            self._seen[channel] = guild is None or await self._is_let_in(guild, channel)
        return self._seen[channel]

    async def _is_let_in(self, guild: discord.Guild, channel: int) -> bool:
        if guild.unavailable:
            raise _not_known()
        try:
            if guild.id not in self._members:
                self._members[guild.id] = await insistently(partial(guild.fetch_member, self.person))
            place: object = guild.get_channel_or_thread(channel)
            if place is None:
                place = await insistently(partial(self.client.fetch_channel, channel))
        except (discord.NotFound, discord.Forbidden) as error:
            return error.code == _UNKNOWN_CHANNEL
        except FAILED as error:
            logged(error, f"looking whether somebody sees discord channel {channel}")
            raise _not_known() from error
        return _is_let_in(self._members[guild.id], place)


def _is_let_in(member: discord.Member, place: object) -> bool:
    if not isinstance(place, GuildChannel | discord.Thread):
        return False
    try:
        may = place.permissions_for(member)
    except discord.ClientException:  # a thread whose channel is not known
        return False
    is_closed = isinstance(place, discord.Thread) and place.is_private() and not may.manage_threads
    return may.view_channel and not is_closed


def _not_known() -> NotAllowed:
    return NotAllowed("Discord does not say at the moment whether you see its channel.", "Try again in a few minutes.")
