from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.reading.http_dates import freshness, http_date

MOMENT = datetime(1994, 11, 6, 8, 49, 37, tzinfo=UTC)


@pytest.mark.parametrize(
    "text",
    [
        "Sun, 06 Nov 1994 08:49:37 GMT",
        "Sunday, 06-Nov-94 08:49:37 GMT",
        "Sun Nov  6 08:49:37 1994",
        "Sun, 06 Nov 1994 09:49:37 +0100",
        "Sun, 06 Nov 1994 08:49:37",
        "06 Nov 1994 08:49:37 -0000",
    ],
)
def test_all_three_formats_of_dates_are_read_and_those_like_them(text: str) -> None:
    assert http_date(text) == MOMENT


@pytest.mark.parametrize("text", ["", "0", "-1", "soon", "Sun, 99 Nov 1994 08:49:37 GMT", "Sun, 06 Nov 99999 08:49:37 GMT", "x" * 10_000])
def test_what_is_no_date_is_none(text: str) -> None:
    assert http_date(text) is None


@given(st.text(max_size=60) | st.from_regex(r"[A-Z][a-z]{2}, \d{1,3} [A-Z][a-z]{2} \d{1,6} \d{1,3}:\d\d:\d\d [+-]?\w{0,9}", fullmatch=True))
@settings(max_examples=100)
def test_19_any_text_is_a_moment_in_utc_or_none(text: str) -> None:
    moment = http_date(text)

    assert moment is None or moment.utcoffset() == timedelta()


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("max-age=600", 600),
        ("public, MAX-AGE = 600 , must-revalidate", 600),
        ('max-age="600"', 600),
        ("max-age=0", 0),
        ("max-age=9999999999", 365 * 86400),
        ("s-maxage=600", None),
        ("x-max-age=600", None),
        ("max-age=-1", None),
        ("max-age=soon", None),
        ("max-age=99999999999999999", None),
        ("no-cache", None),
        (None, None),
    ],
)
def test_how_long_an_answer_stays_is_read_from_its_cache_control(header: str | None, seconds: int | None) -> None:
    assert freshness(header, None).max_age == (None if seconds is None else timedelta(seconds=seconds))


def test_when_an_answer_expires_is_read_apart_from_it() -> None:
    assert freshness(None, "Sun, 06 Nov 1994 08:49:37 GMT").expires == MOMENT
    assert freshness("max-age=1", "0").expires is None
