from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from slack_bolt.app.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.context.respond.async_respond import AsyncRespond
from slack_bolt.request.async_request import AsyncBoltRequest

from tests.fakes.slack_deliveries import SIGNING_SECRET, HttpDelivery, Sent, Signing
from tests.fakes.slack_server import SlackServer
from tests.fakes.slack_transports import TRANSPORTS, Transport, connected

PING = 0.2


@pytest.fixture
def app(slack: SlackServer) -> AsyncApp:
    app = AsyncApp(client=slack.client(), signing_secret=SIGNING_SECRET)

    @app.command("/verbatim")
    async def _command(ack: AsyncAck, respond: AsyncRespond, command: dict[str, Any]) -> None:
        if command["text"] == "silence":
            return
        await ack()
        await respond(text=command["text"])

    return app


@pytest.mark.parametrize(
    ("signing", "status"),
    [
        (Signing(), 200),
        (Signing(secret="another-secret"), 401),
        (Signing(with_signature=False), 401),
        (Signing(with_timestamp=False), 401),
        (Signing(tampered=True), 401),
        (Signing(seconds_late=305), 401),
        (Signing(seconds_late=-305), 401),
        (Signing(seconds_late=290), 200),
    ],
    ids=str,
)
async def test_bolt_takes_only_requests_that_slack_signed_just_now(
    slack: SlackServer, app: AsyncApp, signing: Signing, status: int
) -> None:
    async with connected(slack, app, "http") as workspace:
        payload = workspace.payloads.command("/verbatim", "help", slack.people["U1"], slack.channels["C1"])
        assert isinstance(workspace.delivery, HttpDelivery)
        ack = await workspace.delivery.send(Sent("slash_commands", payload, "1"), signing=signing)
        await slack.settled()
    assert ack.status == status
    assert len(slack.ephemerals("U1")) == (status == 200)


async def test_a_time_that_is_no_number_is_sent_and_signed_as_it_is(slack: SlackServer, app: AsyncApp) -> None:
    async with connected(slack, app, "http") as workspace:
        assert isinstance(workspace.delivery, HttpDelivery)
        ack = await workspace.delivery.send(Sent("events_api", {"type": "url_verification"}, "1"), signing=Signing(timestamp="noon"))
    assert ack.status != 200


async def test_the_address_of_an_app_is_verified_when_the_request_is_signed(slack: SlackServer, app: AsyncApp) -> None:
    async with connected(slack, app, "http") as workspace:
        assert isinstance(workspace.delivery, HttpDelivery)
        question = Sent("events_api", {"type": "url_verification", "challenge": "abc"}, "1")
        assert (await workspace.delivery.send(question)).payload == {"challenge": "abc"}
        assert (await workspace.delivery.send(question, signing=Signing(with_signature=False))).status == 401


@pytest.mark.parametrize("transport", TRANSPORTS)
async def test_what_is_delivered_again_is_acknowledged_again(slack: SlackServer, app: AsyncApp, transport: Transport) -> None:
    heard: list[str] = []

    @app.event("app_mention")
    async def _mention(body: dict[str, Any]) -> None:
        heard.append(body["event_id"])

    async with connected(slack, app, transport) as workspace:
        first = await workspace.mention("help", event_id="Ev7")
        again = await workspace.again(first)
        await slack.settled()
    assert first.ok
    assert again.ok
    assert heard == ["Ev7", "Ev7"]


@pytest.mark.parametrize("transport", TRANSPORTS)
async def test_what_is_never_acknowledged_has_no_good_status(slack: SlackServer, app: AsyncApp, transport: Transport) -> None:
    slack.sockets.patience = 0.2
    async with connected(slack, app, transport) as workspace:
        ack = await workspace.command("silence")
    assert not ack.ok
    assert ack.status == (404 if transport == "http" else None)


async def test_nobody_at_the_address_is_no_ack() -> None:
    async with HttpDelivery("http://127.0.0.1:1/slack/events") as delivery:
        ack = await delivery.send(Sent("events_api", {}, "1"))
    assert (ack.ok, ack.status) == (False, None)


@pytest.mark.parametrize("breaking", ["disconnect", "close", "abort", "deaf"])
async def test_the_app_comes_back_over_a_new_socket_and_what_was_sent_meanwhile_is_answered_once(
    slack: SlackServer, app: AsyncApp, breaking: str
) -> None:
    async with connected(slack, app, "socket", ping_interval=PING) as workspace:
        await slack.sockets.connected()
        match breaking:
            case "disconnect":
                await slack.sockets.disconnect("refresh_requested")
            case "close":
                await slack.sockets.close()
            case "abort":
                slack.sockets.abort()
            case "deaf":
                slack.sockets.fall_deaf()
        ack = await workspace.command("meanwhile")
        await slack.sockets.connected(opened=2)
        assert (await workspace.command("and then")).ok
        await slack.settled()
    assert ack.ok
    assert [message.text for message in slack.ephemerals("U1")] == ["meanwhile", "and then"]


async def test_an_event_whose_connection_goes_before_the_ack_is_sent_again_and_a_command_is_not(slack: SlackServer, app: AsyncApp) -> None:
    attempts: list[str | None] = []

    @app.event("app_mention")
    async def _mention(request: AsyncBoltRequest) -> None:
        attempts.append(request.headers.get("x-slack-retry-num", ["0"])[0])

    @app.middleware
    async def _break_off(next: Callable[[], Awaitable[None]]) -> None:  # noqa: A002 (bolt's name)
        if slack.sockets.opened == 1:
            slack.sockets.abort()
        await next()

    async with connected(slack, app, "socket", ping_interval=PING) as workspace:
        assert (await workspace.mention("help")).ok
        await slack.settled()
        slack.sockets.opened = 1
        assert not (await workspace.command("help")).ok
    assert attempts == ["0", "1"]


async def test_several_sockets_are_open_at_once_and_the_newest_is_told(slack: SlackServer, app: AsyncApp) -> None:
    async with connected(slack, app, "socket"), connected(slack, app, "socket") as workspace:
        assert len(slack.sockets.links) == 2
        assert (await workspace.command("help")).ok
        await slack.settled()
    assert len(slack.ephemerals("U1")) == 1


async def test_a_socket_that_never_comes_back_is_said(slack: SlackServer) -> None:
    with pytest.raises(AssertionError, match="the app opened 0 connections"):
        await slack.sockets.connected(within=0.01)
