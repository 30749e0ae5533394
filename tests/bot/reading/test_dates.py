from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.reading.dates import published

MORNING = datetime(2024, 10, 22, 9, 15, tzinfo=UTC)
MIDNIGHT = datetime(2024, 10, 22, tzinfo=UTC)


@pytest.mark.parametrize(
    "written",
    [
        "2024-10-22T09:15:00Z",
        "2024-10-22T09:15:00.000Z",
        "2024-10-22T10:15:00+01:00",
        "2024-10-22T10:15+0100",
        "2024-10-22 09:15",
        "Tue, 22 Oct 2024 10:15:00 +0100",
        "Tue, 22 Oct 2024 09:15:00 GMT",
        "22 October 2024 at 9.15 am",
        "Tuesday 22nd October 2024, 10:15 BST",
        "October 22, 2024 9:15 AM",
        "Oct. 22, 2024, 05:15 am EDT",
        "Published 10:15 BST, 22 October 2024",
        "Published: Oct 22, 2024 14:45 IST",
        1729588500,
        1729588500000,
        datetime(2024, 10, 22, 10, 15, tzinfo=timezone(timedelta(hours=1))),
    ],
)
def test_a_moment_is_read_in_utc_however_it_is_written(written: object) -> None:
    assert published(written) == MORNING


@pytest.mark.parametrize(
    "written",
    ["2024-10-22", "22 October 2024", "October 22nd, 2024", "22/10/2024", "10/22/2024", "2024/10/22", "22.10.2024", date(2024, 10, 22)],
)
def test_a_date_alone_is_its_midnight(written: object) -> None:
    assert published(written) == MIDNIGHT


@pytest.mark.parametrize(
    "written",
    [
        None,
        "",
        "yesterday",
        "2 hours ago",
        "2024",
        "October 2024",
        "22 October",
        "Tuesday",
        "03/04/2024",
        "31 February 2024",
        "2024-13-01",
        "from 1 May 2024 to 3 May 2024",
        "2024-10-22T25:00:00Z",
        "0000-00-00",
        "0001-01-01",
        "1/1/1",
        True,
        42,
        float("nan"),
        float("inf"),
        [2024, 10, 22],
        "x" * 100_000,
    ],
)
def test_what_is_no_date_or_an_ambiguous_one_is_none(written: object) -> None:
    assert published(written) is None


@settings(max_examples=100)
@given(st.one_of(st.text(), st.floats(), st.integers(), st.from_regex(r"\d{1,4}[-/. ]\d{1,2}[-/. ]\d{1,4}[T ]\d\d:\d\d([+-]\d\d:\d\d)?")))
def test_any_value_gives_a_moment_in_utc_or_none(value: object) -> None:
    moment = published(value)

    assert moment is None or moment.utcoffset() == timedelta(0)
