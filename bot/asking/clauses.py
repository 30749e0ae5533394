"""The clauses of a question that say when: found, read, and taken out, so that the rest can be read as names and topics."""

import re
from functools import reduce

from rapidfuzz.distance import OSA

from bot.asking.dates import GRAMMAR, MONTHS, WEEKDAYS, DateRead, read_date, read_unusual, shortened
from bot.errors import NotUnderstood
from bot.periods import DATE_EXAMPLES, Calendar, Period

# Which sorts of date each preposition takes. "on May" and "from April" are about people; "on 5 May" is a day.
_ANY = frozenset(GRAMMAR)
_MONTHS_AND_YEARS = frozenset({"month year", "month", "year", "rolling", "unit"})
_STRETCHES = frozenset({"rolling", "unit", "weekend"})
_SORTS = {
    "since": _ANY,
    "after": _ANY,
    "before": _ANY,
    "until": _ANY,
    "till": _ANY,
    "from": _ANY - {"month"},
    "on": frozenset({"iso", "slashed", "day month", "month day", "weekday", "weekend"}),
    "at": frozenset({"weekend"}),
    "in": _MONTHS_AND_YEARS,
    "during": _MONTHS_AND_YEARS,
    "over": _STRETCHES,
    "within": _STRETCHES,
    "for": _STRETCHES,
    "": frozenset({"iso", "ago", "rolling", "unit", "relative"}),
}
# Read anew every week or year, so the first of a range is the one before the second.
_REPEATING = frozenset({"weekday", "day month", "month day", "month"})
# Words that are a date only where a new clause follows: "in May about tax", not "in May elections".
_ALSO_WORDS = frozenset({"may", "march", "april", "june", "august", "jan", "mar", "dec", "mon", "wed", "sat", "sun"})

_MONTH = "|".join((*MONTHS, "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sept", "sep", "oct", "nov", "dec"))
_START = re.compile(r"(?<![\w'’-])\w")
_PREPOSITION = re.compile(r"(?P<word>since|after|before|until|till|up\s+to|from|on|at|in|during|over|within|for|between)\s+", re.IGNORECASE)
_TO = re.compile(r"\s*(?:\b(?:and|to|until|till)\b|[–—-])\s*", re.IGNORECASE)
_ONWARDS = re.compile(r"\s+(?:onwards?\b|on\b(?=\s*(?:$|[?!.,;]|about\b)))", re.IGNORECASE)
_GOES_ON = re.compile(r"['’/-]?\w")
_NEW_CLAUSE = re.compile(
    r"\s*(?:$|[?!.,;:)–-]|(?:about|after|and|before|by|concerning|from|in|of|on|only|onwards?|or|regarding|said|say|says"
    r"|since|till|to|until|what|who|with)\b)",
    re.IGNORECASE,
)
_TAIL = re.compile(r"[^?!,;]*?(?=\s+(?:about|regarding|concerning|by|from|only|until|till|before)\b|\s*(?:[?!,;]|$))", re.IGNORECASE)
_NUMBER_AND_WORD = re.compile(r"(?P<number>[0-9]{1,2}(?:st|nd|rd|th)?\s+)?(?P<word>[^\W\d_]{5,})")
_SHARED_MONTH_LAST = re.compile(
    rf"\b(between|from)\s+(?:the\s+)?([0-9]{{1,2}})(?:st|nd|rd|th)?\s*(\band\b|\bto\b|\buntil\b|\btill\b|[–-])\s*"
    rf"(?:the\s+)?([0-9]{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?((?:{_MONTH})\b(?:,?\s+[0-9]{{4}}\b)?)",
    re.IGNORECASE,
)
_SHARED_MONTH_FIRST = re.compile(
    rf"\b(between|from)\s+({_MONTH})\s+([0-9]{{1,2}})\s*(\band\b|\bto\b|\buntil\b|\btill\b|[–-])\s*([0-9]{{1,2}})\b(,?\s+[0-9]{{4}}\b)?",
    re.IGNORECASE,
)


