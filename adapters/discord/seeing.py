"""Which channels of a server somebody sees, who asks in the server or in direct messages."""

from functools import partial

import discord
from discord.abc import GuildChannel

from adapters.discord.faults import logged
from adapters.discord.posting import insistently
from adapters.discord.refusals import FAILED
from bot.errors import NotAllowed

Place = GuildChannel | discord.Thread
_UNKNOWN_CHANNEL = 10003


def sees(person: discord.User | discord.Member, number: int) -> bool:
    """Whether somebody sees a channel of the server; not, where Discord did not tell of it, or of who is in a private thread."""
    place = person.guild.get_channel_or_thread(number) if isinstance(person, discord.Member) else None
    return place is not None and isinstance(person, discord.Member) and _is_let_in(person, place)


async def sees_from_away(client: discord.Client, person: int, server: int, channel: int) -> bool:
    """Whether somebody who writes to us directly sees a channel of a server: a member there still, and let in.

    What is gone hides nothing any more: a server that the app was removed from, a channel that was deleted.
    Raises NotAllowed where Discord does not say it at the moment.
    """
    guild = client.get_guild(server)
    if guild is None:
        return True
    if guild.unavailable:
        raise _not_known()
    try:
        member = await insistently(partial(guild.fetch_member, person))
        place: object = guild.get_channel_or_thread(channel)
        if place is None:
            place = await insistently(partial(client.fetch_channel, channel))
    except (discord.NotFound, discord.Forbidden) as error:
        return error.code == _UNKNOWN_CHANNEL
    except FAILED as error:
        logged(error, f"looking whether somebody sees discord channel {channel}")
        raise _not_known() from error
    return isinstance(place, Place) and _is_let_in(member, place)


def _is_let_in(member: discord.Member, place: Place) -> bool:
    try:
        may = place.permissions_for(member)
    except discord.ClientException:  # a thread whose channel is not known
        return False
    is_closed = isinstance(place, discord.Thread) and place.is_private() and not may.manage_threads
    return may.view_channel and not is_closed


def _not_known() -> NotAllowed:
    return NotAllowed("Discord does not say at the moment whether you see its channel.", "Try again in a few minutes.")
