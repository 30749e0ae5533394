"""Stretches of time that a question or a digest covers: half-open, in UTC, with the words that say them back."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.errors import NotUnderstood

DATE_EXAMPLES = "Dates look like: Monday, yesterday, last week, 5 November, October 2026, 2026-11-05, 3 days ago."
FIRST_YEAR, LAST_YEAR = 1800, 2200
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Period:
    """A half-open stretch of time in UTC; None where it has no beginning or no end."""

    since: datetime | None = None
    until: datetime | None = None

    def meeting(self, other: "Period") -> "Period":
        """What both periods cover; raises NotUnderstood where that is nothing."""
        since = max((moment for moment in (self.since, other.since) if moment), default=None)
        until = min((moment for moment in (self.until, other.until) if moment), default=None)
        if since and until and since >= until:
            raise NotUnderstood("The time asked about ends before it begins.", DATE_EXAMPLES)
        return Period(since, until)

    def in_words(self, zone: ZoneInfo) -> str:
        """The period as a phrase in the zone's local time: "since 16 November 2026", "in October 2026", or "" for all time."""
        since = self.since.astimezone(zone) if self.since else None
        until = self.until.astimezone(zone) if self.until else None
        if since and until:
            return _range_in_words(since, until)
        if since:
            return f"since {_moment_in_words(since)}"
        return f"before {_moment_in_words(until)}" if until else ""


@dataclass(frozen=True, slots=True)
class Calendar:
    """The asker's now (timezone-aware) and time zone, against which words such as "Monday" are read."""

    now: datetime
    zone: ZoneInfo

    @property
    def today(self) -> date:
        """The asker's local date."""
        return self.now.astimezone(self.zone).date()

    def day(self, day: date) -> Period:
        """One local day."""
        return self.days(day, day + _DAY)

    def days(self, first: date, after: date) -> Period:
        """From the local start of one day to the local start of another; raises NotUnderstood outside the years 1800 to 2200."""
        if first.year < FIRST_YEAR or after.year > LAST_YEAR:
            raise NotUnderstood(f"Only the years {FIRST_YEAR} to {LAST_YEAR} can be asked about.", DATE_EXAMPLES)
        return Period(self._start(first), self._start(after))

    def _start(self, day: date) -> datetime:
        return datetime.combine(day, time(), self.zone).astimezone(UTC)


def _range_in_words(since: datetime, until: datetime) -> str:
    if since.time() != time() or until.time() != time():
        return f"from {_moment_in_words(since)} to {_moment_in_words(until)}"
    first, last = since.date(), until.date() - _DAY
    if first == last:
        return f"on {_day_in_words(first)}"
    if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31) and first.year == last.year:
        return f"in {first.year}"
    if first.day == 1 and (last + _DAY).day == 1 and (first.year, first.month) == (last.year, last.month):
        return f"in {first:%B %Y}"
    return f"from {_day_in_words(first)} to {_day_in_words(last)}"


def _moment_in_words(moment: datetime) -> str:
    day = _day_in_words(moment.date())
    return day if moment.time() == time() else f"{day}, {moment:%H:%M}"


def _day_in_words(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
