"""Who somebody is, asked in words, and at a quote."""

from tests.adapters.slack.scenes import FERRY, TIMETABLE, Scene
from tests.adapters.slack.seen import quotations
from tests.fakes.slack_reading import labels, visible_text
from tests.newsrooms import article


async def test_a_card_is_told_to_whoever_asks_alone_and_can_be_shared(scene: Scene) -> None:
    shown = await scene.asked("who is Ann Bell?")
    assert "#1, person" in visible_text(shown)
    assert quotations(shown.blocks) == [f"“{FERRY}.”"]
    assert "Quotes of Ann Bell by week, each from Monday on: 2 November 2026 1." in visible_text(shown)
    assert scene.slack.posts("C1") == []
    await scene.press(shown, "Share in channel")
    assert "Who Ann Bell is, as the articles have it." in scene.posted("C1")


async def test_in_direct_messages_its_chart_is_a_picture(scene: Scene) -> None:
    shown = await scene.asked_directly("who is Ann Bell?")
    [picture] = [block for block in shown.blocks if block["type"] == "image"]
    assert picture["slack_file"]["id"] in scene.slack.files


async def test_the_speaker_of_a_quote_stands_in_its_menu(scene: Scene) -> None:
    answer = await scene.asked_in_a_thread("quotes by Tom Cook")
    await scene.press(answer, "About Tom Cook", user="U2")
    assert "Who Tom Cook is, as the articles have it." in scene.whispered("U2")
    assert quotations(scene.last("U2").blocks) == [f"“{TIMETABLE}.”"]
    assert scene.slack.posts("C1") == [answer]


async def test_it_is_the_speaker_that_a_person_set_since(scene: Scene) -> None:
    answer = await scene.asked("what did Ann Bell say")
    await scene.room.newsroom.fix(1, "Tom Cook", author="Ed")
    await scene.press(answer, "About Ann Bell")
    assert "Who Tom Cook is, as the articles have it." in scene.whispered()


async def test_of_an_article_that_was_taken_down_nobody_is_told(scene: Scene) -> None:
    answer = await scene.asked("what did Ann Bell say")
    await scene.room.newsroom.remove("1", author="Ed")
    await scene.press(answer, "About Ann Bell")
    assert "There is no quote 1." in scene.whispered()


async def test_over_an_answer_in_a_form_a_card_lies_on_top(scene: Scene) -> None:
    modal = await scene.asked_in_a_modal("what did Ann Bell say")
    await scene.press(modal, "About Ann Bell")
    assert "Who Ann Bell is, as the articles have it." in visible_text(scene.modal())
    await scene.workspace.close()
    assert scene.modal() is modal


async def test_two_of_one_name_are_asked_about_with_a_button_each(scene: Scene) -> None:
    await scene.room.read(article('Eve Bell said: "No bell rings."', number=9))
    shown = await scene.asked("who is Bell")
    assert "2 speakers go by Bell." in visible_text(shown)
    await scene.press(shown, next(label for label in labels(shown) if label == "speaker #1"))
    assert "Who Ann Bell is, as the articles have it." in scene.whispered()
