from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.feeds.retry_after import LONGEST, retry_after

NOW = datetime(2026, 11, 6, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("header", "wait"),
    [
        ("0", timedelta()),
        ("120", timedelta(minutes=2)),
        (" 120 ", timedelta(minutes=2)),
        ("1.2", timedelta(seconds=2)),
        ("Fri, 06 Nov 2026 13:00:00 GMT", timedelta(hours=1)),
        ("Friday, 06-Nov-26 13:00:00 GMT", timedelta(hours=1)),
        ("Fri Nov  6 13:00:00 2026", timedelta(hours=1)),
        ("Fri, 06 Nov 2026 11:00:00 GMT", timedelta()),
        ("999999999999999999999999999", LONGEST),
        ("Fri, 06 Nov 9999 13:00:00 GMT", LONGEST),
    ],
)
def test_20_a_site_names_when_to_come_again_in_seconds_or_by_a_date(header: str, wait: timedelta) -> None:
    assert retry_after(header, NOW) == NOW + wait


@pytest.mark.parametrize("header", [None, "", "-1", "-120", "soon", "1e9", "٣", "12 s", "1,5", "nan", "inf", "1" * 500])
def test_20_what_names_no_moment_is_none(header: str | None) -> None:
    assert retry_after(header, NOW) is None


@given(st.text(max_size=40) | st.integers().map(str) | st.floats().map(str))
@settings(max_examples=30)
def test_20_a_moment_is_never_past_nor_far_away(header: str) -> None:
    when = retry_after(header, NOW)

    assert when is None or NOW <= when <= NOW + LONGEST
