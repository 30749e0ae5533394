"""Digests and alerts on Discord from the store to the channel, and their buttons: what comes by itself is seen to where it stands."""

import re
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest

from adapters.discord.delivering import DiscordPoster, Present
from bot.delivery.delivering import Tally
from tests.adapters.discord.scenes import FERRY, Scene, has_digest, many_quotes, why_paused
from tests.adapters.discord.using import POST, answer, answers, pressed, submitted, told, used
from tests.fakes.discord_reading import labels, links, visible_text
from tests.fakes.discord_records import ADA, APP, BEN, GUILD, NEWS, Message
from tests.newsrooms import article

CHART = "chart.png"
MUCH = "We will not wait for the ferry any longer, and nobody else in this town will. " * 20
HOSTILE = f"@everyone <@{BEN}> [ferry](https://evil.example.org) **bold** :smile: `code`"


@pytest.fixture
async def scene(rough_scene: Scene) -> AsyncIterator[Scene]:
    """A scene in which Discord may fail, whose clock is that of the store."""
    rough_scene.discord.forward((rough_scene.room.clock.now - datetime.now(UTC)).total_seconds())
    yield rough_scene
    await rough_scene.settled()


async def delivered(scene: Scene, **by: float) -> Tally:
    """What comes of all that is due once so much time has gone by."""
    scene.room.clock.forward(**by)
    scene.discord.forward(timedelta(**by).total_seconds())
    return await scene.room.newsroom.scheduled.deliver({"discord": DiscordPoster(Present(scene.client))}, "test")


async def many_said(scene: Scene) -> None:
    """So much was said by some that there is something to draw."""
    said = [f'{name} said: "The ferry is late for the {number}th time."' for number in range(4) for name in ("Ann Bell", "Tom Cook")]
    await scene.room.read(article(" ".join(said), number=6))


async def digest(scene: Scene) -> Message:
    """A digest about the ferry that came by itself in #news."""
    await has_digest(scene.room)
    assert (await delivered(scene, days=1)).sent == 1
    return scene.discord.posts(NEWS)[-1]


async def alert(scene: Scene) -> Message:
    """An alert about the ferry that came by itself in #news."""
    await used(scene, "watch", {"about": "ferry"})
    await scene.room.read(article('Ann Bell said: "The ferry is late."', number=7))
    assert (await delivered(scene, minutes=11)).sent == 1
    return scene.discord.posts(NEWS)[-1]


async def test_a_digest_comes_when_it_is_due_once_with_its_quotes_and_its_chart(scene: Scene) -> None:
    await many_said(scene)
    shown = await digest(scene)
    assert FERRY in visible_text(shown)
    assert list(shown.files) == [CHART]
    assert await delivered(scene, hours=1) == Tally()
    assert scene.discord.posts(NEWS) == [shown]


async def test_a_digest_whose_answer_is_lost_is_looked_for_and_not_posted_again(scene: Scene) -> None:
    """2."""
    await has_digest(scene.room)
    scene.discord.fail(POST, drop=True, after=True)
    assert (await delivered(scene, days=1)).put_back == 1
    assert (await delivered(scene, minutes=1)).sent == 1
    assert len(scene.discord.posts(NEWS)) == len(scene.discord.calls_of(POST)) == 1


async def test_a_digest_that_discord_did_not_take_comes_a_little_later(scene: Scene) -> None:
    await has_digest(scene.room)
    scene.discord.fail(POST, 503)
    assert (await delivered(scene, days=1)).put_back == 1
    assert (await delivered(scene, minutes=1)).sent == 1
    assert len(scene.discord.posts(NEWS)) == 1


async def test_the_digests_of_a_channel_in_which_nothing_can_be_posted_rest_and_their_owner_is_told_once(scene: Scene) -> None:
    """8."""
    await has_digest(scene.room)
    scene.discord.deny(NEWS, "send_messages", whom=APP)
    await scene.settled()
    await delivered(scene, days=1)
    assert await why_paused(scene.room) == ["The permission Send Messages is missing in the channel."]
    assert "Send Messages is missing" in scene.posted(ADA)
    assert await delivered(scene, days=2) == Tally()
    assert len(scene.discord.posts(ADA)) == 1


