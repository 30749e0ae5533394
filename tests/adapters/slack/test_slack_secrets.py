"""25. What goes wrong with Slack leaves neither token nor response address in the log, which here says as much as it can."""

import logging
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import pytest

from adapters.terminal.logs import start_log
from storage.database import Database
from tests.adapters.slack.conftest import socket_settings
from tests.adapters.slack.scenes import Scene, playing
from tests.fakes.slack_server import SlackServer
from tests.fakes.slack_transports import Transport

ASK = "who said what about the ferry"
SECRET = "not-to-be-seen"
FAILURES: list[dict[str, Any]] = [
    {"drop": True},
    {"error": "invalid_blocks", "status": 400},
    {"error": "internal_error", "status": 500},
    {"retry_after": 3600},
]


@pytest.fixture
def log(tmp_path: Path) -> Iterator[Path]:
    """Where the log is written; pytest's own handlers come back afterwards."""
    root = logging.getLogger()
    handlers, level = list(root.handlers), root.level
    yield tmp_path / "verbatim.log"
    for handler in set(root.handlers) - set(handlers):
        handler.close()
    root.handlers[:], root.level = handlers, level


@pytest.fixture
async def logged(slack: SlackServer, store: Database, transport: Transport, log: Path) -> AsyncIterator[Scene]:
    """A scene in which everything is logged, at a workspace with a token that can be told from all else."""
    slack.teams["T1"].token = f"xoxb-1234-{SECRET}"
    start_log(socket_settings(slack, log_level="debug", log_file=log))
    async with playing(slack, store, transport, log_level="debug") as scene:
        yield scene


@pytest.mark.parametrize("failure", FAILURES)
@pytest.mark.parametrize("method", ["chat.postMessage", "response_url"])
async def test_a_post_that_fails_leaves_no_secret_in_the_log(logged: Scene, log: Path, method: str, failure: dict[str, Any]) -> None:
    logged.slack.fail(method, **failure)
    await logged.workspace.command(ASK)
    await logged.workspace.mention(ASK)
    await logged.settled()
    assert [call.method for call in logged.slack.calls if not call.ok] == [method]
    written = log.read_text()  # noqa: ASYNC240 - a short file
    assert "Slack did not take it" in written or "mistake" in written
    assert "DEBUG" in written
    assert SECRET not in written
    assert logged.slack.response_urls
    for name in logged.slack.response_urls:
        assert f"/response/{name}" not in written
