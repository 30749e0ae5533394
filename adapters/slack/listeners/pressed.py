"""A button that somebody pressed, or an item of a menu: who, where, and what it says."""

import asyncio
import json
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from slack_bolt.async_app import AsyncAck
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack import actions, modals, rendering
from adapters.slack.actions import QuoteChoice
from adapters.slack.desk import Desk
from adapters.slack.surfaces import DirectMessages, Modal, Surface, Whisper
from bot.callers import Caller

# Bolt looks every hundredth of a second whether a listener has acknowledged, and only then tells Slack.
_ACKNOWLEDGED_SECONDS = 0.05


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a correction was begun, kept in the modal that asks for it: the page that shows the quote, and the way back to it."""

    choice: QuoteChoice
    channel: str | None
    response_url: str
    thread: str | None
    private: bool
    view: str
    shared_by: str

    @property
    def in_direct_messages(self) -> bool:
        """Whether it was begun in somebody's direct messages."""
        return bool(self.channel and self.channel.startswith("D"))

    @property
    def seen_by_one(self) -> bool:
        """Whether only one person sees the message at which it was begun."""
        return self.private or self.in_direct_messages

    @property
    def value(self) -> str:
        """The origin as a modal's metadata."""
        return json.dumps([self.choice.value, self.channel, self.response_url, self.thread, self.private, self.view, self.shared_by])


def read_origin(value: str) -> Origin:
    """The origin in a modal's metadata."""
    choice, *place = json.loads(value)
    return Origin(actions.read_choice(choice), *place)


@dataclass(frozen=True, slots=True)
class Pressed:
    """Somebody pressed something in a message or a view of ours. `body` is what Slack tells of it."""

    desk: Desk
    client: AsyncWebClient
    body: dict[str, Any]

    @property
    def event(self) -> str:
        """What tells this press from all others, however often Slack tells it."""
        return f"slack action {self.body['trigger_id']} {self.body['actions'][0]['action_ts']}"

    @property
    def user(self) -> str:
        """Who pressed."""
        return str(self.body["user"]["id"])

    @property
    def team(self) -> str:
        """The workspace of whoever pressed."""
        return team_of(self.body)

    @property
    def value(self) -> str:
        """What the button says, or the item that was chosen, or the conversation."""
        action = self.body["actions"][0]
        chosen = action.get("selected_option") or {}
        return str(action.get("value") or chosen.get("value") or action.get("selected_conversation") or "")

    @property
    def channel(self) -> str | None:
        """The channel of the message; None in a view."""
        return (self.body.get("channel") or {}).get("id")

    @property
    def message(self) -> str:
        """What tells the message with the button from all others."""
        return f"{self.team} {self.channel} {self.body['container'].get('message_ts', '')}"

    @property
    def thread(self) -> str | None:
        """The thread in which the message stands, if it does."""
        return self.body["container"].get("thread_ts") or (self.body.get("message") or {}).get("thread_ts")

    @property
    def in_modal(self) -> bool:
        """Whether the button stands in a modal."""
        return (self.body.get("view") or {}).get("type") == "modal"

    @property
    def in_home(self) -> bool:
        """Whether the button stands in the App Home."""
        return (self.body.get("view") or {}).get("type") == "home"

    @property
    def channel_shown(self) -> str | None:
        """The channel whose digests the App Home shows, where the button stands there."""
        return self.body["view"]["private_metadata"] or None if self.in_home else None

    @property
    def private(self) -> bool:
        """Whether only this person sees the message."""
        return bool(self.body["container"].get("is_ephemeral"))

    def surface(self, *, over: bool = False) -> Surface:
        """Where what comes of it is shown: in the place of a modal's content, or `over` it; else to this person alone."""
        if self.in_modal and not over:
            return Modal(self.client, view=self.body["view"]["id"])
        if self.in_modal or self.in_home:
            return Modal(self.client, self.body["trigger_id"], on_top=self.in_modal)
        if self.channel and self.channel.startswith("D") and not self.private:
            return DirectMessages(self.client, self.channel, self.thread, self.desk.draw)
        return Whisper(self.desk.whisper(self.body["response_url"]), self.thread)

    async def caller(self) -> Caller:
        """Who pressed, as the core knows a person, in the channel whose message or digests the button stands at."""
        return await self.desk.caller(self.client, team=self.team, user=self.user, channel=self.channel or self.channel_shown)

    async def zone(self) -> ZoneInfo:
        """The zone in which dates are told to whoever pressed."""
        return self.desk.zone_of(await self.caller())

    def remembered(self, choice: QuoteChoice) -> str:
        """Where the correction that this press begins came from."""
        view = self.body["view"]["id"] if self.in_modal else ""
        shared_by = rendering.sharer((self.body.get("message") or {}).get("blocks") or [])
        return Origin(choice, self.channel, self.body.get("response_url", ""), self.thread, self.private, view, shared_by).value


def team_of(body: dict[str, Any]) -> str:
    """The workspace that an interaction comes from; an app of a whole organisation is told it with the person only."""
    return str((body.get("team") or {}).get("id") or body["user"].get("team_id") or "")


async def keep_open(ack: AsyncAck) -> None:
    """Acknowledge a submitted modal, and let it say that its answer is on its way.

    Returns when Slack has been told, so that this does not take the place of an answer that was quicker.
    """
    await ack(response_action="update", view=modals.looking_modal())
    await asyncio.sleep(_ACKNOWLEDGED_SECONDS)


def submission(body: dict[str, Any]) -> str:
    """What tells one submission of a modal from all others."""
    return f"slack view {body['view']['id']} {body['view'].get('hash', '')}"
