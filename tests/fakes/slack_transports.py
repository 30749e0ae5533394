"""A bolt app at work, over HTTP and over a socket alike."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Literal

from aiohttp import web
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.app.async_app import AsyncApp

from tests.fakes.slack_deliveries import SIGNING_SECRET, HttpDelivery
from tests.fakes.slack_server import SlackServer
from tests.fakes.slack_workspace import Workspace

Transport = Literal["http", "socket"]
TRANSPORTS: tuple[Transport, ...] = ("http", "socket")
EVENTS_PATH = "/slack/events"


@asynccontextmanager
async def connected(
    server: SlackServer,
    app: AsyncApp,
    transport: Transport,
    *,
    team: str = "T1",
    ping_interval: float = 5,
    signing_secret: str = SIGNING_SECRET,
) -> AsyncIterator[Workspace]:
    """People at work with this app, which is served over HTTP on loopback or connected to a socket."""
    if transport == "http":
        async with _served(app) as url, HttpDelivery(f"{url}{EVENTS_PATH}", signing_secret) as delivery:
            server.app_is_standing()
            yield Workspace(server, delivery, team)
        return
    handler = AsyncSocketModeHandler(app, next(iter(server.app_tokens)), ping_interval=ping_interval)
    await handler.connect_async()  # type: ignore[no-untyped-call]
    try:
        await server.sockets.connected()
        server.app_is_standing()
        yield Workspace(server, server.sockets, team)
    finally:
        await handler.close_async()  # type: ignore[no-untyped-call]


@asynccontextmanager
async def _served(app: AsyncApp) -> AsyncIterator[str]:
    """The address at which bolt's own web application serves the app."""
    runner = web.AppRunner(app.web_app(EVENTS_PATH), shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0, backlog=1024).start()  # more at once than the usual 128 wait a second
    try:
        yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    finally:
        await runner.cleanup()
