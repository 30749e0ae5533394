"""Socket Mode: slack_sdk's connection, which by itself would try a refused token for ever and may go deaf unnoticed."""

import asyncio
import json
import logging
import time
from collections.abc import Callable
from typing import NoReturn

from aiohttp import WSMessage, WSMsgType
from pydantic import SecretStr
from slack_bolt.adapter.socket_mode.async_internals import run_async_bolt_app, send_async_response
from slack_bolt.async_app import AsyncApp
from slack_sdk.errors import SlackApiError
from slack_sdk.socket_mode.aiohttp import SocketModeClient
from slack_sdk.socket_mode.async_client import AsyncBaseSocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest

from adapters.slack.refusals import APP_TOKEN, APPS, is_final, refused
from bot.errors import SettingsError, VerbatimError

PING_SECONDS = 10.0
_PINGS_UNTIL_DEAF = 6  # slack_sdk itself connects anew after 4
_LOGGER = logging.getLogger("verbatim.slack.socket")


async def listen(app: AsyncApp, app_token: SecretStr, *, connected: Callable[[], None], ping_seconds: float = PING_SECONDS) -> NoReturn:
    """Take what Slack sends until cancelled, and say once that it is `connected`.

    A connection on which no ping is answered is given up for a new one. Raises SettingsError when Slack refuses the token
    for good, be it at the start or when it connects again.
    """
    while True:
        socket = _Socket(app, app_token, ping_seconds)
        try:
            await socket.connect()  # type: ignore[no-untyped-call]
            if not socket.given_up.done():
                connected()
            await socket.until_deaf(ping_seconds * _PINGS_UNTIL_DEAF)
        finally:
            await socket.close()  # type: ignore[no-untyped-call]
        connected = _nothing
        _LOGGER.warning("No ping was answered for long, so the connection is made anew.")


class _Socket(SocketModeClient):
    """slack_sdk's client for one app, which gives up once nothing but a person can help."""

    def __init__(self, app: AsyncApp, app_token: SecretStr, ping_seconds: float) -> None:
        super().__init__(
            app_token.get_secret_value(),
            logger=_LOGGER,
            web_client=app.client,
            ping_interval=ping_seconds,
            on_message_listeners=[self._notice_that_it_was_switched_off],
        )
        self._app = app
        self.given_up: asyncio.Future[VerbatimError] = asyncio.get_running_loop().create_future()
        self.socket_mode_request_listeners.append(self._answer)

    async def issue_new_wss_url(self) -> str:
        """The address of a connection. A refusal that is final ends the attempts of slack_sdk, which go on for any other."""
        try:
            return await super().issue_new_wss_url()
        except SlackApiError as error:
            if is_final(error):
                self._give_up(refused(error, APP_TOKEN))
            raise

    async def until_deaf(self, patience: float) -> None:
        """Return when no ping has been answered for `patience` seconds. Raises what it was given up for."""
        clock = asyncio.get_running_loop().time
        answered, noticed = self.last_ping_pong_time, clock()
        while clock() - noticed < patience:
            await asyncio.wait([self.given_up], timeout=self.ping_interval)
            if self.given_up.done():
                raise self.given_up.result()
            if self.last_ping_pong_time != answered:
                answered, noticed = self.last_ping_pong_time, clock()

    async def _answer(self, _: AsyncBaseSocketModeClient, request: SocketModeRequest) -> None:
        started = time.time()
        await send_async_response(self, request, await run_async_bolt_app(self._app, request), started)

    async def _notice_that_it_was_switched_off(self, message: WSMessage) -> None:
        if message.type != WSMsgType.TEXT or '"link_disabled"' not in message.data:
            return
        envelope = json.loads(message.data)
        if envelope.get("type") == "disconnect" and envelope.get("reason") == "link_disabled":
            self._give_up(SettingsError("Socket Mode was switched off for your Slack app.", f"Switch it on at {APPS}."))

    def _give_up(self, reason: VerbatimError) -> None:
        self.closed = True
        if not self.given_up.done():
            self.given_up.set_result(reason)


def _nothing() -> None:
    """Whoever was told once that it is connected need not hear it again."""
