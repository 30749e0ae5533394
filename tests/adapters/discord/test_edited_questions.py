"""Questions that are edited or deleted: the answer follows an edit in its place, once, and after a restart too."""

from datetime import timedelta

import pytest

from adapters.discord.listeners import messages
from storage.database import Database
from tests.adapters.discord.scenes import FERRY, TIMETABLE, Scene, furnished, has_digest, playing
from tests.fakes.discord_reading import visible_text
from tests.fakes.discord_records import ADA, APP, BEN, NEWS
from tests.fakes.discord_server import DiscordServer

BELL, COOK = "what did Ann Bell say", "what did Tom Cook say"
POST = "POST /channels/{channel}/messages"
EARLIER = "-# The question above was changed since; this answers the earlier one."
EDIT = "PATCH /channels/{channel}/messages/{message}"


def mention(words: str) -> str:
    return f"<@{APP}> {words}"


async def test_the_answer_to_an_edited_question_takes_the_place_of_the_one_before(scene: Scene) -> None:
    question = scene.people.mention(BELL)
    await scene.settled()
    scene.people.edit(question, mention(COOK))
    await scene.settled()
    (answer,) = scene.discord.posts(NEWS)
    assert TIMETABLE in visible_text(answer)
    assert FERRY not in visible_text(answer)
    scene.people.edit(question, mention(BELL))
    await scene.settled()
    assert FERRY in scene.posted()
    assert len(scene.discord.calls_of(POST)) == 1


async def test_an_edited_direct_message_is_answered_in_place_too(scene: Scene) -> None:
    question = scene.people.message(BELL)
    await scene.settled()
    scene.people.edit(question, COOK)
    await scene.settled()
    assert TIMETABLE in scene.posted(ADA)
    assert len(scene.discord.posts(ADA)) == 1


async def test_an_edited_question_is_answered_in_place_after_a_restart(discord: DiscordServer, store: Database) -> None:
    room = await furnished(store)
    async with playing(discord, store, room=room) as scene:
        question = scene.people.mention(BELL)
        await scene.settled()
    async with playing(discord, store, room=room) as scene:
        scene.people.edit(question, mention(COOK))
        await scene.settled()
    assert TIMETABLE in scene.posted()
    assert len(discord.posts(NEWS)) == 1
    assert discord.refused == []


async def test_an_edit_that_is_told_twice_and_the_preview_of_a_link_change_nothing(scene: Scene) -> None:
    question = scene.people.mention(BELL)
    await scene.settled()
    scene.people.unfurl(question, "The ferry")
    await scene.settled()
    assert scene.discord.calls_of(EDIT) == []
    scene.people.edit(question, mention(COOK))
    scene.people.unfurl(question, "The ferry")
    await scene.settled()
    assert len(scene.discord.calls_of(EDIT)) == 1


async def test_an_answer_that_becomes_longer_or_shorter_has_no_message_too_few_or_too_many(scene: Scene) -> None:
    for hour in range(7):
        await has_digest(scene.room, schedule=f"daily at {hour}")
    question = scene.people.mention("status")
    await scene.settled()
    numbers = []
    for request in ("subscriptions", "status", "subscriptions"):
        scene.people.edit(question, mention(request))
        await scene.settled()
        numbers.append(len(scene.discord.posts(NEWS)))
        assert ("Digest 7" in scene.posted()) is (request == "subscriptions")
    assert numbers == [2, 1, 2]


async def test_an_edit_that_first_mentions_the_app_is_answered_as_new(scene: Scene) -> None:
    message = scene.people.message(BELL, channel=NEWS)
    await scene.settled()
    scene.people.edit(message, mention(BELL))
    await scene.settled()
    (answer,) = scene.discord.posts(NEWS)
    assert FERRY in visible_text(answer)
    assert answer.reply_to == message.id


async def test_an_edit_that_takes_the_mention_away_leaves_the_answer(scene: Scene) -> None:
    question = scene.people.mention(BELL)
    await scene.settled()
    scene.people.edit(question, COOK)
    await scene.settled()
    assert FERRY in scene.posted()


async def test_a_question_that_was_refused_is_answered_once_it_is_mended(scene: Scene) -> None:
    question = scene.people.mention("hlep")
    await scene.settled()
    assert scene.discord.posts(NEWS) == []
    scene.people.edit(question, mention(BELL))
    await scene.settled()
    assert FERRY in scene.posted()


