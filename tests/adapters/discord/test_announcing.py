"""A digest that is set up in private is announced in its channel, or not set up where nothing can be posted there."""

import pytest

from tests.adapters.discord.scenes import Scene
from tests.fakes.discord_reading import visible_text
from tests.fakes.discord_records import ADA, APP, DESK, NEWS

DIGEST = "digest daily at 8 about the ferry"
POST = "POST /channels/{channel}/messages"


async def test_a_digest_that_is_set_up_by_a_command_is_announced_in_the_channel(scene: Scene) -> None:
    told = visible_text(await scene.asked(DIGEST))
    assert "Digest 1" in told
    assert "Ada Moor set up a digest here: about ferry, daily at 08:00, Europe/London." in scene.posted()


async def test_a_digest_that_is_set_up_by_a_mention_is_told_of_in_the_channel_once(scene: Scene) -> None:
    await scene.asked_in_a_channel(DIGEST)
    (answer,) = scene.discord.posts(NEWS)
    assert "Digest 1" in visible_text(answer)


@pytest.mark.parametrize(
    ("permission", "told"),
    [
        ("send_messages", "Verbatim cannot post in #news: the permission Send Messages is missing there. So no digest was set up there."),
        (
            "embed_links",
            "Verbatim cannot show quotes in #news: the permission Embed Links is missing there. So no digest was set up there.",
        ),
    ],
)
async def test_a_digest_that_is_set_up_by_a_mention_where_nothing_can_be_posted_is_not_set_up(
    scene: Scene, permission: str, told: str
) -> None:
    scene.discord.deny(NEWS, permission, whom=APP)
    scene.people.mention(DIGEST)
    await scene.settled()
    assert told in scene.posted(ADA)
    scene.discord.allow(NEWS, permission, whom=APP)
    assert "None is set up here." in visible_text(await scene.asked("subscriptions"))


async def test_a_digest_that_cannot_be_announced_is_not_set_up_and_what_is_missing_is_told(rough_scene: Scene) -> None:
    told = visible_text(await rough_scene.asked(DIGEST, channel=DESK))
    assert "cannot post in #desk: the permission Send Messages is missing there" in told
    assert "None is set up here." in visible_text(await rough_scene.asked("subscriptions", channel=DESK))


async def test_a_digest_of_which_it_is_not_known_whether_it_was_announced_is_set_up_and_says_so(rough_scene: Scene) -> None:
    rough_scene.discord.fail(POST, drop=True, after=True, times=2)
    told = visible_text(await rough_scene.asked(DIGEST))
    assert "Digest 1" in told
    assert "It is not certain that the channel was told of it." in told


async def test_a_digest_in_direct_messages_is_announced_to_nobody_but_the_one_who_set_it_up(scene: Scene) -> None:
    await scene.asked(DIGEST, channel=None)
    (answer,) = scene.discord.posts(ADA)
    assert "Digest 1" in visible_text(answer)
    assert scene.discord.posts(NEWS) == []
