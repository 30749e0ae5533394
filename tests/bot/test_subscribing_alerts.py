"""Alerts set up and changed, and how digests and alerts are to be."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.callers import Caller, Channel
from bot.errors import NotAllowed, NotUnderstood
from bot.replies import Reply
from storage import subscriptions
from storage.records import StoredSubscription, SubscriptionKind
from tests.bot.test_subscribing import nothing_allowed
from tests.databases import sqlite_alone
from tests.newsrooms import Room, article

engine = sqlite_alone

ADA = Caller("Ada Quill", person="U1", channel=Channel("slack", "T1", "C1"))
BELL = article('Ann Bell said: "The ferry is late."')
HOW = (
    "It comes at most once in 10 minutes and 12 times a day; the rest of a day is one digest at 8 the next morning."
    " To rest for a day: mute 1. To end it: unsubscribe 1."
)


async def handle(room: Room, line: str, caller: Caller = ADA) -> Reply:
    return await room.newsroom.handle(line, caller, page=6)


async def stored(room: Room, number: int = 1) -> StoredSubscription:
    async with room.database.reading() as session:
        found = await subscriptions.get(session, number)
    assert found is not None
    return found


async def test_a_name_that_somebody_in_the_store_goes_by_is_watched_as_a_speaker(room: Room) -> None:
    await room.has_read(BELL)
    reply = await handle(room, "watch Ann Bell")
    assert (reply.understood, reply.notes, reply.suggestions) == ("Set up: an alert of quotes by Ann Bell.", (HOW,), ())
    (view,) = reply.subscriptions
    assert (view.kind, view.what, view.schedule, view.following) == (SubscriptionKind.ALERT, "by Ann Bell", "", ())


async def test_anything_else_is_watched_as_a_topic(room: Room) -> None:
    await room.has_read(BELL)
    reply = await handle(room, "watch repair shops")
    assert (reply.understood, reply.notes, reply.suggestions) == ("Set up: an alert about repair shops.", (HOW,), ())


async def test_a_name_that_nobody_goes_by_yet_is_a_topic_and_the_speaker_is_suggested(room: Room) -> None:
    reply = await handle(room, "watch Keir Starmer")
    assert reply.understood == "Set up: an alert about Keir Starmer."
    assert reply.notes == (
        "Nobody called Keir Starmer is quoted in what has been read so far, so this looks for the words: about Keir Starmer.",
        HOW,
    )
    assert reply.suggestions == ("watch by Keir Starmer",)
    spoken = await handle(room, reply.suggestions[0])
    assert spoken.understood == "Set up: an alert of quotes by Keir Starmer."
    assert spoken.notes[0] == "Nobody called Keir Starmer is quoted in what has been read so far."


async def test_an_alert_begins_when_it_is_set_up_and_a_digest_a_day_before(room: Room) -> None:
    await room.read(BELL)
    room.clock.forward(days=2)
    await room.read(article('Ann Bell said: "The tide is high."', number=2))
    await handle(room, "watch Ann Bell")
    await handle(room, "digest daily at 8 by Ann Bell")
    alert, digest = await stored(room, 1), await stored(room, 2)
    now = room.clock.now
    assert (alert.seen_quote, alert.seen_at, alert.next_due) == (2, now, None)
    assert (digest.seen_quote, digest.seen_at) == (1, now - timedelta(days=1))
    assert digest.next_due == datetime(2026, 11, 9, 8, tzinfo=UTC)


async def test_the_same_alert_is_set_up_once_whatever_the_zone(room: Room) -> None:
    await handle(room, "watch ferries")
    again = await handle(room, "alert me about ferries", replace(ADA, zone=ZoneInfo("Asia/Tokyo")))
    assert again.understood == "Alert 1 does that already."
    assert len((await handle(room, "subscriptions")).subscriptions) == 1


async def test_the_same_with_other_wishes_is_told_how_to_change_it(room: Room) -> None:
    await handle(room, "digest daily at 8")
    again = await handle(room, "digest daily at 8, short")
    assert again.understood == "Digest 1 is the same but is set to: full. To have it as you wish: change 1 to short."
    assert again.suggestions == ("change 1 to short",)
    assert (await handle(room, again.suggestions[0])).subscriptions[0].wishes == "short"


async def test_the_channel_is_told_of_an_alert(room: Room) -> None:
    said: list[str] = []

    async def announce(line: str) -> bool:
        said.append(line)
        return True

    await handle(room, "watch ferries", replace(ADA, announce=announce))
    assert said == ["Ada Quill set up an alert here: about ferries."]


async def test_who_may_not_set_up_alerts_is_told_so(room: Room) -> None:
    with pytest.raises(NotAllowed, match=r"^You may not set up alerts"):
        await handle(room, "watch ferries", replace(ADA, may=nothing_allowed))


async def test_wishes_are_kept_told_and_changed(room: Room) -> None:
    reply = await handle(room, "digest daily at 8 about ferries, short, silent if nothing is new, quiet 22-7")
    wishes = "short, silent if nothing is new, quiet from 22:00 to 07:00"
    assert reply.understood == f"Set up: a digest about ferries daily at 08:00, Europe/London, {wishes}."
    assert reply.subscriptions[0].wishes == wishes
    changed = await handle(room, "change 1 to full, no quiet hours")
    assert changed.understood == "Changed: digest 1 is one about ferries daily at 08:00, Europe/London, silent if nothing is new."
    alert = await handle(room, "watch ferries, at most every 20 minutes, at most 5 a day, quiet 22-7, Tokyo time")
    assert alert.subscriptions[0].wishes == "at most every 20 minutes, at most 5 a day, quiet from 22:00 to 07:00"
    assert alert.subscriptions[0].time_zone == "Asia/Tokyo"
    assert alert.notes[0].startswith("It comes at most once in 20 minutes and 5 times a day;")


@pytest.mark.parametrize(
    "line",
    [
        "digest daily at 23, quiet 22-7",
        "digest daily at 8, at most 5 a day",
        "watch ferries, short",
        "watch ferries, silent if nothing is new",
    ],
)
async def test_wishes_that_leave_nothing_or_mean_nothing_are_refused_before_anything_is_set_up(room: Room, line: str) -> None:
    with pytest.raises(NotUnderstood) as refused:
        await handle(room, line)
    assert refused.value.remedy
    assert (await handle(room, "subscriptions")).subscriptions == ()


async def test_a_change_moves_the_next_time_only_where_the_times_change(room: Room) -> None:
    await handle(room, "digest daily at 8")
    before = await stored(room)
    room.clock.forward(hours=20, minutes=1)  # it is due, and nobody has looked yet
    await handle(room, "change 1 to about ferries, short")
    assert (await stored(room)).next_due == before.next_due == datetime(2026, 11, 7, 8, tzinfo=UTC)
    await handle(room, "change 1 to daily at 9")
    assert (await stored(room)).next_due == datetime(2026, 11, 7, 9, tzinfo=UTC)
    await handle(room, "change 1 to quiet 8-10, daily at 9 and 11")
    assert (await stored(room)).next_due == datetime(2026, 11, 7, 11, tzinfo=UTC)
    with pytest.raises(NotUnderstood, match="quiet hours"):
        await handle(room, "change 1 to quiet 8-12")
    assert (await stored(room)).quiet_until == "10:00"


async def test_what_a_change_leaves_covered_stays_covered(room: Room) -> None:
    await room.has_read(BELL)
    await handle(room, "watch ferries")
    before = await stored(room)
    await handle(room, "change 1 to by Ann Bell, at most 5 a day")
    after = await stored(room)
    assert (after.speaker, after.topic, after.daily_cap) == ("Ann Bell", None, 5)
    assert (after.seen_quote, after.seen_at) == (before.seen_quote, before.seen_at)


async def test_an_alert_has_no_schedule_and_the_digest_of_the_same_is_suggested(room: Room) -> None:
    await handle(room, "watch ferries")
    with pytest.raises(NotUnderstood, match=r"^Alert 1 comes when something is new") as refused:
        await handle(room, "change 1 to daily at 8")
    assert refused.value.suggestions == ("digest daily at 08:00 about ferries",)


@pytest.mark.parametrize("line", ["watch mia trent and gus hale", "watch Mia Trent and Gus Hale", "watch quotes by Mia Trent, Gus Hale"])
async def test_of_several_people_each_gets_an_alert(room: Room, line: str) -> None:
    await room.has_read(article('Mia Trent said: "Ships sail."', 'Gus Hale said: "Ships sink."'))
    with pytest.raises(NotUnderstood, match=r"^An alert watches one person") as refused:
        await handle(room, line)
    assert [one.lower() for one in refused.value.suggestions] == ["watch mia trent", "watch gus hale"]
    assert (await handle(room, "subscriptions")).subscriptions == ()


async def test_two_who_look_like_names_are_two_though_nobody_has_heard_of_them(room: Room) -> None:
    with pytest.raises(NotUnderstood) as refused:
        await handle(room, "watch Mia Trent and Gus Hale")
    assert refused.value.suggestions == ("watch Mia Trent", "watch Gus Hale")
    assert (await handle(room, "watch ferries and bridges")).understood == "Set up: an alert about ferries bridges."


async def test_each_of_several_people_is_watched_for_the_topic(room: Room) -> None:
    await room.has_read(article('Mia Trent said: "Ships sail."', 'Gus Hale said: "Ships sink."'))
    with pytest.raises(NotUnderstood) as refused:
        await handle(room, "watch Trent and Hale on ferries")
    assert refused.value.suggestions == ("watch about ferries by Trent", "watch about ferries by Hale")


async def test_a_name_with_a_typing_error_is_asked_about_and_nothing_is_set_up(room: Room) -> None:
    await room.has_read(article('Ann Bell said: "Ships sail."'))
    with pytest.raises(NotUnderstood, match=r"Did you mean: watch Ann Bell\?") as refused:
        await handle(room, "watch Ann Bel")
    assert refused.value.suggestions == ("watch Ann Bell", "watch about Ann Bel")
    assert (await handle(room, "subscriptions")).subscriptions == ()
    assert (await handle(room, "watch about Ann Bel")).understood == "Set up: an alert about Ann Bel."


@pytest.mark.parametrize("line", ["watch quotes in The Harbour Post", "digest daily at 8 in The Harbour Post"])
async def test_an_outlet_of_which_nothing_was_read_is_no_topic(room: Room, line: str) -> None:
    await room.has_read(article('Ann Bell said: "Ships sail."'))
    with pytest.raises(NotUnderstood, match=r"^No article of The Harbour Post has been read"):
        await handle(room, line)


@pytest.mark.parametrize("line", ["watch {}", "digest daily at 8 about {}", "preview daily at 8 about {}", "change 1 to about {}"])
async def test_what_is_too_long_to_be_watched_is_refused(room: Room, line: str) -> None:
    await handle(room, "digest daily at 8")
    with pytest.raises(NotUnderstood, match=r"has 300 characters, and a digest or an alert takes at most 100"):
        await handle(room, line.format("x" * 300))
