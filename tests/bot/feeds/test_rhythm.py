"""When a feed is looked at next: its own rhythm, what it asks for, limits and failures, each with its reason."""

import random
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.feeds.feed import Hints
from bot.feeds.rhythm import (
    LATEST,
    LONGEST_RETRY_AFTER,
    SOONEST,
    Answer,
    Health,
    NextCheck,
    Seen,
    answer_of,
    in_words,
    next_check,
    standing,
)

NOW = datetime(2026, 11, 4, 12, 0, tzinfo=UTC)  # a Wednesday
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
FETCHED = Seen(Answer.FETCHED)


def every(gap: timedelta, *, last: timedelta = MINUTE, number: int = 30) -> tuple[datetime, ...]:
    return tuple(NOW - last - gap * step for step in range(number))


def waited(seen: Seen, jitter: float = 0.0) -> timedelta:
    at = next_check(seen, now=NOW, jitter=jitter).at
    assert at is not None
    return at - NOW


def why(seen: Seen) -> tuple[str, ...]:
    return next_check(seen, now=NOW, jitter=0).reasons


# --- its own rhythm -------------------------------------------------------------------------------


def test_a_feed_is_looked_at_after_half_of_the_time_between_its_entries() -> None:
    seen = replace(FETCHED, entries_at=every(80 * MINUTE))
    assert waited(seen) == 40 * MINUTE
    assert why(seen) == ("every 40 minutes, as its entries come",)


def test_a_very_busy_feed_is_looked_at_every_five_minutes_at_most() -> None:
    seen = replace(FETCHED, entries_at=every(2 * MINUTE))
    assert waited(seen) == SOONEST
    assert why(seen)[0].startswith("every 5 minutes")


def test_entries_that_come_together_once_a_day_are_no_busy_feed() -> None:
    together = [NOW - HOUR - DAY * day - timedelta(seconds=second) for day in range(10) for second in range(20)]
    assert waited(replace(FETCHED, entries_at=together)) > 10 * HOUR


def test_a_feed_that_holds_few_entries_is_looked_at_before_others_have_taken_their_place() -> None:
    """Three entries a day until today, when three came in three hours: its feed of three is full of what is new."""
    slow = tuple(NOW - DAY * (1 + step / 3) for step in range(20))
    sudden = (NOW - HOUR, NOW - 2 * HOUR, NOW - 3 * HOUR, *slow)
    assert waited(replace(FETCHED, entries_at=sudden)) == waited(replace(FETCHED, entries_at=sudden, holds=30)) == 4 * HOUR
    assert waited(replace(FETCHED, entries_at=sudden, holds=3)) == 90 * MINUTE
    assert why(replace(FETCHED, entries_at=sudden, holds=3)) == ("every 90 minutes, for in 3 hours as many came as it holds",)
    unchanged = replace(FETCHED, answer=Answer.NOT_MODIFIED, entries_at=sudden, holds=1)
    assert waited(unchanged) == 30 * MINUTE
    assert waited(replace(unchanged, hints=Hints(ttl=2 * HOUR))) == 2 * HOUR, "what it asks for is the least all the same"


def test_what_all_came_at_once_says_nothing_of_how_soon_it_goes() -> None:
    for since in (timedelta(0), 2 * MINUTE, HOUR):
        batch = replace(FETCHED, entries_at=(NOW - since,) * 20, holds=20)
        assert waited(batch) == waited(replace(batch, holds=None)) == HOUR


def test_a_feed_of_one_entry_is_not_asked_much_more_often_for_that() -> None:
    """However fresh the entry is, an eighth of the usual wait passes."""
    fresh = replace(FETCHED, entries_at=every(16 * HOUR), holds=1)
    assert waited(fresh) == HOUR
    assert waited(replace(fresh, entries_at=every(40 * MINUTE))) == SOONEST


def test_a_feed_that_grew_silent_is_looked_at_more_and_more_seldom() -> None:
    waits = [waited(replace(FETCHED, entries_at=every(HOUR, last=DAY * days))) for days in (0, 1, 2, 4, 13)]
    assert waits == sorted(waits)
    assert why(replace(FETCHED, entries_at=every(HOUR, last=2 * DAY))) == ("every 2 hours and 24 minutes, as nothing came for 2 days",)


