"""Answers in a modal: asked there, paged, narrowed, exported, looked into and corrected there; over HTTP and over a socket."""

import logging

import pytest

from tests.adapters.slack.scenes import FERRY, TIMETABLE, Scene, many_quotes, socket_alone
from tests.adapters.slack.seen import quotations
from tests.fakes.slack_reading import labels, visible_text
from tests.newsrooms import article

transport = socket_alone

ABOUT_THE_FERRY = "who said what about the ferry"
FERRY_QUOTE = 1


async def test_an_answer_in_a_modal_has_no_button_to_share_it_as_it_is_in_no_channel(scene: Scene) -> None:
    answer = await scene.asked_in_a_modal(ABOUT_THE_FERRY)
    assert FERRY in visible_text(answer)
    assert "Export CSV" in labels(answer)
    assert "Share in channel" not in labels(answer)


async def test_more_takes_the_place_of_the_page_before(scene: Scene) -> None:
    await many_quotes(scene.room, 8)
    modal = await scene.asked_in_a_modal("quotes about the ferry")
    first = quotations(modal.blocks)
    await scene.press(modal, "More (4)")
    assert scene.modal() is modal
    assert "Quotes 7 to 10 of 10" in visible_text(modal)
    assert set(first) & set(quotations(modal.blocks)) == set()
    assert "Share in channel" not in labels(modal)


async def test_only_direct_takes_the_place_of_the_answer(scene: Scene) -> None:
    modal = await scene.asked_in_a_modal("what does Tom Cook want")
    assert "a boat on Sundays" in visible_text(modal)
    await scene.press(modal, "Only direct")
    assert scene.modal() is modal
    assert TIMETABLE in visible_text(modal)
    assert "a boat on Sundays" not in visible_text(modal)


async def test_context_is_shown_over_the_answer(scene: Scene) -> None:
    modal = await scene.asked_in_a_modal("what did Ann Bell say")
    await scene.press(modal, "Show context")
    assert f'Ann Bell said: "{FERRY}."' in visible_text(scene.modal())
    await scene.workspace.close()
    assert scene.modal() is modal
    assert quotations(modal.blocks) == [f"“{FERRY}.”"]


async def test_an_export_is_told_over_the_answer_and_the_file_comes_to_the_direct_messages(scene: Scene) -> None:
    modal = await scene.asked_in_a_modal(ABOUT_THE_FERRY)
    await scene.press(modal, "Export CSV")
    assert "direct messages" in visible_text(scene.modal())
    assert [file.shared for file in scene.slack.files.values()] == [[("D1", None)]]
    await scene.workspace.close()
    assert FERRY in visible_text(scene.modal())


async def test_a_correction_is_made_over_the_answer_which_is_then_shown_with_it_and_can_be_undone(scene: Scene) -> None:
    modal = await scene.asked_in_a_modal("what did Ann Bell say")
    await _correct(scene, {"Who said it?": "Tom Cook"})
    assert scene.modal() is modal
    assert "Quote 1 is now by Tom Cook; it was by Ann Bell." in visible_text(modal)
    assert await scene.room.by(FERRY_QUOTE) == "Tom Cook"
    await scene.press(modal, "Undo")
    assert "Undone: quote 1 is by Ann Bell again." in visible_text(scene.modal())
    assert await scene.room.by(FERRY_QUOTE) == "Ann Bell"
    await scene.workspace.close()
    assert scene.modal() is modal


async def test_a_quote_that_is_none_is_gone_from_the_answer(scene: Scene) -> None:
    modal = await scene.asked_in_a_modal(ABOUT_THE_FERRY)
    place = next(place for place, words in enumerate(quotations(modal.blocks)) if FERRY in words)
    await _correct(scene, {"Who said it?": "Nobody said this: it is not a quote"}, nth=place)
    assert quotations(modal.blocks) == [f"“{TIMETABLE}.”"]
    assert "Quote 1 is no longer shown: it is not a quote." in visible_text(modal)