async def test_what_is_no_question_is_not_done_again_when_it_is_edited(scene: Scene) -> None:
    question = scene.people.mention("digest daily at 8 about the ferry")
    await scene.settled()
    scene.people.edit(question, mention("digest daily at 9 about the ferry"))
    await scene.settled()
    assert "is not done again" in scene.posted(ADA)
    listed = visible_text(await scene.asked_in_a_channel("subscriptions"))
    assert "08:00" in listed
    assert "09:00" not in listed


@pytest.mark.parametrize("words", ["hlep", "what did Ann Bell say since the 55th of Nowhere", "digest daily at 9 about the ferry"])
async def test_an_answer_whose_question_is_edited_into_something_refused_says_that_it_is_to_the_earlier_one(
    scene: Scene, words: str
) -> None:
    question = scene.people.mention(BELL)
    await scene.settled()
    before = scene.discord.posts(NEWS)[0].content
    for _ in range(2):
        scene.people.edit(question, mention(words))
        await scene.settled()
    (answer,) = scene.discord.posts(NEWS)
    assert answer.content == f"{EARLIER}\n{before}"
    assert FERRY in visible_text(answer)
    assert len(scene.discord.posts(ADA)) == 2
    scene.people.edit(question, mention(BELL))
    await scene.settled()
    assert scene.discord.posts(NEWS)[0].content == before


async def test_why_an_edited_question_is_refused_is_told_though_the_answer_before_it_is_gone(rough_scene: Scene) -> None:
    scene = rough_scene
    question = scene.people.mention(BELL)
    await scene.settled()
    scene.people.delete(scene.discord.posts(NEWS)[0])
    scene.people.edit(question, mention("hlep"))
    await scene.settled()
    assert scene.discord.posts(NEWS) == []
    assert len(scene.discord.posts(ADA)) == 1


async def test_an_answer_that_leaves_no_room_for_a_line_stays_as_it_is(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(messages, "LONGEST_CONTENT", len(EARLIER))
    question = scene.people.mention(BELL)
    await scene.settled()
    before = scene.posted()
    scene.people.edit(question, mention("hlep"))
    await scene.settled()
    assert scene.posted() == before


async def test_what_tells_that_something_was_done_stays_when_its_message_is_edited_into_a_question(scene: Scene) -> None:
    message = scene.people.mention("digest daily at 8 about the ferry")
    await scene.settled()
    done = scene.posted()
    for request in (BELL, COOK):
        scene.people.edit(message, mention(request))
        await scene.settled()
    assert done in map(visible_text, scene.discord.posts(NEWS)[:-1])
    assert TIMETABLE in scene.posted()
    assert FERRY not in scene.posted()


async def test_an_edit_while_the_answer_is_under_way_waits_for_it(scene: Scene) -> None:
    held = scene.discord.hold(POST)
    question = scene.people.mention(BELL)
    await held.arrived.wait()
    scene.people.edit(question, mention(COOK))
    await scene.discord.gateway.heard()
    held.release()
    await scene.settled()
    (answer,) = scene.discord.posts(NEWS)
    assert TIMETABLE in visible_text(answer)


async def test_a_message_of_long_ago_that_is_edited_is_left_alone(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(messages, "_FOLLOWED", timedelta(0))
    message = scene.people.message(BELL, channel=NEWS)
    scene.discord.forward(60)
    scene.people.edit(message, mention(BELL))
    await scene.settled()
    assert scene.discord.posts(NEWS) == []


async def test_the_answer_to_a_deleted_question_is_left(scene: Scene) -> None:
    question = scene.people.mention(BELL)
    await scene.settled()
    scene.people.delete(question)
    await scene.settled()
    assert FERRY in scene.posted()


async def test_a_question_that_is_deleted_before_it_is_answered_gets_no_answer(
    rough_scene: Scene, caplog: pytest.LogCaptureFixture
) -> None:
    scene = rough_scene
    async with scene.room.database.writing():
        question = scene.people.mention(BELL)
        await scene.discord.gateway.heard()
        scene.people.delete(question)
    await scene.settled()
    assert scene.discord.posts(NEWS) == scene.discord.posts(ADA) == []
    assert [record for record in caplog.records if record.levelname == "ERROR"] == []


async def test_an_answer_that_somebody_deleted_comes_back_when_its_question_is_edited(rough_scene: Scene) -> None:
    scene = rough_scene
    question = scene.people.mention(BELL, user=BEN)
    await scene.settled()
    scene.people.delete(scene.discord.posts(NEWS)[0])
    scene.people.edit(question, mention(COOK))
    await scene.settled()
    (answer,) = scene.discord.posts(NEWS)
    assert TIMETABLE in visible_text(answer)
    assert answer.reply_to == question.id