def test_a_feed_with_an_entry_this_week_is_looked_at_twice_a_day_and_any_other_once() -> None:
    lively = replace(FETCHED, max_age=30 * DAY, entries_at=every(HOUR, last=6 * DAY))
    dead = replace(FETCHED, max_age=30 * DAY, entries_at=every(HOUR, last=60 * DAY))
    assert (waited(lively, 1), waited(dead, 1)) == (12 * HOUR, 24 * HOUR)
    assert why(lively) == ("the site asks for 30 days (Cache-Control)", "every 12 hours at least")


def test_a_feed_of_which_nothing_is_known_is_looked_at_every_hour() -> None:
    assert waited(FETCHED) == HOUR
    assert why(FETCHED) == ("every hour, as its rhythm is not known yet",)


def test_entries_dated_in_the_future_tell_no_rhythm() -> None:
    assert waited(replace(FETCHED, entries_at=[NOW + HOUR, NOW + 2 * HOUR])) == HOUR


# --- what it asks for -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("seen", "reason"),
    [
        (replace(FETCHED, hints=Hints(ttl=2 * HOUR)), "the feed asks for 2 hours (ttl)"),
        (replace(FETCHED, hints=Hints(update_every=2 * HOUR)), "the feed asks for 2 hours (syndication)"),
        (replace(FETCHED, max_age=2 * HOUR), "the site asks for 2 hours (Cache-Control)"),
        (replace(FETCHED, expires=NOW + 2 * HOUR), "the site asks for 2 hours (Expires)"),
        (replace(FETCHED, expires=NOW + 9 * HOUR, max_age=2 * HOUR), "the site asks for 2 hours (Cache-Control)"),
        (Seen(Answer.NOT_MODIFIED, max_age=2 * HOUR), "the site asks for 2 hours (Cache-Control)"),
    ],
)
def test_what_a_feed_or_its_site_asks_for_is_the_least(seen: Seen, reason: str) -> None:
    busy = replace(seen, entries_at=every(10 * MINUTE))
    assert waited(busy) == 2 * HOUR
    assert why(busy) == (reason,)


def test_what_has_expired_already_and_a_ttl_of_nothing_ask_for_nothing() -> None:
    seen = replace(FETCHED, expires=NOW - DAY, max_age=timedelta(0), hints=Hints(ttl=timedelta(0)))
    assert waited(seen) == HOUR
    assert waited(replace(seen, max_age=None)) == HOUR


def test_hours_and_days_that_a_feed_leaves_out_are_passed_over() -> None:
    by_night = replace(FETCHED, hints=Hints(skip_hours=frozenset(range(13, 24))))
    assert next_check(by_night, now=NOW, jitter=0) == NextCheck(
        datetime(2026, 11, 5, tzinfo=UTC),
        ("every hour, as its rhythm is not known yet", "not in the hours that the feed leaves out (skipHours)"),
    )
    weekly = replace(FETCHED, hints=Hints(skip_days=frozenset({2, 3, 4, 5, 6}), skip_hours=frozenset({0})))
    assert next_check(weekly, now=NOW, jitter=0).at == datetime(2026, 11, 9, 1, tzinfo=UTC)


def test_a_feed_that_leaves_out_every_hour_or_every_day_leaves_out_none() -> None:
    assert waited(replace(FETCHED, hints=Hints(skip_hours=frozenset(range(25)), skip_days=frozenset(range(7))))) == HOUR


# --- limits and failures --------------------------------------------------------------------------


def test_failures_20_a_retry_after_of_seconds_hours_or_days_is_kept_to() -> None:
    for asked in (10 * MINUTE, 3 * HOUR, 3 * DAY):
        limited = Seen(Answer.LIMITED, retry_after=NOW + asked, failures=1)
        assert waited(limited) >= asked
    assert why(limited) == ("turned away once", "the site asks for 3 days (Retry-After)")
    assert waited(replace(FETCHED, retry_after=NOW + 3 * DAY)) == 3 * DAY


