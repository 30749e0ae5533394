"""FAILURES 19: dates missing, in the future, date-only, without a zone."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.feeds.feed_dates import moment

MORNING = datetime(2024, 10, 22, 9, 15, tzinfo=UTC)
MIDNIGHT = datetime(2024, 10, 22, tzinfo=UTC)


@pytest.mark.parametrize(
    "written",
    [
        "Tue, 22 Oct 2024 09:15:00 GMT",
        "Tue, 22 Oct 2024 09:15:00 +0000",
        "Tue, 22 Oct 2024 09:15:00 -0000",
        "Tue, 22 Oct 2024 10:15:00 +01:00",
        "Tue, 22 Oct 2024 10:15:00 GMT+1",
        "Tue, 22 Oct 2024 10:15:00 GMT+0100",
        "Tue, 22 Oct 24 09:15:00 Z",
        "22 Oct 2024 09:15 UT",
        "Mon, 22 Oct 2024 09:15:00 GMT",
        "Tue,22 Oct 2024 09:15:00 GMT",
        "Tue 22 Oct 2024 09:15:00 GMT",
        "Tuesday, 22 October 2024 09:15:00 GMT",
        "Tuesday, 22-Oct-24 09:15:00 GMT",
        "Tue, 22 Oct 2024 05:15:00 EDT",
        "Tue, 22 Oct 2024 04:15:00 EST",
        "Tue, 22 Oct 2024 01:15:00 PST",
        "Tue, 22 Oct 2024 10:15:00 BST",
        "Tue, 22 Oct 2024 09:15:00 A",
        "Tue, 22 Oct 2024 09:15:00 XYZ",
        "Tue, 22 Oct 2024 09:15:00",
        "Tue, 22 Oct 2024 9:15:00 GMT",
        "Tue, 22 Oct 2024 09:15:00 GMT (summer)",
        "Tue Oct 22 09:15:00 2024",
        "Tue Oct 22 09:15:00 GMT 2024",
        "  Tue,  22 Oct\n2024 09:15:00 GMT ",
        "Tue, 22 Oct 2024 09:15 AM GMT",
        "Tue, 22 Oct 2024 09:15 am",
        "Tue, 22 Oct 2024 18:15:00 JST",
        "Tue, 22 Oct 2024 11:15:00 SAST",
        "Tue, 22 Oct 2024 11:15:00 MESZ",
        "2024-10-22T09:15:00Z",
        "2024-10-22T09:15Z",
        "2024-10-22t09:15:00z",
        "2024-10-22T09:15:00.000Z",
        "2024-10-22T09:15:00,5Z",
        "2024-10-22T10:15:00+01:00",
        "2024-10-22T10:15:00+0100",
        "2024-10-22T10:15:00+01",
        "2024-10-22 09:15:00",
        "2024-10-22 09:15:00 UTC",
        "2024-10-22 10:15:00 +0100",
        "20241022T091500Z".replace("091500", "09:15:00"),
        "1729588500",
        "1729588500000",
    ],
)
def test_a_moment_is_read_in_utc_however_a_feed_writes_it(written: str) -> None:
    assert moment(written) == MORNING


@pytest.mark.parametrize(
    "written",
    ["2024-10-22", "20241022", "22 Oct 2024", "Tue, 22 Oct 24", "October 22, 2024", "2024-10-21T24:00:00Z", "Mon, 21 Oct 2024 24:00 GMT"],
)
def test_a_date_alone_is_its_midnight(written: str) -> None:
    assert moment(written) == MIDNIGHT


@pytest.mark.parametrize(
    "written",
    [
        *(
            None,
            "",
            " ",
            "yesterday",
            "soon",
            "2024",
            "2024-10",
            "2024-13-01",
            "2024-02-30",
            "31 Feb 2024",
            "03/04/2024",
            "22 Oktober 2024",
        ),
        *("Tue, 22 Oct 2024 25:00:00 GMT", "Tue, 22 Oct 2024 09:61:00 GMT", "2024-10-22T09:15:00+99:00", "0000-00-00 00:00:00"),
        *("0001-01-01T00:00:00Z", "9999-12-31T23:59:59-23:59", "1970-01-01T00:00:00Z", "Thu, 01 Jan 1970 00:00:00 +0000"),
        *("Mon, -1 Nov 0001 00:00:00 +0000", "x" * 100_000),
    ],
)
def test_a_date_that_cannot_be_read_is_none(written: str | None) -> None:
    assert moment(written) is None


def test_two_digits_are_a_year_of_this_century_up_to_49() -> None:
    assert moment("1 Jan 49") == datetime(2049, 1, 1, tzinfo=UTC)
    assert moment("1 Jan 50") == datetime(1950, 1, 1, tzinfo=UTC)
    assert moment("1 Jan 124") == datetime(2024, 1, 1, tzinfo=UTC)


def test_a_leap_second_is_the_one_before_it() -> None:
    assert moment("2016-12-31T23:59:60Z") == datetime(2016, 12, 31, 23, 59, 59, tzinfo=UTC)


def test_a_date_in_the_future_is_kept_as_it_is_given() -> None:
    assert moment("Fri, 22 Oct 2094 09:15:00 GMT") == datetime(2094, 10, 22, 9, 15, tzinfo=UTC)


@pytest.mark.parametrize(
    "written",
    [
        "Tue, 22 Oct 2024 11:15:00",
        "2024-10-22T11:15:00",
        "Tue Oct 22 11:15:00 2024",
        "22 Oct 2024 11:15 CE",
        "22 Oct 2024 11:15 AM",
        "October 22, 2024, 11:15 am",
        "22.10.2024 11:15",
        "2024/10/22 11:15:00",
    ],
)
def test_a_date_without_a_zone_is_in_the_zone_that_is_given(written: str) -> None:
    assert moment(written, zone=ZoneInfo("Europe/Berlin")) == MORNING
    assert moment("Tue, 22 Oct 2024 09:15:00 GMT", zone=ZoneInfo("Europe/Berlin")) == MORNING
    assert moment("October 22, 2024 5:15 am EDT", zone=ZoneInfo("Europe/Berlin")) == MORNING
    assert moment("22.10.2024 05:15 -0400", zone=ZoneInfo("Europe/Berlin")) == MORNING


@pytest.mark.parametrize(
    "written", ["Tue, 22 Oct 2024 09:15 PM", "Tue, 22 Oct 2024 9:15:00 p.m. GMT", "2024-10-22 09:15:00 PM", "2024-10-22 21:15:00 PM"]
)
def test_the_half_of_the_day_is_no_zone(written: str) -> None:
    assert moment(written) == MORNING + timedelta(hours=12)


def test_the_halves_of_the_day_begin_at_twelve() -> None:
    assert moment("22 Oct 2024 12:15 AM") == MIDNIGHT + timedelta(minutes=15)
    assert moment("22 Oct 2024 12:15 PM") == MIDNIGHT + timedelta(hours=12, minutes=15)


PARTS = st.lists(
    st.sampled_from(
        [
            *"0123456789:-+,./TZ ",
            "Tue, ",
            "22",
            "Oct",
            "October",
            " 2024",
            "24",
            "9999",
            "0001",
            "GMT",
            "EST",
            "+1400",
            "-9999",
            "am",
            "()",
            "١",
        ]
    ),
    max_size=14,
).map("".join)


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=120) | PARTS)
def test_any_text_is_a_moment_in_utc_or_none(text: str) -> None:
    for zone in (UTC, ZoneInfo("Asia/Kathmandu")):
        read = moment(text, zone=zone)
        assert read is None or read.utcoffset() == timedelta(0)


@settings(max_examples=30, deadline=None)
@given(st.integers(int(datetime(1971, 1, 1, tzinfo=UTC).timestamp()), int(datetime(2200, 1, 1, tzinfo=UTC).timestamp())))
def test_what_programs_write_is_read_as_it_was_written(seconds: int) -> None:
    whole = datetime.fromtimestamp(seconds, UTC)

    assert moment(whole.isoformat()) == whole
    assert moment(whole.strftime("%a, %d %b %Y %H:%M:%S +0000")) == whole
