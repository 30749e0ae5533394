"""The command in the menu of a message: who said the words that the message quotes."""

from tests.adapters.discord.scenes import FERRY, TIMETABLE, Scene
from tests.adapters.discord.using import answers, told
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
