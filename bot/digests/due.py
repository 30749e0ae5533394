"""When a subscription is due: the moments of its schedule outside its quiet hours, and what became due meanwhile. Pure."""

from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from bot.digests import schedule_words
from bot.digests.schedule import Schedule, first_moment
from bot.errors import NotUnderstood
from storage.records import NewSubscription

Quiet = tuple[time, time]
"""The local times from which and until before which nothing comes; the first may be later than the second, and so over midnight."""

_DAY, _INSTANT = timedelta(days=1), timedelta(microseconds=1)


def timing_of(subscription: NewSubscription) -> tuple[Schedule, ZoneInfo, Quiet | None]:
    """The schedule, zone and quiet hours of a digest, as the functions below take them: `moments(*timing_of(one), now)`."""
    return _parsed(subscription.schedule), ZoneInfo(subscription.time_zone), quiet_of(subscription)


def quiet_of(subscription: NewSubscription) -> Quiet | None:
    """The quiet hours of a subscription; None where it has none."""
    if subscription.quiet_from is None or subscription.quiet_until is None:
        return None
    return time.fromisoformat(subscription.quiet_from), time.fromisoformat(subscription.quiet_until)


def moments(schedule: Schedule, zone: ZoneInfo, quiet: Quiet | None, after: datetime) -> Iterator[datetime]:
    """The moments (UTC, increasing) later than `after` at which it is due: those of the schedule that are not in quiet hours."""
    if quiet and all(_within(one, quiet) for one in schedule.times):
        return
    for moment in schedule.following(after, zone):
        if not is_quiet(moment, zone, quiet):
            yield moment


def first_due(schedule: Schedule, zone: ZoneInfo, quiet: Quiet | None, after: datetime) -> datetime:
    """The first moment (UTC) later than `after` at which it is due. Raises NotUnderstood where all of them are in quiet hours."""
    for moment in moments(schedule, zone, quiet, after):
        return moment
    raise NotUnderstood(
        f"Everything would be due in quiet hours: {schedule}.",
        "Choose other times or other quiet hours, or write: no quiet hours.",
    )


def caught_up(schedule: Schedule, zone: ZoneInfo, quiet: Quiet | None, next_due: datetime, now: datetime) -> tuple[datetime, datetime]:
    """For what was due at `next_due`, not later than `now`: the last moment at which it was, and the next one at which it will be (UTC).

    However many moments have passed, they are one.
    """
    due = next_due
    for moment in moments(schedule, zone, quiet, next_due - _INSTANT):
        if moment > now:
            return due, moment
        due = moment
    return due, first_due(schedule, zone, quiet, now)


def is_quiet(moment: datetime, zone: ZoneInfo, quiet: Quiet | None) -> bool:
    """Whether the zone's clocks show a quiet hour."""
    return quiet is not None and _within(moment.astimezone(zone).time(), quiet)


def after_quiet(moment: datetime, zone: ZoneInfo, quiet: Quiet | None) -> datetime:
    """The moment itself, or in quiet hours the one (UTC) at which they end."""
    if quiet is None or not is_quiet(moment, zone, quiet):
        return moment
    day = moment.astimezone(zone).date()
    walls = [datetime.combine(day + _DAY * ahead, quiet[1]) for ahead in range(3)]
    # Where the clocks go back over the end of the quiet hours, these end twice.
    ends = [end for wall in walls for end in (first_moment(wall, zone), wall.replace(tzinfo=zone, fold=1).astimezone(UTC)) if end]
    return min(end for end in ends if end > moment and not is_quiet(end, zone, quiet))


def _within(wall: time, quiet: Quiet) -> bool:
    begins, ends = quiet
    return begins <= wall < ends if begins <= ends else wall >= begins or wall < ends


@lru_cache(maxsize=4096)
def _parsed(schedule: str) -> Schedule:
    """Of thousands that are due at once, most have the same few schedules."""
    return schedule_words.parse(schedule)
