"""Who somebody is, by a command with a name that is completed, and in words."""

from tests.adapters.discord.scenes import FERRY, Scene
from tests.adapters.discord.using import answer, pressed, told, used
from tests.fakes.discord_reading import labels
from tests.fakes.discord_records import ADA, NEWS
from tests.newsrooms import article


async def test_a_card_comes_with_its_chart_to_whoever_asks_alone_and_can_be_shared(scene: Scene) -> None:
    done = await used(scene, "speaker", name="Ann Bell")
    assert "Who Ann Bell is, as the articles have it." in told(done)
    assert FERRY in told(done)
    assert answer(done).files["chart.png"].startswith(b"\x89PNG")
    assert scene.discord.ephemerals(ADA) == [answer(done)]
    await pressed(scene, answer(done), "Share in channel")
    assert "Who Ann Bell is, as the articles have it." in scene.posted(NEWS)


async def test_it_is_asked_in_words_as_well(scene: Scene) -> None:
    shown = await scene.asked_in_a_channel("who is Ann Bell?")
    assert "chart.png" in shown.files


async def test_two_of_one_name_are_asked_about_with_a_button_each(scene: Scene) -> None:
    await scene.room.read(article('Eve Bell said: "No bell rings."', number=9))
    asked = await used(scene, "speaker", name="Bell")
    assert "2 speakers go by Bell." in told(asked)
    assert "speaker #1" in labels(answer(asked))
    assert "Who Ann Bell is, as the articles have it." in told(await pressed(scene, answer(asked), "speaker #1"))


async def test_a_name_that_nobody_has_is_a_sentence_and_pings_nobody(scene: Scene) -> None:
    for name in ("@everyone", "**bold** [words](https://evil.example.org)", " ", "x" * 1000):
        said = told(await used(scene, "speaker", name=name))
        assert "is known." in said or "The speaker's name is missing." in said, name
    assert scene.discord.posts(NEWS) == []
