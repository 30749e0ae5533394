"""What becomes of an entry that could not be read. Pure."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from bot.feeds.retry_after import asked_to_wait
from bot.feeds.rhythm import LONGEST_RETRY_AFTER
from bot.reading.pages import Refused, Trouble
from storage.records import EntryState

MOST_TRIES: Final = 6
FIRST_WAIT: Final = timedelta(minutes=15)
UNFINISHED: Final = f"It was begun {MOST_TRIES} times, and each time Verbatim was ended before it had read it."
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
    """An entry waits and is tried `again` at that moment, or is passed over or given up; `reason` is in sentences.

    What was not `tried` waits as it did before.
    """

    state: EntryState
    reason: str
    again: datetime | None = None
    tried: bool = True


def afterwards(refused: Refused, tries: int, now: datetime) -> Aftermath:
    """What becomes of an entry whose page was refused the last of so many `tries`.

    What may pass is tried again when the site says (see `asked_to_wait`), a week later at most, else in time. Everything else is given
    up: a page that is gone, or is not for us.
    """
    until = asked_to_wait(refused, now)
    until = None if until is None else min(until, now + LONGEST_RETRY_AFTER)
    if until is None and refused.trouble not in _PASSING:
        return Aftermath(EntryState.FAILED, str(refused.error))
    return in_time(str(refused.error), tries, now, until)


def in_time(reason: str, tries: int, now: datetime, until: datetime | None = None) -> Aftermath:
    """An entry is tried again after FIRST_WAIT, twice that and so on, MOST_TRIES times in all.

    Where it is `until` a moment, it is at that the first time, and not before that from then on: who says "in a minute" again and again
    has an outage as long as any.
    """
    if tries >= MOST_TRIES:
        return Aftermath(EntryState.FAILED, reason)
    if until is None:
        return Aftermath(EntryState.WAITING, reason, now + FIRST_WAIT * 2 ** max(tries - 1, 0))
    return Aftermath(EntryState.WAITING, reason, max(until, now + FIRST_WAIT * 2 ** (tries - 2)) if tries > 1 else until)
