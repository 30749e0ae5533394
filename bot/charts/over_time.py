"""Quotes by week, or by a longer time where most of them are older than half a year: which times are counted, and their chart. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.cards import listed
from bot.digests.times import local_day
from bot.replies import Chart, Unit
from storage.records import Stretch

MOST_BARS = 26
UNITS = (Unit.WEEK, Unit.MONTH, Unit.QUARTER, Unit.YEAR)
"""Those by which is counted, the shortest first."""
_MONTHS = {Unit.MONTH: 1, Unit.QUARTER: 3, Unit.YEAR: 12}
_LONGEST = {Unit.WEEK: 7, Unit.MONTH: 31, Unit.QUARTER: 92, Unit.YEAR: 366}  # days


@dataclass(frozen=True, slots=True)
class Row:
    """Times of one length in a row, by the day on which each begins."""

    unit: Unit
    begins: tuple[date, ...]

    def stretches(self, zone: ZoneInfo) -> list[Stretch]:
        """The moments of each time by the clocks of a zone. Midnight UTC is what a date without a time is kept as: it keeps its day."""
        ends = (*self.begins[1:], _following(self.begins[-1], self.unit))
        return [_stretch(begin, end, zone) for begin, end in zip(self.begins, ends, strict=True)]


def row(unit: Unit, first: datetime, last: datetime, zone: ZoneInfo) -> Row:
    """The times from that of the first quote to that of the last by the clocks of a zone, or the last of them where they are many."""
    earliest = _beginning(local_day(first, zone), unit)
    begins = [_beginning(local_day(last, zone), unit)]
    while begins[-1] > earliest and len(begins) < MOST_BARS:
        begins.append(_beginning(begins[-1] - timedelta(days=1), unit))
    return Row(unit, tuple(reversed(begins)))


def enough(counts: Sequence[int], total: int) -> bool:
    """Whether a row shows at least half of all quotes, so that no longer times are needed."""
    return 2 * sum(counts) >= total


def chart(name: str, counted: Row, counts: Sequence[int], total: int) -> Chart:
    """How many quotes of somebody each time has, of `total`. What is drawn stands before the name, which may be too long for a picture."""
    unit = counted.unit
    bars = tuple((_label(begin, unit), number) for begin, number in zip(counted.begins, counts, strict=True))
    told = listed([f"{_in_words(begin, unit)} {number:,}" for begin, number in zip(counted.begins, counts, strict=True)])
    older = total - sum(counts)
    earlier = f" {older:,} {'is' if older == 1 else 'are'} earlier." if older > 0 else ""
    weeks = ", each from Monday on" if unit is Unit.WEEK else ""
    years = f" from {_in_words(counted.begins[0], unit)}" if unit is Unit.WEEK else ""
    without = f", without {older:,} earlier" if older > 0 else ""
    return Chart(
        f"Quotes by {unit.value}{years}{without}: {name}", bars, f"Quotes of {name} by {unit.value}{weeks}: {told}.{earlier}", unit
    )


def _stretch(begin: date, end: date, zone: ZoneInfo) -> Stretch:
    (since, also), (until, but) = (_moments(day, zone) for day in (begin, end))
    return Stretch(since, until, also if also < since else None, but if but < until else None)


def _moments(day: date, zone: ZoneInfo) -> Iterator[datetime]:
    """When a day begins by the clocks of a zone, and the moment that stands for the day itself."""
    yield datetime.combine(day, time(), zone).astimezone(UTC)
    yield datetime.combine(day, time(), UTC)


def _beginning(day: date, unit: Unit) -> date:
    if unit is Unit.WEEK:
        return day - timedelta(days=day.weekday())
    months = _MONTHS[unit]
    return date(day.year, (day.month - 1) // months * months + 1, 1)


def _following(begin: date, unit: Unit) -> date:
    """The day on which the next begins: the same as that of any day behind the end of this one."""
    return _beginning(begin + timedelta(days=_LONGEST[unit]), unit)


def _label(begin: date, unit: Unit) -> str:
    match unit:
        case Unit.YEAR:
            return str(begin.year)
        case Unit.QUARTER:
            return f"Q{begin.month // 3 + 1} {begin.year}"
        case Unit.MONTH:
            return f"{begin:%b} {begin.year}"
        case _:
            return f"{begin.day} {begin:%b}"


def _in_words(begin: date, unit: Unit) -> str:
    return f"{begin.day} {begin:%B} {begin.year}" if unit is Unit.WEEK else _label(begin, unit)
