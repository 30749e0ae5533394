"""What is asked while the connection is lost: told again where the session goes on, looked up where a new one begins; answered once."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from adapters.discord.listeners import catching_up
from storage.database import Database
from tests.adapters.discord.scenes import FERRY, Scene, furnished, playing, why_paused
from tests.fakes.discord_records import ADA, APP, BEN, NEWS, SPORT
from tests.fakes.discord_server import DiscordServer

ASK = "who said what about the ferry"
HISTORY = "GET /channels/{channel}/messages"
MEMBER = "GET /guilds/{guild}/members/{user}"


@asynccontextmanager
async def session_lost(scene: Scene) -> AsyncIterator[None]:
    """The connection breaks, and the session is forgotten; in the end the app has come in again, and done all that it does then."""
    ready = asyncio.create_task(scene.client.wait_for("ready", timeout=5))
    await asyncio.sleep(0)
    await scene.discord.gateway.close(4009, forget=True)
    yield
    await ready
    await scene.settled()


async def test_a_mention_while_the_connection_is_lost_is_told_when_the_session_goes_on_and_answered_once(scene: Scene) -> None:
    scene.discord.gateway.abort()
    scene.people.mention(ASK)
    await scene.discord.gateway.ready()
    await scene.settled()
    assert len(scene.discord.posts(NEWS)) == 1
    assert len(scene.discord.gateway.resumes) == 1
    assert scene.discord.calls_of(HISTORY) == []


async def test_what_was_asked_while_the_session_was_lost_is_looked_up_and_answered_once(scene: Scene) -> None:
    thread = scene.people.thread("Ferries")
    await scene.asked_directly("status")
    before = scene.people.mention(ASK)
    await scene.settled()
    async with session_lost(scene):
        missed = scene.people.mention(ASK, user=BEN)
        scene.people.mention(ASK, channel=thread.id)
        scene.people.message(ASK)
        scene.people.message("Nobody asked", channel=NEWS)
    assert [answer.reply_to for answer in scene.discord.posts(NEWS)] == [before.id, missed.id]
    assert FERRY in scene.posted(thread.id)
    assert len(scene.discord.posts(ADA)) == 2
    assert FERRY in scene.posted(ADA)


async def test_who_asks_while_the_session_is_lost_may_do_what_they_always_may(scene: Scene) -> None:
    async with session_lost(scene):
        scene.people.mention("digest daily at 8 about the ferry")
        scene.people.mention("digest daily at 9 about the ferry", user=BEN)
    assert await why_paused(scene.room) == [None]
    assert "daily at 08:00" in scene.posted()
    assert "You may not" in scene.posted(BEN)


async def test_who_has_left_the_server_since_is_answered_as_somebody_without_rights(rough_scene: Scene) -> None:
    scene = rough_scene
    async with session_lost(scene):
        scene.people.mention(ASK)
        scene.people.mention("digest daily at 8 about the ferry")
        scene.discord.fail(MEMBER, 404, 10007, "Unknown Member", times=2)
    assert FERRY in scene.posted()
    assert await why_paused(scene.room) == []


async def test_a_mention_behind_much_chatter_is_found_and_answered(scene: Scene) -> None:
    async with session_lost(scene):
        for number in range(120):
            scene.people.message(f"Ferry {number} is late", channel=NEWS)
        scene.people.mention(ASK)
    assert FERRY in scene.posted()


async def test_what_is_written_before_a_page_fails_is_answered(rough_scene: Scene) -> None:
    scene = rough_scene
    async with session_lost(scene):
        scene.people.mention(ASK)
        for number in range(120):
            scene.people.message(f"Ferry {number} is late", channel=NEWS)
        held = scene.discord.hold(HISTORY)
        scene.discord.fail(HISTORY, 403, 50001, "Missing Access")
        held.release()
    assert [call.status for call in scene.discord.calls_of(HISTORY)] == [200, 403]
    assert FERRY in scene.posted()


async def test_how_much_is_looked_up_in_a_channel_has_an_end_which_is_logged(
    scene: Scene, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(catching_up, "_MOST_MESSAGES", 3)
    async with session_lost(scene):
        scene.people.mention(ASK)
        for number in range(2):
            scene.people.message(f"Ferry {number} is late", channel=NEWS)
        scene.people.mention(ASK)
    assert len(scene.discord.posts(NEWS)) == 1
    assert [record.getMessage() for record in caplog.records if f"In channel {NEWS} only 3 messages since" in record.getMessage()]


async def test_channels_in_which_nothing_was_written_are_not_looked_up(scene: Scene) -> None:
    async with session_lost(scene):
        scene.people.message("Not for the app", channel=SPORT)
    assert scene.discord.calls_of(HISTORY) == []


async def test_channels_whose_history_is_closed_are_not_looked_up(scene: Scene) -> None:
    scene.discord.deny(NEWS, "read_message_history", whom=APP)
    async with session_lost(scene):
        scene.people.mention(ASK)
    assert scene.discord.calls_of(HISTORY) == []
    assert scene.discord.posts(NEWS) == []


async def test_a_channel_that_cannot_be_looked_up_keeps_nobody_else_waiting(rough_scene: Scene) -> None:
    scene = rough_scene
    thread = scene.people.thread("Ferries")
    async with session_lost(scene):
        scene.people.mention(ASK, channel=thread.id)
        scene.people.mention(ASK)
        scene.discord.fail(HISTORY, 403, 50001, "Missing Access")
    assert scene.discord.posts(NEWS) == []
    assert FERRY in scene.posted(thread.id)


async def test_only_so_many_channels_are_looked_up_those_of_late_first(
    scene: Scene, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(catching_up, "_MOST_CHANNELS", 2)
    threads = [scene.people.thread(f"Ferry {number}") for number in range(4)]
    async with session_lost(scene):
        for thread in threads:
            scene.people.mention(ASK, channel=thread.id)
    assert [len(scene.discord.posts(thread.id)) for thread in threads] == [0, 0, 1, 1]
    assert "What was asked in 2 channels while the session was lost is not looked up." in caplog.messages


async def test_nothing_is_looked_up_when_the_app_starts(discord: DiscordServer, store: Database) -> None:
    room = await furnished(store)
    async with playing(discord, store, room=room) as scene:
        await scene.asked_in_a_channel(ASK)
    async with playing(discord, store, room=room) as scene:
        await scene.settled()
        assert discord.calls_of(HISTORY) == []
        assert len(discord.posts(NEWS)) == 1
