"""When a feed is looked at next, with the reasons that a person reads, and when it rests after long failure. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from enum import StrEnum
from itertools import pairwise

from bot.cards import counted, listed
from bot.feeds.feed import Hints

SOONEST = timedelta(minutes=5)
LATEST = timedelta(hours=24)
LATEST_OF_LIVELY = timedelta(hours=12)
LONGEST_RETRY_AFTER = timedelta(days=7)
PAUSED_AFTER = timedelta(days=14)
PAUSED_AFTER_FAILURES = 20
_LIVELY = timedelta(days=7)
_RHYTHM_OVER = timedelta(days=14)
_UNKNOWN = timedelta(hours=1)
"""Between looks at a feed whose rhythm nothing tells."""
_TOGETHER = timedelta(minutes=1)
_FIRST_BACK_OFF = timedelta(minutes=30)
_FIRST_BACK_OFF_OF_LIMITS = timedelta(hours=1)
_MOST_DOUBLINGS = 10
_SILENCE_SHARE = 20  # who was silent for a day is looked at after a 20th of that
_SUDDEN_SHARE = 8  # however suddenly its entries came, a feed is not asked after less than an 8th of its usual wait
_JITTER_SHARE = 10  # a 10th of the wait is left to chance
_LONGEST_JITTER_OF_MOMENTS = timedelta(minutes=15)
_NO_HINTS = Hints()
_HOUR, _DAY, _NOTHING = timedelta(hours=1), timedelta(days=1), timedelta()


class Answer(StrEnum):
    """What the last look at a feed brought."""

    FETCHED = "fetched"
    NOT_MODIFIED = "not modified"
    LIMITED = "limited"
    FAILED = "failed"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class Seen:
    """What decides when a feed is looked at next. All moments are aware of their zone.

    `max_age` (Cache-Control) and `expires` are those of the last answer, `retry_after` is until when it asks to be left alone.
    `entries_at` are the moments of the entries seen lately, in any order; so many at once the feed `holds` (None: not known).
    `failures` counts those in a row, with the last answer.
    """

    answer: Answer
    max_age: timedelta | None = None
    expires: datetime | None = None
    retry_after: datetime | None = None
    hints: Hints = _NO_HINTS
    entries_at: Sequence[datetime] = ()
    holds: int | None = None
    failures: int = 0


@dataclass(frozen=True, slots=True)
class NextCheck:
    """When a feed is looked at next (UTC; None: never), and why: what decided first. The reasons are no whole sentences."""

    at: datetime | None
    reasons: tuple[str, ...]


class Health(StrEnum):
    """How a feed stands."""

    WELL = "well"
    FAILING = "failing"
    PAUSED = "paused"


@dataclass(frozen=True, slots=True)
class Standing:
    """How a feed stands, and for one that is to be paused what its owner is told: what happened and what to do."""

    health: Health
    what: str = ""
    remedy: str = ""


@dataclass(frozen=True, slots=True)
class _Wait:
    time: timedelta
    reason: str


def answer_of(status: int | None) -> Answer:
    """What an HTTP status says of a feed (RFC 9110, 15); None is no answer at all.

    403 is used as a limit by many sites, and is treated as one, like 429 (RFC 6585, 4).
    """
    if status is not None and 200 <= status < 300:
        return Answer.FETCHED
    return {304: Answer.NOT_MODIFIED, 403: Answer.LIMITED, 410: Answer.GONE, 429: Answer.LIMITED}.get(status or 0, Answer.FAILED)


def next_check(seen: Seen, *, now: datetime, jitter: float) -> NextCheck:
    """When a feed is looked at next; `jitter` (0 to 1) is the chance that keeps many feeds from being asked at once.

    A feed that answers is asked in half of the time that lies between its entries, or of that in which as many came as it holds, so
    that what came first is still there. One that fails is asked after twice as long as before. What it asks for by itself (ttl,
    syndication, Cache-Control, Expires) is the least, whatever its rhythm: between 5 minutes and 24 hours, or 12 hours where something
    came in the last week. Retry-After is kept to for up to 7 days, and hours and days that the feed leaves out are passed over, unless
    it leaves out all. A feed that is gone is not asked again.
    """
    if seen.answer is Answer.GONE:
        return NextCheck(None, ("gone for good (410), so it is not asked again",))
    trouble = _trouble(seen)
    own = _back_off(seen, trouble) if trouble else _own_rhythm(seen.entries_at, seen.holds, now)
    asked = _asked_for(seen, now, fresh=not trouble)
    latest = LATEST_OF_LIVELY if not trouble and _is_lively(seen.entries_at, now) else LATEST
    least = min(latest, max([SOONEST, *(one.time for one in asked)]))
    decisive = max([own, *asked], key=lambda one: one.time)
    reasons = [decisive.reason] if decisive is own or not trouble else [trouble, decisive.reason]
    if decisive.time > latest:
        reasons.append(f"{_every(latest)} at least")
    wait = min(latest, decisive.time)
    spread = wait / _JITTER_SHARE
    at = now + min(latest, max(least, min(wait, latest - spread)) + spread * jitter)
    if seen.retry_after and (until := min(seen.retry_after, now + LONGEST_RETRY_AFTER)) > at:
        at = min(until + min((until - now) / _JITTER_SHARE, _LONGEST_JITTER_OF_MOMENTS) * jitter, now + LONGEST_RETRY_AFTER)
        reasons = [*filter(None, [trouble]), _retry_after_in_words(seen.retry_after - now)]
    moved, left_out = _passed_over(at.astimezone(UTC), seen.hints, jitter)
    return NextCheck(moved, (*reasons, *left_out))


def standing(failures: int, first_failed_at: datetime | None, now: datetime, *, gone: bool = False) -> Standing:
    """How a feed stands that failed so often in a row, at first then; it is paused after 14 days and 20 failures, or where it is gone."""
    if gone:
        return Standing(
            Health.PAUSED,
            "The feed is paused: its site says that it is gone for good (410).",
            "Look on the site for another feed, and add that.",
        )
    if not failures or first_failed_at is None:
        return Standing(Health.WELL)
    lasted = now - first_failed_at
    if lasted < PAUSED_AFTER or failures < PAUSED_AFTER_FAILURES:
        return Standing(Health.FAILING)
    return Standing(
        Health.PAUSED,
        f"The feed is paused: it failed {_times(failures)} in {in_words(lasted)}.",
        "Look whether its address has changed, and let it go on when it is right.",
    )


def in_words(wait: timedelta) -> str:
    """A time to wait as people say it: 40 minutes, 2 hours and 30 minutes, 3 days."""
    minutes = max(1, round(wait / timedelta(minutes=1)))
    hours, rest = divmod(minutes, 60)
    if hours >= 48:
        return counted(round(minutes / 60 / 24), "day")
    if hours >= 10:
        return counted(round(minutes / 60), "hour")
    if minutes <= 90 and minutes != 60:
        return counted(minutes, "minute")
    return listed([counted(hours, "hour"), *([counted(rest, "minute")] if rest else [])])


def _trouble(seen: Seen) -> str:
    """How often the feed could not be had; "" where it could."""
    what = {Answer.LIMITED: "turned away", Answer.FAILED: "failed"}.get(seen.answer)
    return f"{what} {_times(max(seen.failures, 1))}" if what else ""


def _back_off(seen: Seen, trouble: str) -> _Wait:
    first = _FIRST_BACK_OFF_OF_LIMITS if seen.answer is Answer.LIMITED else _FIRST_BACK_OFF
    wait = min(LATEST, first * 2 ** min(max(seen.failures, 1) - 1, _MOST_DOUBLINGS))
    return _Wait(wait, f"{trouble}: again in {in_words(wait)}")


def _own_rhythm(entries_at: Sequence[datetime], holds: int | None, now: datetime) -> _Wait:
    """Half the median time between entries in the last two weeks, where those that come together are one; less where it holds few."""
    past = sorted(moment for moment in entries_at if moment <= now)
    if not past:
        return _Wait(_UNKNOWN, f"{_every(_UNKNOWN)}, as its rhythm is not known yet")
    usual = _usual(past, now)
    if holds and holds <= len(past) and (holds == 1 or past[-1] - past[-holds] > _TOGETHER):
        stay = now - past[-holds]
        wait = max(stay / 2, min(usual.time, LATEST_OF_LIVELY) / _SUDDEN_SHARE, SOONEST)
        if wait < usual.time:
            return _Wait(wait, f"{_every(wait)}, for in {in_words(stay)} as many came as it holds")
    return usual


def _usual(past: Sequence[datetime], now: datetime) -> _Wait:
    gaps = sorted(later - earlier for earlier, later in pairwise(past) if earlier > now - _RHYTHM_OVER and later - earlier > _TOGETHER)
    usual = max(gaps[len(gaps) // 2] / 2, SOONEST) if gaps else _UNKNOWN
    silence = now - past[-1]
    if silence / _SILENCE_SHARE > usual:
        wait = silence / _SILENCE_SHARE
        return _Wait(wait, f"{_every(wait)}, as nothing came for {in_words(silence)}")
    return _Wait(usual, f"{_every(usual)}, as its entries come")


def _asked_for(seen: Seen, now: datetime, *, fresh: bool) -> list[_Wait]:
    """How long the feed and, where the answer is `fresh`, its site ask to be left alone (RSS 2.0 ttl; RFC 9111, 4.2.1)."""
    asked = [("the feed", seen.hints.ttl, "ttl"), ("the feed", seen.hints.update_every, "syndication")]
    if fresh:
        # Where there is max-age, Expires does not count (RFC 9111, 5.3).
        expires = seen.expires - now if seen.expires and seen.max_age is None else None
        asked += [("the site", seen.max_age, "Cache-Control"), ("the site", expires, "Expires")]
    return [_Wait(wait, f"{who} asks for {in_words(wait)} ({where})") for who, wait, where in asked if wait and wait > _NOTHING]


def _is_lively(entries_at: Sequence[datetime], now: datetime) -> bool:
    return any(now - _LIVELY <= moment <= now for moment in entries_at)


def _retry_after_in_words(wait: timedelta) -> str:
    asks = f"the site asks for {in_words(wait)} (Retry-After)"
    return asks if wait <= LONGEST_RETRY_AFTER else f"{asks}, of which {in_words(LONGEST_RETRY_AFTER)} are kept"


def _passed_over(at: datetime, hints: Hints, jitter: float) -> tuple[datetime, list[str]]:
    """The moment (UTC) behind those hours and days that the feed leaves out (RSS 2.0 skipHours and skipDays), and what they were."""
    hours = hints.skip_hours if len(hints.skip_hours & set(range(24))) < 24 else frozenset[int]()
    days = hints.skip_days if len(hints.skip_days & set(range(7))) < 7 else frozenset[int]()
    moved, left_out = at, dict[str, None]()
    while moved.weekday() in days or moved.hour in hours:
        if moved.weekday() in days:
            moved = datetime.combine(moved.date() + _DAY, time(), UTC)
            left_out["not on the days that the feed leaves out (skipDays)"] = None
        else:
            moved = moved.replace(minute=0, second=0, microsecond=0) + _HOUR
            left_out["not in the hours that the feed leaves out (skipHours)"] = None
    return (moved + _LONGEST_JITTER_OF_MOMENTS * jitter if left_out else at), list(left_out)


def _times(number: int) -> str:
    return "once" if number == 1 else counted(number, "time")


def _every(wait: timedelta) -> str:
    return f"every {in_words(wait).removeprefix('1 ')}"
