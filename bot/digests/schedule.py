"""When a digest is due: wall-clock times that keep their local hour when the clocks change. No clock, no I/O."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from bot.cards import listed
from bot.errors import NotUnderstood

EVERY_WEEKDAY = frozenset(range(7))  # Monday is 0
EVERY_DAY = frozenset(range(1, 32))
EVERY_MONTH = frozenset(range(1, 13))
WEEKDAYS = frozenset(range(5))
WEEKEND = frozenset({5, 6})
DAYS_OF_EVERY_MONTH = frozenset(range(1, 29))
DAY_NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
EXAMPLES = "Schedules look like: daily at 8, weekdays at 07:30 London, every Monday at 9, hourly 9-18 on weekdays, every 2 hours."
MOST_TIMES_LISTED = 4  # more of them, evenly spaced, are "hourly" or "every 2 hours"
_LONGEST_MONTH = {2: 29, 4: 30, 6: 30, 9: 30, 11: 30}
_HOUR, _DAY, _SECOND = timedelta(hours=1), timedelta(days=1), timedelta(seconds=1)
_LAST_DAY = date(9999, 12, 30)  # a zone can still be applied to it


@dataclass(frozen=True, slots=True)
class Schedule:
    """Times of the local day, in order, on the days that fit.

    `weekdays` count from Monday (0), `days` are those of the month. As in cron, where both are restricted a day fits
    that is one of either. `str` gives the schedule in words that `schedule_words.parse` reads back. Raises NotUnderstood
    for times less than an hour apart and for days that never come.
    """

    times: tuple[time, ...]
    weekdays: frozenset[int] = EVERY_WEEKDAY
    days: frozenset[int] = EVERY_DAY
    months: frozenset[int] = EVERY_MONTH

    def __post_init__(self) -> None:
        anchored = [datetime.combine(date.min, one) for one in self.times]
        anchored.append(anchored[0] + _DAY)
        if any(later - earlier < _HOUR for earlier, later in pairwise(anchored)):
            raise NotUnderstood("A digest comes at most once an hour.", EXAMPLES)
        by_week = self.weekdays != EVERY_WEEKDAY
        if not by_week and not any(day <= _LONGEST_MONTH.get(month, 31) for day in self.days for month in self.months):
            raise NotUnderstood("Those days of the month never come.", EXAMPLES)

    def __str__(self) -> str:
        days = self._days_in_words()
        if days is None:
            return self._cron()
        rhythm = _rhythm(self.times)
        if rhythm is None:
            return f"{days or 'daily'} at {listed([f'{one:%H:%M}' for one in self.times])}"
        where = f"on {days}" if days in ("weekdays", "weekends") else days
        return f"{rhythm} {where}".strip()

    def following(self, after: datetime, zone: ZoneInfo) -> Iterator[datetime]:
        """The moments (UTC, increasing) at which it is due in that zone, all later than `after` (timezone-aware).

        A time that the local day leaves out because the clocks go forward is due when they have gone forward; a time that
        comes twice is due the first time; a date that the zone leaves out altogether has no digest.
        """
        last = after
        day = after.astimezone(zone).date()
        while day < _LAST_DAY:
            if self._fits(day):
                for wall in self.times:
                    moment = first_moment(datetime.combine(day, wall), zone)
                    if moment is not None and moment > last:
                        yield moment
                        last = moment
            day += _DAY

    def _fits(self, day: date) -> bool:
        if day.month not in self.months:
            return False
        in_week, in_month = day.weekday() in self.weekdays, day.day in self.days
        if self.weekdays != EVERY_WEEKDAY and self.days != EVERY_DAY:
            return in_week or in_month
        return in_week and in_month

    def _days_in_words(self) -> str | None:
        """Which days, "" for all of them, None where only cron can say it."""
        if self.months != EVERY_MONTH:
            return None
        if self.days != EVERY_DAY:
            plain = self.weekdays == EVERY_WEEKDAY and self.days <= DAYS_OF_EVERY_MONTH
            return f"monthly on the {listed([ordinal(day) for day in sorted(self.days)])}" if plain else None
        named = {EVERY_WEEKDAY: "", WEEKDAYS: "weekdays", WEEKEND: "weekends"}
        return named.get(self.weekdays, f"every {listed([DAY_NAMES[day] for day in sorted(self.weekdays)])}")

    def _cron(self) -> str:
        hours, minute = [one.hour for one in self.times], self.times[0].minute
        days = "*" if self.days == EVERY_DAY else _fields(self.days)
        months = "*" if self.months == EVERY_MONTH else _fields(self.months)
        weekdays = "*" if self.weekdays == EVERY_WEEKDAY else _fields((day + 1) % 7 for day in self.weekdays)
        return f"cron {minute} {_fields(hours)} {days} {months} {weekdays}"


def first_moment(wall: datetime, zone: ZoneInfo) -> datetime | None:
    """The first moment at which the zone's clocks show that time or a later one; None on a date that they leave out."""
    moment = wall.replace(tzinfo=zone).astimezone(UTC)
    if _wall(moment, zone) == wall:
        return moment
    before = wall.replace(tzinfo=zone, fold=1).astimezone(UTC)  # in a gap, PEP 495 puts this before the change and fold=0 after it
    seconds = range((moment - before) // _SECOND)
    moment = before + _SECOND * bisect_left(seconds, True, key=lambda second: _wall(before + _SECOND * second, zone) >= wall)
    left_out = _wall(moment - _SECOND, zone).date() < wall.date() < _wall(moment, zone).date()
    return None if left_out else moment


def _wall(moment: datetime, zone: ZoneInfo) -> datetime:
    return moment.astimezone(zone).replace(tzinfo=None)


def _rhythm(times: Sequence[time]) -> str | None:
    """Evenly spaced times as "hourly", "every 2 hours" or either "from 09:00 to 18:00"; None for few or uneven ones."""
    if len(times) <= MOST_TIMES_LISTED or len({one.minute for one in times}) > 1:
        return None
    for start in range(len(times)):
        run = [*times[start:], *times[:start]]
        steps = {(later.hour - earlier.hour) % 24 for earlier, later in pairwise(run)}
        if len(steps) == 1:
            break
    else:
        return None
    step = steps.pop()
    rhythm = "hourly" if step == 1 else f"every {step} hours"
    if run[0] == time() and step * len(run) == 24:
        return rhythm
    return f"{rhythm} from {run[0]:%H:%M} to {run[-1]:%H:%M}"


def ordinal(number: int) -> str:
    """A number as the days of a month are counted: 1st, 2nd, 11th."""
    ending = "th" if 10 < number < 14 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def _fields(numbers: Iterable[int]) -> str:
    """Numbers as a field of cron has them: "1-5,9"."""
    runs: list[list[int]] = []
    for number in sorted(numbers):
        if runs and runs[-1][-1] == number - 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ",".join(f"{run[0]}-{run[-1]}" if len(run) > 2 else ",".join(map(str, run)) for run in runs)
