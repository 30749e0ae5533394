"""Which numbers of a digest are worth drawing. Pure."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from bot.cards import copies_together, listed
from bot.digests.times import local_day
from bot.replies import Chart, Unit
from storage.records import StoredQuote

MOST_SPEAKERS = 8
_FEWEST_DAYS, _MOST_DAYS = 3, 31
_STAND_OUT = 3


def chart_of(quotes: Iterable[StoredQuote], speakers: Sequence[tuple[str, int]], zone: ZoneInfo) -> Chart | None:
    """How many quotes there are by speaker, the most quoted first, or else by day; None where that shows nothing.

    `speakers` are names with how much they said, in that order. Days are drawn where fewer than three people said more than
    one thing and the quotes are of more than two days.
    """
    standing_out = [name for name, said in speakers[:_STAND_OUT] if said > 1]
    by_day = _by_day(quotes, zone) if len(standing_out) < _STAND_OUT else None
    if by_day:
        return by_day
    bars = tuple(speakers[:MOST_SPEAKERS]) if standing_out else ()
    return _chart("Quotes by speaker", bars, bars) if len(bars) > 1 else None


def _by_day(quotes: Iterable[StoredQuote], zone: ZoneInfo) -> Chart | None:
    by_day = Counter(local_day(copies[0].published or copies[0].read_at, zone) for copies in copies_together(quotes))
    first, last = min(by_day), max(by_day)
    days = [first + timedelta(days=number) for number in range(min((last - first).days, _MOST_DAYS) + 1)]
    if not _FEWEST_DAYS <= len(days) <= _MOST_DAYS:
        return None
    bars = tuple((_short(day), by_day[day]) for day in days)
    return _chart("Quotes by day", bars, [(f"{day.day} {day:%B %Y}", by_day[day]) for day in days], Unit.DAY)


def _chart(title: str, bars: tuple[tuple[str, int], ...], told: Iterable[tuple[str, int]], unit: Unit | None = None) -> Chart:
    return Chart(title, bars, f"{title}: {listed([f'{label} {number:,}' for label, number in told])}.", unit)


def _short(day: date) -> str:
    return f"{day.day} {day:%b}"
