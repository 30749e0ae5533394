"""The buttons and menus under an answer: more, only direct, export, context, suggestions; each answers whoever pressed it alone."""

import csv
import io

import pytest

from bot.newsroom import Newsroom
from bot.replies import Export, ExportFormat
from tests.adapters.discord.scenes import FERRY, TIMETABLE, Scene, many_quotes
from tests.adapters.discord.using import CHANGE, answer, pressed, told
from tests.fakes.discord_reading import labels, visible_text
from tests.fakes.discord_records import ADA, BEN, NEWS, Message
from tests.newsrooms import ED, article

ABOUT_THE_FERRY = "quotes about the ferry"


async def test_more_in_a_private_answer_shows_the_next_page_to_the_person_alone(scene: Scene) -> None:
    await many_quotes(scene.room, 8)
    first = await scene.asked(ABOUT_THE_FERRY)
    second = answer(await pressed(scene, first, "More (5)"))
    assert "Quotes 6 to 10 of 10" in visible_text(second)
    assert "Share in channel" in labels(second)
    assert [label for label in labels(second) if label.startswith("More")] == []
    assert scene.discord.ephemerals(ADA) == [first, second]
    assert scene.discord.posts(NEWS) == []


async def test_more_in_a_channel_is_shown_to_whoever_pressed_alone(scene: Scene) -> None:
    await many_quotes(scene.room, 8)
    first = await scene.asked_in_a_channel(ABOUT_THE_FERRY)
    second = answer(await pressed(scene, first, "More (5)", user=BEN))
    assert "Quotes 6 to 10 of 10" in visible_text(second)
    assert scene.discord.ephemerals(BEN) == [second]
    assert scene.discord.posts(NEWS) == [first]
    assert scene.discord.ephemerals(ADA) == []


async def test_more_in_direct_messages_is_posted_there(scene: Scene) -> None:
    await many_quotes(scene.room, 8)
    first = await scene.asked_directly(ABOUT_THE_FERRY)
    second = answer(await pressed(scene, first, "More (5)"))
    assert "Quotes 6 to 10 of 10" in visible_text(second)
    assert scene.discord.posts(ADA) == [first, second]
    assert scene.discord.ephemerals(ADA) == []


async def test_what_is_read_between_two_pages_shifts_nothing(scene: Scene) -> None:
    await many_quotes(scene.room, 8)
    first = await scene.asked(ABOUT_THE_FERRY)
    await scene.room.read(article('Mia Fox said: "A newer ferry quote."', number=95))
    assert "A newer ferry quote" not in told(await pressed(scene, first, "More (5)"))


async def test_only_direct_leaves_out_what_is_not_in_quotation_marks(scene: Scene) -> None:
    every = await scene.asked("what does Tom Cook want")
    assert "a boat on Sundays" in visible_text(every)
    direct = answer(await pressed(scene, every, "Only direct"))
    assert TIMETABLE in visible_text(direct)
    assert "a boat on Sundays" not in visible_text(direct)
    assert "Only direct" not in labels(direct)


async def test_an_export_is_a_file_for_whoever_pressed_alone(scene: Scene) -> None:
    await many_quotes(scene.room, 8)
    shown = await scene.asked_in_a_channel(ABOUT_THE_FERRY)
    exported = answer(await pressed(scene, shown, "Export CSV", user=BEN))
    assert scene.discord.ephemerals(BEN) == [exported]
    assert scene.discord.posts(NEWS) == [shown]
    expected = {FERRY + ".", TIMETABLE + ".", *(f"The ferry number {number} is late again." for number in range(8))}
    assert {row["words"].strip("“”") for row in _rows(exported)} == expected


async def test_an_export_has_the_exact_words_whatever_they_are(scene: Scene) -> None:
    words = "Ünd “dann”, @everyone & *Semikola*; <@201> `alles`, 🚢"
    await scene.room.read(article(f'Mia Fox said: "{words}"', number=50))
    exported = answer(await pressed(scene, await scene.asked("what did Mia Fox say"), "Export CSV"))
    assert [row["words"] for row in _rows(exported)] == [f"“{words}”"]


