"""Schedules as people say them, taken out of what they typed: "weekdays at 7:30 London about ferries"."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from textwrap import shorten
from zoneinfo import ZoneInfo

from bot.digests.schedule import DAY_NAMES, EXAMPLES, Schedule
from bot.digests.schedule_clock import ANY_NUMBER_WORD, TIME_EXAMPLES
from bot.digests.schedule_grammar import GOES_ON, Reader
from bot.errors import NotUnderstood
from bot.grammar.typos import mistyped

LONGEST_AT_THE_END = 200  # characters
LONGEST_SHOWN = 160
MOST_WORDS_MENDED = 8
_AROUND = " ,;:.!?"
_DAY_WORDS = tuple(name.lower() + ending for name in DAY_NAMES for ending in ("", "s"))
_KEYWORDS = (
    "daily",
    "hourly",
    "weekly",
    "monthly",
    "every",
    "weekday",
    "weekdays",
    "weekend",
    "weekends",
    "day",
    "hour",
    "hours",
    *_DAY_WORDS,
)
# Letters that count as others when case is ignored: with them a pattern would match what is no word that it knows.
_LIKE_ASCII = str.maketrans("ıİſK", "iIsK")
_NO_TIME = re.compile(r" (?:at\b|[0-9])", re.IGNORECASE)
# Words with which no request ends: what comes before a schedule must be able to stand alone.
_DANGLING = re.compile(
    r"^$|(?:^|\s)(?:a|about|after|an|and|are|at|before|by|concerning|for|from|in|is|no|not|of|on|or|regarding|since|than|that|the|their|to"
    r"|until|was|were|with)$",
    re.IGNORECASE,
)
_A_DATE = re.compile(
    r"\b(?:since|before|after|until|till|on)(?: [^ ]+){1,3}$|\b(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|today|yesterday|tomorrow)$",
    re.IGNORECASE,
)
# What can stand between a mistake in a schedule and the end of the text.
_STILL_A_SCHEDULE = re.compile(r"$| (?:and|at|between|each|every|from|in|on|weekdays|weekends)\b", re.IGNORECASE)
_A_RHYTHM = re.compile(
    rf"(?:every|each)(?: [^ ]+){{1,4}}? (?:at )?(?:[0-9]{{1,2}}(?:[:.][0-9]{{2}})?(?: ?[ap]m)?|{ANY_NUMBER_WORD}|noon|midnight)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Taken:
    """A schedule taken out of a text, its zone if one was named, and the rest of the text."""

    schedule: Schedule
    zone: ZoneInfo | None
    rest: str


def parse(text: str) -> Schedule:
    """Read a text that is a schedule and nothing else, such as `str` of one. Raises NotUnderstood."""
    taken = take_schedule(text)
    if taken is None or taken.rest or taken.zone:
        raise no_schedule(text)
    return taken.schedule


def no_schedule(text: str) -> NotUnderstood:
    """The error for a text that should be a schedule and is none."""
    return NotUnderstood(f"“{shorten(text, LONGEST_SHOWN, placeholder=' …')}” is no schedule.", EXAMPLES)


def take_schedule(text: str, *, outlets: Collection[str] = (), behind: str = "") -> Taken | None:
    """Take the schedule at the beginning or the end of a request; None where it has none.

    A schedule says how often and at what time ("daily at 8", "hourly"). At the beginning it may leave out the time, which is
    then 08:00, or how often ("at 8"). At the end it may leave out how often only where the time has minutes or am or pm, and
    a weekday must be "every Monday" or "Mondays". A zone stands behind the time, or behind its days. `outlets` are the names of the
    outlets in the store, so that "daily at 8 in Border Wire" names no zone; `behind` is the keyword that the text stood behind.
    Raises NotUnderstood, and nothing else, for what is plainly meant as a schedule but cannot be one.
    """
    line = " ".join(text.split())
    if taken := _take(line, outlets):
        return taken
    if mended := _mended(line, outlets):
        meant = f"{behind} {mended}".strip()
        remedy = f"Did you mean: {shorten(meant, LONGEST_SHOWN, placeholder=' …')}?"
        raise NotUnderstood("The schedule has a typing error.", remedy, suggestions=(meant,) if behind else ())
    if _A_RHYTHM.match(line):
        raise NotUnderstood("How often that is, is not understood.", EXAMPLES)
    return _time_at_the_end(line, outlets)


def _take(line: str, outlets: Collection[str]) -> Taken | None:
    taken = _at_the_beginning(line, outlets)
    if taken is None:
        return _at_the_end(line, outlets)
    rest = re.sub(r"^(?:and|or) ", "", taken.rest)
    if _at_the_beginning(rest, outlets) or _at_the_end(rest, outlets):
        raise NotUnderstood("Those are two schedules.", "Give one, which may have several times: weekdays at 8 and 17:30.")
    return taken


def _at_the_beginning(line: str, outlets: Collection[str]) -> Taken | None:
    reader = Reader(line.translate(_LIKE_ASCII), 0, outlets)
    reader.read()
    if not (reader.regular or reader.timed):
        return None
    if not reader.timed:
        if _NO_TIME.match(line, reader.position):
            raise NotUnderstood("The time is not understood.", TIME_EXAMPLES)
        if not GOES_ON.match(line, reader.position):
            return None
    return _taken(reader, line[reader.position :])


def _at_the_end(line: str, outlets: Collection[str]) -> Taken | None:
    for start, reader in _readers_to_the_end(line, outlets):
        if reader.regular:
            rest = line[:start]
            return None if _DANGLING.search(rest.strip(_AROUND)) else _taken(reader, rest)
    return None


def _time_at_the_end(line: str, outlets: Collection[str]) -> Taken | None:
    for start, reader in _readers_to_the_end(line, outlets):
        rest = line[:start].strip(_AROUND)
        plainly_a_time = reader.says_at and reader.to_the_minute and not reader.says_days
        if plainly_a_time and not (_DANGLING.search(rest) or _A_DATE.search(rest)):
            return _taken(reader, rest)
    return None


def _readers_to_the_end(line: str, outlets: Collection[str]) -> Iterator[tuple[int, Reader]]:
    """Where in the line a schedule with a time begins that goes to its end, the longest first."""
    text = line.translate(_LIKE_ASCII).rstrip(_AROUND)
    for space in re.finditer(" ", text[-LONGEST_AT_THE_END:]):
        start = max(0, len(text) - LONGEST_AT_THE_END) + space.end()
        reader = Reader(text, start, outlets)
        try:
            reader.read()
        except NotUnderstood:
            if _STILL_A_SCHEDULE.match(text, reader.position):
                raise
            continue
        if reader.position == len(text) and reader.timed:
            yield start, reader


def _taken(reader: Reader, rest: str) -> Taken | None:
    return Taken(reader.schedule, reader.zone, rest.strip(_AROUND)) if reader.schedule else None


def _mended(line: str, outlets: Collection[str]) -> str | None:
    """The line with the typing error taken out of a word by which it becomes a schedule."""
    words = line.split(" ")
    for place, written in enumerate(words):
        word = written.strip(_AROUND)
        if MOST_WORDS_MENDED <= place < len(words) - MOST_WORDS_MENDED or word.lower() in _KEYWORDS:
            continue
        for keyword in _KEYWORDS:
            if mistyped(word.lower(), keyword):
                right = written.replace(word, keyword.capitalize() if word.istitle() else keyword)
                mended = " ".join([*words[:place], right, *words[place + 1 :]])
                try:
                    taken = _take(mended, outlets)
                except NotUnderstood:
                    continue
                if taken:
                    return mended
    return None
