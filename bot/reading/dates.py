"""When an article was published, read from what it says. A date is never guessed: what cannot be read is None. Pure."""

import re
from datetime import UTC, date, datetime, time, timedelta

_ISO = re.compile(
    r"(?P<day>\d{4}-\d{2}-\d{2})(?:[T ](?P<time>\d{2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?)\s*(?P<zone>Z|UTC|GMT|[+-]\d{2}:?\d{2})?)?",
    re.IGNORECASE,
)
MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan january",
            "feb february",
            "mar march",
            "apr april",
            "may",
            "jun june",
            "jul july",
            "aug august",
            "sep sept september",
            "oct october",
            "nov november",
            "dec december",
        ),
        start=1,
    )
    for name in names.split()
}
_MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
_DAY_MONTH = re.compile(
    rf"\b(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?:\s+of)?[\s-]+(?P<month>{_MONTH})\.?,?[\s-]+(?P<year>\d{{4}})\b", re.IGNORECASE
)
_MONTH_DAY = re.compile(rf"\b(?P<month>{_MONTH})\.?\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year>\d{{4}})\b", re.IGNORECASE)
_SLASHED = re.compile(r"\b(?P<a>\d{1,2})[/.](?P<b>\d{1,2})[/.](?P<year>\d{4})\b")
_YEAR_FIRST = re.compile(r"\b(?P<year>\d{4})(?P<mark>[-/])(?P<month>\d{1,2})(?P=mark)(?P<day>\d{1,2})\b")
_CLOCK = re.compile(r"\b(?P<hour>\d{1,2})(?:[:.](?P<minute>\d{2}))(?::(?P<second>\d{2}))?\s*(?P<half>[ap]\.?m\b\.?)?", re.IGNORECASE)
_CLOCK_12 = re.compile(r"\b(?P<hour>\d{1,2})\s*(?P<half>[ap]\.?m\b\.?)", re.IGNORECASE)
_OFFSET = re.compile(r"(?P<sign>[+-])(?P<hours>\d{2}):?(?P<minutes>\d{2})\b")
# Only abbreviations that mean one zone in the English-language press. IST is India's: Ireland's and Israel's papers write local time.
ZONES = {
    "gmt": 0,
    "utc": 0,
    "z": 0,
    "bst": 60,
    "ist": 330,
    "cet": 60,
    "cest": 120,
    "edt": -240,
    "est": -300,
    "cdt": -300,
    "cst": -360,
    "mdt": -360,
    "mst": -420,
    "pdt": -420,
    "pst": -480,
    "aest": 600,
    "aedt": 660,
    "awst": 480,
    "nzst": 720,
    "nzdt": 780,
}
_ZONE = re.compile(rf"\b({'|'.join(ZONES)})\b", re.IGNORECASE)
_BESIDE_A_DATE = re.compile(r"\b(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?|at|on)\b", re.IGNORECASE)
_MARKS_ONLY = re.compile(r"[\s,.;:|•·()–—-]*")
_DATE_LINE_AT_MOST = 60
_EARLIEST = date(1600, 1, 1)


def published(value: object) -> datetime | None:
    """The moment that `value` names, in UTC; None where it names none or is ambiguous.

    Reads ISO 8601, RFC 2822 and the ways newspapers write dates, with a time and a zone or without. A date
    alone is its midnight in UTC, and a time without a zone is taken as UTC. "03/04/2024" is ambiguous,
    "yesterday" and a bare year are no dates: None.
    """
    if isinstance(value, datetime):
        return _utc(value)
    if isinstance(value, date):
        return _utc(datetime.combine(value, time()))
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    if isinstance(value, int | float):
        return _of_epoch(value)
    text = " ".join(value.split())[:200]
    for reading in (_iso, _written):
        if (moment := reading(text)) is not None:
            return moment
    return None


