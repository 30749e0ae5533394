"""What channels get by themselves on Discord: one message each, posted once, and what Discord says where it does not take one."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import discord as discord_py
import pytest

from adapters.discord.delivering import DiscordPoster, Present
from adapters.discord.people import DIRECT_MESSAGES
from bot.callers import Channel
from bot.delivery.posting import Post
from bot.errors import CannotPost, NotNow, Uncertain, VerbatimError
from bot.replies import Chart, Reply, Section
from storage.database import Database
from tests.adapters.discord.scenes import Scene, playing
from tests.adapters.discord.using import POST
from tests.fakes.discord_reading import labels, visible_text
from tests.fakes.discord_records import ADA, APP, GUILD, NEWS, QUESTIONS, Message
from tests.fakes.discord_server import DiscordServer
from tests.fakes.newsroom import card

HISTORY = "GET /channels/{channel}/messages"
CHART = Chart("Quotes by speaker", (("Ada Moor", 3), ("Ben Reed", 1)), "Quotes by speaker: Ada Moor 3, Ben Reed 1.")
FERRIES = Reply("Digest about ferries.", (Section("Ada Moor", "1 quote", (card(),)),), chart=CHART)


@pytest.fixture
def scene(rough_scene: Scene) -> Scene:
    """A scene in which Discord may refuse something or fail, and in which nobody is pinged."""
    return rough_scene


def poster_of(scene: Scene) -> DiscordPoster:
    return DiscordPoster(Present(scene.client))


def due(*lengths: Reply, channel: int = NEWS, server: int | str = GUILD, number: int = 7, mutable: bool = False) -> Post:
    since = datetime.now(UTC) - timedelta(minutes=10)
    place = Channel("discord", str(server), str(channel))
    return Post(number, f"verbatim-{number}", place, lengths or (FERRIES,), since, ZoneInfo("Europe/London"), mutable)


async def posted(scene: Scene, post: Post) -> Message:
    """The message of a post, which is the only one in its channel by that number."""
    number = await poster_of(scene).post(post)
    (message,) = [each for each in scene.discord.posts(int(post.channel.channel)) if str(each.id) == number]
    return message


async def test_a_digest_is_one_message_with_its_chart_and_a_button_to_manage_it(scene: Scene) -> None:
    message = await posted(scene, due())
    assert visible_text(message).startswith("Digest about ferries.")
    assert labels(message)[-1] == "Manage"
    assert message.embeds[-1]["image"]["url"] == "attachment://chart.png"
    assert message.files["chart.png"].startswith(b"\x89PNG")
    assert [attached["description"] for attached in message.attachments] == [CHART.alt]
    (call,) = scene.discord.calls_of(POST)
    assert (call.arguments["nonce"], call.arguments["enforce_nonce"]) == ("verbatim-7", True)
    assert call.arguments["allowed_mentions"] == {"parse": []}


async def test_what_does_not_fit_into_one_message_is_left_out_and_a_button_shows_all(scene: Scene) -> None:
    long = Reply("Digest.", tuple(Section(f"Story {number}", lines=("word " * 300,)) for number in range(9)))
    shorter = await posted(scene, due(long, FERRIES))
    assert "Story" not in visible_text(shorter)
    assert labels(shorter)[-2:] == ["Manage", "Show all"]
    cut = await posted(scene, due(long, number=8))
    assert "Story 0" in visible_text(cut)
    assert "Story 8" not in visible_text(cut)
    assert "This is not all: Show all shows you the rest." in visible_text(cut)
    assert labels(cut) == ["Manage", "Show all"]


async def test_an_alert_can_be_muted_and_what_is_not_all_there_is_can_be_shown(scene: Scene) -> None:
    message = await posted(scene, replace(due(mutable=True), complete=False))
    assert labels(message)[-3:] == ["Manage", "Show all", "Mute for a day"]


@pytest.mark.parametrize("is_known", [True, False])
async def test_where_no_file_may_be_attached_the_digest_comes_without_its_chart(
    scene: Scene, monkeypatch: pytest.MonkeyPatch, is_known: bool
) -> None:
    scene.discord.deny(NEWS, "attach_files", whom=APP)
    await scene.settled()
    if not is_known:
        monkeypatch.setattr(scene.client, "get_channel", lambda _: None)
    message = await posted(scene, due())
    assert (message.files, [embed.get("image") for embed in message.embeds][-1]) == ({}, None)
    assert "Digest about ferries." in visible_text(message)
    assert [call.status for call in scene.discord.calls_of(POST)] == ([200] if is_known else [403, 200])


async def test_a_digest_whose_chart_cannot_be_drawn_comes_without_it(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    async def broken(_: Chart) -> bytes:
        raise ZeroDivisionError

    monkeypatch.setattr(scene.room.newsroom.scheduled, "picture", broken)
    assert (await posted(scene, due())).files == {}


async def test_threads_posts_of_a_forum_and_direct_messages_are_places_too(scene: Scene) -> None:
    thread = scene.people.thread("Berths")
    answered = scene.people.forum_post("Ferry", "Who knows?", channel=QUESTIONS)
    direct = scene.discord.direct_messages(ADA)
    await scene.settled()
    await posted(scene, due(channel=thread.id, number=1))
    await posted(scene, due(channel=answered.channel, number=2))
    await posted(scene, due(channel=direct.id, server=DIRECT_MESSAGES, number=3))


async def test_an_archived_thread_is_opened_again_by_what_is_posted_in_it(scene: Scene) -> None:
    thread = scene.people.thread("Berths")
    scene.people.archive(thread)
    await scene.settled()
    await posted(scene, due(channel=thread.id))
    assert not thread.archived


# 2. Discord takes the post, and its answer is lost: it is looked for, and not posted again.


@pytest.mark.parametrize(("status", "drop"), [(0, True), (502, False)])
async def test_a_post_whose_answer_is_lost_is_found_and_stands_there_once(scene: Scene, status: int, drop: bool) -> None:
    poster, post = poster_of(scene), due()
    scene.discord.fail(POST, status, after=True, drop=drop)
    with pytest.raises(Uncertain):
        await poster.post(post)
    (message,) = scene.discord.posts(NEWS)
    assert await poster.find(post) == str(message.id)
    assert await poster.post(post) == str(message.id)  # the same nonce: Discord shows the one that stands there
    assert len(scene.discord.posts(NEWS)) == 1


@pytest.mark.parametrize(("status", "drop"), [(0, True), (503, False)])
async def test_a_post_that_discord_did_not_take_is_certainly_not_there(scene: Scene, status: int, drop: bool) -> None:
    poster, post = poster_of(scene), due()
    scene.discord.fail(POST, status, drop=drop)
    with pytest.raises(Uncertain):
        await poster.post(post)
    assert len(scene.discord.calls_of(POST)) == 1
    assert await poster.find(post) is None


async def test_a_post_is_known_by_its_number_and_not_taken_for_another_or_for_what_somebody_else_wrote(scene: Scene) -> None:
    poster = poster_of(scene)
    await poster.post(due(number=70))
    other = scene.people.message("Digest about ferries.", channel=NEWS)
    other.components = scene.discord.posts(NEWS)[0].components
    assert await poster.find(due(number=7)) is None
    assert await poster.find(due(number=70)) == str(scene.discord.posts(NEWS)[0].id)
    later = datetime.now(UTC) + timedelta(minutes=1)
    assert await poster.find(replace(due(number=70), since=later)) is None


async def test_a_post_among_many_messages_is_found_on_a_later_page(scene: Scene) -> None:
    for number in range(150):
        scene.people.message(f"Message {number}", channel=NEWS)
    await scene.settled()
    place = await poster_of(scene).post(due())
    assert await poster_of(scene).find(due()) == place
    assert len(scene.discord.calls_of(HISTORY)) == 2


async def test_where_messages_may_not_be_read_nobody_can_tell_whether_it_stands_there(scene: Scene) -> None:
    await poster_of(scene).post(due())
    scene.discord.deny(NEWS, "read_message_history", whom=APP)
    await scene.settled()
    with pytest.raises(Uncertain):
        await poster_of(scene).find(due())


async def test_a_post_in_a_thread_that_the_app_does_not_know_of_any_more_is_found(scene: Scene) -> None:
    thread = scene.people.thread("Berths")
    await scene.settled()
    number = await poster_of(scene).post(due(channel=thread.id))
    scene.people.archive(thread)
    await scene.settled()
    assert await poster_of(scene).find(due(channel=thread.id)) == number


async def test_a_post_that_somebody_took_away_at_once_counts_as_posted(scene: Scene) -> None:
    scene.discord.fail(POST, 404, 10008, "Unknown Message")
    assert await poster_of(scene).post(due()) == "deleted"


# 8. The channel is gone, the app removed: that is so until somebody changes something.


def _delete(scene: Scene) -> None:
    scene.people.delete_channel(NEWS)


def _remove(scene: Scene) -> None:
    scene.people.remove_app()


def _hide(scene: Scene) -> None:
    scene.discord.deny(NEWS, "view_channel", whom=APP)


def _silence(scene: Scene) -> None:
    scene.discord.deny(NEWS, "send_messages", whom=APP)


def _strip(scene: Scene) -> None:
    scene.discord.deny(NEWS, "embed_links", whom=APP)


@pytest.mark.parametrize(
    ("happens", "why"),
    [
        (_delete, "The channel was deleted."),
        (_remove, "Verbatim was removed from the server."),
        (_hide, "Verbatim does not see the channel any more."),
        (_silence, "The permission Send Messages is missing in the channel."),
        (_strip, "The permission Embed Links is missing in the channel."),
    ],
)
async def test_where_nothing_can_be_posted_any_more_it_is_said_why_and_what_to_do(scene: Scene, happens: object, why: str) -> None:
    assert callable(happens)
    happens(scene)
    await scene.settled()
    with pytest.raises(CannotPost) as refused:
        await poster_of(scene).post(due())
    assert refused.value.what == why
    assert refused.value.remedy


async def test_in_a_thread_that_is_locked_nothing_can_be_posted(scene: Scene) -> None:
    thread = scene.people.thread("Berths")
    scene.people.archive(thread, locked=True)
    await scene.settled()
    with pytest.raises(CannotPost, match="The thread is locked"):
        await poster_of(scene).post(due(channel=thread.id))


async def test_whoever_takes_no_direct_messages_gets_none(scene: Scene) -> None:
    direct = scene.discord.direct_messages(ADA)
    scene.discord.people[ADA].takes_direct_messages = False
    with pytest.raises(CannotPost, match="Discord does not let Verbatim write to you"):
        await poster_of(scene).post(due(channel=direct.id, server=DIRECT_MESSAGES))


@pytest.mark.parametrize(
    ("status", "code", "raised"),
    [
        (401, 0, NotNow),
        (400, 50083, CannotPost),
        (400, 50008, CannotPost),
        (403, 40001, CannotPost),
        (400, 200000, CannotPost),
        (500, 0, Uncertain),
        (400, 50035, discord_py.HTTPException),
    ],
)
async def test_what_discord_says_means_one_of_three_things_or_a_mistake_of_ours(
    scene: Scene, status: int, code: int, raised: type[Exception]
) -> None:
    scene.discord.fail(POST, status, code, "Refused")
    with pytest.raises(raised) as refused:
        await poster_of(scene).post(due(replace(FERRIES, chart=None)))
    assert isinstance(refused.value, VerbatimError) is (code != 50035)
    assert len(scene.discord.calls_of(POST)) == 1


# 10. A limit in one channel is told at once and holds up no other.


async def test_a_limit_in_one_channel_is_told_with_its_seconds_and_holds_up_no_other(scene: Scene) -> None:
    scene.discord.add_channel(150, "desk-two")
    await scene.settled()
    scene.discord.fail(POST, retry_after=41.5, channel=NEWS)
    with pytest.raises(NotNow) as limited:
        await poster_of(scene).post(due())
    assert limited.value.seconds == 41.5
    await posted(scene, due(channel=150, number=8))
    await posted(scene, due())


async def test_where_discord_cannot_be_reached_nothing_was_posted(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(discord_py.http.Route, "BASE", "http://127.0.0.1:1/api/v10")
    with pytest.raises(NotNow):
        await poster_of(scene).post(due())


async def test_a_client_that_is_not_there_posts_nothing_and_the_next_one_does(discord: DiscordServer, store: Database) -> None:
    present = Present()
    poster = DiscordPoster(present)
    assert not poster.is_ready
    with pytest.raises(NotNow):
        await poster.post(due())
    async with playing(discord, store) as before:
        present.client = before.client
        assert poster.is_ready
    assert not poster.is_ready
    async with playing(discord, store, room=before.room) as after:
        present.client = after.client
        await posted(after, due())


# What is one person's alone is told to that person.


async def test_an_owner_is_told_in_direct_messages(scene: Scene) -> None:
    assert await poster_of(scene).tell(str(GUILD), str(ADA), Reply("Digest 3 is paused: the channel was deleted."))
    assert scene.posted(ADA) == "Digest 3 is paused: the channel was deleted."


@pytest.mark.parametrize("trouble", ["closed", "drop", "nobody"])
async def test_an_owner_who_cannot_be_told_is_no_error(scene: Scene, trouble: str) -> None:
    scene.discord.people[ADA].takes_direct_messages = trouble != "closed"
    if trouble == "drop":
        scene.discord.fail(POST, drop=True, times=2)
    person = "no number" if trouble == "nobody" else str(ADA)
    assert not await poster_of(scene).tell(str(GUILD), person, Reply("Digest 3 is paused."))
    assert scene.discord.posts(ADA) == []
