import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from discord.backoff import ExponentialBackoff

from adapters.discord import serving
from adapters.discord.app import build
from adapters.discord.identifying import Pace
from adapters.discord.serving import DiscordService, whereabouts
from adapters.settings import Settings
from bot.callers import Channel
from bot.delivery.posting import Post
from bot.errors import SettingsError, Unreachable
from bot.replies import Reply
from storage.database import Database
from tests.adapters.discord.scenes import FERRY, furnished
from tests.fakes.discord_people import People
from tests.fakes.discord_reading import visible_text
from tests.fakes.discord_records import ADA, APP, GUILD, NEWS, OWNER
from tests.fakes.discord_server import DiscordServer

ME, GATEWAY = "GET /users/@me", "GET /gateway/bot"
POST = "POST /channels/{channel}/messages"
_READY_SECONDS = 0.1  # in which Discord tells of a server
PUT = "PUT /applications/{app}/commands"


async def _at_once(_seconds: float) -> None:
    """No test waits until the app comes in again."""


@pytest.fixture(autouse=True)
def _without_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(serving, "build", partial(build, pace=Pace(sleep=_at_once), guild_ready_timeout=_READY_SECONDS))
    monkeypatch.setattr(ExponentialBackoff, "delay", lambda _: 0.0)


@pytest.fixture
async def service(discord: DiscordServer, store: Database) -> DiscordService:
    return _service((await furnished(store)).newsroom, discord.token)


def _service(newsroom: object, token: str) -> DiscordService:
    settings = Settings.model_validate({"discord_token": token})
    assert settings.discord_token
    return DiscordService(newsroom, settings, settings.discord_token)  # type: ignore[arg-type] # only what is asked for is there


@asynccontextmanager
async def _running(service: DiscordService) -> AsyncIterator[tuple[asyncio.Task[None], str]]:
    """The service while it serves, with the line that it said; stopped at the end, if it has not been."""
    said: asyncio.Queue[str] = asyncio.Queue()
    running = asyncio.create_task(service.run(said.put_nowait))
    waiting = asyncio.create_task(said.get())
    await asyncio.wait([running, waiting], return_when=asyncio.FIRST_COMPLETED)
    if running.done():
        waiting.cancel()
        await running
    try:
        yield running, await waiting
    finally:
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)


@pytest.mark.parametrize(
    ("servers", "line"),
    [
        ([], "@Verbatim is in no server yet: 'verbatim discord invite' prints the link that invites it."),
        (["Harbour Post"], "@Verbatim answers in Harbour Post."),
        (["Oar", "Harbour Post"], "@Verbatim answers in Harbour Post and 1 other server."),
        (["Mill", "Oar", "Harbour Post"], "@Verbatim answers in Harbour Post and 2 other servers."),
        (["", "Harbour Post"], "@Verbatim answers in Harbour Post and 1 other server."),
        ([""], "@Verbatim answers in 1 server."),
        (["Post\nSlack: all is well\x1b[2J"], "@Verbatim answers in Post Slack: all is well\ufffd[2J."),
    ],
)
def test_it_says_where_it_answers(servers: list[str], line: str) -> None:
    assert whereabouts("Verbatim", servers) == line


async def test_it_tells_its_commands_connects_says_where_it_answers_and_answers(discord: DiscordServer, service: DiscordService) -> None:
    async with _running(service) as (running, line):
        assert line == "@Verbatim answers in Harbour Post."
        People(discord).mention("who said what about the ferry", channel=NEWS)
        await discord.next_call(POST)
        assert FERRY in visible_text(discord.posts(NEWS)[-1])
        running.cancel()
        with pytest.raises(asyncio.CancelledError):
            await running
    assert len(discord.calls_of(PUT)) == 1
    assert discord.gateway.closed_with == [1000]
    assert discord.refused == []


async def test_what_is_due_is_posted_by_the_client_that_is_there_whenever_it_is_served(
    discord: DiscordServer, service: DiscordService
) -> None:
    poster, now = service.poster, datetime.now(UTC)
    for number in (1, 2):
        assert not poster.is_ready
        async with _running(service):
            assert poster.is_ready
            place = Channel("discord", str(GUILD), str(NEWS))
            await poster.post(Post(number, f"verbatim-{number}", place, [Reply("Nothing new.")], now, ZoneInfo("UTC")))
    assert [visible_text(message) for message in discord.posts(NEWS)] == ["Nothing new.\nManage"] * 2


async def test_in_two_servers_both_are_counted(discord: DiscordServer, service: DiscordService) -> None:
    discord.add_guild(101, "Hill Gazette", OWNER, APP, owner=OWNER)
    async with _running(service) as (_, line):
        assert line == "@Verbatim answers in Harbour Post and 1 other server."


