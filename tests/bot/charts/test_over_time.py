from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.charts.over_time import MOST_BARS, UNITS, Row, chart, enough, row
from bot.digests.times import local_day
from bot.replies import Chart, Unit
from storage.records import Stretch

LONDON, NEW_YORK, AUCKLAND = ZoneInfo("Europe/London"), ZoneInfo("America/New_York"), ZoneInfo("Pacific/Auckland")
WEDNESDAY = datetime(2026, 11, 4, 9, tzinfo=UTC)
MOMENTS = st.datetimes(datetime(1980, 1, 1), datetime(2060, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - hypothesis adds the zone


def holds(stretch: Stretch, moment: datetime) -> bool:
    """Whether the store would count a moment there."""
    return moment == stretch.also or (stretch.since <= moment < stretch.until and moment != stretch.but)


def test_weeks_begin_on_monday_and_those_between_are_counted_too() -> None:
    weeks = row(Unit.WEEK, WEDNESDAY, WEDNESDAY + timedelta(days=12), LONDON)
    assert weeks == Row(Unit.WEEK, (date(2026, 11, 2), date(2026, 11, 9), date(2026, 11, 16)))


def test_one_quote_is_one_week() -> None:
    assert row(Unit.WEEK, WEDNESDAY, WEDNESDAY, LONDON).begins == (date(2026, 11, 2),)


def test_a_week_ends_with_sunday_by_the_clocks_of_the_asker() -> None:
    (week,) = row(Unit.WEEK, WEDNESDAY, WEDNESDAY, NEW_YORK).stretches(NEW_YORK)
    assert week.since == datetime(2026, 11, 2, 5, tzinfo=UTC)
    assert week.until == datetime(2026, 11, 9, 5, tzinfo=UTC)


@pytest.mark.parametrize("zone", [LONDON, NEW_YORK, AUCKLAND])
def test_a_date_without_a_time_is_of_the_week_of_its_day_wherever_it_is_looked_at(zone: ZoneInfo) -> None:
    before, after = (datetime(2026, 11, day, tzinfo=UTC) for day in (8, 9))  # a Sunday and a Monday
    first, second = row(Unit.WEEK, before, after, zone).stretches(zone)
    assert holds(first, before)
    assert not holds(first, after)
    assert holds(second, after)
    assert not holds(second, before)


def test_of_many_weeks_the_last_are_counted() -> None:
    weeks = row(Unit.WEEK, WEDNESDAY - timedelta(days=999), WEDNESDAY, LONDON)
    assert len(weeks.begins) == MOST_BARS
    assert weeks.begins[-1] == date(2026, 11, 2)


@pytest.mark.parametrize(
    ("unit", "begins"),
    [
        (Unit.MONTH, [date(2026, 8, 1), date(2026, 9, 1), date(2026, 10, 1), date(2026, 11, 1)]),
        (Unit.QUARTER, [date(2026, 7, 1), date(2026, 10, 1)]),
        (Unit.YEAR, [date(2026, 1, 1)]),
    ],
)
def test_longer_times_are_those_of_the_calendar(unit: Unit, begins: list[date]) -> None:
    assert row(unit, datetime(2026, 8, 31, 12, tzinfo=UTC), WEDNESDAY, LONDON).begins == tuple(begins)


@settings(max_examples=30)
@given(unit=st.sampled_from(UNITS), first=MOMENTS, last=MOMENTS, zone=st.sampled_from((LONDON, NEW_YORK, AUCKLAND)))
def test_times_meet_and_the_last_holds_the_last_quote(unit: Unit, first: datetime, last: datetime, zone: ZoneInfo) -> None:
    first, last = sorted((first, last), key=lambda moment: local_day(moment, zone))
    times = row(unit, first, last, zone)
    stretches = times.stretches(zone)
    assert 1 <= len(stretches) <= MOST_BARS
    assert [one.until for one in stretches[:-1]] == [one.since for one in stretches[1:]]
    assert [holds(one, last) for one in stretches] == [*[False] * (len(stretches) - 1), True]
    assert sum(holds(one, first) for one in stretches) == (local_day(first, zone) >= times.begins[0])


def test_a_row_is_enough_where_it_shows_half_of_all() -> None:
    assert enough([1, 0, 1], 4)
    assert not enough([1, 0, 1], 5)


def test_a_chart_says_in_words_all_that_it_shows() -> None:
    weeks = Row(Unit.WEEK, (date(2026, 11, 2), date(2026, 11, 9)))
    assert chart("Ann Bell", weeks, [1200, 0], 1200) == Chart(
        "Quotes by week from 2 November 2026: Ann Bell",
        (("2 Nov", 1200), ("9 Nov", 0)),
        "Quotes of Ann Bell by week, each from Monday on: 2 November 2026 1,200 and 9 November 2026 0.",
        Unit.WEEK,
    )


def test_a_chart_says_what_it_leaves_out_as_it_is_earlier() -> None:
    drawn = chart("Ann Bell", Row(Unit.MONTH, (date(2026, 11, 1),)), [5], 6)
    assert drawn.title == "Quotes by month, without 1 earlier: Ann Bell"
    assert drawn.alt == "Quotes of Ann Bell by month: Nov 2026 5. 1 is earlier."


def test_quarters_and_years_have_their_names() -> None:
    begins = (date(2025, 10, 1), date(2026, 1, 1))
    assert [label for label, _ in chart("", Row(Unit.QUARTER, begins), [1, 1], 2).bars] == ["Q4 2025", "Q1 2026"]
    assert [label for label, _ in chart("", Row(Unit.YEAR, begins), [1, 1], 2).bars] == ["2025", "2026"]
