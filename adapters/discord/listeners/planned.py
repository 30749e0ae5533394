"""When a digest would come that is wished for and not set up yet."""

from adapters.discord.modals import USUAL_SCHEDULE
from adapters.filled_in import DigestWished
from bot.callers import Caller
from bot.errors import NotUnderstood
from bot.replies import Times
from bot.scheduled import Scheduled


def times(scheduled: Scheduled, wished: DigestWished, caller: Caller | None) -> Times:
    """When a digest would come, quiet hours left out. Raises NotUnderstood, also for wishes that mean nothing for a digest."""
    return scheduled.times(wished.schedule, wished.zone, caller, wished.wishes)


def see_that_its_zones_agree(scheduled: Scheduled, wished: DigestWished, caller: Caller | None) -> None:
    """Raise NotUnderstood where the schedule names another time zone than was given beside it."""
    if not (wished.schedule and wished.zone):
        return
    in_schedule = scheduled.times(wished.schedule, wished.zone, caller).time_zone
    beside_it = scheduled.times(USUAL_SCHEDULE, wished.zone, caller).time_zone
    if in_schedule != beside_it:
        raise NotUnderstood(f"The schedule names the time zone {in_schedule}, and the zone is {beside_it}.", "Give one of them.")


def quiet_hours(typed: str) -> str:
    """Quiet hours as they are typed among the wishes."""
    return typed if not typed or "quiet" in typed.casefold() else f"quiet {typed}"
