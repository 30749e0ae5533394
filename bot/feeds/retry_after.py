"""Until when a site asks to be left alone. Pure."""

import math
import re
from datetime import datetime, timedelta
from typing import Final

from bot.reading.http_dates import http_date
from bot.reading.pages import Refused, Trouble

LONGEST: Final = timedelta(days=31)
_SECONDS = re.compile(r"\d{1,100}(?:\.\d{0,100})?", re.ASCII)


def retry_after(header: str | None, now: datetime) -> datetime | None:
    """The moment that a Retry-After header (RFC 9110, 10.2.3) names, in UTC if it is a date; None where it names none.

    It is a number of seconds or an HTTP date. `now` is aware. A moment that has passed is now; one further away than LONGEST is
    meant as "not for long", and is LONGEST away.
    """
    text = (header or "").strip()
    if _SECONDS.fullmatch(text):
        return now + min(timedelta(seconds=math.ceil(min(float(text), LONGEST.total_seconds()))), LONGEST)
    when = http_date(text)
    return None if when is None else min(max(when, now), now + LONGEST)


def asked_to_wait(refused: Refused, now: datetime) -> datetime | None:
    """Until when a site wants to be left alone: it has too much to do, or fails, or forbids where others limit (403), and says so.

    None where it names no moment, or one that has passed.
    """
    if refused.trouble not in (Trouble.LIMITED, Trouble.FAILING, Trouble.FORBIDDEN):
        return None
    until = retry_after(refused.retry_after, now)
    return until if until is not None and until > now else None
