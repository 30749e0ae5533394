"""The grammar of schedules: one schedule read from a given place in a text, part by part, as far as it goes."""

import re
from collections.abc import Collection
from datetime import time
from zoneinfo import ZoneInfo

from bot.digests.cron import CRON_EXAMPLE, read_cron
from bot.digests.schedule import EVERY_DAY, EVERY_WEEKDAY, EXAMPLES, WEEKDAYS, WEEKEND, Schedule
from bot.digests.schedule_clock import ANY_NUMBER_WORD, CLOCK, NEXT, NOT_ANOTHER_NUMBER, TO_THE_MINUTE, clock, clocks, count
from bot.digests.schedule_days import (
    DAILY,
    DAY,
    EACH,
    MONTHLY,
    ON_DATES,
    ON_DAYS,
    ON_WEEKDAYS,
    ON_WEEKENDS,
    WEEKLY,
    dates_of,
    weekdays_of,
    words,
)
from bot.digests.zones import is_mistyped_zone, unknown_zone, zone_called
from bot.errors import NotUnderstood

DEFAULT_TIME = time(8)
MOST_HOURS_BETWEEN = 12
# Words with which a request goes on behind a schedule; a zone's name ends before them.
_JOINING = (
    "about|after|and|before|between|by|concerning|daily|during|each|every|for|from|hourly|in|monthly|of|on|or|regarding|said|saying|since"
    "|until|weekdays|weekends|weekly|what|who|with"
)
GOES_ON = re.compile(rf"[ .!?]*$|[,;:]| (?:{_JOINING})\b", re.IGNORECASE)

_HOURLY = words(rf"hourly|once an hour|{EACH} hour|{EACH} (?P<step>[0-9]{{1,3}}|{ANY_NUMBER_WORD})[ -]?(?:hours?|hrs?|h)")
_STRETCH = re.compile(
    rf"(?:from |between )?(?P<first>{CLOCK})(?: ?[-–—] ?| (?:to|until|till|and|through) )(?P<last>{CLOCK}){NOT_ANOTHER_NUMBER}",
    re.IGNORECASE,
)
_HOURLY_BEHIND = re.compile(rf"(?P<stretch>{_STRETCH.pattern}),? (?P<hourly>{_HOURLY.pattern})", re.IGNORECASE)
_PAST = words("(?:at )?:(?P<minute>[0-9]{2})")
_TIMES = re.compile(rf"(?P<at>(?:at|@) ?)?(?P<times>{CLOCK}(?:{NEXT}{CLOCK})*){NOT_ANOTHER_NUMBER}", re.IGNORECASE)
_CRON = re.compile(r"cron:? [`\"'“]?(?P<fields>[\w*/,?#-]+(?: [\w*/,?#-]*[\w*/?#-]){4})[`\"'”]?(?![\w*/-])", re.IGNORECASE)
_BARE_CRON = re.compile(r"(?P<fields>[0-9*/,-]+ [0-9*/,-]+(?: [\w*/,?#-]*[\w*/?#-]){3})(?![\w*/-])")
_CRON_WITHOUT_FIELDS = re.compile(r"cron:? [0-9*]", re.IGNORECASE)
_TOO_OFTEN = words(
    rf"{EACH} (?:[0-9]+ |few |(?:{ANY_NUMBER_WORD}) )?(?:minutes?|mins?|seconds?|secs?)|half[- ]hourly"
    rf"|{EACH} half[- ](?:an )?hour|{EACH} quarter (?:of an )?hour"
)
_OTHER_RHYTHM = words(
    rf"{EACH} (?:other|second|third|few|[0-9]+(?:st|nd|rd|th)?|{ANY_NUMBER_WORD})"
    rf" (?:days?|weeks?|months?|years?|weekdays?|weekends?|{DAY})"
    rf"|{EACH} (?:evening|afternoon|night|fortnight|quarter|year)|twice (?:daily|a day|{EACH} day)"
    r"|fortnightly|bi-?weekly|bi-?monthly|quarterly|yearly|annually"
    r"|(?:monthly|(?:every|each) month) (?:on )?(?:the )?(?:last|first|second|third|fourth)(?: \w+)?"
    rf"|(?:on )?(?:the )?(?:{EACH} )?(?:last|first|second|third|fourth|[1-4](?:st|nd|rd|th)) {DAY}"
    r" (?:of|in) (?:the|every|each|a) month"
)
_NOT_JOINING = rf"(?!(?:{_JOINING})\b)"
_ZONE = re.compile(
    rf"(?: \((?P<enclosed>{_NOT_JOINING}[^()]{{2,40}})\)"
    rf"|,? (?P<joined>in )?(?P<name>{_NOT_JOINING}[^ ,;:()]{{2,40}}(?: [^ ,;:()]{{1,40}}){{0,3}}?))"
    rf"(?:(?: local)? time(?: ?zone)?)?(?=[ .!?]*$|[,;:]| (?:{_JOINING})\b)",
    re.IGNORECASE,
)
_GAP = re.compile(",? ?")


