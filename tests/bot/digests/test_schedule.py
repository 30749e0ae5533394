from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from itertools import accumulate, islice, pairwise, takewhile
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from bot.digests.schedule import EVERY_DAY, EVERY_MONTH, EVERY_WEEKDAY, Schedule
from bot.digests.schedule_words import parse
from bot.errors import NotUnderstood

LONDON = ZoneInfo("Europe/London")
APIA = ZoneInfo("Pacific/Apia")
ZONES = [LONDON, ZoneInfo("America/New_York"), ZoneInfo("Asia/Kolkata"), ZoneInfo("Australia/Lord_Howe"), APIA]
YEARS = [(zone, 2026) for zone in ZONES] + [(APIA, 2011), (ZoneInfo("America/Nuuk"), 2026), (ZoneInfo("America/Havana"), 2026)]
QUARTER = timedelta(minutes=15)
DAYS_WALKED = 370

times = st.builds(time, st.integers(0, 23), st.sampled_from([0, 15, 30, 45]))
afters = st.integers(0, 45 * 366 * 24 * 60).map(lambda minutes: datetime(1995, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes))


def local(moments: list[datetime], zone: ZoneInfo) -> list[str]:
    return [f"{moment.astimezone(zone):%a %d %b %H:%M}" for moment in moments]


def first_three(schedule: Schedule, after: datetime, zone: ZoneInfo = LONDON) -> list[str]:
    return local(list(islice(schedule.following(after, zone), 3)), zone)


def noon(year: int, month: int, day: int) -> datetime:
    return datetime(year, month, day, 12, tzinfo=UTC)


@lru_cache(maxsize=16)
def walk(zone: ZoneInfo, year: int) -> tuple[list[datetime], list[datetime]]:
    """Each quarter of an hour of the year in UTC, and what the zone's clocks show then."""
    moments = [datetime(year, 1, 1, tzinfo=UTC) + QUARTER * step for step in range(DAYS_WALKED * 96)]
    return moments, [moment.astimezone(zone).replace(tzinfo=None) for moment in moments]


def by_walking(schedule: Schedule, zone: ZoneInfo, year: int) -> set[datetime]:
    """When it is due: the first quarter of an hour at which the clocks show its time or have gone past it, on each date they show."""
    moments, shown = walk(zone, year)
    latest = list(accumulate(shown, max))
    due = set()
    for day in {wall.date() for wall in shown}:
        in_week, in_month = day.weekday() in schedule.weekdays, day.day in schedule.days
        either = schedule.weekdays != EVERY_WEEKDAY and schedule.days != EVERY_DAY
        if day.month in schedule.months and (in_week or in_month if either else in_week and in_month):
            places = (bisect_left(latest, datetime.combine(day, wall)) for wall in schedule.times)
            due |= {moments[place] for place in places if place < len(moments)}
    return due


def due_in(schedule: Schedule, zone: ZoneInfo, since: datetime, until: datetime) -> Iterator[datetime]:
    return takewhile(lambda moment: moment < until, schedule.following(since, zone))


@st.composite
def schedules(draw: st.DrawFn) -> Schedule:
    """Any schedule that words or cron can say."""
    weekdays = draw(st.just(EVERY_WEEKDAY) | st.frozensets(st.integers(0, 6), min_size=1))
    try:
        if draw(st.booleans()):
            return Schedule(tuple(sorted(draw(st.sets(times, min_size=1, max_size=6)))), weekdays)
        minute, hours = draw(st.integers(0, 59)), draw(st.sets(st.integers(0, 23), min_size=1))
        days = draw(st.just(EVERY_DAY) | st.frozensets(st.integers(1, 31), min_size=1))
        months = draw(st.just(EVERY_MONTH) | st.frozensets(st.integers(1, 12), min_size=1))
        return Schedule(tuple(time(hour, minute) for hour in sorted(hours)), weekdays, days, months)
    except NotUnderstood:
        assume(False)
        raise


@pytest.mark.parametrize("wall", [time(1, 30), time(2, 30)])
@pytest.mark.parametrize(("zone", "year"), YEARS)
def test_a_daily_digest_comes_once_each_local_day_of_the_year(zone: ZoneInfo, year: int, wall: time) -> None:
    start, end = datetime(year, 1, 1, tzinfo=zone).astimezone(UTC), datetime(year + 1, 1, 1, tzinfo=zone).astimezone(UTC)
    moments = list(due_in(Schedule((wall,)), zone, start, end))
    _, shown = walk(zone, year)
    assert Counter(moment.astimezone(zone).date() for moment in moments) == Counter({day.date() for day in shown if day.year == year})
    moved = [moment for moment in moments if moment.astimezone(zone).time() != wall]
    assert len(moved) <= 1


