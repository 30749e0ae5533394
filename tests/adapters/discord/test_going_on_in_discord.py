"""What is typed on Discord to go on with an answer, and to have all of it as a file."""

import json

from tests.adapters.discord.scenes import Scene, many_quotes
from tests.adapters.discord.using import answer, pressed
from tests.fakes.discord_reading import labels, visible_text
from tests.fakes.discord_records import ADA, BEN, NEWS, Message
from tests.newsrooms import article

MILLS = "quotes about the mill"
BOATS = [f'Mia Fox said: "Boat {number} is out, and no other one."' for number in range(7)]


def document(message: Message) -> dict[str, list[dict[str, object]]]:
    """The one file of a message, which is JSON."""
    (content,) = message.files.values()
    found: dict[str, list[dict[str, object]]] = json.loads(content)
    return found


async def test_more_is_typed_where_it_was_asked_and_the_answer_goes_on(scene: Scene) -> None:
    await many_quotes(scene.room, 12, about="mill")
    await scene.asked_in_a_channel(MILLS)
    pages = [visible_text(await scene.asked_in_a_channel("more")) for _ in range(3)]
    assert ["Quotes 6 to 10 of 12" in pages[0], "Quotes 11 to 12 of 12" in pages[1]] == [True, True]
    assert "That was all of it." in pages[2]


async def test_a_page_too_long_for_a_message_is_gone_on_with_behind_what_was_shown(scene: Scene) -> None:
    words = [f"Mill {number} {'turns ' * 330}".strip() for number in range(7)]
    await scene.room.read(article(*(f'Mia Fox said: "{one}"' for one in words), number=60))
    first = visible_text(await scene.asked("quotes by Mia Fox"))
    assert "did not fit here" in first
    pages = [first]
    while "That was all of it." not in (page := visible_text(await scene.asked("more"))):
        pages.append(page)
    assert [sum(f"Mill {number} turns" in page for page in pages) for number in range(7)] == [1] * 7


async def test_an_export_that_is_typed_in_a_channel_comes_to_the_direct_messages_alone(scene: Scene) -> None:
    await many_quotes(scene.room, 12, about="mill")
    await scene.asked_in_a_channel(MILLS)
    told = await scene.asked_in_a_channel("export json")
    assert (visible_text(told), told.files) == ("The file is in your direct messages.", {})
    (file,) = scene.discord.posts(ADA)
    assert len(document(file)["quotes"]) == 12
    assert "Quotes about" in visible_text(file)


async def test_an_export_that_is_typed_in_direct_messages_is_told_by_the_file_itself(scene: Scene) -> None:
    shown = await scene.asked_directly("quotes by Ann Bell")
    file = await scene.asked_directly("export json")
    assert scene.discord.posts(ADA) == [shown, file]
    assert [quote["speaker"] for quote in document(file)["quotes"]] == ["Ann Bell"]


async def test_an_export_by_the_command_is_seen_by_nobody_else(scene: Scene) -> None:
    await scene.asked("quotes by Ann Bell")
    file = await scene.asked("export json")
    assert (scene.discord.ephemerals(ADA)[-1], scene.discord.posts(NEWS)) == (file, [])
    assert len(document(file)["quotes"]) == 1


async def test_where_discord_lets_us_not_write_to_somebody_it_is_told(rough_scene: Scene) -> None:
    scene = rough_scene
    await scene.asked_in_a_channel("quotes by Ann Bell")
    scene.discord.people[ADA].takes_direct_messages = False
    assert "Discord did not say that it took the file." in visible_text(await scene.asked_in_a_channel("export"))


async def test_somebody_who_asked_nothing_there_has_nothing_to_go_on_with(scene: Scene) -> None:
    await scene.asked("quotes by Ann Bell")
    assert "You have had no answer with quotes here yet." in visible_text(await scene.asked("more", user=BEN))


async def test_the_button_gives_the_document_too(scene: Scene) -> None:
    words = "Ünd “dann”, @everyone & *Semikola*; <@201> `alles`, 🚢"
    await scene.room.read(article(f'Mia Fox said: "{words}"', number=50))
    shown = await scene.asked("what did Mia Fox say")
    assert [label for label in labels(shown) if label.startswith("Export")] == ["Export CSV", "Export JSON"]
    file = answer(await pressed(scene, shown, "Export JSON"))
    (quote,) = document(file)["quotes"]
    assert (quote["words"], quote["speaker"], [*file.files]) == ([words], "Mia Fox", ["quotes-by-mia-fox.json"])


async def test_only_direct_and_words_that_were_looked_for_are_what_is_gone_on_with_and_exported_then(scene: Scene) -> None:
    await many_quotes(scene.room, 12, about="mill")
    await scene.room.read(article(*BOATS, 'Mia Fox wants: "a boat a day"', number=70))
    shown = await scene.asked("quotes and attitudes by Mia Fox")
    await scene.asked(MILLS)
    pages = [answer(await pressed(scene, shown, "Only direct")), await scene.asked("more")]
    assert [sum(f"Boat {number} is" in visible_text(page) for number in range(7)) for page in pages] == [5, 2]
    await scene.asked(MILLS)
    scene.people.message_command("Find these words", scene.people.message('She said: "and no other one"', channel=NEWS), user=ADA)
    await scene.settled()
    assert len(document(await scene.asked("export json"))["quotes"]) == 7
