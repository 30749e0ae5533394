"""The command in the menu of a message: who said the words that the message quotes."""

import pytest

from tests.adapters.discord.scenes import FERRY, TIMETABLE, Scene
from tests.adapters.discord.using import answer, answers, pressed, told
from tests.fakes.discord_reading import visible_text
from tests.fakes.discord_records import ADA, BEN, NEWS, WEATHER, Interaction, Message

FIND = "Find these words"


async def found(scene: Scene, message: Message, *, user: int = BEN) -> Interaction:
    """Somebody uses the command at a message."""
    done = scene.people.message_command(FIND, message, user=user)
    await scene.settled()
    return done


async def test_the_words_that_a_message_quotes_are_found_for_whoever_asks_alone(scene: Scene) -> None:
    message = scene.people.message(f'Did you see "{FERRY}" anywhere?', channel=NEWS)
    done = await found(scene, message)
    assert FERRY in told(done)
    assert "Ann Bell" in told(done)
    assert scene.discord.ephemerals(BEN) == answers(done)
    assert scene.discord.posts(NEWS) == []
    assert scene.discord.ephemerals(ADA) == []


async def test_each_phrase_of_a_message_has_its_own_answer(scene: Scene) -> None:
    done = await found(scene, scene.people.message(f'"{FERRY}", and then "{TIMETABLE}"?', channel=NEWS))
    assert [words in text for words, text in zip((FERRY, TIMETABLE), map(visible_text, answers(done)), strict=True)] == [True, True]


async def test_marks_and_mentions_in_a_message_do_not_hide_its_words(scene: Scene) -> None:
    message = scene.people.message(f'<@{BEN}> saw **"We will not wait for the ferry *any longer*"**', channel=NEWS)
    assert FERRY in told(await found(scene, message))


async def test_the_words_that_another_app_posted_in_an_embed_are_found(scene: Scene) -> None:
    message = scene.people.message("", user=WEATHER, channel=NEWS)
    message.embeds = [{"type": "rich", "title": "From the feed", "description": f'Ann Bell: "{FERRY}."'}]
    assert FERRY in told(await found(scene, message))


async def test_the_mention_of_whoever_wrote_a_message_does_not_part_its_marks(scene: Scene) -> None:
    message = scene.people.message(f'"<@{BEN}>" "{FERRY}"', user=BEN, channel=NEWS)
    assert FERRY in told(await found(scene, message))


async def test_the_address_behind_a_link_is_no_word_of_a_message(scene: Scene) -> None:
    message = scene.people.message(f"[{FERRY}](https://example.org/ferry_(late)?a=b)", channel=NEWS)
    done = await found(scene, message)
    assert "Ann Bell" in told(done)
    assert "example.org/ferry" not in told(done)


async def test_what_stands_behind_the_link_of_a_person_is_not_what_that_person_wrote(scene: Scene) -> None:
    message = scene.people.message(f'"{FERRY}" https://example.org/', channel=NEWS)
    message.embeds = [{"type": "link", "title": f'"{TIMETABLE}"', "url": "https://example.org/"}]
    done = await found(scene, message)
    assert len(answers(done)) == 1
    assert "Ann Bell" in told(done)


@pytest.mark.parametrize("asked", ["who said what about the ferry", "quotes by Ann Bell", "digest"])
async def test_of_an_answer_of_ours_the_quotes_are_found(scene: Scene, asked: str) -> None:
    done = await found(scene, await scene.asked_in_a_channel(asked))
    assert FERRY in told(done)
    assert all("Nothing was found" not in visible_text(each) for each in answers(done))


async def test_of_a_passage_that_we_show_the_words_of_its_quote_are_found(scene: Scene) -> None:
    passage = answer(await pressed(scene, await scene.asked_directly("quotes by Ann Bell"), "Show context"))
    done = await found(scene, passage, user=ADA)
    assert f"Quotes with the words “{FERRY}”" in told(done)


@pytest.mark.parametrize("asked", ["status", "help"])
async def test_an_answer_of_ours_that_quotes_nobody_has_no_words_to_be_found(scene: Scene, asked: str) -> None:
    done = await found(scene, await scene.asked_in_a_channel(asked))
    assert "There are no quoted words" in told(done)


async def test_a_message_without_words_is_told_to_whoever_asked_alone(scene: Scene) -> None:
    message = scene.people.message("", channel=NEWS)
    done = await found(scene, message)
    assert told(done)
    assert scene.discord.ephemerals(BEN) == answers(done)
    assert scene.discord.posts(NEWS) == []


async def test_words_in_direct_messages_are_found_there(scene: Scene) -> None:
    message = scene.people.message(f'"{FERRY}"', channel=None)
    await scene.settled()
    before = len(scene.discord.posts(ADA))
    done = await found(scene, message, user=ADA)
    assert scene.discord.posts(ADA)[before:] == answers(done)
    assert FERRY in told(done)


async def test_the_words_of_a_message_in_which_nobody_spoke_to_us_are_read_at_no_other_time(scene: Scene) -> None:
    scene.people.message(f'"{FERRY}"', channel=NEWS)
    await scene.settled()
    assert scene.discord.posts(NEWS) == []
    assert scene.discord.ephemerals(ADA) == []
