"""Our app in simcord: a Discord that others wrote, and which knows nothing of the one that we wrote ourselves."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import discord
from simcord import ChannelHandle, Env, GuildHandle, InteractionResult, MemberActor, ResponseMessage
from simcord._dpy_internals import release_clocks
from simcord._runtime import _restore_loop

from adapters.discord.app import Verbatim, build
from adapters.discord.syncing import sync
from adapters.settings import Settings
from tests.newsrooms import Room


@dataclass(frozen=True)
class Simulated:
    """Ada Moor, who may manage the server, and Ben Okoro in #news of Harbour Post, with the app at work there."""

    env: Env
    room: Room
    guild: GuildHandle
    news: ChannelHandle
    ada: MemberActor
    ben: MemberActor

    async def mention(self, request: str, *, channel: ChannelHandle | None = None) -> list[discord.Message]:
        """What the app writes in a channel when Ada Moor mentions it there."""
        place = channel or self.news
        before = len(place.history())
        await self.ada.send(place, f"<@{self.me}> {request}")
        return [message for message in place.history()[before:] if message.author.id == self.me]

    def read_only(self) -> ChannelHandle:
        """A channel in which the app may not write."""
        assert self.env.bot.user
        return self.guild.create_text_channel("desk", overwrites={self.env.bot.user: discord.PermissionOverwrite(send_messages=False)})

    @property
    def me(self) -> int:
        assert self.env.bot.user
        return self.env.bot.user.id


def app(room: Room) -> Verbatim:
    """Our app as it is served, over a room."""
    return build(room.newsroom, settings=Settings.model_validate({"discord_token": "MjAw.test.token", "time_zone": "Europe/London"}))


@asynccontextmanager
async def simulated(room: Room) -> AsyncIterator[Simulated]:
    """The scene over a room. At the end, none of the app's listeners has failed."""
    bot = app(room)
    async with _started(Env(bot)) as env:
        await sync(bot.tree)
        guild = env.create_guild("Harbour Post")
        editors = guild.create_role("Editors", permissions=discord.Permissions(manage_guild=True))
        ada, ben = guild.add_member(env.create_user("Ada Moor"), roles=[editors]), guild.add_member(env.create_user("Ben Okoro"))
        yield Simulated(env, room, guild, guild.create_text_channel("news"), ada, ben)
    env.raise_errors()


@asynccontextmanager
async def _started(env: Env) -> AsyncIterator[Env]:
    """The process has its own clock and threads back in the end: simcord gives them back itself, but not where its end fails."""
    try:
        await env.start()
        try:
            yield env
        finally:
            await env.shutdown()
    finally:
        _restore_loop(env)
        release_clocks(env)


def words(shown: discord.Message | ResponseMessage | None) -> str:
    """All that a message says."""
    assert shown, "nothing was answered"
    texts = [text for embed in shown.embeds for text in (embed.title, embed.description, embed.author.name, embed.footer.text)]
    return "\n".join(text for text in (shown.content, *texts) if text)


def told(result: InteractionResult) -> str:
    """All that the app answered."""
    return "\n".join(map(words, [result.response, *result.followups]))


def label(message: discord.Message, start: str) -> str:
    """The whole of what is written on the button that begins so."""
    return next(part.label for part in _parts(message) if isinstance(part, discord.Button) and part.label and part.label.startswith(start))


def menu(message: discord.Message, kind: str) -> str:
    """The custom_id of the menu of that kind."""
    return next(part.custom_id for part in _parts(message) if isinstance(part, discord.SelectMenu) and kind in part.custom_id)


def fields(modal: dict[str, Any]) -> list[dict[str, Any]]:
    """The fields of a form, in order."""
    return [part["component"] for part in modal["components"] if "component" in part]


def _parts(message: discord.Message) -> Sequence[object]:
    return [part for row in message.components if isinstance(row, discord.ActionRow) for part in row.children]
