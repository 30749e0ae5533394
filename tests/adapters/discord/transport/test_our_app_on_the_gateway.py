"""9 and 11. The connection of our app is lost in every way in which it can be: what was asked is answered once, and it comes in again."""

from collections.abc import AsyncIterator

import pytest

from adapters.discord.app import build
from adapters.discord.identifying import Pace
from adapters.settings import Settings
from storage.database import Database
from tests.adapters.discord.scenes import FERRY, Scene, furnished
from tests.adapters.discord.using import pressed
from tests.fakes.discord_people import People
from tests.fakes.discord_reading import visible_text
from tests.fakes.discord_records import ADA, BEN, NEWS
from tests.fakes.discord_running import connected
from tests.fakes.discord_server import DiscordServer

ASK = "who said what about the ferry"
BY_ANN = "quotes by Ann Bell"


async def test_whatever_was_done_while_the_connection_was_cut_is_answered_once_when_it_goes_on(scene: Scene) -> None:
    before = await scene.asked_in_a_channel(BY_ANN)
    scene.discord.gateway.abort()
    scene.people.mention(ASK)
    scene.people.message(ASK)
    asked = scene.people.command("ask", request=ASK, user=BEN)
    clicked = scene.people.click(before, "Show context", user=BEN)
    await scene.discord.gateway.ready()
    await scene.settled()
    assert len(scene.discord.posts(NEWS)) == 2
    assert [FERRY in visible_text(answer) for answer in scene.discord.posts(ADA)] == [True]
    assert (asked.acknowledged, clicked.acknowledged) == (5, 5)
    assert len(scene.discord.ephemerals(BEN)) == 2
    assert (len(scene.discord.gateway.identifies), len(scene.discord.gateway.resumes)) == (1, 1)


async def test_what_was_told_before_the_connection_was_cut_and_is_told_again_is_answered_once(scene: Scene) -> None:
    mention, direct = scene.people.mention(ASK), scene.people.message(ASK)
    await scene.settled()
    scene.discord.gateway.abort()
    scene.people.again(mention)
    scene.people.again(direct)
    await scene.discord.gateway.ready()
    await scene.settled()
    assert (len(scene.discord.posts(NEWS)), len(scene.discord.posts(ADA))) == (1, 1)


async def test_an_answer_that_is_being_looked_for_when_the_connection_is_cut_is_posted_once(scene: Scene) -> None:
    async with scene.room.database.writing():
        scene.people.mention(ASK)
        await scene.discord.gateway.heard()
        scene.discord.gateway.abort()
        await scene.discord.gateway.ready()
    await scene.settled()
    assert len(scene.discord.posts(NEWS)) == 1


async def test_a_command_of_which_the_app_hears_too_late_is_let_be(rough_scene: Scene, caplog: pytest.LogCaptureFixture) -> None:
    scene = rough_scene
    scene.discord.gateway.abort()
    asked = scene.people.command("ask", request=ASK)
    scene.discord.forward(4)
    await scene.discord.gateway.ready()
    await scene.settled()
    assert asked.message is None
    assert [call.answer["code"] for call in scene.discord.refused] == [10062]
    assert scene.discord.posts(NEWS) == scene.discord.posts(ADA) == []
    assert [record for record in caplog.records if record.levelname == "ERROR"] == []


async def test_an_app_that_is_asked_to_reconnect_resumes_and_answers_what_was_asked_meanwhile_once(scene: Scene) -> None:
    scene.discord.gateway.ask_to_reconnect()
    scene.people.mention(ASK)
    await scene.discord.until(lambda: scene.discord.gateway.resumes, "a resume")
    scene.people.mention(ASK)
    await scene.discord.gateway.ready()
    await scene.settled()
    assert len(scene.discord.posts(NEWS)) == 2
    assert len(scene.discord.gateway.identifies) == 1


