"""Slack refuses, breaks off or holds back what is said to it, over HTTP and over a socket: nothing is said twice, nothing loops."""

import logging
import re

import pytest

from tests.adapters.slack.scenes import FERRY, Scene
from tests.fakes.slack_reading import visible_text

ASK = "who said what about the ferry"


def mistakes(caplog: pytest.LogCaptureFixture) -> list[str]:
    """What was logged as an error."""
    return [record.getMessage() for record in caplog.records if record.levelno >= logging.ERROR]


def warnings(caplog: pytest.LogCaptureFixture) -> list[str]:
    """What we logged as a warning."""
    return [record.getMessage() for record in caplog.records if record.levelno == logging.WARNING and record.name == "verbatim.slack"]


def apology(text: str, caplog: pytest.LogCaptureFixture) -> str:
    """The only mistake in the log, which the text must apologise for by its mark."""
    (mistake,) = mistakes(caplog)
    found = re.search(r"a mistake in Verbatim itself.* under ([0-9a-f]{8})\.", text)
    assert found, text
    assert found[1] in mistake
    return mistake


# 2. The post was accepted and the reply timed out: no second post.


async def test_an_answer_that_was_taken_before_the_connection_broke_is_not_posted_again(
    scene: Scene, caplog: pytest.LogCaptureFixture
) -> None:
    scene.slack.fail("chat.postMessage", drop=True, after=True)
    ack = await scene.workspace.mention(ASK)
    await scene.settled()
    assert (await scene.workspace.again(ack)).ok
    await scene.settled()
    assert len(scene.slack.posts("C1")) == len(scene.slack.calls_of("chat.postMessage")) == 1
    assert mistakes(caplog) == []


async def test_an_answer_to_a_command_that_was_taken_before_the_connection_broke_is_not_sent_again(scene: Scene) -> None:
    scene.slack.fail("response_url", drop=True, after=True)
    ack = await scene.workspace.command(ASK)
    await scene.settled()
    assert (await scene.workspace.again(ack)).ok
    await scene.settled()
    assert len(scene.slack.ephemerals("U1")) == len(scene.slack.calls_of("response_url")) == 1


async def test_an_answer_that_met_an_error_of_slack_is_not_posted_again(rough_scene: Scene) -> None:
    rough_scene.slack.fail("chat.postMessage", "internal_error", status=500, after=True)
    await rough_scene.workspace.mention(ASK)
    await rough_scene.settled()
    assert len(rough_scene.slack.posts("C1")) == 1


# 8. The channel is archived or gone, the token revoked, the app removed: nothing loops, and nothing is a mistake of ours.


@pytest.mark.parametrize("error", ["is_archived", "channel_not_found", "not_in_channel", "token_revoked", "account_inactive"])
async def test_an_answer_that_slack_refuses_is_tried_once_and_the_next_question_is_answered(
    rough_scene: Scene, error: str, caplog: pytest.LogCaptureFixture
) -> None:
    scene = rough_scene
    scene.slack.fail("chat.postMessage", error)
    ack = await scene.workspace.mention(ASK)
    await scene.settled()
    assert ack.ok
    assert len(scene.slack.calls_of("chat.postMessage")) == 1
    assert mistakes(caplog) == []
    (warned,) = warnings(caplog)
    assert error in warned
    assert ack.message
    assert f"slack message T1 C1 {ack.message.ts}" in warned
    assert FERRY in visible_text(await scene.asked_in_a_thread(ASK))


async def test_a_channel_that_is_archived_while_the_answer_is_looked_for_gets_none(rough_scene: Scene) -> None:
    scene = rough_scene
    held = scene.slack.hold("users.info")
    await scene.workspace.mention(ASK)
    await held.arrived.wait()
    scene.slack.channels["C1"].archived = True
    held.release()
    await scene.settled()
    assert scene.slack.posts("C1") == []
    assert len(scene.slack.calls_of("chat.postMessage")) == 1


async def test_what_cannot_even_be_told_to_the_person_is_let_be(rough_scene: Scene, caplog: pytest.LogCaptureFixture) -> None:
    scene = rough_scene
    scene.slack.fail("chat.postEphemeral", "user_not_in_channel")
    await scene.workspace.mention("hlep")
    await scene.settled()
    assert len(scene.slack.calls_of("chat.postEphemeral")) == 1
    assert mistakes(caplog) == []


