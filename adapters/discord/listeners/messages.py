"""Mentions and direct messages: what is asked there is answered there, and asked again where it is edited."""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable, Sequence
from datetime import timedelta
from functools import partial
from weakref import WeakValueDictionary

import discord

from adapters.cutting import size
from adapters.discord import incoming
from adapters.discord.desk import Desk
from adapters.discord.gaps import Gap
from adapters.discord.markdown import small
from adapters.discord.packing import LONGEST_CONTENT
from adapters.discord.posting import insistently
from adapters.discord.surfaces import InChannel, typing
from bot.callers import Caller
from bot.replies import Reply

_EARLIER = small("The question above was changed since; this answers the earlier one.")
_FOLLOWED = timedelta(days=1)
_NOT_AGAIN = "What you edited is not done again: only questions are. Send it as a new message."
_ROLE = "You mentioned the role of Verbatim, whose messages it does not get to read. Choose the app from the list that opens at @ instead."


class Asking:
    """What is asked in messages."""

    def __init__(self, client: discord.Client, desk: Desk, gap: Gap) -> None:
        self._client = client
        self._desk = desk
        self._gap = gap
        self._turns: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()

    async def asked(self, message: discord.Message) -> None:
        """Answer a message, if it asks something."""
        if message.guild is None:
            self._gap.keep_direct(message.channel.id)
        if not self._asks(message):
            return
        surface = InChannel(message)
        await self._attend(_event(message), surface, lambda: self._answer(surface))

    async def edited(self, message: discord.Message) -> None:
        """Answer a message that was edited: as a new one if it was none for us before, else in the place of its answer.

        Discord tells of a preview that it made for a link in the same way, but without a moment of editing, or with that of before.
        """
        if message.edited_at is None or not self._asks(message) or message.edited_at - message.created_at > _FOLLOWED:
            return
        surface = InChannel(message)
        event = f"discord edit {message.id} {message.edited_at.isoformat()}"
        await self._attend(event, surface, lambda: self._answer_again(surface))

    def _asks(self, message: discord.Message) -> bool:
        """Whether a person says something to us. Of other messages we get to see no words."""
        is_a_person = not message.author.bot and message.webhook_id is None
        if not is_a_person or message.type not in (discord.MessageType.default, discord.MessageType.reply):
            return False
        return message.guild is None or incoming.is_addressed(message.content, self._me) or _names_our_role(message)

    async def _attend(self, event: str, surface: InChannel, work: Callable[[], Awaitable[None]]) -> None:
        """Do the work, after all that was begun for the same message: an edit waits for the first answer."""
        message = surface.message

        async def in_turn() -> None:
            async with self._turns.setdefault(message.id, asyncio.Lock()):
                await self._desk.attend(event, surface, work)
                if surface.standing:
                    await self._desk.quietly(f"remembering the answer to {event}", lambda: self._remember(surface))
                await self._desk.quietly(f"joining the thread of {event}", lambda: _join(message.channel))

        await self._desk.quietly(event, in_turn)  # so that what waits for its turn is in hand too

    async def _answer(self, surface: InChannel) -> None:
        message = surface.message
        if message.guild and not incoming.is_addressed(message.content, self._me):
            await surface.tell(self._desk.rendered(Reply(_ROLE)))
            return
        caller = await self._caller(message)
        async with typing(message.channel):
            await self._desk.ask(self._typed(message, caller), caller, surface)

    async def _answer_again(self, surface: InChannel) -> None:
        message, newsroom = surface.message, self._desk.newsroom
        if await newsroom.first_time(_event(message)):
            await self._answer(surface)
            return
        earlier = [int(number) for number in (await newsroom.answer_to(_event(message)) or "").split()]
        if not await self._only_asks(message):
            await self._mark(message, earlier)
            await surface.tell(self._desk.rendered(Reply(_NOT_AGAIN)))
            return
        surface.standing = [*earlier]
        try:
            await self._answer(surface)
        except Exception:
            await self._mark(message, earlier)
            raise

    async def _mark(self, message: discord.Message, answer: Sequence[int]) -> None:
        """Say of an answer that stays that it is none to what the message says by now."""

        async def mark() -> None:
            ours = await insistently(lambda: message.channel.fetch_message(answer[0]))
            content = f"{_EARLIER}\n{ours.content}"
            if not ours.content.startswith(_EARLIER) and size(content) <= LONGEST_CONTENT:
                await insistently(lambda: ours.edit(content=content))

        if answer:
            await self._desk.quietly(f"saying that the answer to {_event(message)} is to an earlier question", mark)

    async def _remember(self, surface: InChannel) -> None:
        """Remember where an answer stands whose place another may take. What tells that something was done stays as it is."""
        if await self._only_asks(surface.message):
            await self._desk.newsroom.remember_answer(_event(surface.message), " ".join(map(str, surface.standing)))

    async def _only_asks(self, message: discord.Message) -> bool:
        caller = await self._caller(message)
        return await self._desk.newsroom.only_asks(self._typed(message, caller), caller)

    async def _caller(self, message: discord.Message) -> Caller:
        """Whoever wrote a message. One that was looked up comes without the roles and permissions of its author."""
        if message.guild and not isinstance(message.author, discord.Member):
            with contextlib.suppress(discord.NotFound):  # who has left the server since
                message.author = await insistently(partial(message.guild.fetch_member, message.author.id))
        return await self._desk.people.of_message(message)

    def _typed(self, message: discord.Message, caller: Caller) -> str:
        names = {f"@{person.id}": person.display_name for person in message.mentions}
        names |= {f"@&{role.id}": role.name for role in message.role_mentions}
        names |= {f"#{channel.id}": channel.name for channel in message.channel_mentions}
        return incoming.typed(message.content, bot=self._me, names=names, zone=self._desk.zone_of(caller))

    @property
    def _me(self) -> int:
        return self._client.user.id if self._client.user else 0


def register(client: discord.Client, desk: Desk, gap: Gap) -> Asking:
    """Listen to messages."""
    asking = Asking(client, desk, gap)

    @client.event
    async def on_message(message: discord.Message) -> None:
        await asking.asked(message)

    @client.event
    async def on_raw_message_edit(payload: discord.RawMessageUpdateEvent) -> None:
        await asking.edited(payload.message)

    return asking


def _event(message: discord.Message) -> str:
    return f"discord message {message.id}"


def _names_our_role(message: discord.Message) -> bool:
    """Whether a message mentions the role that Discord made for the app, which has the same name."""
    ours = message.guild.self_role if message.guild else None
    return ours is not None and ours in message.role_mentions


async def _join(channel: discord.abc.Messageable) -> None:
    """Join a thread in which something was asked, so that it stays in sight of the app."""
    if isinstance(channel, discord.Thread) and channel.me is None:
        await insistently(channel.join)
