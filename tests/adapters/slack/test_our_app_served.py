"""Verbatim's own app behind what `verbatim serve` runs: what is not signed changes nothing, and a deaf connection is made anew."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from aiohttp import web

from adapters.settings import Settings
from adapters.slack.app import build
from adapters.slack.client import web_client
from adapters.slack.http import web_application
from adapters.slack.socket_mode import listen
from storage.database import Database
from tests.adapters.slack.conftest import socket_settings
from tests.adapters.slack.scenes import has_digest, why_paused
from tests.fakes.ports import free_port
from tests.fakes.slack_deliveries import SIGNING_SECRET, HttpDelivery, Sent, Signing
from tests.fakes.slack_payloads import Payloads
from tests.fakes.slack_server import SlackServer
from tests.fakes.slack_workspace import Workspace
from tests.newsrooms import Room


@pytest.fixture
async def room(store: Database) -> Room:
    room = Room.over(store)
    await has_digest(room)
    return room


@pytest.fixture
async def over_http(slack: SlackServer, room: Room) -> AsyncIterator[HttpDelivery]:
    """The way to the app over HTTP."""
    settings = socket_settings(slack, slack_app_token=None, slack_signing_secret=SIGNING_SECRET, http_port=free_port())
    app = build(room.newsroom, settings=settings, client=web_client(settings, settings.slack_bot_token))
    runner = web.AppRunner(web_application(app), shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, settings.http_host, settings.http_port).start()
    async with HttpDelivery(f"http://{settings.http_host}:{settings.http_port}/slack/events") as delivery:
        yield delivery
    await runner.cleanup()


def unsubscribing(slack: SlackServer) -> Sent:
    """A command that would end the digest."""
    payload = Payloads(slack, slack.teams["T1"]).command("/verbatim", "unsubscribe 1", slack.people["U1"], slack.channels["C1"])
    return Sent("slash_commands", payload, "envelope-1")


@pytest.mark.parametrize(
    "signing",
    [
        Signing(secret="another"),
        Signing(seconds_late=301),
        Signing(seconds_late=-301),
        Signing(tampered=True),
        Signing(timestamp="soon"),
        Signing(with_signature=False),
        Signing(with_timestamp=False),
    ],
    ids=str,
)
async def test_a_command_that_is_not_well_signed_is_refused_and_nothing_is_done(
    slack: SlackServer, room: Room, over_http: HttpDelivery, signing: Signing
) -> None:
    """26."""
    assert (await over_http.send(unsubscribing(slack), signing=signing)).status == 401
    await slack.settled()
    assert await why_paused(room) == [None]
    assert slack.calls == []


async def test_a_command_that_is_sent_again_as_it_was_signed_is_refused(slack: SlackServer, over_http: HttpDelivery) -> None:
    """26."""
    sent, once = unsubscribing(slack), Signing(timestamp=str(int(slack.now())))
    assert [(await over_http.send(sent, signing=once)).status for _ in range(2)] == [200, 401]
    await slack.settled()
    assert len(slack.ephemerals("U1")) == 1


@asynccontextmanager
async def listening(settings: Settings, room: Room) -> AsyncIterator[None]:
    app = build(room.newsroom, settings=settings, client=web_client(settings, settings.slack_bot_token))
    assert settings.slack_app_token
    task = asyncio.create_task(listen(app, settings.slack_app_token, connected=lambda: None, ping_seconds=0.05))
    try:
        yield
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


async def test_a_connection_that_went_deaf_is_made_anew_and_questions_are_answered(
    slack: SlackServer, settings: Settings, room: Room
) -> None:
    """9."""
    async with listening(settings, room):
        await slack.sockets.connected()
        slack.sockets.fall_deaf()
        await slack.sockets.connected(opened=2)
        assert (await Workspace(slack, slack.sockets).command("subscriptions")).ok
        assert (await slack.next_call("response_url")).ok
    assert len(slack.ephemerals("U1")) == 1
