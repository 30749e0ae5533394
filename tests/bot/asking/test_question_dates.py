import re
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.asking.clauses import take_period
from bot.asking.dates import the_date
from bot.errors import NotUnderstood
from bot.periods import Calendar, Period

LONDON = ZoneInfo("Europe/London")
TUESDAY = datetime(2026, 11, 17, 14, 30, tzinfo=UTC)


def asked(text: str, now: datetime = TUESDAY, zone: ZoneInfo = LONDON) -> tuple[str, str]:
    period, rest = take_period(text, Calendar(now, zone))
    return period.in_words(zone), rest


@pytest.mark.parametrize(
    ("text", "when"),
    [
        ("since Monday", "since 16 November 2026"),
        ("since Tuesday", "since 17 November 2026"),
        ("since Wed", "since 11 November 2026"),
        ("since last Tuesday", "since 10 November 2026"),
        ("last Monday", "on 16 November 2026"),
        ("on Sunday", "on 15 November 2026"),
        ("yesterday", "on 16 November 2026"),
        ("the day before yesterday", "on 15 November 2026"),
        ("today", "on 17 November 2026"),
        ("last week", "from 9 November 2026 to 15 November 2026"),
        ("this week", "from 16 November 2026 to 22 November 2026"),
        ("last weekend", "from 14 November 2026 to 15 November 2026"),
        ("this weekend", "from 14 November 2026 to 15 November 2026"),
        ("last month", "in October 2026"),
        ("this year", "in 2026"),
        ("in October 2024", "in October 2024"),
        ("in October", "in October 2026"),
        ("in December", "in December 2025"),
        ("last November", "in November 2025"),
        ("in 2024", "in 2024"),
        ("on 5 November", "on 5 November 2026"),
        ("on November 5th, 2025", "on 5 November 2025"),
        ("on Thursday 5 November", "on 5 November 2026"),
        ("on the 5th of November", "on 5 November 2026"),
        ("on 5/11/2026", "on 5 November 2026"),
        ("on 20 November", "on 20 November 2025"),
        ("on 29 February", "on 29 February 2024"),
        ("2026-11-05", "on 5 November 2026"),
        ("since 2026-11-03", "since 3 November 2026"),
        ("before 3 November", "before 3 November 2026"),
        ("until 3 November", "before 4 November 2026"),
        ("up to yesterday", "before 17 November 2026"),
        ("after 3 November", "since 4 November 2026"),
        ("after October", "since 1 November 2026"),
        ("between 3 and 9 October", "from 3 October 2026 to 9 October 2026"),
        ("between 3rd and 9th of October 2024", "from 3 October 2024 to 9 October 2024"),
        ("between October 3 and 9, 2024", "from 3 October 2024 to 9 October 2024"),
        ("from 3-9 October", "from 3 October 2026 to 9 October 2026"),
        ("between 28 October and 3 November", "from 28 October 2026 to 3 November 2026"),
        ("from 28 December to 3 January", "from 28 December 2025 to 3 January 2026"),
        ("between Monday and Wednesday", "from 9 November 2026 to 11 November 2026"),
        ("from May to July", "from 1 May 2026 to 31 July 2026"),
        ("from Monday onwards", "since 16 November 2026"),
        ("3 days ago", "on 14 November 2026"),
        ("since two weeks ago", "since 3 November 2026"),
        ("since a month ago", "since 17 October 2026"),
        ("in the last 3 days", "since 14 November 2026"),
        ("over the past week", "since 10 November 2026"),
        ("in the past 6 hours", "since 17 November 2026, 08:30"),
        ("since 5pm yesterday", "since 16 November 2026, 17:00"),
        ("since noon on Friday", "since 13 November 2026, 12:00"),
        ("since the 3rd", "since 3 November 2026"),
        ("since Monday until Tuesday", "from 16 November 2026 to 17 November 2026"),
    ],
)
def test_a_clause_of_time_is_read_and_taken_out(text: str, when: str) -> None:
    assert asked(f"ferries {text}") == (when, "ferries")
    assert asked(f"{text} about ferries") == (when, "about ferries")


