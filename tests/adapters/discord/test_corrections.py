"""Who said it after all: the form at each quote, what becomes of the answer, and who may."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from adapters.discord.listeners import pressed as pressing
from adapters.setting_types import AllowedOnDiscord
from storage.database import Database
from tests.adapters.discord.scenes import FERRY, TIMETABLE, Scene, many_quotes, playing
from tests.adapters.discord.using import ACKNOWLEDGE, CHANGE, FORM, THINKING, answer, answers, form, pressed, submitted, told
from tests.fakes.discord_reading import labels, visible_text
from tests.fakes.discord_records import ADA, BEN, NEWS, OWNER, Interaction, Message
from tests.fakes.discord_server import DiscordServer
from tests.fakes.discord_typing import Typed
from tests.newsrooms import ED

ANN = "what did Ann Bell say"
ABOUT_THE_FERRY = "who said what about the ferry"
FERRY_QUOTE = 1
CHOSEN_FERRY = "#1 Ann Bell: We will not wait for the ferry any longer."
WRONG = "Wrong speaker?"
NOBODY = "Nobody said this: it is not a quote"
FIELD = "Who said it?"
ELSE = "Somebody else"
REFUSAL = "You may not correct quotes and people"


async def test_the_form_shows_the_words_and_lists_the_people_of_the_article(scene: Scene) -> None:
    await pressed(scene, await scene.asked(ANN), WRONG)
    shown = form(scene)
    assert FERRY in shown
    assert [name in shown for name in ("Ann Bell, as it is now", "Tom Cook", NOBODY)] == [True] * 3
    assert "A name, if it is not in the list." in shown


async def test_a_private_answer_is_shown_again_with_the_speaker_that_was_chosen(scene: Scene) -> None:
    shown = await scene.asked(ABOUT_THE_FERRY)
    done = await correct_ferry(scene, shown, {FIELD: "Tom Cook"})
    assert "Ann Bell" not in visible_text(shown)
    assert "Corrected: a person set the speaker." in visible_text(shown)
    assert "Share in channel" in labels(shown)
    assert "Quote 1 is now by Tom Cook; it was by Ann Bell." in told(done)
    assert await scene.room.by(FERRY_QUOTE) == "Tom Cook"
    assert scene.discord.modal(ADA) is None
    assert scene.discord.ephemerals(ADA) == [shown, answer(done)]
    assert scene.discord.posts(NEWS) == []


async def test_an_answer_in_a_channel_is_corrected_for_all_and_what_became_of_it_told_to_the_corrector_alone(scene: Scene) -> None:
    shown = await scene.asked_in_a_channel(ABOUT_THE_FERRY)
    done = await correct_ferry(scene, shown, {FIELD: "Tom Cook"}, user=BEN)
    assert scene.discord.posts(NEWS) == [shown]
    assert "Ann Bell" not in visible_text(shown)
    assert "Share in channel" not in labels(shown)
    assert scene.discord.ephemerals(BEN) == [answer(done)]
    assert scene.discord.ephemerals(ADA) == []


async def test_an_answer_in_direct_messages_is_corrected_and_told_there(scene: Scene) -> None:
    shown = await scene.asked_directly(ABOUT_THE_FERRY)
    done = await correct_ferry(scene, shown, {FIELD: "Tom Cook"})
    assert scene.discord.posts(ADA) == [shown, answer(done)]
    assert "Ann Bell" not in visible_text(shown)
    assert scene.discord.ephemerals(ADA) == []


async def test_the_page_that_was_corrected_is_the_one_that_is_shown_again(scene: Scene) -> None:
    await many_quotes(scene.room, 8)
    first = await scene.asked("quotes about the ferry")
    second = answer(await pressed(scene, first, "More (5)"))
    before = visible_text(first)
    await correct_ferry(scene, second, {ELSE: "Mia Fox"})
    assert visible_text(first) == before
    assert "Quotes 6 to 10 of 10" in visible_text(second)
    assert "Mia Fox" in visible_text(second)


@pytest.mark.parametrize(
    ("given", "speaker", "says"),
    [
        ({FIELD: "Tom Cook", ELSE: "  Mia Fox "}, "Mia Fox", "Mia Fox is a new speaker."),
        ({ELSE: "@everyone *Mia* <@201>"}, "@everyone *Mia* <@201>", "@everyone *Mia* <@201>"),
        ({ELSE: "Tom Cooke"}, "Tom Cooke", "Did you mean Tom Cook?"),
        ({}, "Ann Bell", "Nobody was chosen, so nothing is corrected. Use “Wrong speaker?” again"),
    ],
)
async def test_a_name_of_ones_own_counts_more_than_the_choice_and_what_is_nothing_corrects_nothing(
    scene: Scene, given: Typed, speaker: str, says: str
) -> None:
    await pressed(scene, await scene.asked(ANN), WRONG)
    done = await submitted(scene, given)
    assert says in told(done)
    assert await scene.room.by(FERRY_QUOTE) == speaker


async def test_what_nobody_said_is_gone_from_the_answer_and_undo_brings_it_back(scene: Scene) -> None:
    shown = await scene.asked(ABOUT_THE_FERRY)
    done = await correct_ferry(scene, shown, {FIELD: NOBODY})
    assert FERRY not in visible_text(shown)
    assert TIMETABLE in visible_text(shown)
    assert "Quote 1 is no longer shown: it is not a quote." in told(done)
    await pressed(scene, answer(done), "Undo")
    assert FERRY in visible_text(await scene.asked(ANN))


async def test_undo_is_told_in_the_place_of_the_correction_and_the_answer_of_all_is_as_it_was(scene: Scene) -> None:
    shown = await scene.asked_in_a_channel(ANN)
    corrected = answer(await correct(scene, shown, {FIELD: "Tom Cook"}, user=BEN))
    assert "Tom Cook" in visible_text(shown)
    assert answers(await pressed(scene, corrected, "Undo", user=BEN)) == []
    assert "Undone: quote 1 is by Ann Bell again." in visible_text(corrected)
    assert "Undo" not in labels(corrected)
    assert "Ann Bell" in visible_text(shown)
    assert "Tom Cook" not in visible_text(shown)
    assert scene.discord.posts(NEWS) == [shown]
    assert scene.discord.ephemerals(BEN) == [corrected]


async def test_undo_shows_the_page_again_on_which_the_correction_was_made_and_who_shared_it(scene: Scene) -> None:
    await many_quotes(scene.room, 8)
    first = await scene.asked("quotes about the ferry")
    await pressed(scene, answer(await pressed(scene, first, "More (5)")), "Share in channel")
    (shared,) = scene.discord.posts(NEWS)
    before = visible_text(shared)
    corrected = answer(await correct_ferry(scene, shared, {ELSE: "Mia Fox"}, user=BEN))
    assert visible_text(shared) != before
    await pressed(scene, corrected, "Undo", user=BEN)
    assert visible_text(shared) == before


async def test_a_correction_that_was_typed_is_undone_in_the_place_of_what_told_of_it(scene: Scene) -> None:
    told_of = await scene.asked_in_a_channel("fix 1 speaker Tom Cook")
    assert answers(await pressed(scene, told_of, "Undo", user=BEN)) == []
    assert "Undone: quote 1 is by Ann Bell again." in visible_text(told_of)
    assert labels(told_of) == ["Show context", "Wrong speaker?"]


async def test_undo_is_done_though_the_answer_was_deleted(rough_scene: Scene) -> None:
    shown = await rough_scene.asked_in_a_channel(ANN)
    corrected = answer(await correct(rough_scene, shown, {FIELD: "Tom Cook"}))
    rough_scene.people.delete(shown)
    await pressed(rough_scene, corrected, "Undo")
    assert "Undone: quote 1 is by Ann Bell again." in visible_text(corrected)


async def test_undo_is_done_once_however_often_it_is_told_and_what_stands_no_more_says_so(rough_scene: Scene) -> None:
    corrected = answer(await correct(rough_scene, await rough_scene.asked_in_a_channel(ANN), {FIELD: "Tom Cook"}, user=BEN))
    await rough_scene.asked("undo 1")
    done = await pressed(rough_scene, corrected, "Undo", user=BEN)
    assert "There is no correction 1 that stands." in told(done)
    rough_scene.people.again(done)
    await rough_scene.settled()
    assert rough_scene.discord.ephemerals(BEN) == [corrected, answer(done)]


async def test_the_author_of_a_correction_is_the_person_on_discord_by_name_and_id(scene: Scene) -> None:
    await correct(scene, await scene.asked(ANN), {FIELD: "Tom Cook"})
    assert "quote 1 is by Tom Cook; corrected by Ada Moor on" in visible_text(await scene.asked("corrections"))


async def test_a_form_that_is_told_twice_corrects_once(rough_scene: Scene) -> None:
    done = await correct(rough_scene, await rough_scene.asked(ANN), {FIELD: "Tom Cook"})
    rough_scene.people.again(done)
    await rough_scene.settled()
    assert len(answers(done)) == 1
    assert "1 correction" in visible_text(await rough_scene.asked("corrections"))


async def test_two_who_correct_one_quote_are_both_heard_and_the_last_one_stands(scene: Scene) -> None:
    shown = await scene.asked_in_a_channel(ANN)
    for user in (ADA, BEN):
        await pressed(scene, shown, WRONG, user=user)
    assert "Quote 1 is now by Tom Cook" in told(await submitted(scene, {FIELD: "Tom Cook"}, user=ADA))
    assert "it was by Tom Cook" in told(await submitted(scene, {ELSE: "Mia Fox"}, user=BEN))
    assert await scene.room.by(FERRY_QUOTE) == "Mia Fox"


async def test_a_quote_whose_article_was_taken_down_cannot_be_corrected_and_that_is_told(scene: Scene) -> None:
    shown = await scene.asked_in_a_channel(ANN)
    await pressed(scene, shown, WRONG, user=BEN)
    await scene.room.newsroom.remove("1", author=ED)
    assert "There is no quote 1." in told(await pressed(scene, shown, WRONG, user=ADA))
    assert "There is no quote 1." in told(await submitted(scene, {FIELD: "Tom Cook"}, user=BEN))
    assert scene.discord.posts(NEWS) == [shown]


async def test_what_became_of_a_correction_is_told_even_if_the_answer_cannot_be_shown_again(rough_scene: Scene) -> None:
    shown = await rough_scene.asked_in_a_channel(ANN)
    await pressed(rough_scene, shown, WRONG)
    rough_scene.discord.fail(CHANGE, 404, 10008, "Unknown Message")
    assert "Quote 1 is now by Tom Cook" in told(await submitted(rough_scene, {FIELD: "Tom Cook"}))


async def test_a_form_that_could_not_be_looked_up_in_time_is_told_and_opens_at_the_next_press(
    scene: Scene, store: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pressing, "_SECONDS", 0.01)
    shown = await scene.asked_in_a_channel(ANN)
    async with store.writing():
        waiting = scene.people.click(shown, WRONG, user=BEN)
        await scene.discord.next_call(ACKNOWLEDGE)
        assert waiting.acknowledged == THINKING
    await scene.settled()
    assert "The store is busy" in told(waiting)
    assert scene.discord.modal(BEN) is None
    monkeypatch.setattr(pressing, "_SECONDS", 10)
    assert (await pressed(scene, shown, WRONG, user=BEN)).acknowledged == FORM


async def test_a_form_for_which_it_is_too_late_is_not_opened_and_nothing_breaks(rough_scene: Scene) -> None:
    shown = await rough_scene.asked_in_a_channel(ANN)
    rough_scene.discord.fail(ACKNOWLEDGE, 404, 10062, "Unknown interaction")
    await pressed(rough_scene, shown, WRONG)
    assert rough_scene.discord.modal(ADA) is None
    await pressed(rough_scene, shown, WRONG)
    assert rough_scene.discord.modal(ADA) is not None


async def test_a_form_that_is_ready_while_it_is_put_off_says_that_it_is_too_late_once_it_was_put_off(
    rough_scene: Scene, store: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = await rough_scene.asked_in_a_channel(ANN)
    monkeypatch.setattr(pressing, "_SECONDS", 0.01)
    putting_off = rough_scene.discord.hold(ACKNOWLEDGE)
    async with store.writing():
        waiting = rough_scene.people.click(shown, WRONG)
        await putting_off.arrived.wait()
    with pytest.raises(AssertionError, match="a request"):
        await rough_scene.discord.next_call(CHANGE, within=0.2)
    putting_off.release()
    await rough_scene.settled()
    assert "The store is busy" in told(waiting)
    assert rough_scene.discord.refused == []


async def test_a_form_that_discord_refuses_is_apologised_for(rough_scene: Scene) -> None:
    shown = await rough_scene.asked_in_a_channel(ANN)
    rough_scene.discord.fail(ACKNOWLEDGE, 400, 50035, "Invalid Form Body")
    assert "a mistake in Verbatim itself" in told(await pressed(rough_scene, shown, WRONG))


async def test_a_form_opens_though_the_connection_broke_once(rough_scene: Scene) -> None:
    shown = await rough_scene.asked_in_a_channel(ANN)
    rough_scene.discord.fail(ACKNOWLEDGE, drop=True)
    assert (await pressed(rough_scene, shown, WRONG)).acknowledged == FORM


async def test_only_those_who_are_named_may_correct_and_others_are_told_so_alone(discord: DiscordServer, store: Database) -> None:
    async with ruled(discord, store) as scene:
        shown = await scene.asked_in_a_channel(ANN)
        refused = await pressed(scene, shown, WRONG, user=BEN)
        assert REFUSAL in told(refused)
        assert discord.modal(BEN) is None
        assert discord.ephemerals(BEN) == [answer(refused)]
        await correct(scene, shown, {FIELD: "Tom Cook"}, user=OWNER)
        assert await scene.room.by(FERRY_QUOTE) == "Tom Cook"


async def test_who_may_correct_no_more_cannot_with_an_old_form_or_an_old_button(discord: DiscordServer, store: Database) -> None:
    async with playing(discord, store) as before:
        shown = await before.asked_in_a_channel(ANN)
        corrected = answer(await correct(before, shown, {FIELD: "Tom Cook"}, user=BEN))
        await pressed(before, shown, WRONG, user=BEN)
    async with ruled(discord, store, before) as scene:
        assert REFUSAL in told(await submitted(scene, {ELSE: "Mia Fox"}, user=BEN))
        assert REFUSAL in told(await pressed(scene, corrected, "Undo", user=BEN))
        assert await scene.room.by(FERRY_QUOTE) == "Tom Cook"


@asynccontextmanager
async def ruled(discord: DiscordServer, store: Database, before: Scene | None = None) -> AsyncIterator[Scene]:
    """A scene in which only the owner of the server may correct."""
    only = AllowedOnDiscord(ids=frozenset({OWNER}))
    async with playing(discord, store, room=before.room if before else None, discord_may_correct=only) as scene:
        yield scene
    assert discord.refused == []
    assert discord.pings == []


async def correct(scene: Scene, shown: Message, given: Typed, *, user: int = ADA) -> Interaction:
    """Somebody fills in the form of the only quote that an answer shows."""
    await pressed(scene, shown, WRONG, user=user)
    return await submitted(scene, given, user=user)


async def correct_ferry(scene: Scene, shown: Message, given: Typed, *, user: int = ADA) -> Interaction:
    """Somebody fills in the form of the quote about waiting, out of several that an answer shows."""
    await pressed(scene, shown, CHOSEN_FERRY, user=user, nth=1)  # it stands in the menu for the context first
    return await submitted(scene, given, user=user)
