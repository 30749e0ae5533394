"""Discord refuses, breaks off or holds back what is said to it: nothing is said twice, nothing loops."""

import logging
import re

import pytest

from bot.replies import Reply
from tests.adapters.discord.scenes import FERRY, Scene
from tests.fakes.discord_failures import Limit
from tests.fakes.discord_reading import visible_text
from tests.fakes.discord_records import ADA, NEWS

ASK = "who said what about the ferry"
POST = "POST /channels/{channel}/messages"
WEATHER_CHANNEL = 114


def mistakes(caplog: pytest.LogCaptureFixture) -> list[str]:
    """What was logged as an error."""
    return [record.getMessage() for record in caplog.records if record.levelno >= logging.ERROR]


def warnings(caplog: pytest.LogCaptureFixture) -> list[str]:
    """What we logged as a warning."""
    return [record.getMessage() for record in caplog.records if record.levelno == logging.WARNING and record.name == "verbatim.discord"]


def apology(text: str, caplog: pytest.LogCaptureFixture) -> str:
    """The only mistake in the log, which the text must apologise for by its mark."""
    (mistake,) = mistakes(caplog)
    found = re.search(r"a mistake in Verbatim itself.* under ([0-9a-f]{8})\.", text)
    assert found, text
    assert found[1] in mistake
    return mistake


# 2. The post was accepted and the reply timed out: no second post.


@pytest.mark.parametrize("after", [True, False])
async def test_an_answer_whose_connection_broke_stands_there_once(
    rough_scene: Scene, caplog: pytest.LogCaptureFixture, *, after: bool
) -> None:
    scene = rough_scene
    scene.discord.fail(POST, drop=True, after=after)
    question = scene.people.mention(ASK)
    await scene.settled()
    scene.people.again(question)
    await scene.settled()
    assert len(scene.discord.posts(NEWS)) == 1
    assert FERRY in scene.posted()
    first, second = scene.discord.calls_of(POST)
    assert first.arguments["nonce"] == second.arguments["nonce"]
    assert first.arguments["enforce_nonce"] is second.arguments["enforce_nonce"] is True
    assert mistakes(caplog) == []


async def test_two_answers_have_nonces_of_their_own(scene: Scene) -> None:
    await scene.asked_in_a_channel(ASK)
    await scene.asked_in_a_channel(ASK)
    assert len(scene.discord.posts(NEWS)) == len({call.arguments["nonce"] for call in scene.discord.calls_of(POST)}) == 2


async def test_an_answer_for_which_the_connection_breaks_again_and_again_is_let_be(
    rough_scene: Scene, caplog: pytest.LogCaptureFixture
) -> None:
    scene = rough_scene
    scene.discord.fail(POST, drop=True, times=9)
    scene.people.mention(ASK)
    await scene.settled()
    assert len(scene.discord.calls_of(POST)) == 2
    assert mistakes(caplog) == []
    assert warnings(caplog)


# 8. The channel is gone, the token revoked, the app removed: nothing loops, and nothing is a mistake of ours.


@pytest.mark.parametrize(("status", "code"), [(404, 10003), (404, 10004), (403, 50001), (401, 0), (400, 50083), (400, 160005), (503, 0)])
async def test_an_answer_that_discord_refuses_is_tried_once_and_the_next_question_is_answered(
    rough_scene: Scene, status: int, code: int, caplog: pytest.LogCaptureFixture
) -> None:
    scene = rough_scene
    scene.discord.fail(POST, status, code, "Refused")
    question = scene.people.mention(ASK)
    await scene.settled()
    tried = [call for call in scene.discord.calls_of(POST) if call.places["channel"] == str(NEWS)]
    assert len(tried) == 1
    assert mistakes(caplog) == []
    assert code == 50001 or f"{status} {code}): discord message {question.id}" in warnings(caplog)[0]
    assert FERRY in visible_text(await scene.asked_in_a_channel(ASK))


