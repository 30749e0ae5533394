"""The five fields of cron, for those who want them: minute, hour, day of month, month, weekday."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import time

from bot.digests.schedule import EVERY_DAY, EVERY_WEEKDAY, Schedule
from bot.errors import NotUnderstood

CRON_EXAMPLE = "Cron has five fields: minute, hour, day of month, month, weekday, as in cron 30 7 * * 1-5."
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_WEEKDAYS = ("sun", "mon", "tue", "wed", "thu", "fri", "sat")
_ITEM = re.compile(r"(?:\*|(?P<first>[0-9]{1,2}|[a-z]{3})(?:-(?P<last>[0-9]{1,2}|[a-z]{3}))?)(?:/(?P<step>[0-9]{1,2}))?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Field:
    name: str
    first: int
    last: int
    names: dict[str, int]


_MINUTE, _HOUR = _Field("minute", 0, 59, {}), _Field("hour", 0, 23, {})
_DAY = _Field("day of month", 1, 31, {})
_MONTH = _Field("month", 1, 12, {name: number for number, name in enumerate(_MONTHS, start=1)})
_WEEKDAY = _Field("weekday", 0, 7, {name: number for number, name in enumerate(_WEEKDAYS)})  # both 0 and 7 are Sunday


def read_cron(fields: Sequence[str]) -> Schedule:
    """The schedule of five fields, with the lists, ranges, steps and names of POSIX and Vixie cron.

    Where both the day of the month and the weekday are restricted, a day fits that is one of either. Raises NotUnderstood
    for what is no such field, more than one time an hour, and a day that never comes.
    """
    minutes, hours = _numbers(fields[0], _MINUTE), _numbers(fields[1], _HOUR)
    days, months = _numbers(fields[2], _DAY), _numbers(fields[3], _MONTH)
    weekdays = frozenset((number - 1) % 7 for number in _numbers(fields[4], _WEEKDAY))
    if "*" not in (fields[2], fields[4]) and (days == EVERY_DAY or weekdays == EVERY_WEEKDAY):
        days, weekdays = EVERY_DAY, EVERY_WEEKDAY  # either is enough, and one of them is every day
    return Schedule(tuple(time(hour, minute) for hour in sorted(hours) for minute in sorted(minutes)), weekdays, days, months)


def _numbers(text: str, field: _Field) -> frozenset[int]:
    return frozenset(number for item in text.split(",") for number in _item(item, field))


def _item(text: str, field: _Field) -> range:
    found = _ITEM.fullmatch(text)
    if found is None:
        raise _wrong(text, field)
    first, last = field.first, field.last
    if found["first"]:
        first = _number(found["first"], field)
        last = _number(found["last"], field) if found["last"] else first
    elif field is _WEEKDAY:
        last = 6
    if last == 0 and field is _WEEKDAY and first > 0:
        last = 7  # "fri-sun"
    step = int(found["step"] or 1)
    if last < first or step == 0 or (found["step"] and found["first"] and not found["last"]):
        raise _wrong(text, field)
    return range(first, last + 1, step)


def _number(text: str, field: _Field) -> int:
    number = int(text) if text.isdecimal() else field.names.get(text.lower(), -1)
    if not field.first <= number <= field.last:
        raise _wrong(text, field)
    return number


def _wrong(text: str, field: _Field) -> NotUnderstood:
    return NotUnderstood(f"“{text}” is no {field.name} of cron, which goes from {field.first} to {field.last}.", CRON_EXAMPLE)
