"""Mentions in channels, threads and posts of a forum, and direct messages: what asks, and where it is answered."""

import re

import pytest
from discord import MessageType

from adapters.discord import surfaces
from bot.callers import Caller
from bot.replies import Reply
from tests.adapters.discord.scenes import FERRY, Scene, has_digest
from tests.fakes.discord_reading import visible_text
from tests.fakes.discord_records import ADA, APP, APP_ROLE, BEN, EDITORS, NEWS, QUESTIONS, SPORT, WEATHER

ASK = "who said what about the ferry?"
TYPING = "POST /channels/{channel}/typing"


async def test_a_mention_in_a_channel_is_answered_by_a_reply(scene: Scene) -> None:
    question = scene.people.mention(ASK)
    await scene.settled()
    (answer,) = scene.discord.posts(NEWS)
    assert answer.reply_to == question.id
    assert FERRY in scene.posted()
    assert scene.discord.posts(ADA) == []


async def test_a_mention_in_a_thread_is_answered_there_and_the_thread_is_joined(scene: Scene) -> None:
    thread = scene.people.thread("Ferries")
    scene.people.mention(ASK, channel=thread.id)
    await scene.settled()
    assert FERRY in scene.posted(thread.id)
    assert scene.discord.posts(NEWS) == []
    assert APP in thread.joined


async def test_the_first_message_of_a_post_in_a_forum_is_answered_and_what_follows_too(scene: Scene) -> None:
    first = scene.people.forum_post("Ferries", f"<@{APP}> {ASK}", channel=QUESTIONS)
    await scene.settled()
    assert FERRY in scene.posted(first.channel)
    scene.people.mention("status", user=BEN, channel=first.channel)
    await scene.settled()
    assert "2 articles" in scene.posted(first.channel)


async def test_a_direct_message_is_answered_without_a_mention(scene: Scene) -> None:
    assert FERRY in visible_text(await scene.asked_directly(ASK))
    assert scene.discord.posts(NEWS) == []


async def test_a_mention_alone_is_answered_with_help(scene: Scene) -> None:
    assert "who said what about" in visible_text(await scene.asked_in_a_channel(""))
    scene.people.mention("", channel=scene.discord.direct_messages(ADA).id)
    await scene.settled()
    assert "who said what about" in scene.posted(ADA)


async def test_an_answer_of_several_messages_comes_in_order_and_the_first_of_them_is_the_reply(scene: Scene) -> None:
    for hour in range(12):
        await has_digest(scene.room, schedule=f"daily at {hour}")
    question = scene.people.mention("subscriptions")
    await scene.settled()
    answers = scene.discord.posts(NEWS)
    assert [answer.reply_to for answer in answers] == [question.id, *[None] * (len(answers) - 1)]
    read = [int(number) for answer in answers for number in re.findall(r"Digest (\d+)", visible_text(answer))]
    assert read == sorted(read)
    assert len(read) == 12


async def test_the_mention_may_stand_anywhere_and_marks_are_no_part_of_the_question(scene: Scene) -> None:
    for words in (f"hey <@!{APP}>, **who said** `what` about _the ferry_", f"who said what about the ferry, **<@{APP}>**?"):
        scene.people.message(words, channel=NEWS)
        await scene.settled()
        assert scene.posted().startswith("Quotes about ferry by anyone.")


async def test_a_message_that_quotes_a_question_or_shows_it_as_code_is_no_question(scene: Scene) -> None:
    for words in (f"> <@{APP}> {ASK}\nlook at that", f"type `<@{APP}> {ASK}`"):
        scene.people.message(words, user=BEN, channel=NEWS)
    await scene.settled()
    assert scene.discord.posts(NEWS) == scene.discord.posts(BEN) == []


async def test_people_who_are_mentioned_are_read_by_their_names(scene: Scene) -> None:
    scene.discord.add_person(250, "Ann Bell")
    scene.people.mention("what did <@250> say")
    await scene.settled()
    assert FERRY in scene.posted()