async def test_a_correction_of_a_quote_that_stands_in_no_kept_answer_is_told_in_its_place(scene: Scene) -> None:
    modal = await scene.asked_in_a_modal("fix 1 speaker Tom Cook")
    await _correct(scene, {"Somebody else": "Mia Fox"})
    assert scene.modal() is modal
    assert "Quote 1 is now by Mia Fox; it was by Tom Cook." in visible_text(modal)


async def test_nothing_chosen_is_told_in_the_form_over_the_answer(scene: Scene) -> None:
    modal = await scene.asked_in_a_modal("what did Ann Bell say")
    await _correct(scene, {})
    assert scene.modal() is not modal
    assert scene.modal().errors == {"voice": "Choose who said it, or write a name below."}


async def test_a_suggestion_of_the_form_is_answered_in_its_place(scene: Scene) -> None:
    await scene.workspace.shortcut("ask")
    await scene.settled()
    modal = scene.modal()
    await scene.press(modal, "what has Ann Bell said")
    assert scene.modal() is modal
    assert FERRY in visible_text(modal)


async def test_what_is_not_understood_is_told_in_the_modal_with_what_can_be_asked(scene: Scene) -> None:
    modal = await scene.asked_in_a_modal("hlep")
    assert "Did you mean: help?" in visible_text(modal)
    await scene.press(modal, "help")
    assert "What you can type" in visible_text(scene.modal())
    assert scene.slack.posts("U1") == []


async def test_context_of_a_quote_whose_article_was_taken_down_is_a_sentence_over_the_answer(scene: Scene) -> None:
    modal = await scene.asked_in_a_modal("what did Ann Bell say")
    await scene.room.newsroom.remove("1", author="Ed")
    await scene.press(modal, "Show context")
    assert "There is no quote 1." in visible_text(scene.modal())
    assert scene.modal() is not modal


async def test_a_long_answer_fits_into_a_modal(scene: Scene) -> None:
    await scene.room.read(article(*[f'Mia Fox said: "{number} {"tide " * 700}."' for number in range(6)], number=50))
    modal = await scene.asked_in_a_modal("quotes by Mia Fox")
    shown = len(quotations(modal.blocks))
    while more := next((label for label in labels(modal) if label.startswith("More")), None):
        await scene.press(modal, more)
        shown += len(quotations(modal.blocks))
    assert shown == 6


async def test_an_answer_to_a_modal_that_was_closed_meanwhile_is_logged_and_nothing_breaks(
    scene: Scene, caplog: pytest.LogCaptureFixture
) -> None:
    await many_quotes(scene.room, 8)
    modal = await scene.asked_in_a_modal("quotes about the ferry")
    scene.slack.modals["U1"].clear()
    with caplog.at_level(logging.WARNING, "verbatim.slack"):
        await scene.press(modal, "More (4)")
    assert "not_found" in caplog.text
    assert scene.slack.modal("U1") is None
    assert [call.method for call in scene.slack.refused] == ["views.update"]
    scene.slack.calls.clear()


@pytest.mark.parametrize("label", ["Show context", "Wrong speaker?", "Export CSV"])
async def test_a_press_that_is_told_twice_opens_one_modal(scene: Scene, label: str) -> None:
    modal = await scene.asked_in_a_modal("what did Ann Bell say")
    ack = await scene.press(modal, label)
    shown = visible_text(scene.modal())
    assert (await scene.workspace.again(ack)).ok
    await scene.settled()
    assert visible_text(scene.modal()) == shown
    assert len(scene.slack.modals["U1"]) == 2
    assert len(scene.slack.files) == (label == "Export CSV")
    assert {(call.answer or {})["error"] for call in scene.slack.refused} <= {"exchanged_trigger_id"}
    scene.slack.calls.clear()


async def _correct(scene: Scene, given: dict[str, object], *, nth: int = 0) -> None:
    """Fill in the form behind "Wrong speaker?" at the nth quote of the modal that is open."""
    assert (await scene.workspace.click(scene.modal(), "Wrong speaker?", nth=nth)).ok
    await scene.settled()
    assert (await scene.workspace.submit(given)).ok
    await scene.settled()