async def test_an_address_for_answers_that_is_no_longer_good_is_let_be(rough_scene: Scene, caplog: pytest.LogCaptureFixture) -> None:
    scene = rough_scene
    held = scene.slack.hold("users.info")
    await scene.workspace.command(ASK)
    await held.arrived.wait()
    scene.slack.forward(31 * 60)
    held.release()
    await scene.settled()
    assert scene.slack.ephemerals("U1") == []
    assert mistakes(caplog) == []


async def test_a_modal_that_was_closed_meanwhile_is_let_be(rough_scene: Scene, caplog: pytest.LogCaptureFixture) -> None:
    scene = rough_scene
    await scene.workspace.shortcut("ask")
    await scene.settled()
    held = scene.slack.hold("users.info")
    await scene.workspace.submit({"question": ASK})
    await held.arrived.wait()
    await scene.workspace.close()
    held.release()
    await scene.settled()
    assert scene.slack.modal("U1") is None
    assert mistakes(caplog) == []


# What Slack refuses because we wrote it wrongly is a mistake of ours.


@pytest.mark.parametrize("error", ["invalid_blocks", "invalid_arguments", "msg_too_long", "no_such_error"])
async def test_an_answer_that_is_written_wrongly_is_an_apology_to_the_person_alone(
    rough_scene: Scene, error: str, caplog: pytest.LogCaptureFixture
) -> None:
    scene = rough_scene
    scene.slack.fail("chat.postMessage", error)
    ack = await scene.workspace.mention(ASK)
    await scene.settled()
    assert ack.message
    mistake = apology(scene.whispered(), caplog)
    assert f"slack message T1 C1 {ack.message.ts} (SlackApiError {error})" in mistake
    assert scene.slack.posts("C1") == []


async def test_a_private_answer_that_is_written_wrongly_is_an_apology(rough_scene: Scene, caplog: pytest.LogCaptureFixture) -> None:
    scene = rough_scene
    scene.slack.fail("response_url", "invalid_blocks", status=400)
    await scene.asked(ASK)
    assert "(NotPosted invalid_blocks)" in apology(scene.whispered(), caplog)


async def test_an_answer_in_a_modal_that_is_written_wrongly_is_an_apology_in_its_place(
    rough_scene: Scene, caplog: pytest.LogCaptureFixture
) -> None:
    scene = rough_scene
    await scene.workspace.shortcut("ask")
    await scene.settled()
    scene.slack.fail("views.update", "invalid_arguments")
    await scene.workspace.submit({"question": ASK})
    await scene.settled()
    apology(visible_text(scene.modal()), caplog)


async def test_a_refusal_that_is_written_wrongly_is_an_apology_too(rough_scene: Scene, caplog: pytest.LogCaptureFixture) -> None:
    scene = rough_scene
    scene.slack.fail("chat.postEphemeral", "invalid_blocks")
    await scene.workspace.mention("hlep")
    await scene.settled()
    apology(scene.whispered(), caplog)


async def test_an_apology_that_slack_does_not_take_either_is_not_tried_again(rough_scene: Scene, caplog: pytest.LogCaptureFixture) -> None:
    scene = rough_scene
    scene.slack.fail("chat.postEphemeral", "invalid_blocks", times=9)
    await scene.workspace.mention("hlep")
    await scene.settled()
    assert len(scene.slack.calls_of("chat.postEphemeral")) == 2
    mistake, apology_for_it = mistakes(caplog)
    assert f"telling the apology for {' '.join(mistake.split()[:2])} (SlackApiError invalid_blocks)" in apology_for_it


# 10. A 429 in one channel does not hold up the others; Retry-After is kept to.


async def test_a_limit_in_one_channel_does_not_hold_up_another_and_its_answer_comes_later(rough_scene: Scene) -> None:
    scene = rough_scene
    scene.slack.add_channel("C4", "weather", "U1", "U0BOT")
    scene.slack.fail("chat.postMessage", retry_after=1)
    await scene.workspace.mention(ASK)
    await scene.slack.next_call("chat.postMessage")
    await scene.workspace.mention(ASK, channel="C4")
    await scene.settled()
    assert [(call.arguments["channel"], call.ok) for call in scene.slack.calls_of("chat.postMessage")] == [
        ("C1", False),
        ("C4", True),
        ("C1", True),
    ]


async def test_a_limit_that_nobody_would_wait_for_is_not_waited_for(rough_scene: Scene) -> None:
    scene = rough_scene
    scene.slack.fail("chat.postMessage", retry_after=3600)
    await scene.workspace.mention(ASK)
    await scene.settled()
    assert len(scene.slack.calls_of("chat.postMessage")) == 1
