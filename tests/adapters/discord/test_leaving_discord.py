"""A server that removes the app, and channels and threads that are deleted: their digests rest."""

import pytest

from adapters import patience
from adapters.discord.people import DIRECT_MESSAGES
from bot.delivery.posting import Poster
from bot.errors import DatabaseBusy
from storage.database import Database
from tests.adapters.discord.scenes import Scene, furnished, has_digest, playing, why_paused
from tests.fakes.discord_records import ADA, APP, BEN, DESK, GUILD, NEWS, OWNER, SPORT
from tests.fakes.discord_server import DiscordServer

LOST = 199  # a channel of which the app knows nothing
REMOVED = "Verbatim was removed from the server."


async def test_the_digests_of_a_server_that_removes_the_app_rest_and_no_others(rough_scene: Scene) -> None:
    await has_digest(rough_scene.room)
    await has_digest(rough_scene.room, channel=DESK)
    await has_digest(rough_scene.room, server=101, channel=151)
    rough_scene.people.remove_app()
    await rough_scene.settled()
    assert await why_paused(rough_scene.room) == await why_paused(rough_scene.room, channel=DESK) == [REMOVED]
    assert await why_paused(rough_scene.room, server=101, channel=151) == [None]


async def test_the_owners_are_told_of_a_channel_that_is_deleted_each_of_their_own(scene: Scene) -> None:
    await has_digest(scene.room)
    await has_digest(scene.room, owner=BEN, about="rowing")
    scene.people.delete_channel(NEWS)
    await scene.settled()
    assert "Digest 1 is paused: The channel was deleted." in scene.posted(ADA)
    assert "Digest 2 is paused: The channel was deleted." in scene.posted(BEN)
    assert [len(scene.discord.posts(person)) for person in (ADA, BEN)] == [1, 1]


async def test_the_owner_is_told_of_a_server_that_removed_the_app_where_another_one_is_shared(scene: Scene) -> None:
    scene.people.invite(101, "Mill Times", ADA, owner=OWNER)
    await has_digest(scene.room)
    scene.people.remove_app()
    await scene.settled()
    assert f"Digest 1 is paused: {REMOVED}" in scene.posted(ADA)


async def test_an_owner_whom_discord_lets_nobody_tell_is_a_line_in_the_log(rough_scene: Scene, caplog: pytest.LogCaptureFixture) -> None:
    await has_digest(rough_scene.room)
    rough_scene.people.remove_app()
    await rough_scene.settled()
    assert await why_paused(rough_scene.room) == [REMOVED]
    assert f"Somebody could not be told: Digest 1 is paused: {REMOVED}" in caplog.text


async def test_the_digests_of_a_server_that_is_only_away_go_on(rough_scene: Scene) -> None:
    await has_digest(rough_scene.room)
    rough_scene.people.outage()
    await rough_scene.settled()
    assert await why_paused(rough_scene.room) == [None]
    rough_scene.people.remove_app()
    await rough_scene.settled()
    assert await why_paused(rough_scene.room) == [REMOVED]


async def test_the_digests_of_a_channel_that_is_deleted_rest_with_those_of_its_threads(scene: Scene) -> None:
    thread = scene.people.thread("Ferries")
    await scene.settled()
    for channel in (NEWS, thread.id, SPORT):
        await has_digest(scene.room, channel=channel)
    scene.people.delete_channel(NEWS)
    await scene.settled()
    assert await why_paused(scene.room) == ["The channel was deleted."]
    assert await why_paused(scene.room, channel=thread.id) == ["The thread was deleted."]
    assert await why_paused(scene.room, channel=SPORT) == [None]


async def test_the_digests_of_a_thread_that_is_deleted_rest(scene: Scene) -> None:
    thread = scene.people.thread("Ferries")
    await has_digest(scene.room, channel=thread.id)
    await has_digest(scene.room)
    scene.people.delete_channel(thread.id)
    await scene.settled()
    assert await why_paused(scene.room, channel=thread.id) == ["The thread was deleted."]
    assert await why_paused(scene.room) == [None]


