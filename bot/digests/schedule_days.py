"""Days as people write them: daily, weekdays, every Monday and Thursday, Mon-Fri, monthly on the 1st."""

import re

from bot.digests.schedule import DAY_NAMES, DAYS_OF_EVERY_MONTH, EVERY_DAY, EXAMPLES, ordinal
from bot.digests.schedule_clock import NEXT
from bot.errors import NotUnderstood

EACH = "(?:every|each)"
DAY = r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)days?|mon|tues?|weds?|thu(?:rs?)?|fri|sat|sun)"

_TO = r"(?: ?[-–—] ?| (?:to|through|until|till) )"
_DAYS = rf"(?P<days>(?P<every>(?:on )?{EACH} )?(?:on )?{DAY}(?:(?:{NEXT}|{_TO})(?:on )?(?:{EACH} )?{DAY})*)"
_DATE = r"[0-9]{1,2}(?:st|nd|rd|th)"
_DATES = rf"{_DATE}(?:{NEXT}(?:the )?{_DATE})*"
_STEPS = re.compile(rf"{DAY}|(?P<to>{_TO})", re.IGNORECASE)


def words(pattern: str) -> re.Pattern[str]:
    """A pattern of whole words."""
    return re.compile(rf"(?:{pattern})(?![\w'’-])", re.IGNORECASE)


DAILY = words(rf"(?:once )?(?:daily|{EACH} (?:single )?(?:day|morning))|once a day")
ON_WEEKDAYS = words(rf"(?:on )?(?:(?:all )?(?:week|work|working |business )days|{EACH} (?:week|work|working |business )day)")
ON_WEEKENDS = words(rf"(?:on |at )?(?:(?:the )?weekends|{EACH} weekend)")
WEEKLY = words(rf"(?:weekly|once a week|{EACH} week)(?:,? {_DAYS})?")
ON_DAYS = words(_DAYS)
MONTHLY = words(
    rf"(?:monthly|once a month|{EACH} month)(?:,?(?: on)?(?: the)? (?P<dates>{_DATES}))?"
    rf"|(?:on |every )?(?:the )?(?P<dates_of>{_DATES}) (?:day )?of (?:{EACH}|the) month"
)
ON_DATES = words(rf"on (?:the )?(?P<dates>{_DATES})")


def weekdays_of(text: str) -> frozenset[int]:
    """The weekdays (Monday is 0) that a list such as "Monday to Wednesday and Fri" names."""
    days: list[int] = []
    to = False
    for found in _STEPS.finditer(text):
        if found["to"]:
            to = True
            continue
        day = next(number for number, name in enumerate(DAY_NAMES) if name[:2].lower() == found[0][:2].lower())
        days += [(days[-1] + ahead) % 7 for ahead in range(1, (day - days[-1]) % 7 + 1)] if to else [day]
        to = False
    return frozenset(days)


def dates_of(text: str) -> frozenset[int]:
    """The days of the month that a list such as "1st and 15th" names; raises NotUnderstood for those that not every month has."""
    dates = frozenset(int(number) for number in re.findall("[0-9]+", text))
    last = max(dates)
    if not dates <= EVERY_DAY:
        raise NotUnderstood("The days of a month go from the 1st to the 31st.", EXAMPLES)
    if not dates <= DAYS_OF_EVERY_MONTH:
        raise NotUnderstood(f"Not every month has a {ordinal(last)}.", f"For the months that have one: cron 0 8 {last} * *.")
    return dates