class Reader:
    """Reads the one schedule that stands at `position`, and moves behind what it read, or behind what it found wrong.

    `regular` tells that the text says how often, `timed` that it says at what time; `schedule` is None where it says neither.
    `says_at` and `to_the_minute` tell how plainly a time is meant as one: "at 8", "8:30".
    """

    def __init__(self, text: str, position: int, outlets: Collection[str] = ()) -> None:
        self.position = position
        self.schedule: Schedule | None = None
        self.zone: ZoneInfo | None = None
        self.regular = self.timed = self.says_days = self.says_at = self.to_the_minute = False
        self._text = text
        self._start = position
        self._outlets = outlets
        self._weekdays, self._days = EVERY_WEEKDAY, EVERY_DAY
        self._lacks_date = False
        self._times: tuple[time, ...] = (DEFAULT_TIME,)

    def read(self) -> None:
        """Read as far as the schedule goes. Raises NotUnderstood where it is plainly one but a part of it is wrong."""
        if self._read_cron():
            self._read_zone()
            return
        self._refuse_other_rhythms()
        while self._read_days() or self._read_times():
            pass
        if self._lacks_date and (found := self._take(ON_DATES)):
            self._days = dates_of(found["dates"])
        if self.timed and self.zone is None:
            self._read_zone()
        if self.regular or self.timed:
            self.schedule = Schedule(self._times, self._weekdays, self._days)

    def _take(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        gap = _GAP.match(self._text, self.position) if self.position > self._start else None
        found = pattern.match(self._text, gap.end() if gap else self.position)
        if found:
            self.position = found.end()
        return found

    # --- which days ------------------------------------------------------------------------------

    def _read_days(self) -> bool:
        if self.says_days:
            return False
        if found := self._take(MONTHLY):
            dates = found["dates"] or found["dates_of"]
            self._days, self._lacks_date = dates_of(dates or "1st"), dates is None
        elif found := self._take(WEEKLY):
            self._weekdays = weekdays_of(found["days"] or "Monday")
        elif self._take(ON_WEEKDAYS):
            self._weekdays = WEEKDAYS
        elif self._take(ON_WEEKENDS):
            self._weekdays = WEEKEND
        elif found := self._take(ON_DAYS):
            self._weekdays = weekdays_of(found["days"])
            # "on Monday at 9" is once, unless more is said.
            self.regular |= bool(found["every"] or len(self._weekdays) > 1 or found["days"].lower().endswith("days"))
            self.says_days = True
            return True
        elif not self._take(DAILY):
            return False
        self.regular = self.says_days = True
        return True

    # --- at what times ---------------------------------------------------------------------------

    def _read_times(self) -> bool:
        if self.timed:
            return False
        if found := self._take(_HOURLY_BEHIND):
            self._times = _stretch(count(found["step"] or "1"), found)
            self.regular = True
        elif found := self._take(_HOURLY):
            self._times = self._hours(count(found["step"] or "1"))
            self.regular = True
        elif not self._read_clocks():
            return False
        self.timed = True
        self._read_zone()
        return True

    def _hours(self, step: int) -> tuple[time, ...]:
        if found := self._take(_STRETCH):
            return _stretch(step, found)
        _see_that_it_fits(step)
        found = self._take(_PAST)
        minute = clock(f"0:{found['minute']}").minute if found else 0
        return tuple(time(hour, minute) for hour in range(0, 24, step))

    def _read_clocks(self) -> bool:
        before = self.position
        found = self._take(_TIMES)
        if found is None:
            return False
        to_the_minute = TO_THE_MINUTE.search(found["times"])
        if not (found["at"] or to_the_minute or (self.says_days and found["times"][0].isdigit())):
            self.position = before
            return False
        self._times = clocks(found["times"])
        self.says_at = bool(found["at"])
        self.to_the_minute = bool(to_the_minute)
        return True

    # --- where -----------------------------------------------------------------------------------

    def _read_zone(self) -> None:
        found = _ZONE.match(self._text, self.position)
        if found is None:
            return
        before, self.position = self.position, found.end()
        name = (found["enclosed"] or found["name"]).rstrip(".!?")
        self.zone = zone_called(name)
        if self.zone is None and self._names_a_zone(found, name):
            raise unknown_zone(name)
        if self.zone is None:
            self.position = before

    def _names_a_zone(self, found: re.Match[str], name: str) -> bool:
        if found["joined"]:
            beginning = f"{name.casefold()} "
            return not beginning.startswith(("the ", *(f"{outlet.casefold()} " for outlet in self._outlets)))
        return bool(found["enclosed"]) or "/" in name or is_mistyped_zone(name)

    # --- what else people write ------------------------------------------------------------------

    def _read_cron(self) -> bool:
        found = self._take(_CRON) or self._take(_BARE_CRON)
        if found is None or ("*" not in found["fields"] and not found[0].lower().startswith("cron")):
            self.position = self._start
            if _CRON_WITHOUT_FIELDS.match(self._text, self._start):
                raise NotUnderstood("That is not how cron is written.", CRON_EXAMPLE)
            return False
        self.schedule = read_cron(found["fields"].split())
        self.regular = self.timed = True
        return True

    def _refuse_other_rhythms(self) -> None:
        if self._take(_TOO_OFTEN) and GOES_ON.match(self._text, self.position):
            raise NotUnderstood("A digest comes at most once an hour.", EXAMPLES)
        if self._take(_OTHER_RHYTHM) and (self._read_clocks() or (self._start == 0 and GOES_ON.match(self._text, self.position))):
            raise NotUnderstood("Digests come by the hour, or at times of the day, on days of the week or of the month.", EXAMPLES)
        self.position = self._start


def _stretch(step: int, found: re.Match[str]) -> tuple[time, ...]:
    """The times from the first to the last hour of a stretch, with so many hours between them."""
    _see_that_it_fits(step)
    first, last = clock(found["first"]), clock(found["last"])
    minutes = (last.hour - first.hour) * 60 + last.minute - first.minute
    return tuple(sorted(time((first.hour + hour) % 24, first.minute) for hour in range(0, minutes % (24 * 60) // 60 + 1, step)))


def _see_that_it_fits(step: int) -> None:
    if not 1 <= step <= MOST_HOURS_BETWEEN:
        raise NotUnderstood(f"The hours between two digests go from 1 to {MOST_HOURS_BETWEEN}.", "Once a day is: daily at 8.")