async def test_what_was_begun_is_finished_and_nothing_more_is_taken_before_it_ends(discord: DiscordServer, service: DiscordService) -> None:
    people, held = People(discord), discord.hold(POST)
    async with _running(service) as (running, _):
        people.mention("who said what about the ferry")
        await held.arrived.wait()
        running.cancel()
        await asyncio.wait([running], timeout=0)
        people.mention("who said what about the timetable")
        held.release()
        await asyncio.wait([running])
    assert len(discord.posts(NEWS)) == 1
    assert FERRY in visible_text(discord.posts(NEWS)[0])


async def test_an_edit_that_waits_for_the_first_answer_is_answered_before_it_ends(discord: DiscordServer, service: DiscordService) -> None:
    people, held = People(discord), discord.hold(POST)
    async with _running(service) as (running, _):
        question = people.mention("who said what about the ferry")
        await held.arrived.wait()
        people.edit(question, f"<@{APP}> who said what about the timetable")
        await discord.gateway.heard()
        running.cancel()
        await asyncio.wait([running], timeout=0)
        held.release()
        await asyncio.wait([running])
    (answer,) = discord.posts(NEWS)
    assert "timetable" in visible_text(answer)


async def test_what_takes_too_long_is_stopped(discord: DiscordServer, service: DiscordService, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(serving, "FINISHING_SECONDS", 0.0)
    held = discord.hold(POST)
    async with _running(service) as (running, _):
        People(discord).mention("who said what about the ferry")
        await held.arrived.wait()
        running.cancel()
        await asyncio.wait([running])
    assert discord.posts(NEWS) == []


async def test_a_wrong_token_ends_it_at_the_start_with_a_sentence(discord: DiscordServer, service: DiscordService) -> None:
    wrong = _service(service.newsroom, f"{discord.token}wrong")
    with pytest.raises(SettingsError, match=r"The token in VERBATIM_DISCORD_TOKEN is not one that Discord knows. Copy it from") as caught:
        await wrong.run(lambda _: None)
    assert discord.token not in str(caught.value)
    assert caught.value.__cause__ is None
    assert discord.gateway.identifies == []


async def test_a_token_that_is_reset_ends_it_when_it_connects_again(discord: DiscordServer, service: DiscordService) -> None:
    async with _running(service) as (running, _):
        discord.token = "MjAw.another.token"
        discord.gateway.abort()
        with pytest.raises(SettingsError, match="Discord does not take the token in VERBATIM_DISCORD_TOKEN any more: it was reset"):
            await running
    assert len(discord.gateway.identifies) == 1


async def test_an_intent_that_was_not_granted_is_named(
    discord: DiscordServer, service: DiscordService, monkeypatch: pytest.MonkeyPatch
) -> None:
    def with_content(*given: object, **options: object) -> object:
        client = build(*given, **options)  # type: ignore[arg-type]
        client._connection._intents.message_content = True
        return client

    monkeypatch.setattr(serving, "build", with_content)
    with pytest.raises(SettingsError, match=r"Discord does not let the bot have what it asks for \(Message Content Intent\)"):
        await service.run(lambda _: None)
    assert len(discord.gateway.identifies) == 1


@pytest.mark.parametrize(
    ("route", "failure", "told"),
    [
        (ME, {"drop": True, "times": 9}, "Discord cannot be reached. Check this machine's connection and its proxy"),
        (ME, {"status": 503}, r"Discord answered with an error \(503\). Try again"),
        (ME, {"retry_after": 3600}, "Discord has had more requests from the bot than it takes"),
        (GATEWAY, {"status": 503}, "Discord did not say where to connect to"),
        (GATEWAY, {"drop": True, "times": 9}, "Discord cannot be reached"),
    ],
)
async def test_without_discord_it_ends_at_the_start_and_serves_when_it_is_run_again(
    discord: DiscordServer, service: DiscordService, route: str, failure: dict[str, object], told: str
) -> None:
    discord.fail(route, **failure)  # type: ignore[arg-type]
    with pytest.raises(Unreachable, match=told):
        await service.run(lambda _: None)
    discord.failures.release_all()
    async with _running(service) as (_, line):
        assert line == "@Verbatim answers in Harbour Post."


async def test_a_gateway_that_lets_nobody_in_ends_it_and_it_serves_when_it_is_run_again(
    discord: DiscordServer, service: DiscordService
) -> None:
    discord.gateway.is_open = False
    with pytest.raises(Unreachable, match="Discord let nobody in"):
        await service.run(lambda _: None)
    discord.gateway.is_open = True
    async with _running(service) as (_, line):
        assert line == "@Verbatim answers in Harbour Post."


async def test_commands_that_cannot_be_told_do_not_keep_it_from_serving(discord: DiscordServer, service: DiscordService) -> None:
    discord.fail(PUT, 503)
    async with _running(service) as (_, line):
        assert line == "@Verbatim answers in Harbour Post."


@pytest.mark.parametrize("code", [4010, 4013])
async def test_a_connection_that_discord_ends_for_good_is_told_with_its_code(
    discord: DiscordServer, service: DiscordService, code: int
) -> None:
    async with _running(service) as (running, _):
        await discord.gateway.close(code)
        with pytest.raises(Unreachable, match=f"Discord ended the connection for good \\(code {code}\\)"):
            await running


async def test_what_is_asked_between_two_runs_is_answered_once_it_serves_again(discord: DiscordServer, service: DiscordService) -> None:
    people, ask = People(discord), "who said what about the ferry"
    async with _running(service) as (running, _):
        people.message("status")
        await discord.next_call(POST)
        await discord.gateway.close(4010, forget=True)
        with pytest.raises(Unreachable):
            await running
    people.mention(ask)
    people.message(ask, user=ADA)
    async with _running(service):
        for _ in range(2):
            await discord.next_call(POST)
    assert [FERRY in visible_text(answer) for answer in [*discord.posts(NEWS), *discord.posts(ADA)]] == [True, False, True]


async def test_what_was_being_looked_up_when_a_run_ended_is_looked_up_by_the_next(
    discord: DiscordServer, service: DiscordService, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(serving, "FINISHING_SECONDS", 0.0)

    async def lost(running: asyncio.Task[None]) -> None:
        await discord.gateway.close(4010, forget=True)
        with pytest.raises(Unreachable):
            await running

    async with _running(service) as (running, _):
        await lost(running)
    People(discord).mention("who said what about the ferry")
    held = discord.hold("GET /channels/{channel}/messages")
    async with _running(service) as (running, _):
        await held.arrived.wait()
        await lost(running)
    assert discord.posts(NEWS) == []
    async with _running(service):
        await discord.next_call(POST)
    assert FERRY in visible_text(discord.posts(NEWS)[0])


async def test_discord_is_reached_through_the_proxy_of_the_environment(
    discord: DiscordServer, service: DiscordService, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("no_proxy", "")
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:1")
    with pytest.raises(Unreachable, match="proxy"):
        await service.run(lambda _: None)
    assert discord.calls == []
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    async with _running(service) as (_, line):
        assert line == "@Verbatim answers in Harbour Post."


_SERVE = """
import functools, sys
from tests.fakes.discord_address import point_at
point_at(sys.argv[1])
from adapters.discord import serving
serving.build = functools.partial(serving.build, guild_ready_timeout=0.3)
from adapters.terminal.app import run
sys.exit(run(["serve"]))
"""


async def _serve(discord: DiscordServer, folder: Path) -> asyncio.subprocess.Process:
    """`verbatim serve` as a process of its own, with the Discord of this one."""
    environment = {
        **os.environ,
        "VERBATIM_DATABASE_URL": f"sqlite:///{folder / 'verbatim.db'}",
        "VERBATIM_LOG_LEVEL": "debug",
        "VERBATIM_LOG_FILE": str(folder / "serve.log"),
        "VERBATIM_DISCORD_TOKEN": discord.token,
    }
    arguments = (sys.executable, "-c", _SERVE, discord.url)
    return await asyncio.create_subprocess_exec(*arguments, env=environment, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE)


async def test_verbatim_serve_connects_answers_and_ends_well_when_it_is_told_to(discord: DiscordServer, tmp_path: Path) -> None:
    discord.token = "bm90.to-be.seen"
    process = await _serve(discord, tmp_path)
    assert process.stdout
    while b"@Verbatim" not in (line := await process.stdout.readline()):
        assert line, "it ended before it served"
    assert line == b"Discord: @Verbatim answers in Harbour Post.\n"
    People(discord).mention("help")
    await discord.next_call(POST)
    process.send_signal(signal.SIGTERM)
    _, errors = await process.communicate()
    assert (process.returncode, errors) == (0, b"")
    assert discord.gateway.closed_with == [1000]
    assert discord.posts(NEWS)
    log = (tmp_path / "serve.log").read_text()
    assert log
    assert discord.token not in log


async def test_verbatim_serve_with_a_wrong_token_ends_with_code_2_and_a_sentence(discord: DiscordServer, tmp_path: Path) -> None:
    discord.token = "bm90.to-be.seen"
    process = await _serve(discord, tmp_path)
    discord.token = "MjAw.another.token"
    _, errors = await process.communicate()
    assert process.returncode == 2
    assert errors.startswith(b"The token in VERBATIM_DISCORD_TOKEN is not one that Discord knows. Copy it from the page Bot")
    assert b"bm90" not in errors + (tmp_path / "serve.log").read_bytes()
