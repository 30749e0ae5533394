"""The shapes of digests and of what changes those on a schedule: what follows a keyword, to a command; None where it is a question."""

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.asking import question
from bot.asking.forms import SAID
from bot.asking.question import Question
from bot.digests.schedule_words import take_schedule
from bot.errors import NotUnderstood
from bot.requests import Change, Command, Digest, Subscribe
from bot.usage import misused

RESTRICTED = r"(?:about|on|by|from|since|for|in|between|before|after|until|today|yesterday|last|this|the\s+(?:last|past))\b"
SUBSCRIPTION = r"(?:the\s+)?(?:digest\s+|subscription\s+)?#?(?P<number>[0-9]{1,18})"
FREQUENCY = r"(?:daily|weekly|monthly|hourly|every|each|weekdays?|weekends?)\b"
_CHANGE = re.compile(rf"{SUBSCRIPTION}(?:\s*[:,]?\s+(?P<what>.*))?", re.IGNORECASE)
_TO = re.compile(r"(?:to|into)\s+", re.IGNORECASE)
_EVERYTHING = re.compile(r"(?:(?:about\s+)?(?:everything|anything|all))?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Asked:
    """What a question is read against: the asker's now (timezone-aware) and zone, and the names of the outlets in the store."""

    now: datetime
    zone: ZoneInfo
    outlets: Collection[str]

    def question(self, text: str) -> Question:
        """The question that a text is. Raises NotUnderstood."""
        return question.parse(text, now=self.now, zone=self.zone, outlets=self.outlets)


def read_digest(rest: str, asked: Asked) -> Command | None:
    """Nothing, a restriction, or a schedule with or without one. Raises NotUnderstood."""
    if taken := take_schedule(rest, outlets=asked.outlets, behind="digest"):
        return Subscribe(taken.schedule, taken.zone, _lasting(taken.rest, asked, misused("digest", rest)) or Question())
    return Digest(asked.question(f"quotes {rest}")) if re.match(rf"$|{RESTRICTED}", rest, re.IGNORECASE) else None


def read_change(rest: str, asked: Asked) -> Command | None:
    """A number with a schedule, a restriction or both. Raises NotUnderstood for a number with anything else."""
    found = _CHANGE.fullmatch(rest)
    if found is None:
        if not rest:
            raise misused("change")
        return None
    number, what = int(found["number"]), (found["what"] or "").strip()
    if to := _TO.match(what):
        what = what[to.end() :]
    taken = take_schedule(what, outlets=asked.outlets, behind=f"change {number} to")
    wrong = misused("change", rest)
    asking = _lasting(taken.rest if taken else what, asked, wrong)
    if not what or (taken is None and asking is None and not _EVERYTHING.fullmatch(what)):
        raise wrong
    if taken is None:
        return Change(number, None, None, asking or Question())
    everything = bool(taken.rest) and asking is None
    return Change(number, taken.schedule, taken.zone, Question() if everything else asking)


def numbered(keyword: str, command: Callable[[int], Command]) -> Callable[[str], Command | None]:
    """A reader of the number of a digest. It raises NotUnderstood for nothing."""

    def read(rest: str) -> Command | None:
        if not rest:
            raise misused(keyword)
        found = re.fullmatch(SUBSCRIPTION, rest, re.IGNORECASE)
        return command(int(found["number"])) if found else None

    return read


def _lasting(restriction: str, asked: Asked, wrong: NotUnderstood) -> Question | None:
    """What a digest is restricted to from now on; None where that is nothing. Raises `wrong` for what is no restriction."""
    restriction = restriction.strip(" ,;:")
    if _EVERYTHING.fullmatch(restriction):
        return None
    if not re.match(RESTRICTED, restriction, re.IGNORECASE):
        raise wrong
    found = asked.question(f"quotes {restriction}")
    if found.when:
        raise NotUnderstood(
            "A digest on a schedule covers the time since the one before it.", "Leave the date out: digest daily at 8 about ferries."
        )
    if found.kinds or found.reports != SAID:
        raise NotUnderstood(
            "A digest on a schedule holds all that was said, direct and indirect quotes alike.",
            "Leave the kind out: digest daily at 8 about ferries.",
        )
    return found
