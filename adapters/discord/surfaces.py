"""Where an answer goes on Discord: under the message that asked, to the person alone, or in the place of what was pressed.

Nobody is pinged: the client allows no mention at all.
"""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Iterable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any, Protocol
from zoneinfo import ZoneInfo

import aiohttp
import discord

from adapters.discord import rendering
from adapters.discord.elsewhere import in_words
from adapters.discord.faults import ALREADY_ACKNOWLEDGED, is_uncertain, takes_no_direct_messages
from adapters.discord.handing_over import attached, see_that_it_fits, taken
from adapters.discord.packing import Message, Picture
from adapters.discord.posting import calling, insistently, post
from adapters.discord.refusals import FAILED
from bot.errors import CannotPost
from bot.replies import Export, Reply

SOON_SECONDS = 2.5
_SHOWN_SECONDS = 9.0  # Discord shows it for ten


class Surface(Protocol):
    """Where the answers to one person go; `zone` is the one in which dates are told."""

    async def begin(self) -> None:
        """Do what cannot wait until the answer is known."""
        ...

    async def answer(self, reply: Reply, zone: ZoneInfo, picture: Picture | None = None) -> None:
        """Show an answer, with a picture of its chart."""
        ...

    async def tell(self, messages: Sequence[Message]) -> None:
        """Show something that is this person's alone: a refusal, an error, what became of a button."""
        ...

    async def hand_over(self, file: Export) -> None:
        """Give a file to this person alone. Raises CannotPost."""
        ...


@dataclass(slots=True)
class InChannel:
    """The channel of a message that asks, in which everybody sees the answer. What is one person's alone goes to the direct messages.

    `standing` are the ids of our messages that answer it already, in order: a new answer takes their place.
    """

    message: discord.Message
    standing: list[int] = field(default_factory=list)

    async def begin(self) -> None:
        """Nothing: a message can be answered at any time."""

    async def answer(self, reply: Reply, zone: ZoneInfo, picture: Picture | None = None) -> None:
        """Show an answer in reply to the message. Raises CannotPost, and what discord.py raises where the message was deleted."""
        messages = rendering.messages(reply, zone=zone, private=False, picture=picture)
        for place, message in enumerate(messages):
            self.standing[place : place + 1] = [await self._shown(place, message)]
        while len(self.standing) > len(messages):
            with contextlib.suppress(discord.NotFound):
                await insistently(self._ours(self.standing[-1]).delete)
            self.standing.pop()

    async def tell(self, messages: Sequence[Message]) -> None:
        """Show messages to the person alone; in the channel where Discord does not let us write to the person."""
        channel = self.message.channel
        if self.message.guild is None:
            await _post_all(channel, messages)
            return
        try:
            told = in_words(messages, channel=getattr(channel, "name", ""), link=self.message.jump_url)
            await _post_all(self.message.author, told)
        except (CannotPost, discord.HTTPException) as error:
            if not takes_no_direct_messages(error):
                raise
            await _post_all(channel, messages, reply_to=self.message)

    async def hand_over(self, file: Export) -> None:
        """Give a file to the person in the direct messages, and say so in the channel. Raises CannotPost."""
        author = self.message.author
        see_that_it_fits(file, discord.utils.DEFAULT_FILE_SIZE_LIMIT_BYTES)

        async def send() -> None:
            await author.send(rendering.error(file.title).content, file=attached(file))

        async with taken(
            "Discord did not say that it took the file.", "Look in your direct messages with Verbatim, and see that it may write to you."
        ):
            await insistently(send)
        if self.message.guild is not None:
            await post(self.message.channel, rendering.error("The file is in your direct messages."), reply_to=self.message)

    async def _shown(self, place: int, message: Message) -> int:
        """Put a message of an answer in the place of the one that stands there; one that somebody deleted is posted anew."""
        if place < len(self.standing):
            ours = self._ours(self.standing[place])
            shown: dict[str, Any] = {"content": message.content, "embeds": message.embeds, "view": message.view()}
            with contextlib.suppress(discord.NotFound):
                await insistently(lambda: ours.edit(attachments=message.files(), **shown))
                return ours.id
        return (await post(self.message.channel, message, reply_to=None if place else self.message)).id

    def _ours(self, number: int) -> discord.PartialMessage:
        return discord.PartialMessage(channel=self.message.channel, id=number)