@pytest.fixture
async def notice(scene: Scene) -> Message:
    """What Ben Okoro, who may set up nothing in #news any more, reads in his direct messages of a digest of his that rests."""
    await has_digest(scene.room, owner=BEN)
    scene.discord.deny(NEWS, "send_messages", whom=APP)
    await scene.settled()
    await delivered(scene, days=1)
    return scene.discord.posts(BEN)[-1]


async def test_the_owner_of_a_digest_that_rests_sees_to_it_in_direct_messages(scene: Scene, notice: Message) -> None:
    assert FERRY in told(await pressed(scene, notice, "Preview", user=BEN))
    assert "Send Messages is missing" in told(await pressed(scene, notice, "What was sent", user=BEN))
    await pressed(scene, notice, "Resume", user=BEN)
    assert "Digest 1 goes on." in visible_text(notice)
    assert await why_paused(scene.room) == [None]
    await pressed(scene, notice, "Change", user=BEN)
    await submitted(scene, {"When": "daily at 9"}, user=BEN)
    assert "Changed: digest 1" in visible_text(notice)
    await pressed(scene, notice, "Delete", user=BEN)
    await pressed(scene, notice, "Delete it", user=BEN)
    assert await why_paused(scene.room) == []


async def test_an_owner_who_does_not_see_the_channel_any_more_is_told_so_beside_the_notice(scene: Scene, notice: Message) -> None:
    before = visible_text(notice)
    scene.discord.deny(NEWS, "view_channel", whom=BEN)
    await scene.settled()
    for label in ("Resume", "Delete", "Preview"):
        assert "There is no digest 1" in told(await pressed(scene, notice, label, user=BEN))
    del scene.discord.guilds[GUILD].members[BEN]
    assert "There is no digest 1" in told(await pressed(scene, notice, "Resume", user=BEN))
    assert visible_text(notice) == before
    assert len(await why_paused(scene.room)) == 1


async def test_where_discord_does_not_say_what_an_owner_sees_that_is_told_beside_the_notice(scene: Scene, notice: Message) -> None:
    scene.discord.fail("GET /guilds/{guild}/members/{user}", 503, times=20)
    assert "Discord does not say at the moment" in told(await pressed(scene, notice, "Resume", user=BEN))
    assert "is paused" in visible_text(notice)


async def test_what_stood_in_a_channel_that_is_gone_is_ended_in_direct_messages(scene: Scene, notice: Message) -> None:
    scene.people.delete_channel(NEWS)
    await scene.settled()
    await pressed(scene, notice, "Delete", user=BEN)
    await pressed(scene, notice, "Delete it", user=BEN)
    assert "Ended: the digest" in visible_text(notice)


async def test_in_direct_messages_nobody_reaches_what_is_another_s(scene: Scene, notice: Message) -> None:
    for request in ("resume 1", "preview 1", "log 1", "unsubscribe 1", "send 1"):
        assert "There is no digest 1" in visible_text(await scene.asked_directly(request))
    assert "paused" in visible_text(notice)


async def test_a_limit_in_one_channel_holds_up_no_other_and_its_digest_comes_later(scene: Scene) -> None:
    """10."""
    scene.discord.add_channel(150, "desk-two")
    await scene.settled()
    for channel in (NEWS, 150):
        await has_digest(scene.room, channel=channel)
    scene.discord.fail(POST, retry_after=120, channel=NEWS)
    tally = await delivered(scene, days=1)
    assert (tally.sent, tally.put_back) == (1, 1)
    assert len(scene.discord.posts(150)) == 1
    assert await delivered(scene, seconds=100) == Tally()
    assert (await delivered(scene, seconds=21)).sent == 1
    assert len(scene.discord.posts(NEWS)) == 1


