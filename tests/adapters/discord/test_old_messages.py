"""What is pressed under old messages, after a restart, twice, too late, or under a message of an older Verbatim."""

from collections.abc import AsyncIterator

import pytest

from storage.database import Database
from tests.adapters.discord.scenes import FERRY, TIMETABLE, Scene, many_quotes, playing
from tests.adapters.discord.using import ACKNOWLEDGE, CHANGE, THINKING, answer, answers, pressed, submitted, told
from tests.fakes.discord_reading import labels, visible_text
from tests.fakes.discord_records import ADA, BEN, NEWS, Message
from tests.fakes.discord_server import DiscordServer

ABOUT_THE_FERRY = "quotes about the ferry"
CONTEXT = "#3 Tom Cook: The ferry timetable is a promise."
OLD = "This was made by an older Verbatim, and cannot be used any more. Ask again for one that can."


@pytest.fixture
async def old(discord: DiscordServer, store: Database) -> AsyncIterator[tuple[Scene, Message]]:
    """A scene in which the app was started again, and a public answer of before."""
    async with playing(discord, store) as before:
        await many_quotes(before.room, 8)
        message = await before.asked_in_a_channel(ABOUT_THE_FERRY)
    async with playing(discord, store, room=before.room) as after:
        yield after, message
    assert discord.refused == []
    assert discord.pings == []


@pytest.mark.parametrize(
    ("label", "comes"), [("More (5)", "Quotes 6 to 10 of 10"), ("Export CSV", ".csv"), (CONTEXT, f'Tom Cook said: "{TIMETABLE}."')]
)
async def test_buttons_and_menus_work_after_a_restart(old: tuple[Scene, Message], label: str, comes: str) -> None:
    scene, message = old
    assert comes in told(await pressed(scene, message, label, user=BEN))


async def test_a_private_answer_of_before_a_restart_can_be_shared(discord: DiscordServer, store: Database) -> None:
    async with playing(discord, store) as before:
        private = await before.asked(ABOUT_THE_FERRY)
    async with playing(discord, store, room=before.room) as after:
        await pressed(after, private, "Share in channel")
        assert FERRY in after.posted()
    assert discord.refused == []
    assert discord.ephemerals(ADA) == []


async def test_a_correction_is_made_and_taken_back_over_restarts(discord: DiscordServer, store: Database) -> None:
    async with playing(discord, store) as scene:
        message = await scene.asked_in_a_channel("what did Ann Bell say")
        await pressed(scene, message, "Wrong speaker?")
    async with playing(discord, store, room=scene.room) as scene:
        done = await submitted(scene, {"Who said it?": "Tom Cook"})
        assert await scene.room.by(1) == "Tom Cook"
        assert "Tom Cook" in visible_text(message)
    async with playing(discord, store, room=scene.room) as scene:
        await pressed(scene, answer(done), "Undo")
        assert await scene.room.by(1) == "Ann Bell"
    assert discord.refused == []


async def test_buttons_work_a_year_later_and_however_often(scene: Scene) -> None:
    await many_quotes(scene.room, 8)
    message = await scene.asked_in_a_channel(ABOUT_THE_FERRY)
    scene.discord.forward(365 * 24 * 3600)
    assert ["Quotes 6 to 10 of 10" in told(await pressed(scene, message, "More (5)", user=BEN)) for _ in range(4)] == [True] * 4


async def test_a_press_that_is_told_twice_is_answered_once(rough_scene: Scene) -> None:
    await many_quotes(rough_scene.room, 8)
    message = await rough_scene.asked_in_a_channel(ABOUT_THE_FERRY)
    for label in ("More (5)", "Export CSV", CONTEXT):
        done = await pressed(rough_scene, message, label)
        rough_scene.people.again(done)
        await rough_scene.settled()
        assert len(answers(done)) == 1
    assert len(rough_scene.discord.ephemerals(ADA)) == 3


