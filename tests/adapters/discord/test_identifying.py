"""11. Discord takes away the token of a bot that identifies more than 1,000 times a day: it never comes in again in haste."""

import asyncio
import logging
import threading
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import discord as discord_py
import pytest
from discord.backoff import ExponentialBackoff
from discord.gateway import KeepAliveHandler
from hypothesis import given
from hypothesis import strategies as st

from adapters.discord.identifying import KEPT_BACK, Attempts, Pace, PatientClient, patience
from bot.errors import Unreachable
from tests.fakes.discord_running import connected
from tests.fakes.discord_server import DiscordServer

GATEWAY = "GET /gateway/bot"


class Sleeps:
    """A sleep that ends at once and remembers how long it was to be; a test may have something happen in it."""

    def __init__(self) -> None:
        self.slept: list[float] = []
        self.meanwhile: Callable[[], None] = lambda: None

    async def __call__(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.meanwhile()


def _client(sleeps: Sleeps) -> PatientClient:
    pace = Pace(clock=lambda: 0.0, sleep=sleeps)
    return PatientClient(intents=discord_py.Intents(guilds=True), pace=pace, guild_ready_timeout=0)


@pytest.fixture
def sleeps() -> Sleeps:
    return Sleeps()


@asynccontextmanager
async def _in_hand(discord: DiscordServer, sleeps: Sleeps) -> AsyncIterator[asyncio.Task[None]]:
    """A client at work, as the task that ends where it does."""
    async with connected(discord, _client(sleeps)) as running:
        yield running


@pytest.mark.parametrize(("remaining", "seconds"), [(KEPT_BACK, 90.0), (KEPT_BACK + 1, 0.0), (0, 90.0), (1000, 0.0)])
def test_some_identifies_are_kept_back(remaining: int, seconds: float) -> None:
    assert patience(remaining, 90.0) == seconds


def test_a_count_that_is_about_to_begin_anew_is_not_asked_for_without_a_pause() -> None:
    assert patience(0, 0.0) == 1.0


def test_each_attempt_waits_longer_up_to_a_bound() -> None:
    attempts = Attempts((0.0, 5.0, 10.0))
    assert [attempts.next_wait(0) for _ in range(5)] == [0, 5, 10, 10, 10]


def test_after_a_long_calm_attempts_are_made_without_a_wait_again() -> None:
    attempts = Attempts((0.0, 5.0, 10.0))
    assert [attempts.next_wait(now) for now in (0, 0, 605, 1216)] == [0, 5, 10, 0]


@given(gaps=st.lists(st.floats(0, 700), min_size=60, max_size=60))
def test_however_connections_end_there_are_no_more_than_a_few_in_a_minute(gaps: list[float]) -> None:
    attempts, now, made = Pace().connecting, 0.0, []
    for gap in gaps:
        now += attempts.next_wait(now)
        made.append(now)
        now += gap
    assert all(later - earlier >= 40 for earlier, later in zip(made, made[10:], strict=False))


async def test_a_client_that_comes_in_for_the_first_time_does_not_wait(discord: DiscordServer, sleeps: Sleeps) -> None:
    async with _in_hand(discord, sleeps):
        assert len(discord.calls_of(GATEWAY)) == len(discord.gateway.identifies) == 1
        assert sleeps.slept == []


async def test_with_few_identifies_left_it_waits_until_they_are_counted_anew_and_says_so(
    discord: DiscordServer, sleeps: Sleeps, caplog: pytest.LogCaptureFixture
) -> None:
    discord.session_starts["remaining"] = KEPT_BACK

    def reset() -> None:
        assert discord.gateway.identifies == []
        discord.session_starts["remaining"] = 1000

    sleeps.meanwhile = reset
    async with _in_hand(discord, sleeps):
        assert sleeps.slept == [86_400.0]
        assert len(discord.gateway.identifies) == 1
    assert [record.message[:62] for record in caplog.records if record.levelno == logging.WARNING] == [
        "The bot came in to Discord too often today, and waits until it"
    ]


async def test_a_session_that_is_ended_again_and_again_is_begun_anew_ever_more_slowly(discord: DiscordServer, sleeps: Sleeps) -> None:
    async with _in_hand(discord, sleeps):
        for _ in range(4):
            discord.gateway.invalidate(resumable=False)
            await discord.gateway.ready()
        assert sleeps.slept == [5, 1, 10, 2, 20, 4, 30]
        assert len(discord.gateway.identifies) == 5


async def test_a_connection_that_is_cut_again_and_again_is_taken_up_ever_more_slowly(discord: DiscordServer, sleeps: Sleeps) -> None:
    async with _in_hand(discord, sleeps):
        for _ in range(8):
            discord.gateway.abort()
            await discord.gateway.ready()
        assert sleeps.slept == [1, 2, 4, 8, 15, 15, 15]
        assert (len(discord.gateway.identifies), len(discord.gateway.resumes)) == (1, 8)


async def test_with_few_identifies_left_a_session_is_not_begun_anew(discord: DiscordServer, sleeps: Sleeps) -> None:
    async with _in_hand(discord, sleeps) as running:
        discord.session_starts["remaining"] = KEPT_BACK
        discord.gateway.invalidate(resumable=False)
        with pytest.raises(Unreachable, match=r"too often today, and is let in again at \d\d:\d\d UTC"):
            await running
        assert len(discord.gateway.identifies) == 1
    for thread in threading.enumerate():
        if isinstance(thread, KeepAliveHandler):
            thread.join(5)
            assert not thread.is_alive()


async def test_a_gateway_that_lets_nobody_in_is_told_in_a_sentence(
    discord: DiscordServer, sleeps: Sleeps, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ExponentialBackoff, "delay", lambda _: 0.0)
    discord.gateway.is_open = False
    async with _client(sleeps) as client:
        await client.login(discord.token)
        with pytest.raises(Unreachable, match="Discord let nobody in"):
            await client.connect()
