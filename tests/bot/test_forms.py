from zoneinfo import ZoneInfo

import pytest

from bot.callers import Caller, Channel
from bot.errors import NotUnderstood
from tests.databases import sqlite_alone
from tests.newsrooms import Room

engine = sqlite_alone

ADA = Caller("Ada Quill", person="U1", channel=Channel("slack", "T1", "C1"))


@pytest.mark.parametrize(
    ("about", "what"),
    [
        ("", "everything"),
        ("everything", "everything"),
        ("ferries", "about ferries"),
        ("about ferries", "about ferries"),
        ("by Ann Bell", "by Ann Bell"),
        ("ferries by Ann Bell", "about ferries by Ann Bell"),
        ("interference", "about interference"),
        (" ferries\n and boats ", "about ferries boats"),
    ],
)
async def test_a_form_says_what_a_digest_is_about(room: Room, about: str, what: str) -> None:
    assert [one.what for one in (await room.newsroom.scheduled.subscribe("daily at 8", "", about, ADA)).subscriptions] == [what]
    (changed,) = (await room.newsroom.scheduled.change(1, "daily at 9", "", about, ADA)).subscriptions
    assert (changed.what, changed.schedule) == (what, "daily at 09:00")


async def test_a_zone_in_the_schedule_of_a_form_wins_over_its_field(room: Room) -> None:
    for schedule, zone, expected in (
        ("daily at 8", "Asia/Tokyo", "Asia/Tokyo"),
        ("daily at 8 New York", "Asia/Tokyo", "America/New_York"),
        ("daily at 8", "", "Europe/London"),
    ):
        (view,) = (await room.newsroom.scheduled.subscribe(schedule, zone, "", ADA)).subscriptions
        assert view.time_zone == expected


@pytest.mark.parametrize(
    ("schedule", "zone"), [("", ""), ("since Monday", ""), ("blah", ""), ("daily at 8 about ferries", ""), ("daily at 8", "Nowhere")]
)
async def test_a_form_that_cannot_be_read_sets_nothing_up(room: Room, schedule: str, zone: str) -> None:
    with pytest.raises(NotUnderstood):
        await room.newsroom.scheduled.subscribe(schedule, zone, "ferries", ADA)
    assert (await room.newsroom.scheduled.subscriptions(ADA)).subscriptions == ()


@pytest.mark.parametrize("schedule", ["daily at 8", "weekdays at 7:30 London", "every Monday at 9", "cron 0 8 * * 1-5"])
async def test_a_schedule_is_understood_before_the_form_is_sent(room: Room, schedule: str) -> None:
    room.newsroom.scheduled.understand_schedule(schedule)


@pytest.mark.parametrize("schedule", ["", "sometimes", "daily at 25", "daily at 8 about ferries", "daily at 8 and hourly"])
async def test_what_is_no_schedule_is_refused_with_what_to_write(room: Room, schedule: str) -> None:
    with pytest.raises(NotUnderstood) as refused:
        room.newsroom.scheduled.understand_schedule(schedule)
    assert refused.value.remedy


async def test_what_is_no_zone_is_refused_with_what_to_write(room: Room) -> None:
    room.newsroom.scheduled.understand_zone("Asia/Tokyo")
    with pytest.raises(NotUnderstood) as refused:
        room.newsroom.scheduled.understand_zone("Asia/Tokio")
    assert refused.value.remedy


async def test_a_form_says_how_a_digest_is_to_be(room: Room) -> None:
    scheduled = room.newsroom.scheduled
    (made,) = (await scheduled.subscribe("daily at 8", "", "ferries", ADA, "short, quiet 22-7")).subscriptions
    assert made.wishes == "short, quiet from 22:00 to 07:00"
    (kept,) = (await scheduled.change(1, "daily at 9", "", "ferries", ADA)).subscriptions
    assert kept.wishes == made.wishes
    (changed,) = (await scheduled.change(1, "daily at 9", "", "ferries", ADA, "silent if nothing is new")).subscriptions
    assert changed.wishes == "silent if nothing is new"
    (usual,) = (await scheduled.change(1, "daily at 9", "", "ferries", ADA, "")).subscriptions
    assert usual.wishes == ""