@given(schedules(), st.sampled_from(YEARS))
def test_it_is_due_when_a_walk_through_the_year_finds_its_times(schedule: Schedule, place: tuple[ZoneInfo, int]) -> None:
    zone, year = place
    rounded = Schedule(
        tuple(one.replace(minute=one.minute // 15 * 15) for one in schedule.times), schedule.weekdays, schedule.days, schedule.months
    )
    since, until = datetime(year, 1, 2, tzinfo=UTC), datetime(year, 12, 30, tzinfo=UTC) + timedelta(days=3)
    walked = sorted(moment for moment in by_walking(rounded, zone, year) if since < moment < until)
    assert list(due_in(rounded, zone, since, until)) == walked


@given(schedules(), afters, st.sampled_from(ZONES))
def test_moments_increase_and_are_all_later_than_asked(schedule: Schedule, after: datetime, zone: ZoneInfo) -> None:
    moments = [after, *islice(schedule.following(after, zone), 50)]
    assert len(moments) == 51
    assert all(earlier < later and later.tzinfo is UTC for earlier, later in pairwise(moments))


@given(schedules(), afters, st.sampled_from(ZONES))
def test_starting_anew_after_a_moment_goes_on_with_the_next(schedule: Schedule, after: datetime, zone: ZoneInfo) -> None:
    first, second, third = islice(schedule.following(after, zone), 3)
    assert next(schedule.following(first, zone)) == second
    assert next(schedule.following(second - timedelta(microseconds=1), zone)) == second
    assert next(schedule.following(second, zone)) == third


@given(schedules())
def test_its_words_read_back_to_the_same_schedule(schedule: Schedule) -> None:
    assert parse(str(schedule)) == schedule


def test_a_time_that_the_clocks_leave_out_is_due_when_they_have_gone_forward() -> None:
    assert first_three(Schedule((time(1, 30),)), noon(2026, 3, 27)) == ["Sat 28 Mar 01:30", "Sun 29 Mar 02:00", "Mon 30 Mar 01:30"]


def test_two_times_that_fall_together_there_are_one() -> None:
    half_past_and_full = Schedule((time(1), time(2)))
    assert first_three(half_past_and_full, noon(2026, 3, 28)) == ["Sun 29 Mar 02:00", "Mon 30 Mar 01:00", "Mon 30 Mar 02:00"]


def test_a_time_that_comes_twice_is_due_the_first_time() -> None:
    moments = list(islice(Schedule((time(1, 30),)).following(noon(2026, 10, 24), LONDON), 2))
    assert moments == [datetime(2026, 10, 25, 0, 30, tzinfo=UTC), datetime(2026, 10, 26, 1, 30, tzinfo=UTC)]


def test_the_last_hour_of_a_day_that_the_clocks_leave_out_is_due_at_midnight() -> None:
    nuuk = ZoneInfo("America/Nuuk")
    assert first_three(Schedule((time(23, 30),)), noon(2026, 3, 27), nuuk) == ["Fri 27 Mar 23:30", "Sun 29 Mar 00:00", "Sun 29 Mar 23:30"]


def test_a_date_that_a_zone_leaves_out_has_no_digest() -> None:
    assert first_three(Schedule((time(9),)), noon(2011, 12, 29), APIA) == ["Thu 29 Dec 09:00", "Sat 31 Dec 09:00", "Sun 01 Jan 09:00"]


def test_a_day_counts_that_is_one_of_either_where_weekday_and_date_are_restricted() -> None:
    fridays_and_the_13th = parse("cron 0 9 13 * fri")
    assert first_three(fridays_and_the_13th, noon(2026, 7, 8)) == ["Fri 10 Jul 09:00", "Mon 13 Jul 09:00", "Fri 17 Jul 09:00"]


def test_a_leap_day_is_waited_for() -> None:
    [moment] = islice(parse("cron 0 9 29 2 *").following(noon(2096, 3, 1), LONDON), 1)
    assert moment.date() == date(2104, 2, 29)


def test_the_moments_end_with_the_calendar() -> None:
    moments = list(Schedule((time(9),)).following(datetime(9999, 12, 28, tzinfo=UTC), APIA))
    assert moments[-1].year == 9999


@pytest.mark.parametrize("wrong", [(time(8), time(8, 59)), (time(0, 30), time(23, 45))])
def test_times_less_than_an_hour_apart_are_refused_also_across_midnight(wrong: tuple[time, ...]) -> None:
    with pytest.raises(NotUnderstood, match="at most once an hour"):
        Schedule(wrong)
