"""The state of a Slack: who and what there is, and what messages and views do to it. Knows nothing of how a request reaches it."""

import asyncio
import copy
import itertools
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TypeVar

from tests.fakes.slack_blocks import check_blocks, check_view, elements, too_long
from tests.fakes.slack_reading import pings
from tests.fakes.slack_records import Call, Channel, File, Group, Json, Message, Person, Refused, Team, View
from tests.fakes.slack_shapes import Shape, refusal, string

T = TypeVar("T")

_METADATA = Shape({"event_type": string(255), "event_payload": Shape({}, {"key": string(255)})})
"""By what an app knows a message again. Slack takes any payload; this is the one that ours has."""

TRIGGER_SECONDS = 3
RESPONSE_URL_SECONDS = 30 * 60
RESPONSE_URL_USES = 5


@dataclass
class Trigger:
    """The right to open one modal, for three seconds after a person did something."""

    user: str
    made: float
    used: bool = False


@dataclass
class ResponseUrl:
    """The right to answer where a person did something: five times within thirty minutes. `about` is the message that was clicked."""

    user: str
    channel: str
    team: str
    made: float
    about: Message | None = None
    uses: int = 0


class SlackState:
    """One Slack with its workspaces. Public attributes may be set and read by tests as they like."""

    app_id = "A0VERBATIM"

    def __init__(self) -> None:
        self.teams: dict[str, Team] = {}
        self.people: dict[str, Person] = {}
        self.groups: dict[str, Group] = {}
        self.channels: dict[str, Channel] = {}
        self.ephemeral: list[Message] = []
        self.modals: dict[str, list[View]] = {}
        self.homes: dict[str, View] = {}
        self.files: dict[str, File] = {}
        self.pings: list[str] = []
        self.calls: list[Call] = []
        self.app_tokens = {"xapp-1-test"}
        self.client_id, self.client_secret = "1.2", "client-secret"
        self.codes: dict[str, str] = {}
        self.triggers: dict[str, Trigger] = {}
        self.response_urls: dict[str, ResponseUrl] = {}
        self.url = ""
        self.ahead = 0.0
        self.file_refusals = 0
        """How many messages with a new file are refused until Slack is done with it."""
        self.most_history = 999
        """How many messages of a channel's history are given at once; 15 for an app that is sold outside the Marketplace."""
        self._numbers = itertools.count(1)
        self._rung = asyncio.Event()

    # time, numbers and waiting

    def now(self) -> float:
        """Slack's clock: the real one, moved on by `forward`."""
        return time.time() + self.ahead

    def forward(self, seconds: float) -> None:
        """Move Slack's clock on: triggers and response URLs grow old. Signatures keep the real time."""
        self.ahead += seconds

    def number(self) -> int:
        """A number that was never given before."""
        return next(self._numbers)

    def ring(self) -> None:
        """Say to those who wait in `until` that something has changed."""
        self._rung.set()
        self._rung = asyncio.Event()

    async def until(self, found: Callable[[], T | None], what: str, within: float = 5) -> T:
        """What `found` gives as soon as it is something; AssertionError where it stays nothing."""
        try:
            async with asyncio.timeout(within):
                while not (result := found()):
                    await self._rung.wait()
                return result
        except TimeoutError:
            called = [call.method for call in self.calls[-10:]]
            raise AssertionError(f"{what}: not within {within:g} s; the last calls were {called}") from None

    # finding

    def person(self, user: str, team: str) -> Person:
        """A user of the workspace; refused with user_not_found."""
        person = self.people.get(user)
        if person is None or person.team != team:
            raise Refused("user_not_found")
        return person

    def channel_of(self, channel: object, team: Team) -> Channel:
        """A channel that the app can see; a person's id stands for their direct messages. Refused with channel_not_found."""
        if str(channel) in self.people:
            return self.direct_messages(str(channel))
        found = self.channels.get(str(channel))
        hidden = found is not None and found.kind != "public" and team.bot_user not in found.members
        if found is None or found.team != team.id or hidden:
            raise Refused("channel_not_found")
        return found

    def direct_messages(self, user: str) -> Channel:
        """A person's direct messages with the app, opened where there were none."""
        person = self.people[user]
        members = {user, self.teams[person.team].bot_user}
        return self.channels.setdefault(f"D{user[1:]}", Channel(f"D{user[1:]}", "directmessage", person.team, "im", members))

    def message(self, channel: Channel, ts: object) -> Message:
        """A message of the channel; refused with message_not_found."""
        for message in channel.messages:
            if message.ts == ts:
                return message
        raise Refused("message_not_found")

    # messages

    def checked(self, arguments: Json) -> tuple[str, list[Json]]:
        """The text and the blocks of a message that Slack takes; Refused with what it says to others. Counts the mentions in it."""
        text, blocks = arguments.get("text") or "", arguments.get("blocks") or []
        if reasons := check_blocks(blocks) or list(self._files_refused(blocks)):
            raise Refused("invalid_blocks", errors=reasons, response_metadata={"messages": reasons})
        if too_long(blocks):
            raise Refused("msg_blocks_too_long")
        if len(text) > 40_000:
            raise Refused("msg_too_long")
        if not text and not blocks and not arguments.get("attachments"):
            raise Refused("no_text")
        linked = bool(arguments.get("link_names")) or arguments.get("parse") == "full"
        self.pings += pings(text, blocks, names_are_linked=linked)
        return text, self.named(blocks)

    def _files_refused(self, blocks: list[Json]) -> Iterator[str]:
        """A reason for each picture whose file is not there, is no picture, or is still worked on."""
        for place, block in enumerate(blocks):
            if block["type"] != "image" or not block.get("slack_file"):
                continue
            file = self.files.get(block["slack_file"].get("id", ""))
            if file is None or file.title is None or not (file.content or b"").startswith(b"\x89PNG") or file.refusals:
                yield refusal("invalid slack file", f"/blocks/{place}/slack_file")
            if file and file.refusals:
                file.refusals -= 1

    def post(self, message: Message) -> Message:
        """Put a message where it is read."""
        (self.ephemeral if message.to else self.channels[message.channel].messages).append(message)
        self.ring()
        return message

    def written(self, channel: Channel, team: Team, arguments: Json, *, to: str | None = None) -> Message:
        """Post a message of the app, checked. One for one person is shown to nobody in a thread that has not begun."""
        text, blocks = self.checked(arguments)
        thread, metadata = arguments.get("thread_ts"), arguments.get("metadata")
        if metadata and list(_METADATA(metadata, "/metadata")):
            raise Refused("invalid_metadata_format")
        if thread is not None and to is None and all(message.ts != thread for message in channel.messages):
            raise Refused("thread_not_found")
        message = Message(channel.id, self.new_ts(), text, blocks, team.bot_user, team.bot_id, thread, to, metadata, arguments=arguments)
        return message if to and thread and not channel.thread(thread) else self.post(message)

    def edit(self, message: Message, arguments: Json) -> None:
        """Put other words into a message of the app."""
        text, blocks = self.checked(arguments)
        message.text, message.blocks, message.edited = text, blocks, True
        self.ring()

    def remove(self, message: Message) -> None:
        """Take a message away; refused with message_not_found where it is gone."""
        messages = self.ephemeral if message.to else self.channels[message.channel].messages
        if message not in messages:
            raise Refused("message_not_found")
        messages.remove(message)
        self.ring()

    def new_ts(self) -> str:
        """The time of a new message: unique and rising."""
        return f"{int(self.now())}.{self.number():06d}"

    def named(self, blocks: list[Json]) -> list[Json]:
        """The blocks with the ids that Slack gives to blocks and elements that have none."""
        blocks = copy.deepcopy(blocks)
        for block in blocks:
            block.setdefault("block_id", f"block{self.number()}")
        for element in elements(blocks):
            element.setdefault("action_id", f"action{self.number()}")
        return blocks

    # views, triggers, response URLs

    def view(self, content: Json, user: str, team: str, below: View | None = None) -> View:
        """A new view of that content, which is checked."""
        number = f"V{self.number()}"
        root, previous = (below.root, below.id) if below else (number, None)
        view = View(number, user, team, "", content, root, previous)
        self.fill(view, content)
        return view

    def fill(self, view: View, content: Json) -> None:
        """Put other content into a view; refused with invalid_arguments and the reasons. Counts the mentions in it."""
        allowed(content)
        self.pings += pings("", content["blocks"])
        view.content = content | {"blocks": self.named(content["blocks"])}
        view.hash, view.errors = f"{self.now():.0f}.{self.number()}", {}
        self.ring()

    def new_trigger(self, user: str) -> str:
        """A trigger id for what a person has just done."""
        name = f"{self.number()}.{self.number()}.trigger"
        self.triggers[name] = Trigger(user, self.now())
        return name

    def use_trigger(self, name: object) -> str:
        """The person of a trigger id, which is then used up; refused where it is unknown, old or used."""
        trigger = self.triggers.get(str(name))
        if trigger is None:
            raise Refused("invalid_trigger_id")
        if trigger.used:
            raise Refused("exchanged_trigger_id")
        if self.now() - trigger.made > TRIGGER_SECONDS:
            raise Refused("expired_trigger_id")
        trigger.used = True
        return trigger.user

    def new_response_url(self, user: str, channel: str, team: str, about: Message | None = None) -> str:
        """A response URL for what a person has just done in a channel."""
        name = f"{team}-{self.number()}"
        self.response_urls[name] = ResponseUrl(user, channel, team, self.now(), about)
        return f"{self.url}/response/{name}"


def allowed(content: object, kind: str | None = None) -> None:
    """Refused with invalid_arguments where Slack would not show such a view, or it is of another kind than the method takes."""
    reasons = check_view(content)
    if kind and isinstance(content, dict) and content.get("type") != kind:
        reasons.append(refusal(f"must be a {kind}", "/view/type"))
    if reasons:
        raise Refused("invalid_arguments", response_metadata={"messages": reasons})
