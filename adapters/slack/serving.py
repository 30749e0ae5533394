"""Slack's part of `verbatim serve`: who is there, the way in, and what was begun finished before it ends."""

import asyncio
from dataclasses import dataclass

from slack_bolt.async_app import AsyncApp
from slack_bolt.listener.async_listener_start_handler import AsyncListenerStartHandler
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from adapters.attending import ended
from adapters.listening import listening
from adapters.serving import FINISHING_SECONDS, Say
from adapters.settings import Settings
from adapters.slack import names
from adapters.slack.connection import Connection, Several, SocketMode
from adapters.slack.delivering import SlackPoster
from adapters.slack.http import web_application
from adapters.slack.refusals import BOT_TOKEN, LOST, refused, unreachable
from adapters.slack.socket_mode import listen

_REQUEST_SECONDS = 2.0
_WAITING_CONNECTIONS = 1024  # at more than the usual 128 at once, the next ones would try again after a second


@dataclass(frozen=True, slots=True)
class SlackService:
    """Serves a Bolt app over the connection that is set up."""

    app: AsyncApp
    connection: Connection
    settings: Settings
    poster: SlackPoster

    @property
    def name(self) -> str:
        """What a line about it begins with."""
        return "Slack"

    async def run(self, say: Say) -> None:
        """Serve until cancelled; then take nothing more, and give what was begun some seconds to end.

        Raises SettingsError for a token that Slack refuses, at the start or later, and Unreachable without Slack.
        """
        work = _WorkInHand()

        def served(line: str) -> None:
            self.poster.is_ready = True
            say(line)

        self.app.listener_runner.listener_start_handler = work
        try:
            if isinstance(self.connection, SocketMode):
                here = await whereabouts(self.app.client)
                await listen(self.app, self.connection.app_token, connected=lambda: served(f"{here}, over Socket Mode."))
            elif isinstance(self.connection, Several):
                begin = f"{self.connection.public_url}{names.INSTALL_PATH}"
                await self._over_http(served, f"workspaces install it at {begin}; requests are taken")
            else:
                await self._over_http(served, f"{await whereabouts(self.app.client)}, over HTTP")
        finally:
            self.poster.is_ready = False
            await work.finish(FINISHING_SECONDS)

    async def _over_http(self, say: Say, what: str) -> None:
        host, port = self.settings.http_host, self.settings.http_port
        application, remedy = web_application(self.app), "Set VERBATIM_HTTP_HOST or VERBATIM_HTTP_PORT."
        async with listening(application, host, port, finishing_seconds=_REQUEST_SECONDS, remedy=remedy, backlog=_WAITING_CONNECTIONS):
            say(f"{what} on {host} port {port}, path {names.EVENTS_PATH}.")
            await asyncio.Event().wait()


async def whereabouts(client: AsyncWebClient) -> str:
    """As whom and where the client's bot token answers. Raises SettingsError for a wrong one, and Unreachable without Slack."""
    try:
        here = await client.auth_test()
    except SlackApiError as error:
        raise refused(error, BOT_TOKEN) from None
    except LOST as error:
        raise unreachable(error, client.base_url) from None
    return f"@{here['user']} answers in {here['team']}"


class _WorkInHand(AsyncListenerStartHandler):
    """Knows what Bolt's listeners are still doing: Bolt starts each as a task of its own and keeps none of them."""

    def __init__(self) -> None:
        self._tasks: set[asyncio.Task[object]] = set()

    async def handle(self, request: AsyncBoltRequest, response: BoltResponse | None) -> None:  # noqa: ARG002 - Bolt's form
        """Remember the task that begins. Bolt calls this in it."""
        task = asyncio.current_task()
        if task:
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def finish(self, seconds: float) -> None:
        """Wait for what has begun, and stop what takes longer."""
        await ended(self._tasks, seconds)