@dataclass(slots=True)
class ToInteraction:
    """The answer to a command, a button or a modal: for the person alone where it is `ephemeral`, which is nowhere so in direct messages.

    With `in_place` the answer takes the place of the message whose button was pressed, and what is told stands under it.
    """

    interaction: discord.Interaction[Any]
    ephemeral: bool = True
    in_place: bool = False
    _is_awaited: bool = field(default=False, init=False)

    def __post_init__(self) -> None:
        self.ephemeral = self.ephemeral and self.interaction.guild_id is not None

    async def begin(self) -> None:
        """Acknowledge it, for which there are three seconds. Raises what discord.py raises where they are over.

        What was acknowledged already goes on: it was told twice, which its event shows, or Discord failed to say that it took it.
        """
        self._is_awaited = not self.in_place
        try:
            await insistently(lambda: self.interaction.response.defer(ephemeral=self.ephemeral, thinking=self._is_awaited))
        except discord.HTTPException as error:
            if error.code != ALREADY_ACKNOWLEDGED and not is_uncertain(error):
                raise

    async def answer(self, reply: Reply, zone: ZoneInfo, picture: Picture | None = None) -> None:
        """Show an answer."""
        if not self.in_place:
            await self.tell(rendering.messages(reply, zone=zone, private=self.ephemeral, picture=picture))
            return
        pressed = self.interaction.message
        is_private = pressed is not None and pressed.flags.ephemeral
        await self.replace(rendering.answer(reply, zone=zone, private=is_private, picture=picture))

    async def tell(self, messages: Sequence[Message]) -> None:
        """Show messages.

        One of which Discord does not say whether it took it is not sent again; that is raised once those behind it are shown.
        """
        uncertain: Exception | None = None
        for message in messages:
            if self._is_awaited:
                await self.replace(message)
                self._is_awaited = False
                continue
            try:
                await self._follow_up(message)
            except (discord.HTTPException, aiohttp.ClientError) as error:
                if not is_uncertain(error):
                    raise
                uncertain = error
        if uncertain:
            raise uncertain

    async def hand_over(self, file: Export) -> None:
        """Give a file in the place of "is thinking". Raises CannotPost."""
        see_that_it_fits(file, self.interaction.filesize_limit)

        async def replace() -> None:
            await self.interaction.edit_original_response(content=rendering.error(file.title).content, attachments=[attached(file)])

        async with taken("Discord did not say that it took the file.", "Try again."):
            await insistently(replace)
        self._is_awaited = False

    async def _follow_up(self, message: Message) -> None:
        with calling():
            shown: dict[str, Any] = {"embeds": message.embeds, "view": message.view(), "files": message.files()}
            await self.interaction.followup.send(message.content, ephemeral=self.ephemeral, wait=True, **shown)

    async def replace(self, message: Message) -> None:
        """Put a message in the place of "is thinking", or of the message whose button was pressed."""
        shown: dict[str, Any] = {"content": message.content or None, "embeds": message.embeds, "view": message.view()}
        await insistently(lambda: self.interaction.edit_original_response(attachments=message.files(), **shown))


async def _post_all(channel: discord.abc.Messageable, messages: Iterable[Message], *, reply_to: discord.Message | None = None) -> None:
    for message in messages:
        await post(channel, message, reply_to=reply_to)
        reply_to = None


@asynccontextmanager
async def typing(channel: discord.abc.Messageable) -> AsyncIterator[None]:
    """Show that an answer is on its way, where it takes longer than a moment. What goes wrong with that is no matter."""
    task = asyncio.create_task(_type(channel))
    try:
        yield
    finally:
        task.cancel()


async def _type(channel: discord.abc.Messageable) -> None:
    await asyncio.sleep(SOON_SECONDS)
    with contextlib.suppress(*FAILED):
        while True:
            await channel.typing()
            await asyncio.sleep(_SHOWN_SECONDS)
