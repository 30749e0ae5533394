"""Dates as people write them in English, read against a given now and zone.

Our own small grammar comes first, so that no ordinary word or name (may, march, second, sat, April Jones) is a date by
accident. dateparser reads only what must be a date and has a digit or a word of time that the grammar does not know.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.errors import NotUnderstood
from bot.periods import DATE_EXAMPLES, FIRST_YEAR, LAST_YEAR, Calendar, Period

MONTHS = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december")
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_NUMBERS = {
    "a": 1,
    "an": 1,
    "a few": 3,
    "few": 3,
    "a couple of": 2,
    "couple of": 2,
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
} | {
    "seven": 7,
    "eight": 8,
    "nine": 9,
    "ten": 10,
    "eleven": 11,
    "twelve": 12,
}


@dataclass(frozen=True, slots=True)
class DateRead:
    """A date at the start of a text: what it covers, how many characters it took, and its sort (a key of GRAMMAR)."""

    period: Period
    length: int
    sort: str


def read_date(text: str, calendar: Calendar) -> DateRead | None:
    """The date with which `text` begins, longest form first, or None. A day that does not exist raises NotUnderstood."""
    for sort, (pattern, reader) in GRAMMAR.items():
        if found := pattern.match(text):
            try:
                period = reader(found, calendar)
            except (ValueError, OverflowError):
                raise NotUnderstood(f"There is no such date as {found[0].strip()}.", DATE_EXAMPLES) from None
            return DateRead(period, found.end(), sort)
    return None


def the_date(text: str, *, now: datetime, zone: ZoneInfo) -> Period:
    """What a text that is nothing but a date covers, as for an option; raises NotUnderstood for anything else."""
    calendar = Calendar(now, zone)
    text = " ".join(text.split())
    found = read_date(text, calendar)
    if found and found.length == len(text):
        return found.period
    if period := read_unusual(text, calendar):
        return period
    raise NotUnderstood(f"{shortened(text)} is no date that Verbatim knows." if text else "The date is missing.", DATE_EXAMPLES)


def read_unusual(text: str, calendar: Calendar) -> Period | None:
    """A date in a form beyond the grammar, or None: "5pm yesterday" is the minute, "the 3rd" the whole day."""
    if len(text) > 60 or text.isdigit() or not _TIME_WORD.search(text):
        return None
    from dateparser.date import DateDataParser  # type: ignore[import-untyped]  # imported here: slow, and seldom needed

    settings = {
        "RELATIVE_BASE": calendar.now.astimezone(calendar.zone),
        "TIMEZONE": calendar.zone.key,
        "TO_TIMEZONE": "UTC",
        "RETURN_AS_TIMEZONE_AWARE": True,
        "PREFER_DATES_FROM": "past",
        "DATE_ORDER": "DMY",
    }
    try:
        moment: datetime | None = DateDataParser(languages=["en"], settings=settings).get_date_data(text).date_obj
    except (ValueError, OverflowError):
        return None
    if moment is None or not FIRST_YEAR < moment.year < LAST_YEAR:
        return None
    if _TIME_OF_DAY.search(text):
        return Period(moment, moment + timedelta(minutes=1))
    return calendar.day(moment.astimezone(calendar.zone).date())


def shortened(text: str, most: int = 40) -> str:
    """A text of a person as an error repeats it: one line, not longer than `most` characters."""
    line = " ".join(text.split())
    return line if len(line) <= most else line[: most - 1].rstrip() + "…"


# --- what each form covers ---------------------------------------------------------------------


def _numbered(found: re.Match[str], calendar: Calendar) -> Period:
    return calendar.day(date(int(found["year"]), int(found["month"]), int(found["day"])))


def _moment(found: re.Match[str], calendar: Calendar) -> Period:
    day, clock = (int(found["year"]), _month(found["month"]), int(found["day"])), (int(found["hour"]), int(found["minute"]))
    moment = datetime(*day, *clock, tzinfo=calendar.zone).astimezone(UTC)
    return Period(moment, moment + timedelta(minutes=1))


def _named_day(found: re.Match[str], calendar: Calendar) -> Period:
    month, day = _month(found["month"]), int(found["day"])
    if found["year"]:
        return calendar.day(date(int(found["year"]), month, day))
    # Without a year it is the newest such day that is not to come; 29 February can lie eight years back.
    this_year = calendar.today.year
    for year in range(this_year, this_year - 9, -1):
        try:
            candidate = date(year, month, day)
        except ValueError:
            continue
        if candidate <= calendar.today:
            return calendar.day(candidate)
    raise ValueError(found[0])


def _named_month(found: re.Match[str], calendar: Calendar) -> Period:
    month, today = _month(found["month"]), calendar.today
    if year := found.groupdict().get("year"):
        first = date(int(year), month, 1)
    else:
        not_yet = month > today.month or (month == today.month and (found["which"] or "").lower() == "last")
        first = date(today.year - not_yet, month, 1)
    return calendar.days(first, _months_on(first, 1))


def _year(found: re.Match[str], calendar: Calendar) -> Period:
    year = int(found["year"])
    return calendar.days(date(year, 1, 1), date(year + 1, 1, 1))


def _weekday(found: re.Match[str], calendar: Calendar) -> Period:
    back = (calendar.today.weekday() - _index(found["weekday"], WEEKDAYS)) % 7
    if (found["which"] or "").lower() in ("last", "past"):
        back = back or 7
    return calendar.day(calendar.today - timedelta(days=back))


def _relative_day(found: re.Match[str], calendar: Calendar) -> Period:
    words = found[0].lower()
    back = 2 if "before" in words else 1 if "yesterday" in words or "last" in words else 0
    return calendar.day(calendar.today - timedelta(days=back))


def _ago(found: re.Match[str], calendar: Calendar) -> Period:
    number, unit = _number(found["number"]), _unit(found["unit"])
    if unit == "hour":
        moment = calendar.now.astimezone(UTC) - timedelta(hours=number)
        return Period(moment, moment + timedelta(hours=1))
    return calendar.day(_back(calendar.today, number, unit))


def _rolling(found: re.Match[str], calendar: Calendar) -> Period:
    number, unit = _number(found["number"] or "one"), _unit(found["unit"])
    if unit == "hour":
        return Period(calendar.now.astimezone(UTC) - timedelta(hours=number), None)
    return Period(calendar.day(_back(calendar.today, number, unit)).since, None)


def _calendar_unit(found: re.Match[str], calendar: Calendar) -> Period:
    last, unit, today = (found["which"] or "").lower() == "last", (found["unit"] or "weekend").lower(), calendar.today
    monday = today - timedelta(days=today.weekday())
    if unit == "weekend":
        saturday = monday + timedelta(days=5)
        saturday -= timedelta(days=7 * (last or saturday > today))
        return calendar.days(saturday, saturday + timedelta(days=2))
    if unit == "week":
        first = monday - timedelta(days=7 * last)
        return calendar.days(first, first + timedelta(days=7))
    if unit == "month":
        first = _months_on(today.replace(day=1), -last)
        return calendar.days(first, _months_on(first, 1))
    year = today.year - last
    return calendar.days(date(year, 1, 1), date(year + 1, 1, 1))


def _start_of_unit(found: re.Match[str], calendar: Calendar) -> Period:
    first = _calendar_unit(found, calendar).since or calendar.now
    return calendar.day(first.astimezone(calendar.zone).date())


def _back(day: date, number: int, unit: str) -> date:
    if unit in ("month", "year"):
        first = _months_on(day.replace(day=1), -number * (12 if unit == "year" else 1))
        length = (_months_on(first, 1) - first).days
        return first.replace(day=min(day.day, length))
    return day - timedelta(days=number * {"day": 1, "week": 7, "fortnight": 14}[unit])


def _months_on(first: date, months: int) -> date:
    year, month = divmod(first.year * 12 + first.month - 1 + months, 12)
    return date(year, month + 1, 1)


def _index(word: str, names: tuple[str, ...]) -> int:
    return next(index for index, name in enumerate(names) if name.startswith(word.lower().rstrip(".")))


def _month(word: str) -> int:
    return _index(word, MONTHS) + 1


def _number(word: str) -> int:
    return int(word) if word.isdigit() else _NUMBERS[" ".join(word.lower().split())]


def _unit(word: str) -> str:
    return word.lower().removesuffix("s")


# --- the grammar -------------------------------------------------------------------------------

_MONTH = rf"(?P<month>(?:{'|'.join(MONTHS)}|jan|feb|mar|apr|jun|jul|aug|sept|sep|oct|nov|dec)\b\.?)"
_WEEKDAY = rf"(?P<weekday>(?:{'|'.join(WEEKDAYS)}|mon|tues|tue|wed|thurs|thur|thu|fri|sat|sun)\b)"
_DAY = r"(?:the\s+)?(?P<day>[0-9]{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>(?:1[89]|2[01])[0-9]{2}\b)"
_NUMBER = rf"(?P<number>[0-9]{{1,4}}|{'|'.join(sorted(_NUMBERS, key=len, reverse=True))})".replace(" ", r"\s+")
_UNIT = r"(?P<unit>(?:hour|day|week|fortnight|month|year)s?\b)"
_TIME_WORD = re.compile(
    rf"\d|\b(?:{'|'.join(WEEKDAYS)}|ago|yesterday|today|noon|midday|midnight|morning|evening|last|past)\b", re.IGNORECASE
)
_TIME_OF_DAY = re.compile(r"\d:\d\d|\d\s*[ap]\.?m\b|\b(?:noon|midday|midnight|hours?|minutes?|seconds?)\b", re.IGNORECASE)

Reader = Callable[[re.Match[str], Calendar], Period]

# The longest forms stand first: "October 2024" is tried before "October".
GRAMMAR: dict[str, tuple[re.Pattern[str], Reader]] = {
    sort: (re.compile(pattern, re.IGNORECASE), reader)
    for sort, pattern, reader in (
        ("iso", r"(?P<year>[0-9]{4})-(?P<month>[0-9]{2})-(?P<day>[0-9]{2})(?![\w:-])", _numbered),
        ("slashed", r"(?P<day>[0-9]{1,2})[/.](?P<month>[0-9]{1,2})[/.](?P<year>[0-9]{4})\b", _numbered),
        ("moment", rf"{_DAY}\s+{_MONTH}\s+{_YEAR},\s+(?P<hour>[0-9]{{1,2}}):(?P<minute>[0-9]{{2}})\b", _moment),
        ("day month", rf"(?:{_WEEKDAY},?\s+)?{_DAY}\s+(?:of\s+)?{_MONTH}(?:,?\s+{_YEAR})?", _named_day),
        ("month day", rf"(?:{_WEEKDAY},?\s+)?{_MONTH}\s+{_DAY}\b(?:,?\s+{_YEAR})?", _named_day),
        ("month year", rf"{_MONTH},?\s+{_YEAR}", _named_month),
        ("ago", rf"{_NUMBER}\s+{_UNIT}\s+ago\b", _ago),
        ("rolling", rf"(?:the\s+)?(?:(?:last|past)\s+{_NUMBER}|past)\s+{_UNIT}", _rolling),
        (
            "unit",
            r"(?:(?:earlier|so\s+far|later|late|early)\s+)?(?P<which>this|last)\s+(?P<unit>weekend|week|month|year)\b",
            _calendar_unit,
        ),
        ("weekend", r"(?P<which>the)\s+(?P<unit>weekend)\b", _calendar_unit),
        ("start", r"the\s+(?:start|beginning)\s+of\s+(?P<which>this|last|the)\s+(?P<unit>week|month|year)\b", _start_of_unit),
        (
            "relative",
            r"(?:(?:the\s+)?day\s+before\s+yesterday|yesterday(?:\s+(?:morning|afternoon|evening))?|today|tonight|last\s+(?:night|evening)|this\s+(?:morning|afternoon|evening))\b",
            _relative_day,
        ),
        ("weekday", rf"(?:(?P<which>last|this|past)\s+)?{_WEEKDAY}", _weekday),
        ("month", rf"(?:(?P<which>last|this)\s+)?{_MONTH}", _named_month),
        ("year", _YEAR, _year),
    )
}
