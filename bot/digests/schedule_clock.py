"""Times of the day as people write them: 8, 08:00, 8.30 am, 1730, noon."""

import re
from datetime import time

from bot.errors import NotUnderstood

TIME_EXAMPLES = "Times look like: 8, 08:00, 17:30, 8am, 5:30pm, noon."
NUMBER_WORDS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
ANY_NUMBER_WORD = "|".join(NUMBER_WORDS)
NEXT = r"(?:, ?(?:and )?(?:at )?| and (?:at )?| ?& ?)"
TO_THE_MINUTE = re.compile(r"[0-9][:h][0-9]|[0-9] ?[ap]\.?m|noon|midday|midnight", re.IGNORECASE)
# A number that goes on is another number ("8.5", "9-18", "8/11", "5%") and no time.
NOT_ANOTHER_NUMBER = r"(?![\w%/°'’]|[:.,][0-9]| ?[-–—] ?[0-9])"

_HALF = r"(?: ?[ap]\.?m\.?)"
CLOCK = (
    rf"(?:[0-9]{{4}}(?![0-9])|[0-9]{{1,2}}(?:[:.h][0-9]{{2}})?{_HALF}?(?: ?o['’]?clock)?"
    rf"|(?:{ANY_NUMBER_WORD})(?:{_HALF}| o['’]?clock)?|noon|midday|midnight)"
)
_CLOCKS = re.compile(CLOCK, re.IGNORECASE)
_PARTS = re.compile(
    r"(?P<hour>[0-9]{1,2}|[a-z]{3,6}?)[:.h]?(?P<minute>[0-9]{2})?(?: ?(?P<half>[ap])\.?m\.?)?(?: ?o['’]?clock)?", re.IGNORECASE
)
_NAMED = {"noon": time(12), "midday": time(12), "midnight": time(0)}


def clock(text: str) -> time:
    """The time that a text in the form of CLOCK stands for; raises NotUnderstood where the day has no such time."""
    if text.lower() in _NAMED:
        return _NAMED[text.lower()]
    parts = _PARTS.fullmatch(text)
    if parts is None:
        raise _no_time(text)
    hour, minute, half = count(parts["hour"]), int(parts["minute"] or 0), (parts["half"] or "").lower()
    if hour > 23 or minute > 59 or (half and not 1 <= hour <= 12):
        raise _no_time(text)
    return time(hour % 12 + 12 * (half == "p") if half else hour, minute)


def clocks(text: str) -> tuple[time, ...]:
    """The times of a list, in order; raises NotUnderstood as `clock` does."""
    return tuple(sorted({clock(one) for one in _CLOCKS.findall(text)}))


def count(text: str) -> int:
    """A number in digits or as a word up to twelve."""
    return int(text) if text.isdecimal() else NUMBER_WORDS.index(text.lower()) + 1


def _no_time(text: str) -> NotUnderstood:
    return NotUnderstood(f"There is no time “{text}”.", TIME_EXAMPLES)
