"""How fast reading goes, and when it comes to its end. Pure: whoever asks says what the time is."""

from collections import deque
from dataclasses import dataclass

_WHILE = 60.0
"""Seconds by which the rate is told: long enough for a few long articles, short enough to tell that it has changed."""
_SOON = 5.0
"""Seconds after which a rate says something."""
_EACH = 1.0
_UNITS = ((86_400, "day"), (3_600, "hour"), (60, "minute"))


@dataclass(frozen=True, slots=True)
class Seen:
    """How far reading was at a moment (seconds): so many articles, and that share of everything (None: not known)."""

    moment: float
    done: int
    share: float | None


class Pace:
    """What was seen of late, at most once a second."""

    def __init__(self) -> None:
        self._seen: deque[Seen] = deque()

    def see(self, seen: Seen) -> None:
        """Take in how far reading is."""
        if len(self._seen) > 1 and seen.moment - self._seen[-2].moment < _EACH:
            self._seen.pop()
        self._seen.append(seen)
        while len(self._seen) > 2 and seen.moment - self._seen[0].moment > _WHILE:
            self._seen.popleft()

    def in_words(self) -> str:
        """Such as "41.2 articles/s, about 3 hours left"; "" while too little was seen."""
        if not self._seen:
            return ""
        first, last = self._seen[0], self._seen[-1]
        a_second = rate(first, last)
        left = seconds_left(first, last)
        told = "" if a_second is None else f"{a_second:,.1f} articles/s"
        return told if left is None else f"{told}, {time_left(left)}"


def rate(first: Seen, last: Seen) -> float | None:
    """Articles a second between two moments; None where they lie too close."""
    passed = last.moment - first.moment
    return (last.done - first.done) / passed if passed >= _SOON else None


def seconds_left(first: Seen, last: Seen) -> float | None:
    """Seconds until everything is read, if it goes on as it went between two moments; None where that cannot be told."""
    passed = last.moment - first.moment
    if first.share is None or last.share is None or passed < _SOON or last.share <= first.share:
        return None
    return (1 - last.share) * passed / (last.share - first.share)


def time_left(seconds: float) -> str:
    """A time in words, in its greatest unit, or in two of them while the greater one is but one: about 1 hour 20 minutes left."""
    if seconds < 60:
        return "less than a minute left"
    for place, (length, unit) in enumerate(_UNITS):
        if seconds >= length:
            number = int(seconds // length)
            if number == 1 and place + 1 < len(_UNITS):
                smaller, its_unit = _UNITS[place + 1]
                rest = int(seconds % length // smaller)
                return f"about 1 {unit}{f' {rest} {its_unit}{_s(rest)}' if rest else ''} left"
            number = round(seconds / length)
            return f"about {number} {unit}{_s(number)} left"
    raise AssertionError(seconds)


def _s(number: int) -> str:
    return "" if number == 1 else "s"