async def test_the_digests_of_a_server_that_removes_the_app_while_it_is_not_there_rest(discord: DiscordServer, store: Database) -> None:
    discord.add_guild(101, "Mill Times", OWNER, APP, owner=OWNER)
    discord.add_channel(151, "mill", guild=101)
    room = await furnished(store)
    for channel in (NEWS, DESK):
        await has_digest(room, channel=channel)
    await has_digest(room, server=101, channel=151)
    await has_digest(room, server=DIRECT_MESSAGES, channel=ADA)
    discord.guilds[GUILD].members.pop(APP)
    async with playing(discord, store, room=room) as scene:
        await scene.settled()
    assert await why_paused(room) == await why_paused(room, channel=DESK) == [REMOVED]
    assert await why_paused(room, server=101, channel=151) == [None]
    assert await why_paused(room, server=DIRECT_MESSAGES, channel=ADA) == [None]


async def test_the_digests_of_a_channel_that_is_deleted_while_the_app_is_not_there_rest(discord: DiscordServer, store: Database) -> None:
    room = await furnished(store)
    async with playing(discord, store, room=room) as scene:
        thread = scene.people.thread("Ferries")
        scene.people.archive(thread)
        await scene.settled()
    for channel in (NEWS, SPORT, DESK, thread.id):
        await has_digest(room, channel=channel)
    for gone in (DESK, SPORT):
        del discord.channels[gone]
    async with playing(discord, store, room=room) as scene:
        await scene.settled()
        assert len(discord.posts(ADA)) == 2
    assert await why_paused(room, channel=DESK) == await why_paused(room, channel=SPORT) == ["The channel was deleted."]
    assert await why_paused(room) == await why_paused(room, channel=thread.id) == [None]


@pytest.mark.parametrize("refusal", [(403, 50001, "Missing Access"), (503, 0, "Service Unavailable")])
async def test_digests_go_on_in_a_channel_of_which_discord_does_not_say_that_it_is_gone(
    discord: DiscordServer, store: Database, refusal: tuple[int, int, str]
) -> None:
    room = await furnished(store)
    await has_digest(room, channel=LOST)
    await has_digest(room, channel=DESK)
    discord.fail("GET /channels/{channel}", *refusal)
    async with playing(discord, store, room=room) as scene:
        await scene.settled()
    assert len(discord.refused) == 1
    assert await why_paused(room, channel=LOST) == await why_paused(room, channel=DESK) == [None]


async def test_digests_go_on_in_a_server_that_is_away_when_the_app_is_ready(scene: Scene) -> None:
    await has_digest(scene.room)
    await has_digest(scene.room, channel=LOST)
    scene.people.outage()
    await scene.settled()
    scene.client.dispatch("ready")
    await scene.settled()
    assert scene.discord.calls_of("GET /channels/{channel}") == []
    assert await why_paused(scene.room) == await why_paused(scene.room, channel=LOST) == [None]


async def test_a_store_that_is_busy_when_the_app_is_removed_is_asked_again(rough_scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    await has_digest(rough_scene.room)
    left, tries = (rough_scene.room.newsroom.scheduled.left, iter([DatabaseBusy("The database is busy.")] * 2))

    async def busy_at_first(platform: str, workspace: str, *, channel: str | None, reason: str, poster: Poster) -> int:
        if error := next(tries, None):
            raise error
        return await left(platform, workspace, channel=channel, reason=reason, poster=poster)

    monkeypatch.setattr(patience, "WAITS_SECONDS", (0.0, 0.0))
    monkeypatch.setattr(rough_scene.room.newsroom.scheduled, "left", busy_at_first)
    rough_scene.people.remove_app()
    await rough_scene.settled()
    assert await why_paused(rough_scene.room) == [REMOVED]


async def test_an_app_that_comes_back_is_told_of_nothing_twice(scene: Scene) -> None:
    scene.people.remove_app()
    scene.people.invite(101, "Mill Times", owner=OWNER)
    await scene.settled()
    await has_digest(scene.room, server=101, channel=151)
    assert await why_paused(scene.room, server=101, channel=151) == [None]
    assert GUILD not in [guild.id for guild in scene.client.guilds]
