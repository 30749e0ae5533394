"""`verbatim serve` with Slack and Discord at once, both on loopback: one store, and an outage of one leaves the other alone."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from adapters import composition
from adapters.discord import serving as discord_serving
from adapters.discord.identifying import Pace
from adapters.serving import serve
from adapters.settings import Settings
from adapters.slack import serving as slack_serving
from adapters.slack.socket_mode import listen
from storage.database import Database
from tests.fakes import discord_reading, slack_reading
from tests.fakes.discord_people import People
from tests.fakes.discord_records import ADA, NEWS
from tests.fakes.discord_server import DiscordServer, discord_server
from tests.fakes.slack_server import SlackServer, slack_server
from tests.fakes.slack_workspace import Workspace
from tests.newsrooms import Room, article

FERRY = "We will not wait for the ferry any longer"
BRIDGE = "Nobody asked the harbour for a bridge"
SLACK_IS_SERVED = "Slack: @verbatim answers in Harbour Post, over Socket Mode."
DISCORD_IS_SERVED = "Discord: @Verbatim answers in Harbour Post."


@dataclass
class Both:
    """People in Slack (Ada Moor in #news) and in Discord (Ada Moor in #news), and what the process that serves both says."""

    slack: SlackServer
    discord: DiscordServer
    said: list[str] = field(default_factory=list)
    may_try_again: asyncio.Event = field(default_factory=asyncio.Event)

    def __post_init__(self) -> None:
        self.in_slack = Workspace(self.slack, self.slack.sockets)
        self.in_discord = People(self.discord)
        self._heard = asyncio.Event()

    def say(self, line: str) -> None:
        self.said.append(line)
        self._heard.set()

    async def told(self, start: str) -> str:
        """The first line that begins so, as soon as there is one."""
        async with asyncio.timeout(10):
            while not (found := [line for line in self.said if line.startswith(start)]):
                self._heard.clear()
                await self._heard.wait()
        return found[0]

    async def asked_in_slack(self, request: str) -> str:
        before = len(self.slack.posts("C1"))
        await self.in_slack.mention(request)
        await self.slack.until(lambda: len(self.slack.posts("C1")) > before or None, "an answer in Slack", 5)
        return slack_reading.visible_text(self.slack.posts("C1")[-1])

    async def asked_in_discord(self, request: str) -> str:
        before = len(self.discord.posts(NEWS))
        self.in_discord.mention(request)
        await self.discord.until(lambda: len(self.discord.posts(NEWS)) > before or None, "an answer in Discord", 5)
        return discord_reading.visible_text(self.discord.posts(NEWS)[-1])

    async def wait_to_try_again(self, _seconds: float) -> None:
        """What `serve` sleeps by: until the test lets it try again."""
        await self.may_try_again.wait()


@pytest.fixture
async def both(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Both]:
    monkeypatch.setattr(discord_serving, "options", _without_a_pause)
    monkeypatch.setattr(slack_serving, "listen", partial(listen, ping_seconds=0.05))
    async with slack_server() as slack, discord_server() as discord:
        yield Both(slack, discord)


def _without_a_pause(_: Settings) -> dict[str, Any]:
    return {"pace": Pace(sleep=_at_once), "guild_ready_timeout": 0}


async def _at_once(_seconds: float) -> None:
    """The app comes in again without waiting."""


@asynccontextmanager
async def served(both: Both, folder: Path) -> AsyncIterator[asyncio.Event]:
    """What `verbatim serve` does for both, over a store in which Ann Bell and Tom Cook are quoted, and what stops it; in the end it is."""
    settings = Settings.model_validate(
        {
            "database_url": f"sqlite:///{folder / 'verbatim.db'}",
            "slack_api_url": f"{both.slack.url}/api/",
            "slack_bot_token": both.slack.teams["T1"].token,
            "slack_app_token": "xapp-1-test",
            "discord_token": both.discord.token,
            "monitoring_port": 0,
        }
    )
    stop = asyncio.Event()
    async with composition.open_services(settings) as services:
        await _read(settings)
        serving = asyncio.create_task(serve(services, say=both.say, stop=stop, sleep=both.wait_to_try_again))
        try:
            yield stop
        finally:
            stop.set()
            await serving


async def _read(settings: Settings) -> None:
    database = Database(settings.database_url.get_secret_value())
    await database.open()
    await Room.over(database).read(article(f'Ann Bell said: "{FERRY}." Tom Cook said: "{BRIDGE}."'))
    await database.close()


async def test_what_is_corrected_in_one_is_so_in_the_other(both: Both, tmp_path: Path) -> None:
    async with served(both, tmp_path):
        assert {await both.told("Slack"), await both.told("Discord")} == {SLACK_IS_SERVED, DISCORD_IS_SERVED}
        assert FERRY in await both.asked_in_slack("who said what about the ferry")
        assert "Ann Bell" in await both.asked_in_discord("who said what about the ferry")
        await both.asked_in_slack("fix 1 speaker Tom Cook")
        assert "Ann Bell" not in await both.asked_in_discord("who said what about the ferry")
    assert both.slack.refused == []
    assert both.discord.refused == []


async def test_what_was_begun_in_either_is_answered_before_both_end(both: Both, tmp_path: Path) -> None:
    async with served(both, tmp_path) as stop:
        await both.told(DISCORD_IS_SERVED)
        await both.told(SLACK_IS_SERVED)
        held = both.slack.hold("users.info"), both.discord.hold("POST /interactions/{interaction}/{token}/callback")
        await both.in_slack.mention("who said what about the ferry")
        both.in_discord.command("ask", request="who said what about the ferry")
        for each in held:
            await each.arrived.wait()
        stop.set()
        await both.slack.until(lambda: not both.slack.sockets.links or None, "the connection closed", 5)
        for each in held:
            each.release()
    assert FERRY in slack_reading.visible_text(both.slack.posts("C1")[-1])
    assert FERRY in discord_reading.visible_text(both.discord.ephemerals(ADA)[-1])


async def test_while_discord_is_lost_slack_answers_and_then_discord_does_again(both: Both, tmp_path: Path) -> None:
    async with served(both, tmp_path):
        await both.told(DISCORD_IS_SERVED)
        await both.told(SLACK_IS_SERVED)
        both.discord.gateway.is_open = False
        both.discord.gateway.abort()
        assert FERRY in await both.asked_in_slack("who said what about the ferry")
        both.discord.gateway.is_open = True
        assert FERRY in await both.asked_in_discord("who said what about the ferry")


async def test_while_slack_is_lost_discord_answers_and_then_slack_does_again(both: Both, tmp_path: Path) -> None:
    async with served(both, tmp_path):
        await both.told(DISCORD_IS_SERVED)
        await both.told(SLACK_IS_SERVED)
        both.slack.fail("apps.connections.open", status=503, times=1000)
        both.slack.sockets.abort()
        assert FERRY in await both.asked_in_discord("who said what about the ferry")
        both.slack.failures.release_all()
        await both.slack.sockets.connected(opened=2)
        assert FERRY in await both.asked_in_slack("who said what about the ferry")


async def test_when_discord_is_out_from_the_start_it_is_served_once_it_is_back(both: Both, tmp_path: Path) -> None:
    both.discord.fail("GET /users/@me", status=503, times=10)
    async with served(both, tmp_path):
        line = await both.told("Discord answered with an error (503).")
        assert "Trying again in 5 seconds." in line
        await both.told(SLACK_IS_SERVED)
        assert FERRY in await both.asked_in_slack("who said what about the ferry")
        both.discord.failures.release_all()
        both.may_try_again.set()
        await both.told(DISCORD_IS_SERVED)
        assert FERRY in await both.asked_in_discord("who said what about the ferry")


async def test_when_discord_refuses_the_token_later_slack_is_served_on(both: Both, tmp_path: Path) -> None:
    async with served(both, tmp_path):
        await both.told(DISCORD_IS_SERVED)
        await both.told(SLACK_IS_SERVED)
        await both.discord.gateway.close(4004)
        line = await both.told("Discord does not take the token")
        assert line.endswith("Start Verbatim again once that is done.")
        assert FERRY in await both.asked_in_slack("who said what about the ferry")
