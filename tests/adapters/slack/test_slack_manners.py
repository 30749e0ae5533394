"""How a guest in a workspace behaves, over HTTP and over a socket: discreet, quick to say that it heard, and no talker to itself."""

import pytest

from storage.database import Database
from tests.adapters.slack.scenes import Scene, has_digest, many_quotes
from tests.fakes.slack_reading import labels, visible_text
from tests.fakes.slack_records import Json

ASK = "who said what about the ferry"
POSTS = ("chat.postMessage", "chat.postEphemeral", "response_url")


async def test_all_that_comes_of_a_private_answer_is_private_until_it_is_shared(scene: Scene) -> None:
    """28."""
    await many_quotes(scene.room, 9)
    shown = await scene.asked(ASK)
    for label in ("More (5)", "Show context", "Wrong speaker?", "Export CSV"):
        await scene.press(shown, label)
    suggested = await scene.asked("hlep")
    await scene.press(suggested, labels(suggested)[0])
    assert scene.slack.posts("C1") == []
    assert scene.slack.ephemerals("U2") == []
    await scene.press(shown, "Share in channel")
    assert len(scene.slack.posts("C1")) == 1


async def test_what_one_person_presses_in_a_thread_is_told_to_that_person_alone(scene: Scene) -> None:
    """28."""
    await many_quotes(scene.room, 9)
    await scene.press(await scene.asked_in_a_thread(ASK), "More (5)", user="U2")
    assert len(scene.slack.posts("C1")) == 1
    assert len(scene.slack.ephemerals("U2")) == 1
    assert scene.slack.ephemerals("U1") == []


async def test_the_digests_of_a_private_channel_are_listed_there_alone(scene: Scene) -> None:
    """28."""
    await has_digest(scene.room, owner="U2", channel="G1")
    for answer in (await scene.asked("subscriptions"), await scene.asked_directly("subscriptions")):
        assert "None is set up here." in visible_text(answer)
    await scene.workspace.open_home()
    await scene.settled()
    home = scene.slack.home("U1")
    assert home
    assert "You have set up none." in visible_text(home)
    await scene.workspace.command("subscriptions", channel="G1")
    await scene.settled()
    assert "Digest 1: about ferry" in scene.whispered()


async def test_it_does_not_answer_itself(scene: Scene) -> None:
    answer = await scene.asked_directly("help")
    await scene.workspace.echo(answer)
    await scene.settled()
    assert len(scene.slack.posts("U1")) == 1


async def test_it_answers_no_other_bot(scene: Scene) -> None:
    acks = [await scene.workspace.message(ASK, bot_id="B9")]
    written = scene.workspace.say(f"<@U0BOT> {ASK}", user="U9BOT")
    written.bot_id = "B9"
    acks.append(await scene.workspace.event(scene.workspace.payloads.message(written, "app_mention")))
    await scene.settled()
    assert all(ack.ok for ack in acks)
    assert scene.slack.posts("C1") == scene.slack.posts("U1") == []


@pytest.mark.parametrize("subtype", ["message_changed", "message_deleted", "channel_topic", "bot_message", "me_message"])
async def test_it_answers_no_change_of_a_message(scene: Scene, subtype: str) -> None:
    ack = await scene.workspace.message(ASK)
    await scene.settled()
    assert ack.message
    told = scene.workspace.payloads.message(ack.message, "message")
    edited: Json = {**told, "subtype": subtype, "ts": scene.slack.new_ts(), "message": told, "previous_message": told}
    assert (await scene.workspace.event(edited)).ok
    await scene.settled()
    assert len(scene.slack.posts("U1")) == 1


@pytest.mark.parametrize("kind", ["channel_archive", "channel_rename", "reaction_added", "app_home_opened", "tokens_revoked"])
async def test_what_it_is_told_and_is_none_of_its_business_leaves_no_line_in_the_log(
    scene: Scene, caplog: pytest.LogCaptureFixture, kind: str
) -> None:
    caplog.set_level("INFO")
    told: Json = {"type": kind, "channel": "C1", "user": "U1", "tab": "messages", "tokens": {}}
    assert (await scene.workspace.event(told)).ok
    await scene.settled()
    assert [record.message for record in caplog.get_records("call") if record.name.startswith(("verbatim", "slack_bolt"))] == []


async def test_a_mention_that_is_edited_is_not_answered_again(scene: Scene) -> None:
    ack = await scene.workspace.mention(ASK)
    await scene.settled()
    assert ack.message
    told = scene.workspace.payloads.message(ack.message, "app_mention")
    await scene.workspace.event({**told, "text": f"<@U0BOT> {ASK} today", "edited": {"user": "U1", "ts": scene.slack.new_ts()}})
    await scene.settled()
    assert len(scene.slack.posts("C1")) == 1


async def test_it_answers_nobody_who_did_not_ask_it(scene: Scene) -> None:
    assert (await scene.workspace.message(ASK, channel="C1")).ok
    await scene.settled()
    assert scene.slack.posts("C1") == []


async def test_it_never_has_slack_unfurl_link_or_parse_anything(scene: Scene) -> None:
    await scene.asked("digest daily at 8 about the ferry")
    await scene.press(await scene.asked(ASK), "Share in channel")
    await scene.asked_in_a_thread(ASK)
    await scene.asked_directly(ASK)
    await scene.workspace.mention("hlep")
    await scene.settled()
    said = [call for method in POSTS for call in scene.slack.calls_of(method) if call.arguments.get("text")]
    assert {call.method for call in said} == set(POSTS)
    for call in said:
        assert not call.arguments.get("link_names")
        assert call.arguments.get("parse") in (None, "none")
        if call.method != "chat.postEphemeral":  # which is never unfurled
            assert call.arguments["unfurl_links"] is call.arguments["unfurl_media"] is False


async def test_everything_is_acknowledged_before_slack_is_asked_who_it_was(scene: Scene) -> None:
    held = scene.slack.hold("users.info", times=3)
    acks = [await scene.workspace.command(ASK), await scene.workspace.mention(ASK), await scene.workspace.message(ASK)]
    assert all(ack.ok for ack in acks)
    await held.arrived.wait()
    assert scene.slack.ephemerals("U1") == scene.slack.posts("C1") == []
    held.release()
    await scene.settled()
    assert len(scene.slack.ephemerals("U1")) == len(scene.slack.posts("C1")) == len(scene.slack.posts("U1")) == 1


async def test_everything_is_acknowledged_while_somebody_else_holds_the_store(scene: Scene, store: Database) -> None:
    shown = await scene.asked(ASK)
    async with store.writing():
        acks = [await scene.workspace.command(ASK), await scene.workspace.click(shown, "Export CSV"), await scene.workspace.shortcut("ask")]
        assert all(ack.ok for ack in acks)
        assert scene.slack.files == {}
    await scene.settled()
    assert len(scene.slack.files) == 1