def is_date_line(line: str) -> bool:
    """Whether a line is one date and nothing else, with a weekday, a time and a zone or without. It may be an ambiguous one."""
    text = " ".join(line.split())
    if len(text) > _DATE_LINE_AT_MOST or _iso(text) is not None:
        return len(text) <= _DATE_LINE_AT_MOST
    found = _dates_in(text)
    if len(found) != 1 or not _could_be_a_day(found[0]):
        return False
    rest = text[: found[0].start()] + " " + text[found[0].end() :]
    for pattern in (_CLOCK, _CLOCK_12, _OFFSET, _ZONE, _BESIDE_A_DATE):
        rest = pattern.sub(" ", rest)
    return bool(_MARKS_ONLY.fullmatch(rest))


def _utc(moment: datetime) -> datetime | None:
    try:
        aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
        result = aware.astimezone(UTC)
    except (OverflowError, ValueError):
        return None
    return result if result.date() >= _EARLIEST else None


def _of_epoch(seconds: float) -> datetime | None:
    """A Unix time in seconds or milliseconds, of the web's own years."""
    if seconds > 1e11:
        seconds /= 1000
    if not 6.3e8 < seconds < 4.2e9:
        return None
    return datetime.fromtimestamp(seconds, UTC)


def _iso(text: str) -> datetime | None:
    found = _ISO.fullmatch(text)
    if not found:
        return None
    clock = (found["time"] or "00:00").replace(",", ".")
    if "." in clock:
        whole, _, fraction = clock.partition(".")
        clock = f"{whole}.{fraction[:6]:0<6}"
    zone = (found["zone"] or "+00:00").upper()
    try:
        return _utc(datetime.fromisoformat(f"{found['day']}T{clock}{'+00:00' if zone in ('Z', 'UTC', 'GMT') else zone}"))
    except ValueError:
        return None


def _written(text: str) -> datetime | None:
    """The one date that stands in a line such as "Published 14:05 BST, 22 October 2024"."""
    found = _dates_in(text)
    if len(found) != 1:
        return None
    day = _day(found[0])
    if day is None:
        return None
    rest = text[: found[0].start()] + " " + text[found[0].end() :]
    clock = _clock(rest)
    if clock is None:
        return _utc(datetime.combine(day, time()))
    try:
        return _utc(datetime.combine(day, clock, UTC) - timedelta(minutes=_zone_minutes(rest)))
    except OverflowError:
        return None


def _dates_in(text: str) -> list[re.Match[str]]:
    return [match for pattern in (_DAY_MONTH, _MONTH_DAY, _YEAR_FIRST, _SLASHED) for match in pattern.finditer(text)]


def _could_be_a_day(match: re.Match[str]) -> bool:
    """Whether a date is one of the calendar, whichever of "03/04/2024" is its day."""
    return _day(match) is not None or ("a" in match.groupdict() and 1 <= int(match["a"]) <= 12 and 1 <= int(match["b"]) <= 12)


def _day(match: re.Match[str]) -> date | None:
    fields = match.groupdict()
    if "a" in fields:
        a, b = int(fields["a"]), int(fields["b"])
        if a <= 12 and b <= 12 and a != b:
            return None
        day, month = (a, b) if b <= 12 else (b, a)
    else:
        day = int(fields["day"])
        month = int(fields["month"]) if fields["month"].isdigit() else MONTHS[fields["month"].lower()]
    try:
        return date(int(fields["year"]), month, day)
    except ValueError:
        return None


def _clock(text: str) -> time | None:
    found = _CLOCK.search(text) or _CLOCK_12.search(text)
    if not found:
        return None
    fields = found.groupdict()
    hour = int(fields["hour"])
    half = (fields["half"] or "").lower().replace(".", "")
    if half and not 1 <= hour <= 12:
        return None
    if half:
        hour = hour % 12 + (12 if half == "pm" else 0)
    try:
        return time(hour, int(fields.get("minute") or 0), int(fields.get("second") or 0))
    except ValueError:
        return None


def _zone_minutes(text: str) -> int:
    if offset := _OFFSET.search(text):
        minutes = int(offset["hours"]) * 60 + int(offset["minutes"])
        return -minutes if offset["sign"] == "-" else minutes
    named = _ZONE.search(text)
    return ZONES[named[1].lower()] if named else 0
