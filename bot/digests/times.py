"""Moments and days as people say them, by the clocks of a zone. Pure."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

_DAYS_BY_NAME = 6  # a week ago has the name of today


def moment_in_words(moment: datetime, now: datetime, zone: ZoneInfo) -> str:
    """A moment before now: 08:00, Thursday 08:00, 5 November, 08:00; of a midnight the day alone."""
    local, today = moment.astimezone(zone), now.astimezone(zone)
    days = (today.date() - local.date()).days
    clock = "" if local.time() == time() else f"{local:%H:%M}"
    if days == 0:
        return clock or "midnight"
    if 0 < days <= _DAYS_BY_NAME:
        return f"{local:%A} {clock}".strip()
    year = "" if local.year == today.year else f" {local.year}"
    return ", ".join(filter(None, (f"{local.day} {local:%B}{year}", clock)))


def local_day(moment: datetime, zone: ZoneInfo) -> date:
    """The day of a moment. Midnight UTC is what a date without a time is kept as: it keeps its day."""
    return (moment if moment.astimezone(UTC).time() == time() else moment.astimezone(zone)).date()


def day_in_words(moment: datetime, zone: ZoneInfo) -> str:
    """The day of a moment: 5 November 2026."""
    day = local_day(moment, zone)
    return f"{day.day} {day:%B %Y}"