@pytest.mark.parametrize(
    ("about", "what"),
    [
        ("ferries", "about ferries"),
        ("about ferries", "about ferries"),
        ("by Ann Bell", "by Ann Bell"),
        ("", "everything"),
        ("everything", "everything"),
    ],
)
async def test_a_form_says_what_an_alert_watches(room: Room, about: str, what: str) -> None:
    (made,) = (await room.newsroom.scheduled.watch(about, "Asia/Tokyo", "at most 5 a day", ADA)).subscriptions
    assert (made.what, made.time_zone, made.wishes) == (what, "Asia/Tokyo", "at most 5 a day")


async def test_what_a_form_shows_of_an_alert_changes_nothing_when_it_is_sent_as_it_is(room: Room) -> None:
    scheduled = room.newsroom.scheduled
    await room.newsroom.handle("watch about ferries “not for sale” by Ann Bell, at most 5 a day, quiet 22-7", ADA)
    before = await scheduled.changeable(1, ADA)
    assert before.what == "about ferries “not for sale” by Ann Bell"
    await scheduled.change(1, before.schedule, before.time_zone, before.what, ADA, before.wishes)
    assert await scheduled.changeable(1, ADA) == before
    (changed,) = (await scheduled.change(1, "", "", "boats", ADA, "")).subscriptions
    assert (changed.what, changed.time_zone, changed.wishes) == ("about boats", "Europe/London", "")


@pytest.mark.parametrize("wishes", ["blue", "quiet 25-7", "at most 5 a day", "short, full"])
async def test_a_form_with_wishes_that_cannot_be_sets_nothing_up(room: Room, wishes: str) -> None:
    with pytest.raises(NotUnderstood):
        await room.newsroom.scheduled.subscribe("daily at 8", "", "ferries", ADA, wishes)
    assert (await room.newsroom.scheduled.subscriptions(ADA)).subscriptions == ()


def test_the_next_three_times_are_told_before_anything_is_saved(room: Room) -> None:
    tokyo = Caller("Ada Quill", zone=ZoneInfo("Asia/Tokyo"))
    for schedule, zone, caller, expected in (
        ("weekdays at 6:30", "", None, "Europe/London"),
        ("weekdays at 6:30", "", tokyo, "Asia/Tokyo"),
        ("weekdays at 6:30", "America/New_York", tokyo, "America/New_York"),
        ("weekdays at 6:30 Berlin", "America/New_York", tokyo, "Europe/Berlin"),
        ("cron 30 6 * * 1-5 Europe/Berlin", "", None, "Europe/Berlin"),
    ):
        told = room.newsroom.scheduled.times(schedule, zone, caller)
        assert (told.schedule, told.time_zone) == ("weekdays at 06:30", expected)
        local = [moment.astimezone(ZoneInfo(expected)) for moment in told.following]
        assert [f"{one:%a %d %H:%M}" for one in local] == ["Mon 09 06:30", "Tue 10 06:30", "Wed 11 06:30"]
    for schedule, zone in (("sometimes", ""), ("daily at 8 about ferries", ""), ("daily at 8", "Nowhere")):
        with pytest.raises(NotUnderstood):
            room.newsroom.scheduled.times(schedule, zone, None)


def test_the_next_times_leave_out_quiet_hours_and_wishes_that_do_not_fit_are_refused_before_anything_is_saved(room: Room) -> None:
    told = room.newsroom.scheduled.times("daily at 6 and 12", "UTC", None, "short, quiet 22-7")
    assert [f"{one:%H:%M}" for one in told.following] == ["12:00"] * 3
    for wishes in ("blue", "at most 5 a day", "quiet 5-13"):
        with pytest.raises(NotUnderstood):
            room.newsroom.scheduled.times("daily at 6 and 12", "UTC", None, wishes)


def test_wishes_are_understood_before_the_form_is_sent(room: Room) -> None:
    room.newsroom.scheduled.understand_wishes("short, quiet 22-7")
    with pytest.raises(NotUnderstood):
        room.newsroom.scheduled.understand_wishes("short, blue")
