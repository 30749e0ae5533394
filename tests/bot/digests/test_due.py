from datetime import UTC, datetime, time, timedelta
from itertools import islice, takewhile
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.digests.due import Quiet, after_quiet, caught_up, first_due, is_quiet, moments
from bot.digests.schedule import Schedule
from bot.digests.schedule_words import parse
from bot.errors import NotUnderstood

LONDON, LORD_HOWE = ZoneInfo("Europe/London"), ZoneInfo("Australia/Lord_Howe")
NIGHT = (time(22), time(7))
DAILY_AT_8 = Schedule((time(8),))
ZONES = [LONDON, LORD_HOWE, ZoneInfo("America/New_York"), ZoneInfo("Asia/Kolkata"), ZoneInfo("Pacific/Apia")]
NOON = datetime(2026, 11, 6, 12, tzinfo=UTC)
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)

walls = st.builds(time, st.integers(0, 23), st.sampled_from([0, 15, 30]))
quiets = st.tuples(walls, walls).filter(lambda quiet: quiet[0] != quiet[1])
instants = st.integers(0, 30 * 365 * 24 * 60).map(lambda minutes: datetime(2000, 1, 1, tzinfo=UTC) + MINUTE * minutes)


def local(found: list[datetime], zone: ZoneInfo = LONDON) -> list[str]:
    return [f"{moment.astimezone(zone):%a %H:%M}" for moment in found]


def next_ones(schedule: str, quiet: Quiet | None, number: int, zone: ZoneInfo = LONDON, after: datetime = NOON) -> list[str]:
    return local(list(islice(moments(parse(schedule), zone, quiet, after), number)), zone)


def test_nothing_is_due_in_quiet_hours_over_midnight() -> None:
    assert next_ones("every 3 hours", NIGHT, 7) == [
        *("Fri 15:00", "Fri 18:00", "Fri 21:00"),
        *("Sat 09:00", "Sat 12:00", "Sat 15:00", "Sat 18:00"),
    ]


def test_quiet_hours_begin_with_their_first_minute_and_end_before_their_last() -> None:
    assert next_ones("daily at 7 and 22", NIGHT, 2) == ["Sat 07:00", "Sun 07:00"]
    assert next_ones("daily at 9, 12 and 17", (time(12), time(17)), 3) == ["Fri 17:00", "Sat 09:00", "Sat 17:00"]


def test_quiet_hours_keep_to_the_clock_on_the_wall_when_it_changes() -> None:
    before_summer = datetime(2026, 3, 28, 12, tzinfo=UTC)
    assert next_ones("daily at 7 and 21:59", NIGHT, 4, after=before_summer) == ["Sat 21:59", "Sun 07:00", "Sun 21:59", "Mon 07:00"]


def test_a_schedule_that_is_quiet_all_the_time_is_refused_with_what_to_do() -> None:
    assert list(moments(parse("daily at 23 and 5"), LONDON, NIGHT, NOON)) == []
    with pytest.raises(NotUnderstood, match="quiet hours: daily at 05:00 and 23:00") as refused:
        first_due(parse("daily at 23 and 5"), LONDON, NIGHT, NOON)
    assert "no quiet hours" in refused.value.remedy
    assert first_due(parse("daily at 23 and 5"), LONDON, None, NOON) == datetime(2026, 11, 6, 23, tzinfo=UTC)


def test_what_came_due_often_while_nobody_looked_is_due_once() -> None:
    due = datetime(2026, 11, 6, 8, tzinfo=UTC)
    assert caught_up(DAILY_AT_8, LONDON, None, due, due) == (due, due + DAY)
    assert caught_up(DAILY_AT_8, LONDON, None, due, due + 10 * DAY + HOUR) == (due + 10 * DAY, due + 11 * DAY)
    assert caught_up(DAILY_AT_8, LONDON, None, due, due + 11 * DAY - MINUTE) == (due + 10 * DAY, due + 11 * DAY)


def test_what_was_due_by_another_schedule_is_due_when_it_was() -> None:
    due = datetime(2026, 11, 6, 9, 30, tzinfo=UTC)
    assert caught_up(DAILY_AT_8, LONDON, None, due, due + HOUR) == (due, datetime(2026, 11, 7, 8, tzinfo=UTC))


def test_nothing_is_caught_up_in_quiet_hours() -> None:
    evening = datetime(2026, 11, 6, 21, tzinfo=UTC)
    assert caught_up(parse("hourly"), LONDON, NIGHT, evening, evening + 6 * HOUR) == (evening, datetime(2026, 11, 7, 7, tzinfo=UTC))


def test_quiet_hours_end_when_the_clock_on_the_wall_says_so() -> None:
    assert after_quiet(NOON, LONDON, NIGHT) == NOON
    assert after_quiet(NOON, LONDON, None) == NOON
    assert after_quiet(NOON + 11 * HOUR, LONDON, NIGHT) == datetime(2026, 11, 7, 7, tzinfo=UTC)
    assert after_quiet(NOON + 16 * HOUR, LONDON, NIGHT) == datetime(2026, 11, 7, 7, tzinfo=UTC)
    in_the_hour_that_comes_twice = datetime(2026, 10, 25, 1, 10, tzinfo=UTC)  # 01:10 for the second time
    assert after_quiet(in_the_hour_that_comes_twice, LONDON, (time(0), time(1, 30))) == datetime(2026, 10, 25, 1, 30, tzinfo=UTC)
    assert after_quiet(datetime(2026, 3, 29, 0, 50, tzinfo=UTC), LONDON, (time(0), time(1, 30))) == datetime(2026, 3, 29, 1, tzinfo=UTC)


@given(st.sampled_from(ZONES), quiets, instants)
@settings(max_examples=60)
def test_the_end_of_quiet_hours_is_the_first_minute_that_is_not_quiet(zone: ZoneInfo, quiet: Quiet, moment: datetime) -> None:
    end = after_quiet(moment, zone, quiet)
    minutes = int((end - moment) / MINUTE)
    assert not is_quiet(end, zone, quiet)
    assert all(is_quiet(moment + MINUTE * minute, zone, quiet) for minute in range(0, minutes, 5))
    assert minutes == 0 or is_quiet(end - MINUTE, zone, quiet)


@given(st.sampled_from(ZONES), st.none() | quiets, st.lists(walls, min_size=1, max_size=3, unique=True), instants, st.integers(0, 10**6))
@settings(max_examples=60)
def test_catching_up_says_the_last_moment_that_is_past_and_the_next_one(
    zone: ZoneInfo, quiet: Quiet | None, times: list[time], due: datetime, late: int
) -> None:
    try:
        schedule = Schedule(tuple(sorted(times)))
        due = first_due(schedule, zone, quiet, due)
    except NotUnderstood:
        return
    now = due + timedelta(seconds=late)
    last, following = caught_up(schedule, zone, quiet, due, now)
    assert due <= last <= now < following
    assert list(islice(moments(schedule, zone, quiet, last), 1)) == [following]
    assert not any(is_quiet(one, zone, quiet) for one in (last, following))


@given(st.sampled_from(ZONES), quiets, instants)
@settings(max_examples=40)
def test_the_moments_that_are_left_are_those_of_the_schedule_that_are_not_quiet(zone: ZoneInfo, quiet: Quiet, after: datetime) -> None:
    schedule = parse("every 3 hours")
    every = list(islice(schedule.following(after, zone), 20))
    left = list(takewhile(lambda moment: moment <= every[-1], moments(schedule, zone, quiet, after)))
    assert left == [moment for moment in every if not is_quiet(moment, zone, quiet)]