async def test_an_export_in_direct_messages_is_posted_there(scene: Scene) -> None:
    shown = await scene.asked_directly(ABOUT_THE_FERRY)
    exported = answer(await pressed(scene, shown, "Export CSV"))
    assert scene.discord.posts(ADA) == [shown, exported]
    assert len(_rows(exported)) == 2


@pytest.mark.parametrize(("more", "is_file"), [(0, True), (1, False)])
async def test_an_export_that_is_larger_than_discord_takes_is_told_with_what_to_do(
    scene: Scene, monkeypatch: pytest.MonkeyPatch, more: int, is_file: bool
) -> None:
    async def large(_: Newsroom, __: int, ___: ExportFormat) -> Export:
        return Export("quotes.csv", b"x" * (10 * 1024 * 1024 + more), "Many quotes.", "9 quotes")

    monkeypatch.setattr(Newsroom, "export", large)
    done = await pressed(scene, await scene.asked(ABOUT_THE_FERRY), "Export CSV")
    assert (answer(done).files != {}) is is_file
    assert ("The file would have 10.5 MB, and Discord takes 10.5 here. Ask for less" in told(done)) is not is_file


async def test_a_file_that_discord_does_not_take_is_told_to_whoever_pressed(rough_scene: Scene) -> None:
    shown = await rough_scene.asked_in_a_channel(ABOUT_THE_FERRY)
    rough_scene.discord.fail(CHANGE, 413, 40005, "Request entity too large")
    assert "Discord did not say that it took the file. Try again." in told(await pressed(rough_scene, shown, "Export CSV", user=BEN))
    assert answer(await pressed(rough_scene, shown, "Export CSV", user=BEN)).files


async def test_context_shows_the_words_in_their_paragraph_to_whoever_pressed_alone(scene: Scene) -> None:
    shown = await scene.asked_in_a_channel("what did Ann Bell say")
    context = answer(await pressed(scene, shown, "Show context", user=BEN))
    assert f'Ann Bell said: "{FERRY}."' in visible_text(context)
    assert scene.discord.ephemerals(BEN) == [context]
    assert scene.discord.posts(NEWS) == [shown]


async def test_of_several_quotes_the_one_that_was_chosen_in_the_menu_is_shown(scene: Scene) -> None:
    shown = await scene.asked(ABOUT_THE_FERRY)
    for label, words in (("#1 Ann Bell", FERRY), ("#3 Tom Cook", TIMETABLE)):
        option = next(each for each in labels(shown) if each.startswith(label))
        assert f'said: "{words}."' in told(await pressed(scene, shown, option))


async def test_context_in_direct_messages_is_posted_there(scene: Scene) -> None:
    shown = await scene.asked_directly("what did Ann Bell say")
    context = answer(await pressed(scene, shown, "Show context"))
    assert scene.discord.posts(ADA) == [shown, context]


async def test_context_of_a_quote_whose_article_was_taken_down_is_a_sentence_for_whoever_pressed(scene: Scene) -> None:
    shown = await scene.asked_in_a_channel("what did Ann Bell say")
    await scene.room.newsroom.remove("1", author=ED)
    done = await pressed(scene, shown, "Show context", user=BEN)
    assert "There is no quote 1." in told(done)
    assert scene.discord.ephemerals(BEN) == [answer(done)]


async def test_a_suggestion_is_asked_for_whoever_presses_it_alone(scene: Scene) -> None:
    shown = await scene.asked_in_a_channel("quotes by Ann Bull")
    done = await pressed(scene, shown, "what has Ann Bell said", user=BEN)
    assert FERRY in told(done)
    assert scene.discord.ephemerals(BEN) == [answer(done)]
    assert scene.discord.posts(NEWS) == [shown]


async def test_a_suggestion_in_direct_messages_is_answered_there(scene: Scene) -> None:
    done = await pressed(scene, await scene.asked_directly("help"), "what has Ann Bell said")
    assert FERRY in scene.posted(ADA)
    assert scene.discord.posts(ADA)[-1] is answer(done)


def _rows(message: Message) -> list[dict[str, str]]:
    (content,) = message.files.values()
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))
