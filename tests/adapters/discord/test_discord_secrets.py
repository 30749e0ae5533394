"""25. What goes wrong with Discord leaves neither token nor address of an answer in the log, which here says as much as it can."""

import asyncio
import logging
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from discord.backoff import ExponentialBackoff

from adapters.discord import serving
from adapters.discord.app import build
from adapters.discord.identifying import Pace
from adapters.discord.serving import DiscordService
from adapters.settings import Settings
from adapters.terminal.logs import start_log
from bot.errors import VerbatimError
from storage.database import Database
from tests.adapters.discord.scenes import furnished
from tests.fakes.discord_people import People
from tests.fakes.discord_server import DiscordServer

ASK = "who said what about the ferry"
ME = "GET /users/@me"
ANSWER = "PATCH /webhooks/{app}/{token}/messages/{message}"
FAILURES: list[dict[str, Any]] = [{"drop": True}, {"status": 400, "code": 50035}, {"status": 404, "code": 10062}, {"retry_after": 0.001}]


async def _at_once(_seconds: float) -> None:
    """No test waits until the app comes in again."""


@pytest.fixture
def log(tmp_path: Path) -> Iterator[Path]:
    """Where the log is written; pytest's own handlers come back afterwards."""
    root = logging.getLogger()
    handlers, level = list(root.handlers), root.level
    yield tmp_path / "verbatim.log"
    ours = set(root.handlers) - set(handlers)
    root.handlers[:], root.level = handlers, level
    for handler in ours:
        handler.close()


@pytest.fixture
async def service(discord: DiscordServer, store: Database, log: Path, monkeypatch: pytest.MonkeyPatch) -> DiscordService:
    """A service that logs everything, with a token that can be told from all else."""
    monkeypatch.setattr(serving, "build", partial(build, pace=Pace(sleep=_at_once), guild_ready_timeout=0))
    monkeypatch.setattr(ExponentialBackoff, "delay", lambda _: 0.0)
    discord.token = "bm90.to-be.seen"
    settings = Settings.model_validate({"discord_token": discord.token, "log_level": "debug", "log_file": log})
    start_log(settings)
    logging.getLogger("verbatim").debug("This much is logged.")
    assert settings.discord_token
    return DiscordService((await furnished(store)).newsroom, settings, settings.discord_token)


def _assert_without_secrets(discord: DiscordServer, log: Path, token: str) -> None:
    written = log.read_text()
    assert "This much is logged." in written
    assert token not in written
    for interaction in discord.interactions.values():
        assert interaction.token not in written


@pytest.mark.parametrize("failure", FAILURES)
@pytest.mark.parametrize("route", ["POST /channels/{channel}/messages", ANSWER, "POST /interactions/{interaction}/{token}/callback"])
async def test_an_answer_that_fails_leaves_no_secret_in_the_log(
    discord: DiscordServer, service: DiscordService, log: Path, route: str, failure: dict[str, Any]
) -> None:
    said: asyncio.Queue[str] = asyncio.Queue()
    running = asyncio.create_task(service.run(said.put_nowait))
    await said.get()
    discord.fail(route, **failure)
    people = People(discord)
    people.mention(ASK)
    people.command("ask", request=ASK)
    await discord.next_call(route)
    running.cancel()
    await asyncio.wait([running])
    assert route in [call.route for call in discord.refused]
    assert discord.interactions
    _assert_without_secrets(discord, log, discord.token)


@pytest.mark.parametrize("failure", [{"status": 401}, {"status": 503}, {"drop": True, "times": 9}, {"retry_after": 3600}])
async def test_a_start_that_fails_leaves_no_secret_in_the_log_and_none_in_what_is_told(
    discord: DiscordServer, service: DiscordService, log: Path, failure: dict[str, Any]
) -> None:
    discord.fail(ME, **failure)
    with pytest.raises(VerbatimError) as caught:
        await service.run(lambda _: None)
    assert discord.token not in f"{caught.value!r} {caught.value}"
    _assert_without_secrets(discord, log, discord.token)


async def test_a_connection_that_breaks_leaves_no_secret_in_the_log(discord: DiscordServer, service: DiscordService, log: Path) -> None:
    said: asyncio.Queue[str] = asyncio.Queue()
    running, token = asyncio.create_task(service.run(said.put_nowait)), discord.token
    await said.get()
    discord.gateway.abort()
    await discord.gateway.ready()
    discord.gateway.invalidate(resumable=False)
    await discord.gateway.ready()
    discord.token = "bm90.another.token"
    discord.gateway.abort()
    await asyncio.wait([running])
    assert isinstance(running.exception(), VerbatimError)
    _assert_without_secrets(discord, log, token)


def test_what_is_printed_of_a_service_has_no_token_in_it(discord: DiscordServer) -> None:
    settings = Settings.model_validate({"discord_token": discord.token})
    assert settings.discord_token
    assert discord.token not in repr(DiscordService(None, settings, settings.discord_token))  # type: ignore[arg-type]
