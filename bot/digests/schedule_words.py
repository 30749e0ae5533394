"""Schedules as people say them, read to a `Schedule`: "weekdays at 7:30 London", "hourly 9-18", "cron 30 7 * * 1-5"."""

from collections.abc import Collection
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from bot.digests.schedule import Schedule


@dataclass(frozen=True, slots=True)
class Taken:
    """A schedule taken out of a text, its zone if one was named, and the rest of the text."""

    schedule: Schedule
    zone: ZoneInfo | None
    rest: str


def parse(text: str) -> Schedule:
    """Read a text that is a schedule and nothing else, such as `str` of one. Raises NotUnderstood."""
    raise NotImplementedError(text)


def take_schedule(text: str, *, outlets: Collection[str] = ()) -> Taken | None:
    """Take the schedule at the beginning or the end of a request; None where it has none.

    `outlets` are the names of the outlets in the store, so that "daily at 8 in Border Wire" names no zone.
    Raises NotUnderstood, and nothing else, for what is plainly meant as a schedule but cannot be one.
    """
    raise NotImplementedError(text, outlets)
