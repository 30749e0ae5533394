"""Sharing a private answer in its channel: once, with who did it, by those who may write there."""

import pytest

from tests.adapters.discord.scenes import FERRY, TIMETABLE, Scene, many_quotes
from tests.adapters.discord.using import FOLLOW_UP, POST, answer, pressed, submitted, told, used
from tests.fakes.discord_reading import labels, visible_text
from tests.fakes.discord_records import ADA, BEN, DESK, NEWS, QUESTIONS, Message
from tests.newsrooms import ED

ABOUT_THE_FERRY = "quotes about the ferry"
SHARE = "Share in channel"
ALREADY = "You have shared this already."


async def test_sharing_shows_the_answer_to_the_channel_with_who_shared_it_and_takes_the_private_one_away(scene: Scene) -> None:
    private = await scene.asked(ABOUT_THE_FERRY)
    words = _quoted(private)
    await pressed(scene, private, SHARE)
    (shared,) = scene.discord.posts(NEWS)
    assert "Shared by Ada Moor" in visible_text(shared)
    assert _quoted(shared) == words
    assert SHARE not in labels(shared)
    assert scene.discord.ephemerals(ADA) == []


async def test_a_share_button_that_is_pressed_twice_shares_once_and_says_so(scene: Scene) -> None:
    private = await scene.asked(ABOUT_THE_FERRY)
    held = scene.discord.hold(POST)
    first, second = scene.people.click(private, SHARE), scene.people.click(private, SHARE)
    await held.arrived.wait()
    held.release()
    await scene.settled()
    assert len(scene.discord.posts(NEWS)) == 1
    assert [ALREADY in visible_text(message) for done in (first, second) for message in done.followups if message.to == ADA] == [True]


async def test_a_share_that_is_told_twice_shares_once(rough_scene: Scene) -> None:
    done = await pressed(rough_scene, await rough_scene.asked(ABOUT_THE_FERRY), SHARE)
    rough_scene.people.again(done)
    await rough_scene.settled()
    assert len(rough_scene.discord.posts(NEWS)) == 1
    assert rough_scene.discord.ephemerals(ADA) == []


async def test_each_page_and_each_answer_can_be_shared(scene: Scene) -> None:
    await many_quotes(scene.room, 8)
    first = await scene.asked(ABOUT_THE_FERRY)
    second = answer(await pressed(scene, first, "More (5)"))
    words = [_quoted(second), _quoted(first)]
    for shown in (second, first, await scene.asked(ABOUT_THE_FERRY)):
        await pressed(scene, shown, SHARE)
    assert [_quoted(message) for message in scene.discord.posts(NEWS)] == [*words, words[1]]


async def test_an_answer_is_shared_where_the_app_may_not_write_and_its_buttons_work_there_for_others(scene: Scene) -> None:
    await many_quotes(scene.room, 8)
    await pressed(scene, await scene.asked(ABOUT_THE_FERRY, channel=DESK), SHARE)
    (shared,) = scene.discord.posts(DESK)
    assert "Quotes 6 to 10 of 10" in told(await pressed(scene, shared, "More (5)", user=BEN))
    assert TIMETABLE in told(await pressed(scene, shared, "#3 Tom Cook: The ferry timetable is a promise.", user=BEN))
    assert scene.discord.posts(DESK) == [shared]


@pytest.mark.parametrize(("name", "shows"), [("digest", FERRY), ("status", "2 articles")])
async def test_an_answer_that_is_not_kept_is_asked_for_again_to_share_it(scene: Scene, name: str, shows: str) -> None:
    private = answer(await used(scene, name))
    await pressed(scene, private, SHARE)
    (shared,) = scene.discord.posts(NEWS)
    assert "Shared by Ada Moor" in visible_text(shared)
    assert shows in visible_text(shared)
    assert SHARE not in labels(shared)
    assert scene.discord.ephemerals(ADA) == []


@pytest.mark.parametrize("request_", ["help", "corrections", "subscriptions", "digest daily at 8", "time zone"])
async def test_what_is_about_the_person_or_changes_something_cannot_be_shared(scene: Scene, request_: str) -> None:
    assert SHARE not in labels(await scene.asked(request_))


