"""A digest all year round, ticked as in life: every few seconds, and after stalls of hours and days."""

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice, pairwise
from random import Random
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.digests.due import caught_up, first_due
from bot.digests.schedule import Schedule

PLACES = {
    "Europe/London": 2026,
    "America/New_York": 2026,
    "Asia/Kolkata": 2026,
    "Australia/Lord_Howe": 2026,
    "Pacific/Apia": 2026,
}
YEARS = [*PLACES.items(), ("Pacific/Apia", 2011)]
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
STALLS = (20 * MINUTE, 5 * HOUR, 3 * DAY)


def ticks(start: datetime, end: datetime, *, stalling: bool, seed: str) -> Iterator[datetime]:
    """Moments at which somebody looks: some minutes apart, and after a stall now and then."""
    random, now = Random(seed), start  # noqa: S311 - any order will do
    while now < end:
        yield now
        now += random.choice(STALLS) if stalling and random.random() < 0.01 else 7 * MINUTE
    yield end


def opened(schedule: Schedule, zone: ZoneInfo, year: int, *, stalling: bool) -> list[tuple[datetime, datetime, datetime]]:
    """What ticks open all year: when it was due next, what it was opened for, and when that was."""
    start, end = (datetime(one, 1, 1, tzinfo=zone).astimezone(UTC) for one in (year, year + 1))
    due = first_due(schedule, zone, None, start - MINUTE)
    found = []
    for now in ticks(start, end - MINUTE, stalling=stalling, seed=f"{zone.key} {year}"):
        if due <= now:
            before = due
            moment, due = caught_up(schedule, zone, None, before, now)
            found.append((before, moment, now))
    return found


def days_of(zone: ZoneInfo, year: int) -> set[date]:
    """The days that the zone's clocks show in a year."""
    start = datetime(year, 1, 1, tzinfo=zone).astimezone(UTC)
    shown = {(start + HOUR * hour).astimezone(zone).date() for hour in range(367 * 24)}
    return {day for day in shown if day.year == year}


@pytest.mark.parametrize("wall", [time(1, 30), time(2, 30)])
@pytest.mark.parametrize(("key", "year"), YEARS)
def test_a_daily_digest_is_opened_once_each_local_day_of_the_year(key: str, year: int, wall: time) -> None:
    zone = ZoneInfo(key)
    found = opened(Schedule((wall,)), zone, year, stalling=False)
    assert Counter(moment.astimezone(zone).date() for _, moment, _ in found) == Counter(days_of(zone, year))
    shown = [moment.astimezone(zone).time() for _, moment, _ in found]
    assert sum(one != wall for one in shown) <= 1  # on the day on which the clocks leave it out
    assert all(now - moment < 7 * MINUTE for _, moment, now in found)


@pytest.mark.parametrize("wall", [time(1, 30), time(2, 30)])
@pytest.mark.parametrize(("key", "year"), YEARS)
def test_a_stall_of_hours_or_days_makes_one_digest_late_and_loses_none(key: str, year: int, wall: time) -> None:
    zone = ZoneInfo(key)
    schedule = Schedule((wall,))
    found = opened(schedule, zone, year, stalling=True)
    assert len({moment for _, moment, _ in found}) == len(found) < len(days_of(zone, year))
    for (_, moment, now), (due, _, _) in pairwise(found):
        assert list(islice(schedule.following(moment, zone), 1)) == [due]  # between two there was no other, that would be lost
        assert moment <= now < due
    missed = [skipped for due, moment, _ in found for skipped in _until(schedule, zone, due, moment)]
    covered = Counter(one.astimezone(zone).date() for one in (*missed, *(moment for _, moment, _ in found)))
    assert covered == Counter(day for day in days_of(zone, year) if day <= found[-1][1].astimezone(zone).date())


def _until(schedule: Schedule, zone: ZoneInfo, due: datetime, moment: datetime) -> list[datetime]:
    """The moments from when it was due until before the one that was opened."""
    following = schedule.following(due - MINUTE, zone)
    skipped = []
    while (one := next(following)) < moment:
        skipped.append(one)
    return skipped


walls = st.builds(time, st.integers(0, 23), st.integers(0, 59))
several = st.tuples(st.sets(st.integers(0, 23), min_size=1, max_size=4), st.integers(0, 59)).map(
    lambda given: [time(hour, given[1]) for hour in sorted(given[0])]
)
any_zone = st.sampled_from(sorted(available_timezones() - {"localtime"})).map(ZoneInfo)
any_moment = st.integers(0, 66 * 365 * 24 * 60).map(lambda minutes: datetime(1970, 1, 1, tzinfo=UTC) + MINUTE * minutes)


@given(any_zone, any_moment, several)
@settings(max_examples=60)
def test_in_any_zone_each_moment_shows_its_time_or_the_first_one_after_a_gap(zone: ZoneInfo, after: datetime, times: list[time]) -> None:
    found = [after, *islice(Schedule(tuple(times)).following(after, zone), 12)]
    for earlier, moment in pairwise(found):
        assert earlier < moment
        shown, just_before = (one.astimezone(zone).replace(tzinfo=None) for one in (moment, moment - timedelta(seconds=1)))
        gap = [datetime.combine(day, wall) for day in (just_before.date(), shown.date()) for wall in times]
        assert shown.time() in times or any(just_before < left_out < shown for left_out in gap)


@given(any_zone, any_moment, walls)
@settings(max_examples=12)
def test_a_walk_from_minute_to_minute_finds_the_same_moments(zone: ZoneInfo, begin: datetime, wall: time) -> None:
    minutes = [begin + MINUTE * minute for minute in range(3 * 24 * 60)]
    shown = [one.astimezone(zone).replace(tzinfo=None) for one in minutes]
    found: list[datetime] = []
    reached = shown[0]
    for moment, local in zip(minutes[1:], shown[1:], strict=True):
        day = local.date()
        if reached < datetime.combine(day, wall) <= local and not any(one.astimezone(zone).date() == day for one in found):
            found.append(moment)
        reached = max(reached, local)
    following = Schedule((wall,)).following(begin, zone)
    expected = [one for one in islice(following, 5) if one <= minutes[-1]]
    # Old zones have offsets in seconds: the walk is then late by less than a minute.
    assert len(found) == len(expected)
    assert all(timedelta() <= seen - due < MINUTE for seen, due in zip(found, expected, strict=True))
