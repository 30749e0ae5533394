"""A second opinion on what Discord refuses: our app in simcord, a Discord that others wrote."""

import time
from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor

import discord
import pytest
from simcord import Env

from storage.database import Database
from tests.adapters.discord.scenes import FERRY, furnished, many_quotes
from tests.adapters.discord.simulated import Simulated, simulated, told, words
from tests.adapters.hostile import NASTY
from tests.newsrooms import article

BY_ANN = "quotes by Ann Bell"
CALLBACK = "/interactions/*/*/callback"


@pytest.fixture
async def scene(store: Database) -> AsyncIterator[Simulated]:
    async with simulated(await furnished(store)) as scene:
        yield scene


async def test_where_it_may_not_post_the_asker_is_told_in_private_what_is_missing(scene: Simulated) -> None:
    assert await scene.mention(BY_ANN, channel=scene.read_only()) == []
    assert "Verbatim cannot post in #desk: the permission Send Messages is missing there" in words(scene.ada.user.dm_channel.last_message)


async def test_a_command_is_answered_where_the_app_may_not_write(scene: Simulated) -> None:
    assert FERRY in told(await scene.ada.slash(scene.read_only(), "ask", request=BY_ANN))


async def test_an_acknowledgement_that_came_too_late_is_let_be(scene: Simulated) -> None:
    scene.env.inject_error("POST", CALLBACK, status=404, code=10062, message="Unknown interaction")
    late = await scene.ada.slash(scene.news, "ask", request=BY_ANN)
    assert not late.acknowledged
    assert late.response is None
    assert scene.news.history() == []


async def test_what_was_acknowledged_before_is_not_acknowledged_again(scene: Simulated) -> None:
    scene.env.inject_error("POST", CALLBACK, status=400, code=40060, message="Interaction has already been acknowledged.")
    again = await scene.ada.slash(scene.news, "ask", request=BY_ANN)
    assert not again.acknowledged
    assert scene.news.history() == []
    assert FERRY in told(await scene.ada.slash(scene.news, "ask", request=BY_ANN))


async def test_long_words_and_names_are_taken(scene: Simulated) -> None:
    name = "Ann " + "Bellamy" * 40
    long = "We will not wait for this " + "very long ferry " * 400
    await scene.room.read(article(f'{name} said: "{long}."', number=50, headline="x" * 900))
    answers = await scene.mention("who said what about very long")
    assert "very long ferry very long ferry" in "\n".join(map(words, answers))


async def test_the_longest_page_of_hostile_words_is_taken(scene: Simulated) -> None:
    await scene.room.read(
        *(
            article(f'Ann Bell said: "The {nasty} is late."', number=60 + place, outlet=f"The {nasty}", headline=nasty)
            for place, nasty in enumerate(NASTY)
        )
    )
    await many_quotes(scene.room, 30)
    for request in (
        "who said what about late in The Mill",
        "quotes by Ann Bell",
        "who said what about late",
        "people",
        "outlets",
        "digest",
        "show 1",
        "help",
        "subscriptions",
    ):
        assert await scene.mention(request)


async def test_nothing_that_a_person_types_breaks_an_answer(scene: Simulated) -> None:
    for typed in ("@everyone", "<@&1>", "`", "who said " + "x" * 1900, "\u202e", "quotes by " + "*" * 500):
        assert await scene.mention(typed) or scene.ada.user.dm_channel.last_message


async def test_a_simulation_whose_end_fails_leaves_the_process_as_it_was(store: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    async def fails(_: Env) -> None:
        raise TimeoutError("bot did not detach")

    def patched() -> tuple[object, ...]:
        return time.monotonic, vars(discord.utils)["datetime"], ThreadPoolExecutor.submit

    before, simulation = patched(), simulated(await furnished(store))
    await simulation.__aenter__()
    assert not any(now is then for now, then in zip(patched(), before, strict=True))
    monkeypatch.setattr(Env, "_detach_bot", fails)
    with pytest.raises(TimeoutError, match="did not detach"):
        await simulation.__aexit__(None, None, None)
    assert patched() == before
