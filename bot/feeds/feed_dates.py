"""When an entry was published, from the ways in which feeds write it. A date is never guessed: what cannot be read is None. Pure."""

import re
from datetime import UTC, datetime, timedelta, timezone, tzinfo

from bot.reading.dates import MONTHS, ZONES, published

_LONGEST = 100
_CLOCK = r"(?P<hour>[0-9]{1,2}):(?P<minute>[0-9]{1,2})(?::(?P<second>[0-9]{1,2})(?:[.,][0-9]+)?)?(?:\s*(?P<half>[AaPp])\.?[Mm]\b\.?)?"
_OFFSET = r"(?:GMT|UTC|UT)?\s*[+-][0-9]{1,2}:?(?:[0-9]{2})?|[A-Za-z]{1,5}"
_ISO = re.compile(
    rf"(?P<year>[0-9]{{4}})-?(?P<month>[0-9]{{2}})-?(?P<day>[0-9]{{2}})(?:(?:T|\s+){_CLOCK}\s*(?P<zone>{_OFFSET})?)?", re.IGNORECASE
)
_RFC_822 = re.compile(
    rf"(?:[^\W\d_]+\.?\s*,?\s*)?(?P<day>[0-9]{{1,2}})[\s-]+(?P<month>[A-Za-z]{{3,9}})\.?,?[\s-]+(?P<year>[0-9]{{2,4}}),?"
    rf"(?:\s+{_CLOCK}\s*(?P<zone>{_OFFSET})?(?:\s*\([^()]*\))?)?"
)
# Of the C library, as RFC 9110 (5.6.7) still allows it.
_ASCTIME = re.compile(
    rf"[A-Za-z]{{3,9}},?\s+(?P<month>[A-Za-z]{{3,9}})\s+(?P<day>[0-9]{{1,2}})\s+{_CLOCK}\s+(?P<zone>[A-Z]{{1,5}}\s+)?(?P<year>[0-9]{{4}})"
)
_SECONDS = re.compile(r"[0-9]{9,13}")
_WITH_ZONE = re.compile(rf"(?<![A-Za-z])[+-][0-9]{{2}}:?[0-9]{{2}}\b|\b(?:{'|'.join(ZONES)})\b", re.IGNORECASE)
# With those that feeds of other countries name.
_ZONES = {
    **ZONES,
    "ut": 0,
    "wet": 0,
    "west": 60,
    "mez": 60,
    "mesz": 120,
    "eet": 120,
    "eest": 180,
    "sast": 120,
    "msk": 180,
    "hkt": 480,
    "sgt": 480,
    "jst": 540,
    "kst": 540,
}
_SHIFT = re.compile(r"(?P<sign>[+-])(?P<hours>[0-9]{1,2}):?(?P<minutes>[0-9]{2})?$")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def moment(text: str | None, *, zone: tzinfo = UTC) -> datetime | None:
    """The moment that a feed's date names, in UTC; None where it names none.

    Reads RFC 822 and its variants (two-digit years as RFC 5322, 4.3; a weekday is not looked at), the W3C's profile of ISO 8601,
    and whatever else articles are dated with. A date alone is its midnight. `zone` holds where none is given, and for one that
    is not known. The beginning of the Unix epoch is how programs write no date.
    """
    written = " ".join((text or "")[: 2 * _LONGEST].split())[:_LONGEST]
    for pattern in (_ISO, _RFC_822, _ASCTIME):
        if found := pattern.fullmatch(written):
            return _moment(found.groupdict(), zone)
    if _SECONDS.fullmatch(written):
        return published(float(written))
    read = published(written)
    if read is None or read == _EPOCH:
        return None
    return read if _WITH_ZONE.search(written) else published(read.replace(tzinfo=zone))


def _moment(fields: dict[str, str | None], zone: tzinfo) -> datetime | None:
    month = _month(fields["month"] or "")
    if month is None:
        return None
    shift = _shift(fields["zone"] or "")
    try:
        local = datetime(
            _year(fields["year"] or ""),
            month,
            int(fields["day"] or 0),
            _hour(fields),
            int(fields["minute"] or 0),
            min(int(fields["second"] or 0), 59) if fields["second"] == "60" else int(fields["second"] or 0),
            tzinfo=zone if shift is None else timezone(shift),
        )
        read = published(local + timedelta(days=1) if _is_midnight(fields) else local)
    except (ValueError, OverflowError):
        return None
    return None if read == _EPOCH else read


def _hour(fields: dict[str, str | None]) -> int:
    """The hour of the day; "12:15 am" is of 0, and "22:15 pm" of 22."""
    hour = int(fields["hour"] or 0)
    if fields["half"] and hour <= 12:
        return hour % 12 + (12 if fields["half"] in "Pp" else 0)
    return hour % 24 if _is_midnight(fields) else hour


def _is_midnight(fields: dict[str, str | None]) -> bool:
    """Whether it is "24:00", the end of the day (ISO 8601)."""
    return fields["hour"] == "24" and not int(fields["minute"] or 0) and not int(fields["second"] or 0)


def _month(written: str) -> int | None:
    return int(written) if written.isdigit() else MONTHS.get(written.lower())


def _year(written: str) -> int:
    year = int(written)
    if len(written) == 2:
        return year + (2000 if year < 50 else 1900)
    return year + 1900 if len(written) == 3 else year


def _shift(zone: str) -> timedelta | None:
    """How far a zone is from UTC; None where it is not known. Letters but Z mean nothing for certain (RFC 5322, 4.3)."""
    if found := _SHIFT.search(zone):
        ahead = timedelta(hours=int(found["hours"]), minutes=int(found["minutes"] or 0))
        return -ahead if found["sign"] == "-" else ahead
    minutes = _ZONES.get(zone.strip().lower())
    return None if minutes is None else timedelta(minutes=minutes)