def test_failures_20_a_retry_after_of_0_or_of_the_past_does_not_make_it_sooner() -> None:
    plain = Seen(Answer.LIMITED, failures=1)
    for moment in (NOW, NOW - DAY, datetime(1970, 1, 1, tzinfo=UTC)):
        assert next_check(replace(plain, retry_after=moment), now=NOW, jitter=0.5) == next_check(plain, now=NOW, jitter=0.5)


def test_failures_20_an_absurd_retry_after_is_cut_to_seven_days() -> None:
    absurd = Seen(Answer.FAILED, retry_after=datetime(9999, 12, 31, tzinfo=UTC), failures=1)
    assert waited(absurd, 1) == LONGEST_RETRY_AFTER
    assert why(absurd)[-1].endswith("of which 7 days are kept")


def test_failures_20_403_and_429_are_limits_and_410_ends_it() -> None:
    statuses = (200, 206, 304, 401, 403, 404, 410, 429, 500, 503, None)
    ok, gone, limited, failed = Answer.FETCHED, Answer.GONE, Answer.LIMITED, Answer.FAILED
    expected = [ok, ok, Answer.NOT_MODIFIED, failed, limited, failed, gone, limited, failed, failed, failed]
    assert [answer_of(status) for status in statuses] == expected
    assert waited(Seen(limited, failures=1)) == HOUR
    assert next_check(Seen(gone, failures=1), now=NOW, jitter=0) == NextCheck(None, ("gone for good (410), so it is not asked again",))


def test_failures_23_a_failing_feed_is_asked_after_twice_as_long_each_time_up_to_a_day() -> None:
    waits = [waited(Seen(Answer.FAILED, failures=failures), 1) for failures in range(1, 9)]
    hours = [0.55, 1.1, 2.2, 4.4, 8.8, 17.6, 24, 24]
    assert waits == [HOUR * number for number in hours]
    assert why(Seen(Answer.FAILED, failures=1)) == ("failed once: again in 30 minutes",)
    assert why(Seen(Answer.FAILED, failures=3)) == ("failed 3 times: again in 2 hours",)
    assert waited(Seen(Answer.FAILED, failures=10**6)) <= DAY


def test_a_failing_feed_is_not_asked_sooner_than_it_asks_for() -> None:
    seen = Seen(Answer.FAILED, hints=Hints(ttl=6 * HOUR), failures=2)
    assert waited(seen) == 6 * HOUR
    assert why(seen) == ("failed 2 times", "the feed asks for 6 hours (ttl)")


def test_a_page_of_errors_does_not_say_for_how_long_the_feed_is_fresh() -> None:
    assert waited(Seen(Answer.FAILED, failures=1, max_age=DAY, expires=NOW + DAY)) == 30 * MINUTE


def test_failures_23_a_feed_is_paused_after_14_days_and_20_failures_with_a_word_to_its_owner() -> None:
    assert standing(0, None, NOW).health is Health.WELL
    assert standing(19, NOW - 30 * DAY, NOW).health is Health.FAILING
    assert standing(90, NOW - 13 * DAY, NOW).health is Health.FAILING
    assert standing(3, NOW + DAY, NOW).health is Health.FAILING
    paused = standing(20, NOW - 14 * DAY, NOW)
    assert paused.health is Health.PAUSED
    assert paused.what == "The feed is paused: it failed 20 times in 14 days."
    assert paused.remedy


def test_failures_23_a_feed_that_is_gone_is_paused_at_once() -> None:
    assert standing(1, NOW, NOW, gone=True).health is Health.PAUSED


# --- whatever it is -------------------------------------------------------------------------------

