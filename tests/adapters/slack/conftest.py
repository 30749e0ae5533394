import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from adapters.settings import Settings
from storage.database import Database
from tests.adapters.slack.scenes import Scene, playing
from tests.fakes.slack_deliveries import SIGNING_SECRET
from tests.fakes.slack_server import SlackServer, slack_server
from tests.fakes.slack_transports import TRANSPORTS, Transport


@pytest.fixture
async def slack() -> AsyncIterator[SlackServer]:
    """Slack on loopback, with the workspace Harbour Post in it."""
    async with slack_server() as server:
        yield server


@pytest.fixture
def settings(slack: SlackServer) -> Settings:
    """Settings for Socket Mode with that Slack."""
    return socket_settings(slack)


def socket_settings(slack: SlackServer, **others: object) -> Settings:
    return Settings.model_validate(
        {"slack_api_url": f"{slack.url}/api/", "slack_bot_token": slack.teams["T1"].token, "slack_app_token": "xapp-1-test", **others}
    )


def several_settings(slack: SlackServer, **others: object) -> Settings:
    return Settings.model_validate(
        {
            "slack_api_url": f"{slack.url}/api/",
            "slack_client_id": slack.client_id,
            "slack_client_secret": slack.client_secret,
            "slack_signing_secret": SIGNING_SECRET,
            "public_url": "https://verbatim.example.org",
            **others,
        }
    )


@pytest.fixture
async def store(sqlite_template: Path, tmp_path: Path) -> AsyncIterator[Database]:
    """A SQLite database with nothing in it, of the newest schema: what chat keeps in one is tested on both engines beside the store."""
    opened = Database(f"sqlite:///{shutil.copy(sqlite_template, tmp_path / 'verbatim.db')}")
    yield opened
    await opened.close()


@pytest.fixture(params=TRANSPORTS)
def transport(request: pytest.FixtureRequest) -> Transport:
    """How Slack reaches the app."""
    found: Transport = request.param
    return found


@pytest.fixture
async def scene(slack: SlackServer, store: Database, transport: Transport) -> AsyncIterator[Scene]:
    """A newsroom that has read some articles, at work in a workspace. At the end Slack has refused nothing, and nobody was pinged."""
    async with playing(slack, store, transport) as scene:
        yield scene
        await slack.settled()
    assert slack.refused == []
    assert slack.pings == []


@pytest.fixture
async def rough_scene(slack: SlackServer, store: Database, transport: Transport) -> AsyncIterator[Scene]:
    """The same, where Slack may refuse something or fail."""
    async with playing(slack, store, transport) as scene:
        yield scene
        await slack.settled()
    assert slack.pings == []
