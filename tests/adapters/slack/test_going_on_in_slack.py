"""What is typed in Slack to go on with an answer, and to have all of it as a file."""

import json

import pytest

from tests.adapters.slack.scenes import Scene, many_quotes
from tests.fakes.slack_reading import labels, visible_text
from tests.newsrooms import article

MILLS = "quotes about the mill"
BOATS = [f'Mia Fox said: "Boat {number} is out, and no other one."' for number in range(8)]


async def test_more_is_typed_where_it_was_asked_and_the_answer_goes_on(scene: Scene) -> None:
    await many_quotes(scene.room, 14, about="mill")
    await scene.asked(MILLS)
    pages = [visible_text(await scene.asked("more")) for _ in range(3)]
    assert ["Quotes 7 to 12 of 14" in pages[0], "Quotes 13 to 14 of 14" in pages[1]] == [True, True]
    assert "That was all of it." in pages[2]


async def test_a_page_too_long_for_a_message_is_gone_on_with_behind_what_was_shown(scene: Scene) -> None:
    words = [f"Mill {number} {'turns ' * 330}".strip() for number in range(9)]
    await scene.room.read(article(*(f'Mia Fox said: "{one}"' for one in words), number=60))
    first = await scene.asked("quotes by Mia Fox")
    assert "did not fit here" in visible_text(first)
    pages = [visible_text(first)]
    while "That was all of it." not in (page := visible_text(await scene.asked("more"))):
        pages.append(page)
    assert [sum(f"Mill {number} turns" in page for page in pages) for number in range(9)] == [1] * 9


async def test_somebody_who_asked_nothing_there_has_nothing_to_go_on_with(scene: Scene) -> None:
    await many_quotes(scene.room, 14, about="mill")
    await scene.asked_directly(MILLS)
    for line in ("more", "export json"):
        assert "You have had no answer with quotes here yet." in visible_text(await scene.asked(line))


@pytest.mark.parametrize("line", ["export json", "export as a json file"])
async def test_an_export_that_is_typed_comes_to_the_direct_messages_alone(scene: Scene, line: str) -> None:
    await many_quotes(scene.room, 14, about="mill")
    shown = await scene.asked_in_a_thread(MILLS)
    await scene.workspace.mention(line)
    await scene.settled()
    (file,) = scene.slack.files.values()
    assert file.shared == [("D1", None)]
    assert len(json.loads(file.content or b"")["quotes"]) == 14
    assert scene.slack.posts("C1") == [shown]
    assert "direct messages" in scene.whispered()


async def test_the_button_gives_the_document_too(scene: Scene) -> None:
    words = "Ünd “dann”, <!channel> & =1+1; &amp; `alles`, 🚢"
    await scene.room.read(article(f'Mia Fox said: "{words}"', number=50))
    shown = await scene.asked("what did Mia Fox say")
    assert [label for label in labels(shown) if label.startswith("Export")] == ["Export CSV", "Export JSON"]
    await scene.press(shown, "Export JSON")
    (file,) = scene.slack.files.values()
    assert (file.name, file.shared) == ("quotes-by-mia-fox.json", [("D1", None)])
    (quote,) = json.loads(file.content or b"")["quotes"]
    assert (quote["words"], quote["speaker"]) == ([words], "Mia Fox")


async def test_only_direct_and_words_that_were_looked_for_are_what_is_gone_on_with_and_exported_then(scene: Scene) -> None:
    await many_quotes(scene.room, 14, about="mill")
    await scene.room.read(article(*BOATS, 'Mia Fox wants: "a boat a day"', number=70))
    shown = await scene.asked("quotes and attitudes by Mia Fox")
    await scene.asked(MILLS)
    await scene.press(shown, "Only direct")
    direct = scene.whispered()
    await scene.asked("more")
    assert [sum(f"Boat {number} is" in text for number in range(8)) for text in (direct, visible_text(scene.last()))] == [6, 2]
    await scene.asked(MILLS)
    await scene.workspace.message_shortcut("find_words", scene.workspace.say('She said: "and no other one"'))
    await scene.settled()
    await scene.asked("export json")
    file = list(scene.slack.files.values())[-1]
    assert len(json.loads(file.content or b"")["quotes"]) == 8
