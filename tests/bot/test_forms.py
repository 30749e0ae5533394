import pytest

from bot.callers import Caller, Channel
from bot.errors import NotUnderstood
from tests.newsrooms import Room

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
