"""A newsroom at work in a Slack on loopback: the real core over SQLite, the real bolt and slack_sdk, and people who use it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

import pytest

from adapters.settings import Settings
from adapters.slack.app import build
from adapters.slack.client import web_client
from bot.callers import Caller, Channel
from storage.database import Database
from tests.fakes.slack_deliveries import SIGNING_SECRET, Ack
from tests.fakes.slack_reading import visible_text
from tests.fakes.slack_records import Message, View
from tests.fakes.slack_server import SlackServer
from tests.fakes.slack_transports import Transport, connected
from tests.fakes.slack_workspace import Workspace
from tests.newsrooms import Room, article

FERRY = "We will not wait for the ferry any longer"
TIMETABLE = "The ferry timetable is a promise"
WORKSPACE = "T1"


@pytest.fixture
def socket_alone() -> Transport:
    """Socket Mode, for a module that says `transport = socket_alone`: what it tests is the same however Slack reaches the app."""
    return "socket"


@dataclass(frozen=True)
class Scene:
    """People (U1 Ada Moor, U2 Ben Okoro) in channels (C1 with the app, C2 without) and a newsroom behind the app."""

    slack: SlackServer
    workspace: Workspace
    room: Room

    async def settled(self) -> None:
        await self.slack.settled()

    async def asked(self, request: str) -> Message:
        """The answer to a command in #news, which only Ada Moor sees."""
        await self.workspace.command(request)
        await self.settled()
        return self.last()

    async def asked_in_a_thread(self, request: str) -> Message:
        """The answer to a mention in #news, which everybody sees."""
        await self.workspace.mention(request)
        await self.settled()
        return self.slack.posts("C1")[-1]

    async def asked_directly(self, request: str) -> Message:
        """The answer to a direct message of Ada Moor."""
        await self.workspace.message(request)
        await self.settled()
        return self.slack.posts("U1")[-1]

    async def asked_in_a_modal(self, request: str) -> View:
        """The answer to a request in the form of the global shortcut."""
        await self.workspace.shortcut("ask")
        await self.settled()
        await self.workspace.submit({"question": request})
        await self.settled()
        return self.modal()

    async def press(self, shown: Message | View, label: str, *, user: str = "U1") -> Ack:
        """Somebody presses a button, and all that comes of it is done."""
        ack = await self.workspace.click(shown, label, user=user)
        await self.settled()
        assert ack.ok
        return ack

    def whispered(self, user: str = "U1") -> str:
        """What the app last told this person alone in a channel."""
        return visible_text(self.slack.ephemerals(user)[-1])

    def posted(self, channel: str = "C1") -> str:
        """What the app last posted in a channel, or in the direct messages of a person."""
        return visible_text(self.slack.posts(channel)[-1])

    def last(self, user: str = "U1") -> Message:
        """The message that only this person sees."""
        return self.slack.ephemerals(user)[-1]

    def modal(self, user: str = "U1") -> View:
        view = self.slack.modal(user)
        assert view is not None, f"no modal is open before {user}"
        return view


@asynccontextmanager
async def playing(
    slack: SlackServer, database: Database, transport: Transport, *, room: Room | None = None, **settings: object
) -> AsyncIterator[Scene]:
    """The scene, over a room of its own if it is given none; `settings` are those of the operator beyond the tokens."""
    room = room or Room.over(database)
    await room.has_read(
        article(f'Ann Bell said: "{FERRY}." Nobody disagreed.', 'Tom Cook wants: "a boat on Sundays."', number=1, outlet="The Mill"),
        article(f'Tom Cook said: "{TIMETABLE}."', number=2, outlet="The Oar"),
    )
    in_force = Settings.model_validate(
        {
            "slack_api_url": f"{slack.url}/api/",
            "slack_bot_token": slack.teams[WORKSPACE].token,
            "slack_signing_secret": SIGNING_SECRET,
            "time_zone": "Europe/London",
            **settings,
        }
    )
    app = build(room.newsroom, settings=in_force, client=web_client(in_force, in_force.slack_bot_token))
    async with connected(slack, app, transport) as workspace:
        yield Scene(slack, workspace, room)


async def has_digest(
    room: Room, *, schedule: str = "daily at 8", about: str = "the ferry", owner: str = "U1", channel: str = "C1", team: str = WORKSPACE
) -> None:
    """Somebody has set up a digest in a channel."""
    await room.newsroom.scheduled.subscribe(schedule, "", about, Caller(owner, owner, Channel("slack", team, channel)))


async def why_paused(room: Room, *, channel: str = "C1", team: str = WORKSPACE) -> list[str | None]:
    """Why each digest of a channel is paused; None for one that runs."""
    listed = await room.newsroom.scheduled.subscriptions(Caller("Ada Moor", "U1", Channel("slack", team, channel)))
    return [view.paused for view in listed.subscriptions]


async def many_quotes(room: Room, number: int, *, about: str = "ferry") -> None:
    """An article with many quotes about one thing, each by another speaker."""
    names = [f"Speaker {chr(65 + place // 26)}{chr(97 + place % 26)}" for place in range(number)]
    await room.read(article(*[f'{name} said: "The {about} number {place} is late again."' for place, name in enumerate(names)], number=90))
