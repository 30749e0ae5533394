import asyncio
import errno
import os
import socket
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from io import BytesIO
from typing import Any

import aiohttp
import pytest
from slack_bolt.async_app import AsyncApp
from slack_sdk.socket_mode.aiohttp import SocketModeClient

from adapters.settings import Settings
from adapters.slack import serving
from adapters.slack.client import web_client
from adapters.slack.connection import connection
from adapters.slack.delivering import SlackPoster
from adapters.slack.http import web_application
from adapters.slack.serving import SlackService
from adapters.slack.socket_mode import listen
from bot.errors import SettingsError, Unreachable
from bot.replies import Chart
from tests.adapters.slack.conftest import socket_settings
from tests.fakes.ports import free_port
from tests.fakes.slack_deliveries import SIGNING_SECRET, HttpDelivery, Sent, Signing
from tests.fakes.slack_server import SlackServer

Ask = Callable[[str], Sent]


def _command(text: str = "help", number: str = "E1") -> Sent:
    payload = {"command": "/verbatim", "text": text, "team_id": "T1", "user_id": "U1", "channel_id": "C1", "trigger_id": number}
    return Sent("slash_commands", payload, number)


def _shortcut(name: str) -> Sent:
    return Sent("interactive", {"type": "shortcut", "callback_id": name, "team": {"id": "T1"}, "user": {"id": "U1"}}, "E1")


def _app(settings: Settings) -> AsyncApp:
    """An app that acks each command with what was asked."""
    app = AsyncApp(client=web_client(settings, settings.slack_bot_token), signing_secret=SIGNING_SECRET)

    @app.command("/verbatim")
    async def answer(ack: Any, command: dict[str, str]) -> None:  # noqa: ANN401 - Bolt's
        await ack(f"You asked: {command['text']}")

    return app


def _service(settings: Settings, app: AsyncApp | None = None) -> SlackService:
    set_up = connection(settings)
    assert set_up
    app = app or _app(settings)
    return SlackService(app, set_up, settings, SlackPoster(app, settings, _undrawn))


async def _undrawn(_: Chart) -> bytes:
    return b""


@asynccontextmanager
async def _running(service: SlackService) -> AsyncIterator[tuple[asyncio.Task[None], str]]:
    """The service while it serves, with the line that it said; stopped at the end, if it has not been."""
    said: asyncio.Queue[str] = asyncio.Queue()
    running = asyncio.create_task(service.run(said.put_nowait))
    waiting = asyncio.create_task(said.get())
    await asyncio.wait([running, waiting], return_when=asyncio.FIRST_COMPLETED)
    if running.done():
        await running
    try:
        yield running, await waiting
    finally:
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)


async def test_over_socket_mode_it_says_who_answers_and_answers(slack: SlackServer, settings: Settings) -> None:
    async with _running(_service(settings)) as (running, line):
        assert line == "@verbatim answers in Harbour Post, over Socket Mode."
        ack = await slack.sockets.send(_command("help"))
        assert ack.payload["text"] == "You asked: help"
        running.cancel()
        with pytest.raises(asyncio.CancelledError):
            await running
    assert slack.sockets.links == []


async def test_what_is_due_is_posted_while_it_serves_and_at_no_other_time(settings: Settings) -> None:
    service = _service(settings)
    assert not service.poster.is_ready
    async with _running(service):
        assert service.poster.is_ready
    assert not service.poster.is_ready


async def test_what_was_begun_is_finished_before_it_ends(slack: SlackServer, settings: Settings) -> None:
    app, begun, go_on, done = _app(settings), asyncio.Event(), asyncio.Event(), asyncio.Event()

    @app.shortcut("slow")
    async def slow(ack: Any) -> None:  # noqa: ANN401
        await ack()
        begun.set()
        await go_on.wait()
        done.set()

    async with _running(_service(settings, app)) as (running, _):
        await slack.sockets.send(_shortcut("slow"))
        await begun.wait()
        running.cancel()
        asyncio.get_running_loop().call_soon(go_on.set)
        await asyncio.wait([running])
        assert done.is_set()