async def test_a_message_that_the_platform_tells_twice_is_answered_once(scene: Scene) -> None:
    """1."""
    question = scene.people.mention(ASK)
    scene.people.again(question)
    await scene.settled()
    scene.people.again(question)
    await scene.settled()
    assert len(scene.discord.posts(NEWS)) == 1


async def test_a_reply_that_pings_the_app_without_a_word_to_it_is_no_question(scene: Scene) -> None:
    answer = await scene.asked_in_a_channel(ASK)
    scene.people.message("who said what about that?", channel=NEWS, reply_to=answer)
    await scene.settled()
    assert len(scene.discord.posts(NEWS)) == 1


async def test_a_reply_that_mentions_the_app_is_a_question(scene: Scene) -> None:
    scene.people.mention(ASK, reply_to=scene.people.message("The ferry is late", user=BEN, channel=NEWS))
    await scene.settled()
    assert FERRY in scene.posted()


async def test_it_answers_neither_itself_nor_bots_nor_webhooks(scene: Scene) -> None:
    answer = await scene.asked_directly(ASK)
    scene.people.again(answer)
    scene.people.mention(ASK, user=WEATHER)
    scene.people.webhook(f"<@{APP}> {ASK}")
    await scene.settled()
    assert len(scene.discord.posts(ADA)) == 1
    assert scene.discord.posts(NEWS) == []


@pytest.mark.parametrize(
    "kind", [MessageType.pins_add, MessageType.thread_created, MessageType.new_member, MessageType.thread_starter_message]
)
async def test_it_answers_nothing_that_discord_itself_writes(scene: Scene, kind: MessageType) -> None:
    scene.people.message(f"<@{APP}> {ASK}", channel=NEWS, system=kind.value)
    await scene.settled()
    assert scene.discord.posts(NEWS) == []


async def test_it_answers_nobody_who_did_not_ask_it(scene: Scene) -> None:
    scene.people.message(ASK, channel=NEWS)
    scene.people.message(f"<@{BEN}> {ASK}", channel=NEWS)
    scene.people.mention(ASK, channel=SPORT)
    await scene.settled()
    assert scene.discord.posts(NEWS) == scene.discord.posts(SPORT) == scene.discord.posts(ADA) == []


@pytest.fixture
def slow_scene(rough_scene: Scene, monkeypatch: pytest.MonkeyPatch) -> Scene:
    """A scene in which nothing is answered before the app tried to show that it types."""
    answered = rough_scene.room.newsroom.handle

    async def slowly(text: str, caller: Caller, *, page: int | None = None) -> Reply:
        await rough_scene.discord.next_call(TYPING)
        return await answered(text, caller, page=page)

    monkeypatch.setattr(surfaces, "SOON_SECONDS", 0.0)
    monkeypatch.setattr(rough_scene.room.newsroom, "handle", slowly)
    return rough_scene


async def test_it_is_seen_to_type_while_the_answer_is_looked_up(slow_scene: Scene) -> None:
    await slow_scene.asked_in_a_channel(ASK)
    assert FERRY in slow_scene.posted()
    assert len(slow_scene.discord.calls_of(TYPING)) == 1
    assert slow_scene.discord.refused == []


async def test_that_it_cannot_be_seen_to_type_is_no_matter(slow_scene: Scene) -> None:
    slow_scene.discord.fail(TYPING, 403, 50013, "Missing Permissions")
    await slow_scene.asked_in_a_channel(ASK)
    assert FERRY in slow_scene.posted()


async def test_whoever_mentions_the_role_of_the_app_is_told_what_to_mention_instead(scene: Scene) -> None:
    scene.people.message(f"<@&{APP_ROLE}> {ASK}", channel=NEWS)
    scene.people.message(f"<@&{EDITORS}> {ASK}", channel=NEWS)
    await scene.settled()
    assert scene.discord.posts(NEWS) == []
    (told,) = scene.discord.posts(ADA)
    assert "You mentioned the role of Verbatim" in visible_text(told)
