"""2 and 10. Discord holds back what the app asks, or takes it and does not say so: nothing is lost, and nothing is said twice."""

import logging
from typing import Any

import pytest

from tests.adapters.discord.scenes import FERRY, Scene, has_digest
from tests.adapters.discord.using import ACKNOWLEDGE, CHANGE, FOLLOW_UP, answers, pressed, told, used
from tests.fakes.discord_failures import Limit
from tests.fakes.discord_hurry import hurried
from tests.fakes.discord_reading import visible_text
from tests.fakes.discord_records import ADA, BEN, DESK, NEWS

ASK = "who said what about the ferry"
BY_ANN = "quotes by Ann Bell"
POST = "POST /channels/{channel}/messages"


def mistakes(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [record.getMessage() for record in caplog.records if record.levelno >= logging.ERROR]


# 10. A 429 in one channel does not hold up the others; Retry-After is kept to.


async def test_an_answer_that_was_held_back_is_tried_again_after_as_long_as_discord_says(rough_scene: Scene) -> None:
    scene = rough_scene
    scene.discord.fail(POST, retry_after=2.5)
    with hurried() as slept:
        await scene.asked_in_a_channel(ASK)
    assert slept == [2.5]
    assert [call.status for call in scene.discord.calls_of(POST)] == [429, 200]


async def test_while_everything_is_held_back_a_command_is_still_acknowledged_in_time(rough_scene: Scene) -> None:
    scene = rough_scene
    scene.discord.fail(POST, retry_after=0.2, everywhere=True)
    scene.people.mention(ASK)
    await scene.discord.next_call(POST)
    asked = scene.people.command("ask", request=ASK, user=BEN)
    await scene.discord.next_call(ACKNOWLEDGE)
    assert scene.discord.posts(NEWS) == []
    await scene.settled()
    assert FERRY in told(asked)
    assert FERRY in scene.posted()


async def test_when_everything_is_held_back_every_answer_comes_later_and_nothing_is_asked_meanwhile(rough_scene: Scene) -> None:
    scene = rough_scene
    scene.discord.limits.everywhere = Limit(3, 0.2)
    for user in (ADA, BEN) * 4:
        scene.people.mention(ASK, user=user)
    await scene.settled()
    assert len(scene.discord.posts(NEWS)) == 8
    assert len({answer.reply_to for answer in scene.discord.posts(NEWS)}) == 8
    assert all(call.answer["global"] for call in scene.discord.refused)


async def test_the_pages_of_one_answer_that_are_held_back_do_not_hold_up_another_person(rough_scene: Scene) -> None:
    scene = rough_scene
    scene.discord.fail(CHANGE, retry_after=0.2)
    first = scene.people.command("ask", request=ASK)
    await scene.discord.next_call(CHANGE)
    second = scene.people.command("ask", request=BY_ANN, user=BEN)
    await scene.settled()
    assert [call.places["token"] for call in scene.discord.calls_of(CHANGE)] == [first.token, second.token, first.token]
    assert FERRY in told(first)
    assert FERRY in told(second)


async def test_an_app_that_is_kept_out_for_too_many_requests_does_not_try_again_and_again(
    rough_scene: Scene, caplog: pytest.LogCaptureFixture
) -> None:
    scene = rough_scene
    scene.discord.fail(POST, 429, message="You are being blocked from accessing our API.")
    scene.people.mention(ASK)
    await scene.settled()
    assert [call.status for call in scene.discord.calls_of(POST)] == [429]
    assert mistakes(caplog) == []


# 2. It was taken, and Discord did not say so: no second one.


@pytest.mark.parametrize("times", [1, 3])
async def test_an_answer_that_was_taken_with_a_server_error_stands_there_once(rough_scene: Scene, times: int) -> None:
    scene = rough_scene
    scene.discord.fail(POST, 500, after=True, times=times)
    with hurried():
        await scene.asked_in_a_channel(ASK)
    assert len(scene.discord.posts(NEWS)) == 1
    assert len({call.arguments["nonce"] for call in scene.discord.calls_of(POST)}) == 1


@pytest.mark.parametrize("taken", [ACKNOWLEDGE, CHANGE], ids=["acknowledgement", "answer"])
@pytest.mark.parametrize("lost", [{"status": 500}, {"drop": True}])
async def test_a_command_of_which_something_was_taken_without_a_word_is_answered_once(
    rough_scene: Scene, taken: str, lost: dict[str, Any], caplog: pytest.LogCaptureFixture
) -> None:
    scene = rough_scene
    scene.discord.fail(taken, after=True, **lost)
    with hurried():
        asked = await used(scene, "ask", request=ASK)
    assert FERRY in told(asked)
    assert len(answers(asked)) == 1
    assert mistakes(caplog) == []


@pytest.mark.parametrize("lost", [{"status": 500}, {"drop": True}])
async def test_a_list_of_several_messages_of_which_one_was_taken_without_a_word_is_shown_once(
    rough_scene: Scene, lost: dict[str, Any], caplog: pytest.LogCaptureFixture
) -> None:
    scene = rough_scene
    for number in range(12):
        await has_digest(scene.room, about=f"ferry {number}")
    scene.discord.fail(FOLLOW_UP, after=True, **lost)
    with hurried():
        listed = await used(scene, "subscriptions")
    shown = [visible_text(message) for message in answers(listed)]
    assert scene.discord.calls_of(FOLLOW_UP)
    assert len(shown) == len(set(shown)) > 2
    assert all(f"Digest {number + 1}" in told(listed) for number in range(12))
    assert mistakes(caplog) == []


async def test_a_list_goes_on_behind_a_message_that_discord_did_not_take(rough_scene: Scene, caplog: pytest.LogCaptureFixture) -> None:
    scene = rough_scene
    for number in range(12):
        await has_digest(scene.room, about=f"ferry {number}")
    scene.discord.fail(FOLLOW_UP, 500)
    listed = await used(scene, "subscriptions")
    assert "Digest 1" in told(listed)
    assert "Digest 12" in told(listed)
    assert len(answers(listed)) == len(scene.discord.calls_of(FOLLOW_UP))
    assert mistakes(caplog) == []


async def test_an_answer_shared_where_the_app_may_not_write_that_was_taken_without_a_word_is_shared_once(rough_scene: Scene) -> None:
    scene = rough_scene
    answer = await scene.asked(BY_ANN, channel=DESK)
    scene.discord.fail(FOLLOW_UP, 500, after=True)
    done = await pressed(scene, answer, "Share in channel")
    assert len(scene.discord.posts(DESK)) == 1
    assert "Discord did not say that it posted the answer" in told(done)


@pytest.mark.parametrize("lost", [{"status": 500}, {"drop": True}])
async def test_a_file_that_was_taken_without_a_word_is_given_once(rough_scene: Scene, lost: dict[str, Any]) -> None:
    scene = rough_scene
    answer = await scene.asked(BY_ANN)
    for route in (CHANGE, FOLLOW_UP):
        scene.discord.fail(route, after=True, **lost)
    with hurried():
        done = await pressed(scene, answer, "Export CSV")
    assert [list(message.files) for message in answers(done)] == [["quotes-by-ann-bell.csv"]]


async def test_a_message_shared_with_the_channel_that_was_taken_without_a_word_is_shared_once(rough_scene: Scene) -> None:
    scene = rough_scene
    answer = await scene.asked(BY_ANN)
    for route in (POST, CHANGE, FOLLOW_UP):
        scene.discord.fail(route, 500, after=True)
    with hurried():
        await pressed(scene, answer, "Share in channel")
    assert len(scene.discord.posts(NEWS)) == 1


@pytest.mark.parametrize("route", [ACKNOWLEDGE, CHANGE])
async def test_a_file_for_which_the_connection_broke_is_given_all_the_same(rough_scene: Scene, route: str) -> None:
    scene = rough_scene
    answer = await scene.asked(BY_ANN)
    scene.discord.fail(route, drop=True)
    done = await pressed(scene, answer, "Export CSV")
    assert [list(message.files) for message in answers(done)] == [["quotes-by-ann-bell.csv"]]
