"""A server that removes the app, and channels and threads that are deleted: their digests rest."""

import pytest

from adapters import patience
from bot.errors import DatabaseBusy
from tests.adapters.discord.scenes import Scene, has_digest, why_paused
from tests.fakes.discord_records import DESK, GUILD, NEWS, OWNER, SPORT

REMOVED = "Verbatim was removed from the server"


async def test_the_digests_of_a_server_that_removes_the_app_rest_and_no_others(scene: Scene) -> None:
    await has_digest(scene.room)
    await has_digest(scene.room, channel=DESK)
    await has_digest(scene.room, server=101, channel=151)
    scene.people.remove_app()
    await scene.settled()
    assert await why_paused(scene.room) == await why_paused(scene.room, channel=DESK) == [REMOVED]
    assert await why_paused(scene.room, server=101, channel=151) == [None]


async def test_the_digests_of_a_server_that_is_only_away_go_on(scene: Scene) -> None:
    await has_digest(scene.room)
    scene.people.outage()
    await scene.settled()
    assert await why_paused(scene.room) == [None]
    scene.people.remove_app()
    await scene.settled()
    assert await why_paused(scene.room) == [REMOVED]


async def test_the_digests_of_a_channel_that_is_deleted_rest_with_those_of_its_threads(scene: Scene) -> None:
    thread = scene.people.thread("Ferries")
    await scene.settled()
    for channel in (NEWS, thread.id, SPORT):
        await has_digest(scene.room, channel=channel)
    scene.people.delete_channel(NEWS)
    await scene.settled()
    assert await why_paused(scene.room) == ["the channel was deleted"]
    assert await why_paused(scene.room, channel=thread.id) == ["the thread was deleted"]
    assert await why_paused(scene.room, channel=SPORT) == [None]


async def test_the_digests_of_a_thread_that_is_deleted_rest(scene: Scene) -> None:
    thread = scene.people.thread("Ferries")
    await has_digest(scene.room, channel=thread.id)
    await has_digest(scene.room)
    scene.people.delete_channel(thread.id)
    await scene.settled()
    assert await why_paused(scene.room, channel=thread.id) == ["the thread was deleted"]
    assert await why_paused(scene.room) == [None]


async def test_a_store_that_is_busy_when_the_app_is_removed_is_asked_again(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    await has_digest(scene.room)
    left, tries = scene.room.newsroom.left, iter([DatabaseBusy("The database is busy."), DatabaseBusy("The database is busy.")])

    async def busy_at_first(platform: str, workspace: str, *, channel: str | None, reason: str) -> int:
        if error := next(tries, None):
            raise error
        return await left(platform, workspace, channel=channel, reason=reason)

    monkeypatch.setattr(patience, "WAITS_SECONDS", (0.0, 0.0))
    monkeypatch.setattr(scene.room.newsroom, "left", busy_at_first)
    scene.people.remove_app()
    await scene.settled()
    assert await why_paused(scene.room) == [REMOVED]


async def test_an_app_that_comes_back_is_told_of_nothing_twice(scene: Scene) -> None:
    scene.people.remove_app()
    scene.people.invite(101, "Mill Times", owner=OWNER)
    await scene.settled()
    await has_digest(scene.room, server=101, channel=151)
    assert await why_paused(scene.room, server=101, channel=151) == [None]
    assert GUILD not in [guild.id for guild in scene.client.guilds]