def take_period(text: str, calendar: Calendar) -> tuple[Period, str]:
    """The time that the clauses of `text` together ask about, and the text without them.

    Raises NotUnderstood for a date that does not exist or that must be one and cannot be read, and for a time that
    ends before it begins.
    """
    text = _SHARED_MONTH_LAST.sub(r"\1 \2 \5 \3 \4 \5", text)
    text = _SHARED_MONTH_FIRST.sub(r"\1 \3 \2\6 \4 \5 \2\6", text)
    periods: list[Period] = []
    kept: list[str] = []
    position = kept_to = 0
    while word := _START.search(text, position):
        if read := _clause(text, word.start(), calendar):
            period, position = read
            periods.append(period)
            kept.append(text[kept_to : word.start()])
            kept_to = position
        else:
            position = word.end()
    kept.append(text[kept_to:])
    return reduce(Period.meeting, periods, Period()), " ".join(" ".join(kept).split())


def _clause(text: str, start: int, calendar: Calendar) -> tuple[Period, int] | None:
    preposition = _PREPOSITION.match(text, start)
    if preposition is None:
        date = _date(text, start, calendar, "")
        return (date.period, start + date.length) if date else None
    word, after = preposition["word"].lower(), preposition.end()
    if word in ("between", "from") and (stretch := _range(text, after, calendar)):
        return stretch
    if word == "between":
        return None
    if word.startswith("up"):
        word = "until"
    if date := _date(text, after, calendar, word):
        end = after + date.length
        if word == "from" and (onwards := _ONWARDS.match(text, end)):
            return Period(date.period.since), onwards.end()
        return _bounded(word, date.period), end
    return _unusual(text, after, calendar, word)


def _bounded(preposition: str, date: Period) -> Period:
    match preposition:
        case "since":
            return Period(date.since)
        case "after":
            return Period(date.until or date.since)
        case "before":
            return Period(None, date.since)
        case "until" | "till":
            return Period(None, date.until)
        case _:
            return date


def _date(text: str, start: int, calendar: Calendar, preposition: str) -> DateRead | None:
    """The date at `start` if it is of a sort that its preposition takes and is no part of something else."""
    found = read_date(text[start:], calendar)
    if found is None or _GOES_ON.match(text, start + found.length):
        return None
    words = text[start : start + found.length].lower().rstrip(".").split()
    with_which = found.sort in ("weekday", "month") and words[0] in ("last", "this", "past")
    if found.sort not in _SORTS[preposition] and not with_which:
        return None
    if words[-1] in _ALSO_WORDS and not _NEW_CLAUSE.match(text, start + found.length):
        return None
    return found


def _range(text: str, start: int, calendar: Calendar) -> tuple[Period, int] | None:
    """From one date to another, both included."""
    first = read_date(text[start:], calendar)
    joint = _TO.match(text, start + first.length) if first else None
    second = read_date(text[joint.end() :], calendar) if joint else None
    if first is None or joint is None or second is None or second.period.since is None:
        return None
    if first.sort in _REPEATING:
        first = read_date(text[start : joint.start()], Calendar(second.period.since, calendar.zone)) or first
    whole = Period(first.period.since).meeting(Period(None, second.period.until))
    return whole, joint.end() + second.length


def _unusual(text: str, start: int, calendar: Calendar, preposition: str) -> tuple[Period, int] | None:
    """A clause whose date the grammar does not know: read otherwise, refused, or (None) no date at all."""
    tail = _TAIL.match(text, start)
    words = tail[0].strip() if tail else ""
    if not words:
        return None
    if preposition in ("since", "after", "before", "until", "till") and (period := read_unusual(words, calendar)):
        return _bounded(preposition, period), start + len(tail[0] if tail else "")
    if preposition == "since":
        raise NotUnderstood(f"{shortened(words)} is no date that Verbatim knows.", DATE_EXAMPLES)
    if preposition in ("on", "after", "before", "until", "till", "in"):
        _refuse_misspelt(words)
    return None


def _refuse_misspelt(words: str) -> None:
    """Raise for "5 Novembre" and "Tusday"; other words after a preposition are names and topics."""
    found = _NUMBER_AND_WORD.match(words)
    if found is None:
        return
    names = MONTHS if found["number"] else WEEKDAYS
    word = found["word"].lower()
    nearest = min(names, key=lambda name: OSA.distance(word, name))
    if word not in (nearest, f"{nearest}s") and OSA.distance(word, nearest) <= (1 if len(nearest) < 7 else 2):
        said = f"{found['number'] or ''}{found['word']}"
        raise NotUnderstood(f"{said} is no date that Verbatim knows; did you mean {nearest.title()}?", DATE_EXAMPLES)
