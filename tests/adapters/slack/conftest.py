from collections.abc import AsyncIterator

import pytest

from adapters.settings import Settings
from tests.fakes.slack_deliveries import SIGNING_SECRET
from tests.fakes.slack_server import SlackServer, slack_server


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
