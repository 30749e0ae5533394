"""Where an answer goes in Slack: to the person alone, into a thread, into the direct messages, or into a modal."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol
from zoneinfo import ZoneInfo

from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.webhook.async_client import AsyncWebhookClient

from adapters.slack import modals, rendering
from adapters.slack.faults import NotPosted, not_posted
from adapters.slack.posting import QUIET, Draw, posted
from adapters.slack.rendering import Message
from bot.replies import Reply

MOST_USES = 5  # of a response address: https://docs.slack.dev/interactivity/handling-user-interaction#message_responses
_THE_REST = "There is more than Slack takes here at once: ask again in a direct message, or for less."


class Surface(Protocol):
    """Where the answers to one person go. `zone` is the one in which dates are told."""

    async def begin(self) -> None:
        """Do what cannot wait until the answer is known."""
        ...

    async def answer(self, reply: Reply, zone: ZoneInfo) -> None:
        """Show an answer."""
        ...

    async def tell(self, messages: Sequence[Message]) -> None:
        """Show something that is this person's alone: a refusal, an error, what became of a button."""
        ...


@dataclass(frozen=True, slots=True)
class DirectMessages:
    """The direct messages with one person; `channel` may be the person's own id. Charts are pictures where they can be drawn."""

    client: AsyncWebClient
    channel: str
    thread: str | None = None
    draw: Draw | None = None

    async def begin(self) -> None:
        """Nothing: a message can be answered at any time."""

    async def answer(self, reply: Reply, zone: ZoneInfo) -> None:
        """Show an answer."""
        await self.tell(rendering.messages(reply, zone=zone, private=False))

    async def tell(self, messages: Sequence[Message]) -> None:
        """Show messages."""
        for message in messages:
            await posted(self.client, message, draw=self.draw, channel=self.channel, thread_ts=self.thread)


@dataclass(frozen=True, slots=True)
class Whisper:
    """Messages that only the person sees, through the address that came with a command or a click.

    What is told after the address is spent goes to the direct messages, where `otherwise` names them.
    """

    client: AsyncWebhookClient
    thread: str | None = None
    otherwise: DirectMessages | None = None

    async def begin(self) -> None:
        """Nothing: the address is good for half an hour."""

    async def answer(self, reply: Reply, zone: ZoneInfo) -> None:
        """Show an answer to the person alone."""
        await self.tell(rendering.messages(reply, zone=zone, private=True))

    async def tell(self, messages: Sequence[Message]) -> None:
        """Show messages to the person alone. Raises NotPosted."""
        shown = _as_many_as(MOST_USES, messages)
        for place, message in enumerate(shown):
            try:
                await self._send(message, response_type="ephemeral", replace_original=False)
            except NotPosted as error:
                if not (error.is_spent and self.otherwise):
                    raise
                await self.otherwise.tell(shown[place:])
                return

    async def share(self, messages: Sequence[Message]) -> None:
        """Show messages to the whole channel, and take the private one away. Raises NotPosted."""
        for message in _as_many_as(MOST_USES - 1, messages):
            await self._send(message, response_type="in_channel", replace_original=False)
        await self._send_as_it_is({"delete_original": True})

    async def replace(self, message: Message) -> None:
        """Put a message in the place of the one whose button was pressed. Raises NotPosted."""
        await self._send(message, replace_original=True)

    async def _send(self, message: Message, **how: object) -> None:
        where = {"thread_ts": self.thread} if self.thread else {}
        await self._send_as_it_is({"text": message.text, "blocks": message.blocks, **QUIET, **where, **how})

    async def _send_as_it_is(self, body: dict[str, Any]) -> None:
        if problem := not_posted(await self.client.send_dict(body)):
            raise problem


def _as_many_as(uses: int, messages: Sequence[Message]) -> Sequence[Message]:
    """As many messages as can be shown, the last of which says that there are more."""
    return messages if len(messages) <= uses else [*messages[: uses - 1], rendering.error(_THE_REST)]


@dataclass(frozen=True, slots=True)
class Aside:
    """Messages in a channel that only one person sees, as many as it takes. The app has to be in the channel."""

    client: AsyncWebClient
    channel: str
    user: str
    thread: str | None = None

    async def begin(self) -> None:
        """Nothing: it can be told at any time."""

    async def answer(self, reply: Reply, zone: ZoneInfo) -> None:
        """Show an answer to the person alone."""
        await self.tell(rendering.messages(reply, zone=zone, private=False))

    async def tell(self, messages: Sequence[Message]) -> None:
        """Show messages to the person alone."""
        for message in messages:
            await self.client.chat_postEphemeral(
                channel=self.channel, user=self.user, thread_ts=self.thread, text=message.text, blocks=message.blocks, link_names=False
            )


@dataclass(frozen=True, slots=True)
class Thread:
    """The thread of a channel's message, in which everybody sees the answers. What is one person's alone is whispered.

    It is whispered in the channel unless the message itself stands `in_thread`: Slack shows nobody what is whispered in a
    thread that has not begun. https://docs.slack.dev/reference/methods/chat.postEphemeral
    """

    client: AsyncWebClient
    channel: str
    thread: str
    user: str
    in_thread: bool
    draw: Draw | None = None

    async def begin(self) -> None:
        """Nothing: a message can be answered at any time."""

    async def answer(self, reply: Reply, zone: ZoneInfo) -> None:
        """Show an answer in the thread."""
        for message in rendering.messages(reply, zone=zone, private=False):
            await posted(self.client, message, draw=self.draw, channel=self.channel, thread_ts=self.thread)

    async def tell(self, messages: Sequence[Message]) -> None:
        """Show messages to the person alone."""
        await Aside(self.client, self.channel, self.user, self.thread if self.in_thread else None).tell(messages)


@dataclass(slots=True)
class Modal:
    """A modal. Without a `view` one is opened for the click (`trigger`), over the one that is open if it shall be `on_top`.

    A click is good for three seconds only, so the modal opens before anything is looked up; but not `at_once` where most
    often there is nothing to show in it.
    """

    client: AsyncWebClient
    trigger: str = ""
    view: str = ""
    on_top: bool = False
    at_once: bool = True

    async def begin(self) -> None:
        """Open the modal, if there is none yet, with a word that something is on its way; what follows takes its place."""
        if self.at_once:
            await self._open()

    async def _open(self) -> None:
        if self.view:
            return
        opened = self.client.views_push if self.on_top else self.client.views_open
        self.view = (await opened(trigger_id=self.trigger, view=modals.looking_modal()))["view"]["id"]

    async def answer(self, reply: Reply, zone: ZoneInfo) -> None:
        """Show an answer in the place of what the modal showed. A modal is in no channel in which it could be shared."""
        await self.show(modals.answer_modal(rendering.answer(reply, zone=zone, private=False, in_modal=True)))

    async def tell(self, messages: Sequence[Message]) -> None:
        """Show messages in the place of what the modal showed."""
        await self.show(modals.answer_modal(rendering.in_one(messages)))

    async def show(self, view: dict[str, Any]) -> None:
        """Show a view in the place of what the modal showed."""
        await self._open()
        await self.client.views_update(view_id=self.view, view=view)