async def test_a_press_that_was_told_before_a_restart_is_not_done_again(discord: DiscordServer, store: Database) -> None:
    async with playing(discord, store) as before:
        done = await pressed(before, await before.asked_in_a_channel(ABOUT_THE_FERRY), "Export CSV")
    async with playing(discord, store, room=before.room) as after:
        after.people.again(done)
        await after.settled()
    assert discord.ephemerals(ADA) == [answer(done)]


async def test_two_who_press_at_once_are_each_answered(scene: Scene) -> None:
    message = await scene.asked_in_a_channel(ABOUT_THE_FERRY)
    both = [scene.people.click(message, "Export CSV", user=user) for user in (ADA, BEN)]
    await scene.settled()
    assert [scene.discord.ephemerals(user) for user in (ADA, BEN)] == [answers(done) for done in both]


async def test_a_press_is_acknowledged_before_anything_is_looked_up(scene: Scene, store: Database) -> None:
    message = await scene.asked_in_a_channel(ABOUT_THE_FERRY)
    async with store.writing():
        waiting = scene.people.click(message, "Export CSV")
        await scene.discord.next_call(ACKNOWLEDGE)
        assert waiting.acknowledged == THINKING
        assert waiting.is_private
    await scene.settled()
    assert answer(waiting).files


async def test_a_press_that_came_too_late_is_not_done_and_nothing_breaks(rough_scene: Scene) -> None:
    message = await rough_scene.asked_in_a_channel(ABOUT_THE_FERRY)
    rough_scene.discord.fail(ACKNOWLEDGE, 404, 10062, "Unknown interaction")
    assert answers(await pressed(rough_scene, message, "Export CSV")) == []
    assert answer(await pressed(rough_scene, message, "Export CSV")).files


async def test_an_answer_that_discord_did_not_say_it_took_is_not_shown_twice(rough_scene: Scene) -> None:
    message = await rough_scene.asked_in_a_channel("what did Ann Bell say")
    rough_scene.discord.fail(CHANGE, drop=True, after=True)
    done = await pressed(rough_scene, message, "Show context")
    assert f'Ann Bell said: "{FERRY}."' in told(done)
    assert rough_scene.discord.ephemerals(ADA) == [answer(done)]


@pytest.mark.parametrize("custom_id", ["more:", "digest:explode:1", "something-else", "more:1:2:3", "x" * 100, "\n"])
async def test_what_an_older_verbatim_made_says_so_to_whoever_presses_it_alone(scene: Scene, custom_id: str) -> None:
    message = await scene.asked_in_a_channel(ABOUT_THE_FERRY)
    _make_old(message, "Export CSV", custom_id)
    done = await pressed(scene, message, "Export CSV", user=BEN)
    assert told(done) == OLD
    assert scene.discord.ephemerals(BEN) == [answer(done)]
    assert scene.discord.posts(NEWS) == [message]


async def test_a_form_of_an_older_verbatim_says_so(scene: Scene) -> None:
    await pressed(scene, await scene.asked_in_a_channel("what did Ann Bell say"), "Wrong speaker?")
    scene.discord.modals[ADA].content["custom_id"] = "speaker-form-1"
    assert told(await submitted(scene, {})) == OLD


async def test_an_answer_that_is_kept_no_more_says_so_to_whoever_pressed(scene: Scene) -> None:
    message = await scene.asked_in_a_channel(ABOUT_THE_FERRY)
    _make_old(message, "Export CSV", "export:99:")
    done = await pressed(scene, message, "Export CSV", user=BEN)
    assert "Ask the question again" in told(done)
    assert labels(answer(done)) == []
    assert scene.discord.ephemerals(BEN) == [answer(done)]


def _make_old(message: Message, label: str, custom_id: str) -> None:
    """Let a button have another custom_id than those of now."""
    (button,) = [each for row in message.components for each in row["components"] if each.get("label") == label]
    button["custom_id"] = custom_id