async def test_what_everybody_sees_already_and_what_is_asked_directly_cannot_be_shared(scene: Scene) -> None:
    assert SHARE not in labels(await scene.asked_in_a_channel(ABOUT_THE_FERRY))
    assert SHARE not in labels(await scene.asked_directly(ABOUT_THE_FERRY))


async def test_an_answer_in_a_post_of_a_forum_is_shared_in_that_post(scene: Scene) -> None:
    post = scene.people.forum_post("Ferry", "Who knows?", channel=QUESTIONS)
    await pressed(scene, await scene.asked(ABOUT_THE_FERRY, channel=post.channel), SHARE)
    (shared,) = scene.discord.posts(post.channel)
    assert FERRY in visible_text(shared)


@pytest.mark.parametrize("in_thread", [False, True])
async def test_who_may_not_write_in_a_channel_shares_nothing_there(scene: Scene, in_thread: bool) -> None:
    scene.discord.deny(NEWS, "send_messages", "send_messages_in_threads", whom=BEN)
    channel = scene.people.thread("Ferry").id if in_thread else NEWS
    private = await scene.asked(ABOUT_THE_FERRY, user=BEN, channel=channel)
    done = await pressed(scene, private, SHARE, user=BEN)
    assert "You may not write in this channel" in told(done)
    assert scene.discord.ephemerals(BEN) == [private, answer(done)]
    assert scene.discord.posts(channel) == []


async def test_a_name_that_would_ping_is_shared_as_plain_text(scene: Scene) -> None:
    scene.discord.people[ADA].name = "@everyone <@202> *Ada*"
    await pressed(scene, await scene.asked(ABOUT_THE_FERRY), SHARE)
    assert "Shared by @everyone <@202> *Ada*" in scene.posted()


async def test_an_answer_whose_article_was_taken_down_is_shared_without_its_quotes(scene: Scene) -> None:
    private = await scene.asked(ABOUT_THE_FERRY)
    await scene.room.newsroom.remove("1", author=ED)
    await pressed(scene, private, SHARE)
    assert TIMETABLE in scene.posted()
    assert FERRY not in scene.posted()


async def test_a_shared_answer_that_is_corrected_still_says_who_shared_it(scene: Scene) -> None:
    await pressed(scene, await scene.asked("what did Ann Bell say", channel=DESK), SHARE)
    (shared,) = scene.discord.posts(DESK)
    for speaker in ("Tom Cook", "Mia Fox"):  # the second time the message is one that was edited
        await pressed(scene, shared, "Wrong speaker?", user=BEN)
        assert f"Quote 1 is now by {speaker}" in told(await submitted(scene, {"Somebody else": speaker}, user=BEN))
    assert "Shared by Ada Moor" in visible_text(shared)
    assert scene.discord.posts(DESK) == [shared]


@pytest.mark.parametrize(("channel", "route"), [(NEWS, POST), (DESK, FOLLOW_UP)])
async def test_a_share_that_discord_does_not_take_is_told_and_not_tried_again(rough_scene: Scene, channel: int, route: str) -> None:
    private = await rough_scene.asked(ABOUT_THE_FERRY, channel=channel)
    rough_scene.discord.fail(route, 403, 240000, "Blocked by the server")
    assert "Discord did not say that it posted the answer." in told(await pressed(rough_scene, private, SHARE))
    assert rough_scene.discord.posts(channel) == []
    assert ALREADY in told(await pressed(rough_scene, private, SHARE))


async def test_a_share_for_which_the_connection_broke_stands_there_once(rough_scene: Scene) -> None:
    private = await rough_scene.asked(ABOUT_THE_FERRY)
    rough_scene.discord.fail(POST, drop=True, after=True)
    await pressed(rough_scene, private, SHARE)
    assert len(rough_scene.discord.posts(NEWS)) == 1
    assert rough_scene.discord.ephemerals(ADA) == []


def _quoted(message: Message) -> list[str]:
    """The quotes that a message shows, in order."""
    return [embed["description"] for embed in message.embeds]
