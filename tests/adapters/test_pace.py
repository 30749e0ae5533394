"""How fast reading goes and how long it will take, in words."""

import pytest

from adapters.terminal.pace import Pace, Seen, rate, seconds_left, time_left


def test_rate_and_time_left_are_told_by_two_moments() -> None:
    first, last = Seen(100.0, 1_000, 0.5), Seen(110.0, 1_400, 0.6)
    assert rate(first, last) == 40
    assert seconds_left(first, last) == pytest.approx(40)


@pytest.mark.parametrize("last", [Seen(101.0, 9, 0.9), Seen(200.0, 9, None), Seen(200.0, 9, 0.5)])
def test_what_cannot_be_told_is_not(last: Seen) -> None:
    assert seconds_left(Seen(100.0, 0, 0.5), last) is None


@pytest.mark.parametrize(
    ("seconds", "told"),
    [
        (0, "less than a minute left"),
        (61, "about 1 minute left"),
        (150, "about 2 minutes left"),
        (3_600 * 1.35, "about 1 hour 21 minutes left"),
        (3_600 * 3.4, "about 3 hours left"),
        (86_400 * 1.5, "about 1 day 12 hours left"),
        (86_400 * 9, "about 9 days left"),
    ],
)
def test_a_time_is_told_as_a_person_would(seconds: float, told: str) -> None:
    assert time_left(seconds) == told


def test_the_pace_is_that_of_the_last_minute_however_often_it_was_looked_at() -> None:
    pace = Pace()
    for tenth in range(3_000):  # five minutes, of which the last goes twice as fast
        moment = tenth / 10
        done = moment * 10 + max(0, moment - 240) * 10
        pace.see(Seen(moment, round(done), done / 10_000))
    assert pace.in_words() == "20.0 articles/s, about 5 minutes left"
    assert len(pace._seen) < 70


def test_of_something_gone_on_with_the_pace_is_told_from_there() -> None:
    pace = Pace()
    assert pace.in_words() == ""
    pace.see(Seen(0.0, 412_000, 0.4))
    assert pace.in_words() == ""
    pace.see(Seen(10.0, 412_300, None))
    assert pace.in_words() == "30.0 articles/s"
