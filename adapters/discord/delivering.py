"""What channels get by themselves, posted in Discord: one message each, known again by the number of its delivery in its buttons."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import discord
from discord.abc import Messageable

from adapters.discord import custom_ids, posting, rendering, tries
from adapters.discord.desk import Desk
from adapters.discord.faults import UNKNOWN_MESSAGE, logged, takes_no_direct_messages
from adapters.discord.identifying import PatientClient
from adapters.discord.packing import Message
from adapters.discord.people import DIRECT_MESSAGES
from adapters.discord.undelivered import meaning
from bot.callers import Channel
from bot.delivery.posting import Post
from bot.errors import NotNow, Uncertain
from bot.replies import Reply

_MOST_MESSAGES = 2000
"""That are looked through. To look up a hundred takes a request."""
_DELETED = "deleted"


class Served(PatientClient):
    """A client with the newsroom behind it."""

    desk: Desk


@dataclass(slots=True)
class Present:
    """The client that is in Discord now; None while there is none. After an outage it is another one."""

    client: Served | None = None


@dataclass(frozen=True, slots=True)
class DiscordPoster:
    """Posts as the client that is present. What is asked of Discord is asked once: whoever posts decides what is tried again."""

    present: Present

    @property
    def is_ready(self) -> bool:
        """Whether the client has come in, and knows its servers."""
        client = self.present.client
        return client is not None and client.is_ready() and not client.is_closed()

    async def post(self, post: Post) -> str:
        """Post one message, and return its id; "deleted" for one that somebody took away at once.

        Raises CannotPost, NotNow and Uncertain, and discord.py's HTTPException for what Discord does not understand.
        """
        client = self._client()
        channel = _known(client, post.channel)
        drawn = next((reply for reply in post.lengths if reply.chart), None)
        picture = await client.desk.picture(drawn) if drawn and posting.may_attach(channel) else None
        message = rendering.posted(post, picture=picture)
        with _asking(client, post.channel, channel):
            return await _sent(channel, message, post.key)

    async def find(self, post: Post) -> str | None:
        """The id of the message in its channel; None if it is certain that it is not there. Raises Uncertain, CannotPost and NotNow."""
        client = self._client()
        since = discord.Object(discord.utils.time_snowflake(post.since))
        channel = _known(client, post.channel)
        with _asking(client, post.channel, channel):
            if isinstance(channel, discord.PartialMessageable):
                there = await client.fetch_channel(channel.id)
                if not isinstance(there, Messageable):
                    return None
                channel = there
            seen = 0
            async for message in channel.history(limit=_MOST_MESSAGES, after=since, oldest_first=True):
                seen += 1
                if _is_of(message, post, client):
                    return str(message.id)
        if seen >= _MOST_MESSAGES or not posting.may_look_up(channel):
            raise Uncertain("The messages of the channel cannot be looked through.")
        return None

    async def tell(self, workspace: str, person: str, reply: Reply) -> bool:  # noqa: ARG002 - a person is the same in every server
        """Tell a person something in their direct messages; False where Discord does not let us."""
        client = self.present.client
        if client is None:
            return False
        try:
            channel = await client.create_dm(discord.Object(int(person)))
            for message in client.desk.rendered(reply):
                await posting.post(channel, message)
        except Exception as error:  # noqa: BLE001 - nobody is told of what could not be told
            if not takes_no_direct_messages(error):
                logged(error, "telling somebody of a digest of theirs")
            return False
        return True

    def _client(self) -> Served:
        client = self.present.client
        if client is None or client.is_closed():
            raise NotNow("Verbatim is not connected to Discord.")
        return client


async def _sent(channel: Messageable, message: Message, nonce: str) -> str:
    """Post a message, without its picture where that may not be attached. Discord returns one that stands there with the nonce."""
    try:
        return str((await posting.send(channel, message, nonce)).id)
    except discord.NotFound as error:
        if error.code == UNKNOWN_MESSAGE:  # it was posted with this nonce already, and taken away
            return _DELETED
        raise
    except discord.Forbidden:
        if message.picture is None:
            raise
    return str((await posting.send(channel, message.without_picture(), nonce)).id)


@contextmanager
def _asking(client: Served, place: Channel, channel: Messageable) -> Iterator[None]:
    """Where Discord is asked once: what it does not take is told as what it means."""
    try:
        with tries.once(), posting.calling():
            yield
    except Exception as error:
        was_removed = place.workspace != DIRECT_MESSAGES and client.get_guild(int(place.workspace)) is None
        if meant := meaning(error, was_removed=was_removed, lacks=posting.missing(channel, has_embeds=True)):
            raise meant from error
        raise


def _known(client: Served, place: Channel) -> Messageable:
    """The channel, with its permissions where the client knows of it."""
    number = int(place.channel)
    known = client.get_channel(number)
    return known if isinstance(known, Messageable) else client.get_partial_messageable(number)


def _is_of(message: discord.Message, post: Post, client: Served) -> bool:
    """Whether it is the message of the delivery."""
    if client.user is None or message.author.id != client.user.id:
        return False
    ids = (str(item.custom_id) for row in message.components if isinstance(row, discord.ActionRow) for item in row.children)
    found = (custom_ids.DELIVERY_BUTTON.fullmatch(each) for each in ids)
    return any(int(each["delivery"]) == post.delivery for each in found if each)