@pytest.mark.parametrize(("resumable", "identifies", "resumes"), [(True, 1, 1), (False, 2, 0)])
async def test_a_session_that_discord_calls_invalid_goes_on_or_is_begun_anew_and_what_was_asked_meanwhile_is_answered_once(
    scene: Scene, *, resumable: bool, identifies: int, resumes: int
) -> None:
    gateway = scene.discord.gateway
    gateway.invalidate(resumable=resumable)
    asked = scene.people.mention(ASK)
    await scene.discord.until(lambda: len(gateway.identifies) + len(gateway.resumes) == 2, "the app again")
    await gateway.ready()
    await scene.discord.until(lambda: scene.discord.posts(NEWS), "an answer")
    await scene.settled()
    assert [answer.reply_to for answer in scene.discord.posts(NEWS)] == [asked.id]
    assert (len(gateway.identifies), len(gateway.resumes)) == (identifies, resumes)


async def test_a_session_that_cannot_be_resumed_any_more_is_begun_anew_and_what_was_asked_meanwhile_is_answered_once(scene: Scene) -> None:
    gateway = scene.discord.gateway
    before = scene.people.mention(ASK)
    await scene.settled()
    gateway.sessions.clear()
    gateway.abort()
    missed = scene.people.mention(ASK, user=BEN)
    await gateway.ready()
    await scene.discord.until(lambda: len(scene.discord.posts(NEWS)) > 1, "an answer")
    await scene.settled()
    assert [answer.reply_to for answer in scene.discord.posts(NEWS)] == [before.id, missed.id]
    assert (len(gateway.identifies), len(gateway.resumes)) == (2, 1)


async def test_old_buttons_work_after_a_session_was_begun_anew(scene: Scene) -> None:
    answer = await scene.asked_in_a_channel(BY_ANN)
    scene.discord.gateway.invalidate(resumable=False)
    await scene.discord.until(lambda: len(scene.discord.gateway.identifies) == 2, "the app again")
    await scene.discord.gateway.ready()
    await pressed(scene, answer, "Show context")
    assert FERRY in scene.whispered()


class Pacing:
    """A sleep that is over at once, and remembers what it was to be."""

    def __init__(self) -> None:
        self.slept: list[float] = []

    async def __call__(self, seconds: float) -> None:
        self.slept.append(seconds)


@pytest.fixture
async def pacing() -> Pacing:
    return Pacing()


@pytest.fixture
async def nervous_scene(discord: DiscordServer, store: Database, pacing: Pacing) -> AsyncIterator[Scene]:
    """The app with a heart that beats twenty times a second, and that says how long it would have waited before it came in again."""
    discord.gateway.interval = 0.05
    room = await furnished(store)
    settings = Settings.model_validate({"discord_token": discord.token, "time_zone": "Europe/London"})
    client = build(room.newsroom, settings=settings, pace=Pace(sleep=pacing), guild_ready_timeout=0, heartbeat_timeout=0.2)
    async with connected(discord, client):
        yield Scene(discord, People(discord), room, client)


async def test_a_connection_that_is_deaf_is_noticed_and_made_anew_and_what_was_asked_is_answered_once(nervous_scene: Scene) -> None:
    scene = nervous_scene
    scene.discord.gateway.acknowledges = False
    await scene.discord.until(lambda: scene.discord.gateway.resumes, "a resume")
    scene.discord.gateway.acknowledges = True
    scene.people.mention(ASK)
    await scene.discord.gateway.ready()
    await scene.settled()
    assert len(scene.discord.posts(NEWS)) == 1
    assert 4000 in scene.discord.gateway.closed_with
    assert len(scene.discord.gateway.identifies) == 1


@pytest.mark.parametrize("code", [1000, 1001, 4000, 4007, 4008, 4009])
async def test_a_gateway_that_turns_the_app_away_again_and_again_is_asked_ever_more_slowly(
    discord: DiscordServer, nervous_scene: Scene, pacing: Pacing, code: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("discord.backoff.ExponentialBackoff.delay", lambda _: 0.0)
    gateway = discord.gateway
    gateway.turns_away = code
    await gateway.close(code)
    await discord.until(lambda: len(gateway.identifies) + len(gateway.resumes) > 6, "the app again and again")
    gateway.turns_away = None
    await gateway.ready()
    nervous_scene.people.mention(ASK)
    await nervous_scene.settled()
    assert len(discord.posts(NEWS)) == 1
    tried = len(gateway.identifies) + len(gateway.resumes)
    assert len(pacing.slept) >= tried - 2
    assert max(pacing.slept) >= 8
