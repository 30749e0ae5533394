"""Where Verbatim lacks a permission, or a person takes no direct messages: who asks is told, in private where that can be."""

import pytest

from tests.adapters.discord.scenes import FERRY, Scene
from tests.fakes.discord_records import ADA, APP, DESK, NEWS

ASK = "who said what about the ferry"


@pytest.mark.parametrize(
    ("permission", "told"),
    [
        ("embed_links", "cannot show quotes in #news: the permission Embed Links is missing"),
        ("send_messages", "cannot post in #news: the permission Send Messages is missing"),
        ("view_channel", "cannot post in #news: the permission View Channels is missing"),
    ],
)
async def test_which_permission_is_missing_is_told_to_the_person_alone(rough_scene: Scene, permission: str, told: str) -> None:
    scene = rough_scene
    async with scene.room.database.writing():
        scene.people.mention(ASK)
        await scene.discord.gateway.heard()
        deny(scene, permission)
    await scene.settled()
    assert scene.discord.posts(NEWS) == []
    assert told in scene.posted(ADA)


async def test_a_thread_in_which_it_may_not_write_is_told_so_too(rough_scene: Scene) -> None:
    scene = rough_scene
    thread = scene.people.thread("Berths", channel=DESK)
    scene.people.mention(ASK, channel=thread.id)
    await scene.settled()
    assert scene.discord.posts(thread.id) == []
    assert "cannot post in #Berths: the permission Send Messages in Threads is missing there" in scene.posted(ADA)


async def test_without_the_history_of_a_channel_the_answer_is_no_reply(rough_scene: Scene) -> None:
    deny(rough_scene, "read_message_history")
    answer = await rough_scene.asked_in_a_channel(ASK)
    assert FERRY in rough_scene.posted()
    assert answer.reply_to is None


async def test_what_is_told_to_a_person_who_takes_no_direct_messages_is_told_in_the_channel(rough_scene: Scene) -> None:
    scene = rough_scene
    scene.discord.people[ADA].takes_direct_messages = False
    question = scene.people.mention("hlep")
    await scene.settled()
    (told,) = scene.discord.posts(NEWS)
    assert told.reply_to == question.id
    assert told.pings == []


@pytest.mark.parametrize(("status", "code"), [(403, 40003), (403, 50001), (403, 50013), (400, 50278)])
async def test_a_person_to_whom_discord_does_not_let_us_write_now_is_told_in_the_channel(
    rough_scene: Scene, status: int, code: int, caplog: pytest.LogCaptureFixture
) -> None:
    scene = rough_scene
    scene.discord.fail("POST /users/@me/channels", status, code, "You are opening direct messages too fast.")
    question = scene.people.mention("hlep")
    await scene.settled()
    (told,) = scene.discord.posts(NEWS)
    assert told.reply_to == question.id
    assert "hlep" in scene.posted()
    assert [record.getMessage() for record in caplog.records if record.levelname == "ERROR"] == []


async def test_that_quotes_cannot_be_shown_is_told_where_only_quotes_cannot_be_shown(rough_scene: Scene) -> None:
    scene = rough_scene
    scene.discord.people[ADA].takes_direct_messages = False
    deny(scene, "embed_links")
    await scene.asked_in_a_channel(ASK)
    assert scene.posted().startswith("Verbatim cannot show quotes in #news: the permission Embed Links is missing there.")


async def test_where_nothing_can_be_told_nothing_is_tried_again(rough_scene: Scene, caplog: pytest.LogCaptureFixture) -> None:
    scene = rough_scene
    scene.discord.people[ADA].takes_direct_messages = False
    scene.people.mention(ASK, channel=DESK)
    await scene.settled()
    assert scene.discord.posts(DESK) == []
    assert [record.getMessage() for record in caplog.records if record.levelname == "ERROR"] == []


def deny(scene: Scene, permission: str) -> None:
    """Take a permission in #news from the app."""
    scene.discord.deny(NEWS, permission, whom=APP)