@pytest.mark.parametrize(
    "text",
    [
        "what may happen in March elections",
        "the march on parliament",
        "who sat second in the race",
        "Trump on May",
        "what did Theresa May say about April Jones",
        "quotes from April Jones",
        "what did May say before April Jones resigned",
        "quotes by June Sarpong about August Wilson",
        "this may be the sun",
        "Friday's vote",
        "on Friday's vote",
        "life after death",
        "between the two parties",
        "after 9 years in prison",
        "in 2024-25",
        "the October revolution",
        "a mon ami",
        "in Marsh",
        "on Mondays",
    ],
)
def test_ordinary_words_and_names_are_no_dates(text: str) -> None:
    assert asked(text) == ("", text)


@pytest.mark.parametrize(
    "text",
    [
        "since Blursday",
        "since the election",
        "on 31 February",
        "since 32 October",
        "on 5 Novembre",
        "on Tusday",
        "since 31/02/2026",
        "2026-13-45",
    ],
)
def test_an_unknown_date_is_refused_with_examples(text: str) -> None:
    with pytest.raises(NotUnderstood, match=r"date.*Dates look like: Monday"):
        asked(f"quotes by Marsh {text}")


def test_a_period_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(NotUnderstood, match="ends before it begins"):
        asked("since Monday before 3 November")


def test_years_that_no_calendar_of_ours_holds_are_refused() -> None:
    for text in ("since 999 years ago", "since 9999 years ago", "since 9999-12-31"):
        with pytest.raises(NotUnderstood):
            asked(text)


def test_days_are_those_of_the_zone_given_across_a_clock_change() -> None:
    period, _ = take_period("on 25 October", Calendar(TUESDAY, LONDON))
    assert period == Period(datetime(2026, 10, 24, 23, tzinfo=UTC), datetime(2026, 10, 26, tzinfo=UTC))


def test_today_is_the_askers_day_not_the_servers() -> None:
    late = datetime(2026, 11, 16, 22, tzinfo=UTC)
    assert asked("today", late, ZoneInfo("Asia/Tokyo"))[0] == "on 17 November 2026"
    assert asked("today", late, ZoneInfo("America/New_York"))[0] == "on 16 November 2026"


def test_an_option_takes_a_date_and_nothing_else() -> None:
    assert the_date(" last  week ", now=TUESDAY, zone=LONDON) == Period(
        datetime(2026, 11, 9, tzinfo=UTC), datetime(2026, 11, 16, tzinfo=UTC)
    )
    assert the_date("5pm yesterday", now=TUESDAY, zone=LONDON).since == datetime(2026, 11, 16, 17, tzinfo=UTC)
    for text in ("", "Blursday", "Monday about ferries", "12"):
        with pytest.raises(NotUnderstood, match="Dates look like"):
            the_date(text, now=TUESDAY, zone=LONDON)


_PIECES = st.sampled_from(
    re.findall(
        r"\S+",
        "since before after until between and from to on in last this past the 3 31 99 2024 9999 of May march Monday sat second week "
        "days ago November 5th 2026-11-03 1/2/2026 yesterday noon 5pm a fortnight hours , ? - ' é 🙂",
    )
)
_MOMENTS = st.integers(0, 5_000_000_000).map(lambda seconds: datetime.fromtimestamp(seconds, UTC))


@settings(max_examples=100)
@given(st.lists(_PIECES, max_size=12).map(" ".join), _MOMENTS)
def test_no_heap_of_date_words_raises_anything_but_not_understood(text: str, now: datetime) -> None:
    try:
        period, _ = take_period(text, Calendar(now, LONDON))
    except NotUnderstood:
        return
    assert period.since is None or period.until is None or period.since < period.until
    assert bool(period.in_words(LONDON)) == (period != Period())
