"""Apps of Slack, each in a process of its own: `python -m benchmarks.slack_apps NAME`, as benchmarks/apps.py starts it."""

import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from adapters.serving import Service
from adapters.settings import Settings
from benchmarks import apps
from bot.replies import Chart

MODULE = "benchmarks.slack_apps"
BASELINE = "a bare Bolt app that answers with a fixed text"
_ANSWER = "The ferry was delayed because nobody else would."


@asynccontextmanager
async def _bare(settings: Settings) -> AsyncIterator[Service]:
    """On the same connection, with nothing behind it."""
    from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncRespond
    from slack_sdk.web.async_client import AsyncWebClient

    from adapters.slack import names
    from adapters.slack.connection import connection
    from adapters.slack.delivering import SlackPoster
    from adapters.slack.serving import SlackService

    connected = connection(settings)
    if connected is None or settings.slack_bot_token is None:
        raise ValueError("the settings name no connection")
    client = AsyncWebClient(settings.slack_bot_token.get_secret_value(), base_url=settings.slack_api_url)
    secret = settings.slack_signing_secret
    app = AsyncApp(client=client, signing_secret=secret.get_secret_value() if secret else None)

    @app.command(names.SLASH_COMMAND)
    async def _answer(ack: AsyncAck, respond: AsyncRespond) -> None:
        await ack()
        await respond(_ANSWER)

    yield SlackService(app, connected, settings, SlackPoster(app, settings, _nothing))


async def _nothing(_: Chart) -> bytes:
    return b""


if __name__ == "__main__":
    apps.serve(sys.argv[1], Settings.model_validate(apps.given()), _bare)
