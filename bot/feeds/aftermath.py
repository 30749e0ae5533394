"""What becomes of an entry whose page could not be fetched. Pure."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from bot.feeds.retry_after import retry_after
from bot.reading.pages import Refused, Trouble
from storage.records import EntryState

MOST_TRIES: Final = 6
FIRST_WAIT: Final = timedelta(minutes=15)
_PASSING = frozenset(
    {
        Trouble.LIMITED,
        Trouble.FAILING,
        Trouble.TIMEOUT,
        Trouble.UNREACHABLE,
        Trouble.NO_HOST,
        Trouble.UNTRUSTED,
        Trouble.BROKEN,
    }
)


@dataclass(frozen=True, slots=True)
class Aftermath:
    """An entry waits and is tried `again` at that moment, or is passed over or given up; `reason` is in sentences."""

    state: EntryState
    reason: str
    again: datetime | None = None


def afterwards(refused: Refused, tries: int, now: datetime) -> Aftermath:
    """What becomes of an entry whose page was refused the last of so many `tries`.

    What may pass is tried again when the site says (see `asked_to_wait`), else after FIRST_WAIT, twice that and so on, MOST_TRIES times
    in all. Everything else is given up: a page that is gone, or is not for us.
    """
    until = asked_to_wait(refused, now)
    reason = str(refused.error)
    if tries >= MOST_TRIES or (until is None and refused.trouble not in _PASSING):
        return Aftermath(EntryState.FAILED, reason)
    return Aftermath(EntryState.WAITING, reason, until or now + FIRST_WAIT * 2 ** max(tries - 1, 0))


def asked_to_wait(refused: Refused, now: datetime) -> datetime | None:
    """Until when a site wants to be left alone: it has too much to do, or fails, or forbids where others limit (403), and says so.

    None where it names no moment, or one that has passed.
    """
    if refused.trouble not in (Trouble.LIMITED, Trouble.FAILING, Trouble.FORBIDDEN):
        return None
    until = retry_after(refused.retry_after, now)
    return until if until is not None and until > now else None