waits = st.timedeltas(timedelta(0), timedelta(days=400))
moments = st.datetimes(datetime(1971, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - hypothesis adds the zone
hints = st.builds(
    Hints,
    ttl=st.none() | waits,
    skip_hours=st.frozensets(st.integers(0, 23)),
    skip_days=st.frozensets(st.integers(0, 6)),
    update_every=st.none() | waits,
)
anything = st.builds(
    Seen,
    st.sampled_from([answer for answer in Answer if answer is not Answer.GONE]),
    max_age=st.none() | waits,
    expires=st.none() | moments,
    retry_after=st.none() | moments,
    hints=hints,
    entries_at=st.lists(moments | waits.map(lambda ago: NOW - ago / 10), max_size=20),
    holds=st.none() | st.integers(0, 30),
    failures=st.integers(0, 1000),
)


@settings(max_examples=30)
@given(anything, st.floats(0, 1))
def test_whatever_was_seen_the_next_look_is_neither_too_soon_nor_too_late_and_has_a_reason(seen: Seen, jitter: float) -> None:
    found = next_check(seen, now=NOW, jitter=jitter)
    assert found.at is not None
    assert found.reasons
    assert found.at >= NOW + SOONEST
    assert found.at >= min(seen.retry_after or NOW, NOW + LONGEST_RETRY_AFTER)
    assert found.at <= NOW + (LONGEST_RETRY_AFTER if seen.retry_after else LATEST) + 7 * DAY
    if len(seen.hints.skip_hours) < 24:
        assert found.at.hour not in seen.hints.skip_hours
    if len(seen.hints.skip_days) < 7:
        assert found.at.weekday() not in seen.hints.skip_days


@pytest.mark.parametrize(
    ("wait", "words"),
    [
        (timedelta(seconds=3), "1 minute"),
        (40 * MINUTE, "40 minutes"),
        (HOUR, "1 hour"),
        (90 * MINUTE, "90 minutes"),
        (150 * MINUTE, "2 hours and 30 minutes"),
        (12 * HOUR, "12 hours"),
        (47.9 * HOUR, "48 hours"),
        (3 * DAY, "3 days"),
    ],
)
def test_times_to_wait_in_words(wait: timedelta, words: str) -> None:
    assert in_words(wait) == words


# --- a week ---------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Site:
    """A feed with an entry every so often, whose site is away for a time and asks to be left alone for another."""

    gap: timedelta
    least: timedelta
    hints: Hints = Hints()  # noqa: RUF009 - frozen
    status: Callable[[datetime], int] = lambda at: 200  # noqa: ARG005
    retry_after: timedelta | None = None


def away(at: datetime) -> bool:
    return NOW + DAY <= at < NOW + 3 * DAY


WEEK = {
    "busy": Site(6 * MINUTE, SOONEST),
    "slow": Site(20 * HOUR, 9 * HOUR),
    "asking": Site(6 * MINUTE, HOUR, Hints(ttl=HOUR)),
    "failing": Site(HOUR, 29 * MINUTE, status=lambda at: 503 if away(at) else 200),
    "limited": Site(HOUR, 29 * MINUTE, status=lambda at: 429 if away(at) else 200, retry_after=2 * HOUR),
}


@pytest.mark.parametrize("name", WEEK)
def test_in_a_week_no_feed_is_asked_too_often_and_each_comes_back_after_an_outage(name: str) -> None:
    site, chance = WEEK[name], random.Random(7)  # noqa: S311 - a seed, so that each run is the same
    entries = [NOW - 14 * DAY + site.gap * step for step in range(int(21 * DAY / site.gap))]
    at, failures, asked, found = NOW, 0, list[tuple[datetime, int]](), dict[datetime, datetime]()
    while at < NOW + 7 * DAY:
        status = site.status(at)
        asked.append((at, status))
        failures = failures + 1 if status != 200 else 0
        if status == 200:
            found |= {entry: at for entry in entries if entry <= at and entry not in found}
        refused = site.retry_after if status == 429 else None
        seen = Seen(
            answer_of(status),
            retry_after=at + refused if refused else None,
            hints=site.hints,
            entries_at=tuple(found)[-50:],
            failures=failures,
        )
        following = next_check(seen, now=at, jitter=chance.random()).at
        assert following is not None
        assert following - at >= (refused or site.least)
        at = following
    assert asked[-1][1] == 200
    delays = [when - entry for entry, when in found.items() if entry > NOW and not NOW + DAY <= entry < NOW + 4 * DAY]
    assert max(delays) <= max(site.gap, site.least) * 1.1
    failed = [at for at, status in asked if status != 200]
    assert len(failed) <= 8
    if failed:
        back = min(at for at, status in asked if status == 200 and at > failed[-1])
        assert back - (NOW + 3 * DAY) <= DAY