async def test_a_channel_that_is_deleted_while_the_answer_is_looked_for_gets_none(
    rough_scene: Scene, caplog: pytest.LogCaptureFixture
) -> None:
    scene = rough_scene
    async with scene.room.database.writing():
        scene.people.mention(ASK)
        await scene.discord.gateway.heard()
        scene.people.delete_channel(NEWS)
    await scene.settled()
    assert [call.status for call in scene.discord.calls_of(POST)] == [404]
    assert mistakes(caplog) == []


# What Discord refuses because we wrote it wrongly is a mistake of ours.


@pytest.mark.parametrize("code", [50035, 50006, 50109])
async def test_an_answer_that_is_written_wrongly_is_an_apology_to_the_person_alone(
    rough_scene: Scene, code: int, caplog: pytest.LogCaptureFixture
) -> None:
    scene = rough_scene
    scene.discord.fail(POST, 400, code, "Invalid Form Body")
    question = scene.people.mention(ASK)
    await scene.settled()
    assert f"discord message {question.id} (HTTPException 400 {code})" in apology(scene.posted(ADA), caplog)
    assert scene.discord.posts(NEWS) == []


async def test_an_apology_that_discord_does_not_take_either_is_not_tried_again(
    rough_scene: Scene, caplog: pytest.LogCaptureFixture
) -> None:
    scene = rough_scene
    scene.discord.fail(POST, 400, 50035, "Invalid Form Body", times=9)
    scene.people.mention("hlep")
    await scene.settled()
    assert len(scene.discord.calls_of(POST)) == 2
    mistake, apology_for_it = mistakes(caplog)
    assert f"telling the apology for {' '.join(mistake.split()[:2])}" in apology_for_it


# What breaks in our own house is no fault of Discord's, though the system may call it by the same name.


@pytest.mark.parametrize("error", [OSError("No space left on device"), TimeoutError()])
async def test_what_fails_in_the_newsroom_is_not_laid_at_the_door_of_discord(
    rough_scene: Scene, error: OSError, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    scene = rough_scene

    async def broken(*_: object, **__: object) -> Reply:
        raise error

    monkeypatch.setattr(scene.room.newsroom, "handle", broken)
    question = scene.people.mention(ASK)
    await scene.settled()
    assert f"discord message {question.id} ({type(error).__name__})" in apology(scene.posted(ADA), caplog)
    assert warnings(caplog) == []


async def test_what_the_system_says_of_the_connection_to_discord_is_nobody_s_fault(
    rough_scene: Scene, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    scene = rough_scene

    async def lost(*_: object, **__: object) -> None:
        raise TimeoutError

    monkeypatch.setattr(scene.client.http, "send_message", lost)
    question = scene.people.mention(ASK)
    await scene.settled()
    assert warnings(caplog) == [f"Discord did not take it (ClientConnectionError): discord message {question.id}"]
    assert mistakes(caplog) == []


# 10. A 429 in one channel does not hold up the others; Retry-After is kept to.


async def test_a_limit_in_one_channel_does_not_hold_up_another_and_its_answer_comes_later(rough_scene: Scene) -> None:
    scene = rough_scene
    scene.discord.add_channel(WEATHER_CHANNEL, "weather")
    scene.discord.fail(POST, retry_after=0.3)
    scene.people.mention(ASK)
    await scene.discord.next_call(POST)
    scene.people.mention(ASK, channel=WEATHER_CHANNEL)
    await scene.settled()
    assert [(call.places["channel"], call.ok) for call in scene.discord.calls_of(POST)] == [
        (str(NEWS), False),
        (str(WEATHER_CHANNEL), True),
        (str(NEWS), True),
    ]


async def test_as_many_answers_as_discord_takes_are_posted_and_the_others_later(scene: Scene) -> None:
    scene.discord.limits.routes[POST] = Limit(2, 0.1)
    for _ in range(5):
        scene.people.mention(ASK)
    await scene.settled()
    assert len(scene.discord.posts(NEWS)) == 5
