"""Who the people of Discord are: what they are called, whose settings hold for them, and what they may do."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

import discord
from discord import app_commands
from discord.abc import Messageable

from adapters.discord.faults import is_uncertain, logged
from adapters.discord.posting import post, see_that_it_can_be_answered
from adapters.discord.refusals import FAILED
from adapters.discord.rendering import error as sentence
from adapters.discord.rights import Standing
from adapters.discord.seeing import FromAway, sees
from adapters.settings import Settings
from bot.callers import Caller, Channel, Home, Right, unannounced
from bot.errors import CannotPost, NotAllowed
from bot.newsroom import Newsroom

PLATFORM = "discord"
DIRECT_MESSAGES = "@me"
"""What stands for the server where there is none."""

Told = app_commands.AppCommandChannel | app_commands.AppCommandThread


@dataclass(frozen=True, slots=True)
class Chosen:
    """Another channel than the one in which something is asked; `may_write` says whether the person sees it and may write in it."""

    id: int
    name: str
    may_write: bool

    @classmethod
    def told(cls, channel: Told) -> "Chosen":
        """One of which Discord tells what the person may do there."""
        return cls(channel.id, channel.name, _writes(channel.permissions, isinstance(channel, app_commands.AppCommandThread)))

    @classmethod
    def known(cls, person: discord.User | discord.Member, number: int) -> "Chosen | None":
        """One of the person's server; None where the app knows nothing of it."""
        place = person.guild.get_channel_or_thread(number) if isinstance(person, discord.Member) else None
        if place is None or not isinstance(person, discord.Member):
            return None
        return cls(number, place.name, sees(person, number) and _writes(place.permissions_for(person), isinstance(place, discord.Thread)))


class People:
    """Who asks, as the core knows a person."""

    def __init__(self, newsroom: Newsroom, settings: Settings, client: discord.Client) -> None:
        self._newsroom = newsroom
        self._client = client
        self._allowed = {
            Right.ADD: settings.discord_may_add,
            Right.REMOVE: settings.discord_may_remove,
            Right.CORRECT: settings.discord_may_correct,
            Right.SUBSCRIBE: settings.discord_may_subscribe,
            Right.CONFIGURE: settings.discord_may_subscribe,
        }

    async def of_message(self, message: discord.Message) -> Caller:
        """Whoever wrote a message; others read the answer, but for direct messages. Raises StorageError."""
        person = message.author
        granted = person.guild_permissions if isinstance(person, discord.Member) else discord.Permissions.none()
        guild = message.guild.id if message.guild else None
        announce = unannounced if guild is None else _answering(message.channel)
        return await self._caller(person, guild, message.channel.id, granted, announce, overheard=guild is not None)

    async def of_interaction(self, interaction: discord.Interaction[Any], *, channel: Chosen | None = None) -> Caller:
        """Whoever used a command, pressed a button or filled something in; it is about another `channel` where one was chosen.

        Raises NotAllowed for a channel that the person does not see or may not write in, and StorageError.
        """
        if channel and not channel.may_write:
            raise NotAllowed(f"You may not write in #{channel.name}.", "Choose a channel in which you do.")
        guild, number = interaction.guild_id, channel.id if channel else interaction.channel_id or 0
        known = interaction.guild.get_channel_or_thread(number) if interaction.guild else None
        place = known if isinstance(known, Messageable) else interaction.client.get_partial_messageable(number, guild_id=guild)
        announce = unannounced if guild is None else _announcing(place)
        return await self._caller(interaction.user, guild, number, interaction.permissions, announce, overheard=False)

    async def _caller(
        self,
        person: discord.User | discord.Member,
        guild: int | None,
        channel: int,
        granted: discord.Permissions,
        announce: Callable[[str], Awaitable[bool]],
        *,
        overheard: bool,
    ) -> Caller:
        # The ids of roles as Discord tells them, also while it does not tell what roles the server has; that of everybody has the server's.
        roles = {*person._roles, person.guild.id} if isinstance(person, discord.Member) else set()  # noqa: SLF001 - there is no other way
        manages = None if guild is None else granted.manage_guild or granted.administrator
        standing = Standing(frozenset({person.id, *roles}), manages)

        async def may(right: Right) -> bool:
            return standing.may(right, self._allowed[right])

        from_away = FromAway(self._client, person.id)

        async def sees_it(channel: Channel) -> bool:
            if guild is not None:
                return sees(person, int(channel.channel))
            return channel.workspace == DIRECT_MESSAGES or await from_away.sees(int(channel.workspace), int(channel.channel))

        home = Home(PLATFORM, DIRECT_MESSAGES, str(person.id)) if guild is None else Home(PLATFORM, str(guild))
        name = " ".join(person.display_name.split())
        return Caller(
            author=f"{name} ({person.id})" if name else str(person.id),
            name=name,
            person=str(person.id),
            channel=Channel(PLATFORM, home.workspace, str(channel)),
            zone=await self._newsroom.zone_of(home),
            may=may,
            who_may=lambda right: standing.who_may(self._allowed[right]),
            sees=sees_it,
            announce=announce,
            overheard=overheard,
            away=guild is None,
            home=home,
        )


def _writes(may: discord.Permissions, is_thread: bool) -> bool:
    """Whether somebody sees a channel and may write in it."""
    return may.view_channel and (may.send_messages_in_threads if is_thread else may.send_messages)


def _announcing(channel: Messageable) -> Callable[[str], Awaitable[bool]]:
    """What says a line in a channel."""

    async def announce(line: str) -> bool:
        try:
            await post(channel, sentence(line))
        except FAILED as error:
            if is_uncertain(error):
                return False
            logged(error, "saying a line in a channel")
            raise CannotPost("Verbatim cannot post there.", "Ask whoever manages the server, or choose another channel.") from error
        return True

    return announce


def _answering(channel: Messageable) -> Callable[[str], Awaitable[bool]]:
    """What says nothing in a channel where all read the answer, and only sees that it can be posted."""

    async def announce(_: str) -> bool:
        see_that_it_can_be_answered(channel)
        return True

    return announce
