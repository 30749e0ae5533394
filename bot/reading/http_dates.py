"""Dates and lifetimes in the headers of HTTP, which are often wrong. Pure."""

import re
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from bot.reading.pages import Freshness

_MAX_AGE = re.compile(r"(?:^|,)\s*max-age\s*=\s*\"?(\d{1,10})\"?\s*(?=,|$)", re.ASCII | re.IGNORECASE)
_LONGEST = timedelta(days=365)


def http_date(text: str) -> datetime | None:
    """The moment that an HTTP date stands for, in UTC; None where it is none.

    All three formats of RFC 9110 (5.6.7) are read: IMF-fixdate, RFC 850 and asctime. One without a zone is in UTC.
    """
    if len(text) > 60:
        return None
    try:
        moment = parsedate_to_datetime(text)
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def freshness(cache_control: str | None, expires: str | None) -> Freshness:
    """What the headers say of how long an answer stays as it is. A max-age is no longer than a year (RFC 9111, 5.2.2.1)."""
    age = _MAX_AGE.search(cache_control or "")
    return Freshness(
        max_age=min(timedelta(seconds=int(age[1])), _LONGEST) if age else None,
        expires=http_date(expires) if expires else None,
    )