async def test_what_takes_too_long_is_stopped(slack: SlackServer, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(serving, "FINISHING_SECONDS", 0.0)
    app, begun, stopped = _app(settings), asyncio.Event(), asyncio.Event()

    @app.shortcut("endless")
    async def endless(ack: Any) -> None:  # noqa: ANN401
        await ack()
        begun.set()
        try:
            await asyncio.Event().wait()
        finally:
            stopped.set()

    async with _running(_service(settings, app)) as (running, _):
        await slack.sockets.send(_shortcut("endless"))
        await begun.wait()
        running.cancel()
        await asyncio.wait([running])
        assert stopped.is_set()


@pytest.mark.parametrize(
    ("setting", "token", "told"),
    [
        ("slack_bot_token", "xoxb-wrong", "The token in VERBATIM_SLACK_BOT_TOKEN is not a token that Slack knows"),
        ("slack_app_token", "xapp-wrong", "The token in VERBATIM_SLACK_APP_TOKEN is not a token that Slack knows"),
    ],
)
async def test_a_wrong_token_ends_it_at_the_start_with_a_sentence(slack: SlackServer, setting: str, token: str, told: str) -> None:
    with pytest.raises(SettingsError) as caught:
        await _service(socket_settings(slack, **{setting: token})).run(lambda _: None)
    assert told in str(caught.value)
    assert token not in str(caught.value)
    assert caught.value.__cause__ is None


async def test_without_slack_it_ends_at_the_start_with_a_sentence(slack: SlackServer, settings: Settings) -> None:
    slack.fail("auth.test", drop=True, times=9)
    with pytest.raises(Unreachable, match="Slack cannot be reached"):
        await _service(settings).run(lambda _: None)


async def test_an_app_token_that_is_revoked_ends_it_when_it_connects_again(slack: SlackServer, settings: Settings) -> None:
    async with _running(_service(settings)) as (running, _):
        slack.app_tokens.clear()
        await slack.sockets.disconnect()
        with pytest.raises(SettingsError, match="VERBATIM_SLACK_APP_TOKEN"):
            await running
    assert len(slack.calls_of("apps.connections.open")) == 2


async def test_socket_mode_that_is_switched_off_ends_it(slack: SlackServer, settings: Settings) -> None:
    async with _running(_service(settings)) as (running, _):
        await slack.sockets.disconnect("link_disabled")
        with pytest.raises(SettingsError, match="Socket Mode was switched off"):
            await running


async def test_a_message_that_only_speaks_of_switching_off_is_answered(slack: SlackServer, settings: Settings) -> None:
    async with _running(_service(settings)):
        ack = await slack.sockets.send(_command('"link_disabled"'))
        assert ack.ok


@asynccontextmanager
async def _listening(settings: Settings, ping_seconds: float) -> AsyncIterator[None]:
    assert settings.slack_app_token
    task = asyncio.create_task(listen(_app(settings), settings.slack_app_token, connected=lambda: None, ping_seconds=ping_seconds))
    try:
        yield
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


async def test_a_connection_that_went_deaf_is_made_anew_even_where_slack_sdk_does_not_notice(
    slack: SlackServer, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def nothing(_: SocketModeClient) -> None:
        """A monitor that watches nothing."""

    monkeypatch.setattr(SocketModeClient, "monitor_current_session", nothing)
    async with _listening(settings, ping_seconds=0.05):
        await slack.sockets.connected()
        slack.sockets.fall_deaf()
        await slack.sockets.connected(opened=2)
        assert (await slack.sockets.send(_command())).ok


async def test_a_connection_on_which_pings_are_answered_is_kept(slack: SlackServer, settings: Settings) -> None:
    answered: asyncio.Queue[bytes] = asyncio.Queue()
    async with _listening(settings, ping_seconds=0.2):
        link = await slack.sockets.connected()
        pong = link.socket.pong

        async def counted(message: bytes = b"") -> None:
            await pong(message)
            answered.put_nowait(message)

        link.socket.pong = counted  # type: ignore[method-assign]
        for _ in range(8):
            await answered.get()
        assert slack.sockets.opened == 1


def _http_settings(slack: SlackServer) -> Settings:
    return socket_settings(slack, slack_app_token=None, slack_signing_secret=SIGNING_SECRET, http_port=free_port())


def _address(settings: Settings) -> str:
    return f"http://{settings.http_host}:{settings.http_port}/slack/events"


async def _posted(settings: Settings, body: bytes, headers: dict[str, str]) -> int:
    async with aiohttp.ClientSession() as session, session.post(_address(settings), data=BytesIO(body), headers=headers) as response:
        return response.status


async def test_over_http_it_says_where_and_answers_what_is_signed(slack: SlackServer) -> None:
    settings = _http_settings(slack)
    async with _running(_service(settings)) as (_, line), HttpDelivery(_address(settings)) as http:
        assert line == f"@verbatim answers in Harbour Post, over HTTP on 127.0.0.1 port {settings.http_port}, path /slack/events."
        assert (await http.send(_command("help"))).payload["text"] == "You asked: help"


@pytest.mark.parametrize(
    "signing",
    [
        Signing(secret="another"),
        Signing(seconds_late=301),
        Signing(seconds_late=-301),
        Signing(tampered=True),
        Signing(timestamp="soon"),
        Signing(timestamp="9" * 5000),
        Signing(with_signature=False),
        Signing(with_timestamp=False),
    ],
    ids=str,
)
async def test_a_request_that_is_not_well_signed_is_refused_and_nothing_runs(
    slack: SlackServer, signing: Signing, caplog: pytest.LogCaptureFixture
) -> None:
    settings = _http_settings(slack)
    async with _running(_service(settings)), HttpDelivery(_address(settings)) as http:
        ack = await http.send(_command("help"), signing=signing)
        assert ack.status == 401
        assert "You asked" not in str(ack.payload)
    assert "Traceback" not in caplog.text


async def test_a_signature_that_is_no_ascii_is_refused_without_a_mistake_in_the_log(
    slack: SlackServer, caplog: pytest.LogCaptureFixture
) -> None:
    settings = _http_settings(slack)
    headers = {"X-Slack-Signature": "v0=ü", "X-Slack-Request-Timestamp": str(int(slack.now()))}
    async with _running(_service(settings)):
        assert await _posted(settings, b"{}", headers) == 401
    assert "Traceback" not in caplog.text


async def test_a_signed_request_that_is_sent_again_is_refused(slack: SlackServer) -> None:
    settings = _http_settings(slack)
    again = Signing(timestamp=str(int(slack.now())))
    async with _running(_service(settings)), HttpDelivery(_address(settings)) as http:
        assert [(await http.send(_command(), signing=again)).status for _ in range(3)] == [200, 401, 401]
        assert (await http.send(_command(number="E2"), signing=again)).status == 200


async def test_a_signature_is_forgotten_once_it_is_too_old_to_be_good(slack: SlackServer) -> None:
    now, settings = [0.0], _http_settings(slack)
    application = web_application(_app(settings), clock=lambda: now[0])
    runner = aiohttp.web.AppRunner(application)
    await runner.setup()
    await aiohttp.web.TCPSite(runner, settings.http_host, settings.http_port).start()
    again = Signing(timestamp=str(int(slack.now())))
    async with HttpDelivery(_address(settings)) as http:
        assert (await http.send(_command(), signing=again)).status == 200
        now[0] = 600.0
        assert (await http.send(_command(), signing=again)).status == 401
        now[0] = 600.1
        assert (await http.send(_command(), signing=again)).status == 200
    await runner.cleanup()


@pytest.mark.parametrize(
    ("body", "content_type", "status"),
    [
        (b"x" * (2**20 + 1), "application/json", 413),
        (b"\xff\xfe\xff", "application/json", 400),
        (b"{}", "application/json; charset=klingon", 400),
        (b"{", "application/json", 400),
        (b"[" * 100_000, "application/json", 400),
        (b"", "", 401),
    ],
)
async def test_an_odd_body_is_refused_without_a_mistake_in_the_log(
    slack: SlackServer, body: bytes, content_type: str, status: int, caplog: pytest.LogCaptureFixture
) -> None:
    settings = _http_settings(slack)
    signed = Signing().headers("another body", SIGNING_SECRET)
    async with _running(_service(settings)):
        assert await _posted(settings, body, {"Content-Type": content_type, **signed}) == status
    assert "Traceback" not in caplog.text


async def test_a_port_that_is_taken_is_told_in_a_sentence(slack: SlackServer) -> None:
    settings = _http_settings(slack)
    with socket.create_server((settings.http_host, settings.http_port)), pytest.raises(SettingsError) as refusal:
        await _service(settings).run(lambda _: None)
    assert refusal.value.what == f"Nothing can be served on 127.0.0.1 port {settings.http_port}: {os.strerror(errno.EADDRINUSE)}."