async def test_words_that_mean_harm_are_shown_as_text_in_a_digest_and_lead_nowhere(scene: Scene) -> None:
    """12, 13 and 14. That nobody is pinged is seen to at the end of each scene."""
    said = f'Eve Wood said: "{HOSTILE} of the ferry {MUCH}"'
    await scene.room.read(article(said, number=3, outlet="@here Mill", headline=HOSTILE, url="https://mill.example.org/a(1)|<@202>"))
    await has_digest(scene.room, about="")
    assert (await delivered(scene, days=1)).sent == 1
    (shown,) = scene.discord.posts(NEWS)
    assert HOSTILE in visible_text(shown)
    assert re.search(r" …”\n\([\d,]+ more characters: Show context\)", visible_text(shown))
    assert all(link.startswith(("https://mill.example.org/", "https://oar.example.org/")) for link in links(shown))
    assert shown.pings == []


async def test_who_presses_manage_sees_the_digest_alone_and_can_let_it_rest(scene: Scene) -> None:
    shown = await digest(scene)
    done = await pressed(scene, shown, "Manage")
    assert "Digest 1: about ferry" in told(done)
    assert scene.discord.ephemerals(ADA) == [answer(done)]
    await pressed(scene, answer(done), "Pause")
    assert "Digest 1 is paused." in visible_text(answer(done))
    assert await why_paused(scene.room) == ["by Ada Moor"]
    assert labels(answer(await pressed(scene, shown, "Manage", user=BEN))) == ["Preview", "What was sent"]


async def test_of_a_digest_that_has_ended_there_is_nothing_to_manage(scene: Scene) -> None:
    shown = await digest(scene)
    await scene.asked("unsubscribe 1")
    assert "has ended" in told(await pressed(scene, shown, "Manage"))


async def test_what_an_alert_leaves_out_is_shown_to_whoever_asks_for_it(scene: Scene) -> None:
    await used(scene, "watch", {"about": "ferry"})
    await many_quotes(scene.room, 30)
    assert (await delivered(scene, minutes=11)).sent == 1
    shown = scene.discord.posts(NEWS)[-1]
    assert "The ferry number 20 is late" not in visible_text(shown)
    done = await pressed(scene, shown, "Show all", user=BEN)
    assert all(f"The ferry number {number} is late" in told(done) for number in range(30))
    assert scene.discord.ephemerals(BEN) == answers(done)
    assert scene.discord.posts(NEWS)[-1] == shown


async def test_an_alert_comes_soon_and_is_muted_for_a_day_by_who_may_and_goes_on_by_a_button(scene: Scene) -> None:
    shown = await alert(scene)
    assert "The ferry is late" in visible_text(shown)
    refused = await pressed(scene, shown, "Mute for a day", user=BEN)
    assert "that somebody else set up" in told(refused)
    done = await pressed(scene, shown, "Mute for a day")
    assert "muted until" in told(done)
    assert "Go on" in labels(answer(done))
    await scene.room.read(article('Ann Bell said: "The ferry is here."', number=8))
    assert await delivered(scene, hours=1) == Tally()
    await pressed(scene, answer(done), "Go on")
    assert "Mute for a day" in labels(answer(done))
    assert (await delivered(scene, minutes=11)).sent == 1
    assert "The ferry is here" in scene.posted()


async def test_a_preview_shows_what_would_come_with_its_chart_to_one_person_alone(scene: Scene) -> None:
    await many_said(scene)
    await has_digest(scene.room)
    listed = await scene.asked_in_a_channel("subscriptions")
    for done in (await used(scene, "preview"), await used(scene, "preview", {"number": 1}), await pressed(scene, listed, "Preview")):
        assert FERRY in told(done)
        assert [name for message in answers(done) for name in message.files] == [CHART]
    assert scene.discord.posts(NEWS) == [listed]


async def test_what_is_sent_now_comes_at_once_and_stands_in_the_log(scene: Scene) -> None:
    await has_digest(scene.room)
    listed = await scene.asked_in_a_channel("subscriptions")
    assert "Digest 1 is on its way." in told(await pressed(scene, listed, "Send now"))
    assert (await delivered(scene)).sent == 1
    assert FERRY in scene.posted()
    alone = answer(await used(scene, "subscriptions"))
    due = f"<t:{int(scene.room.clock.now.timestamp())}:f>"
    for done in (await used(scene, "log"), await used(scene, "log", {"number": 1}), await pressed(scene, alone, "What was sent")):
        assert f"• {due} · digest 1 · about ferry · sent" in told(done)
