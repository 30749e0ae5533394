"""25. What goes wrong with Discord leaves neither the bot's token nor that of an interaction in the log, which here says all it can."""

import logging
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import pytest

from adapters.discord.client import options
from adapters.settings import Settings
from adapters.terminal.logs import start_log
from storage.database import Database
from tests.adapters.discord.scenes import Scene, playing
from tests.fakes.discord_server import DiscordServer

ASK = "who said what about the ferry"
SECRET = "not-to-be-seen"
POST = "POST /channels/{channel}/messages"
CALLBACK = "POST /interactions/{interaction}/{token}/callback"
ANSWER = "PATCH /webhooks/{app}/{token}/messages/{message}"
FAILURES: list[dict[str, Any]] = [
    {"drop": True, "times": 2},
    {"status": 400, "code": 50035, "message": "Invalid Form Body"},
    {"status": 404, "code": 10015, "message": "Unknown Webhook"},
    {"retry_after": 0.01},
]


@pytest.fixture
def log(tmp_path: Path) -> Iterator[Path]:
    """Where the log is written; pytest's own handlers come back afterwards."""
    root, library = logging.getLogger(), logging.getLogger("discord")
    handlers, levels = list(root.handlers), (root.level, library.level)
    yield tmp_path / "verbatim.log"
    for handler in set(root.handlers) - set(handlers):
        handler.close()
    root.handlers[:] = handlers
    root.level, library.level = levels


@pytest.fixture
async def logged(discord: DiscordServer, store: Database, log: Path) -> AsyncIterator[Scene]:
    """A scene in which everything is logged, with a token that can be told from all else."""
    discord.token = f"MjAw.test.{SECRET}"
    settings = Settings.model_validate({"discord_token": discord.token, "log_level": "debug", "log_file": log})
    start_log(settings)
    options(settings)
    async with playing(discord, store, log_level="debug") as scene:
        yield scene


@pytest.mark.parametrize("failure", FAILURES)
@pytest.mark.parametrize("route", [POST, CALLBACK, ANSWER])
async def test_what_fails_leaves_no_secret_in_the_log(logged: Scene, log: Path, route: str, failure: dict[str, Any]) -> None:
    logged.discord.fail(route, **failure)
    interaction = logged.people.command("ask", request=ASK)
    logged.people.mention(ASK)
    await logged.settled()
    assert route in {call.route for call in logged.discord.calls if not call.ok}
    written = log.read_text()  # noqa: ASYNC240 - a short file
    assert "DEBUG" in written
    assert SECRET not in written
    assert interaction.token not in written
