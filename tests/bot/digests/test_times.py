from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from bot.digests.times import day_in_words, moment_in_words

LONDON, KOLKATA = ZoneInfo("Europe/London"), ZoneInfo("Asia/Kolkata")
NOW = datetime(2026, 11, 12, 18, tzinfo=UTC)  # a Thursday


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        (datetime(2026, 11, 12, 8, tzinfo=UTC), "08:00"),
        (datetime(2026, 11, 12, tzinfo=UTC), "midnight"),
        (datetime(2026, 11, 11, 8, tzinfo=UTC), "Wednesday 08:00"),
        (datetime(2026, 11, 9, tzinfo=UTC), "Monday"),
        (datetime(2026, 11, 6, 23, 59, tzinfo=UTC), "Friday 23:59"),
        (datetime(2026, 11, 5, 8, tzinfo=UTC), "5 November, 08:00"),
        (datetime(2026, 11, 5, tzinfo=UTC), "5 November"),
        (datetime(2025, 12, 24, 8, tzinfo=UTC), "24 December 2025, 08:00"),
        (datetime(2026, 11, 14, 8, tzinfo=UTC), "14 November, 08:00"),
    ],
)
def test_a_moment_is_told_as_people_say_it(moment: datetime, words: str) -> None:
    assert moment_in_words(moment, NOW, LONDON) == words


def test_a_moment_is_told_by_the_clocks_of_the_zone() -> None:
    assert moment_in_words(datetime(2026, 11, 11, 20, tzinfo=UTC), NOW, KOLKATA) == "01:30"
    assert moment_in_words(datetime(2026, 11, 9, 18, 30, tzinfo=UTC), NOW, KOLKATA) == "Tuesday"


def test_the_day_of_a_moment_is_that_of_the_zone_but_a_date_without_a_time_keeps_its_day() -> None:
    assert day_in_words(datetime(2026, 11, 5, 20, tzinfo=UTC), KOLKATA) == "6 November 2026"
    assert day_in_words(datetime(2026, 11, 5, tzinfo=UTC), ZoneInfo("America/New_York")) == "5 November 2026"
