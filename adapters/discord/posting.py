"""One message into one channel: posted once, however often Discord has to be asked, or refused in words that name what is missing."""

import secrets
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

import aiohttp
import discord
from discord.abc import Messageable

from adapters.discord.faults import MISSING_PERMISSION, NO_HISTORY
from adapters.discord.packing import Message
from adapters.discord.permissions import NEEDED
from bot.errors import CannotPost

Sent = TypeVar("Sent")


async def post(channel: Messageable, message: Message, *, reply_to: discord.Message | None = None) -> discord.Message:
    """Post a message. It stands there once though a connection is lost: the same nonce posts no second one.

    Its picture is left out where it may not be attached. Raises CannotPost where a permission is missing, and what discord.py raises.
    """
    shown, nonce = message if may_attach(channel) else message.without_picture(), secrets.token_hex(8)
    try:
        return await insistently(lambda: send(channel, shown, nonce, reply_to=reply_to))
    except discord.HTTPException as error:
        if error.code == NO_HISTORY:
            return await insistently(lambda: send(channel, shown, nonce))
        if error.code in MISSING_PERMISSION:
            raise _cannot_post(channel, missing(channel, has_embeds=bool(message.embeds))) from error
        raise


async def send(channel: Messageable, message: Message, nonce: str, *, reply_to: discord.Message | None = None) -> discord.Message:
    """Have Discord post a message. discord.py asks it to return the one that stands there already with this nonce of the last minutes."""
    reply: dict[str, Any] = {"reference": discord.MessageReference.from_message(reply_to)} if reply_to else {}
    shown: dict[str, Any] = {"embeds": message.embeds, "view": message.view(), "files": message.files()}
    return await channel.send(message.content or None, nonce=nonce, **shown, **reply)


async def insistently(send: Callable[[], Awaitable[Sent]]) -> Sent:
    """Send something, and once more where the connection broke: Discord may have taken it or not, and takes it only once."""
    with calling():
        try:
            return await send()
        except aiohttp.ClientError:
            return await send()


@contextmanager
def calling() -> Iterator[None]:
    """Where Discord is called: a lost connection is told as such, also where the system names it, as it names a full disk of ours."""
    try:
        yield
    except aiohttp.ClientError:
        raise
    except OSError as error:
        raise aiohttp.ClientConnectionError(str(error)) from error


def see_that_it_can_be_answered(channel: Messageable) -> None:
    """Raises CannotPost where it is known that an answer cannot be posted in a channel."""
    if lacks := missing(channel, has_embeds=True):
        raise _cannot_post(channel, lacks)


def may_attach(channel: Messageable) -> bool:
    """Whether a file can be attached in a channel, as far as that is known."""
    granted = _granted(channel)
    return granted is None or granted.attach_files


def may_look_up(channel: Messageable) -> bool:
    """Whether it is certain that the app is told all messages of a channel: where it may not read them, Discord tells of none."""
    granted = _granted(channel)
    return granted.read_message_history if granted else isinstance(channel, discord.DMChannel)


def missing(channel: Messageable, *, has_embeds: bool) -> str | None:
    """The permission that is missing in a channel, by discord.py's name; None where none is, or that is not known."""
    needed = ["view_channel", "send_messages_in_threads" if isinstance(channel, discord.Thread) else "send_messages"]
    needed += ["embed_links"] if has_embeds else []
    granted = _granted(channel)
    return next((name for name in needed if granted is not None and not getattr(granted, name)), None)  # which may deny the others


def _cannot_post(channel: Messageable, lacks: str | None) -> CannotPost:
    """What is told where Discord forbids to post, with the permission that is missing where that is known."""
    name = getattr(channel, "name", None)
    where = f"in #{name}" if name else "in that channel"
    what = "show quotes" if lacks == "embed_links" else "post"
    lack = f": the permission {NEEDED[lacks].name} is missing there" if lacks else ""
    return CannotPost(
        f"Verbatim cannot {what} {where}{lack}.",
        "Somebody who manages the channel can allow it in the settings of the channel, under Permissions. Then try again.",
    )


def _granted(channel: Messageable) -> discord.Permissions | None:
    """What the app may do in a channel; None where that is not known."""
    if not isinstance(channel, discord.TextChannel | discord.VoiceChannel | discord.StageChannel | discord.Thread):
        return None
    try:
        return channel.permissions_for(channel.guild.me)
    except discord.ClientException:  # a thread whose channel is not known
        return None
