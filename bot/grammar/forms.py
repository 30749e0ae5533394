"""What is filled in into a form for a digest or an alert, read as if it were typed. Pure."""

from dataclasses import replace
from datetime import datetime
from itertools import islice
from typing import TypeVar
from zoneinfo import ZoneInfo

from bot.digests.due import first_due, moments
from bot.digests.schedule_words import no_schedule, take_schedule
from bot.digests.zones import unknown_zone, zone_called
from bot.errors import NotUnderstood
from bot.grammar.digest_wishes import read_wishes, see_that_they_fit, together
from bot.replies import Times
from bot.requests import Change, Command, Subscribe, Watch
from bot.subscriptions.words import FOLLOWING
from storage.records import SubscriptionKind

Form = TypeVar("Form", Subscribe, Watch, Change)
_RESTRICTIONS = ("about ", "by ", "from ", "in ", "everything")


def see_that_it_is_a_schedule(schedule: str) -> None:
    """Raise NotUnderstood, with what to write instead, for what is no schedule of a digest and nothing else."""
    taken = take_schedule(schedule)
    if taken is None or taken.rest:
        raise no_schedule(schedule)


def see_that_it_is_a_zone(zone: str) -> None:
    """Raise NotUnderstood, with the nearest ones, for what is no time zone."""
    if zone_called(zone) is None:
        raise unknown_zone(zone)


def see_that_they_are_wishes(wishes: str) -> None:
    """Raise NotUnderstood, with what to write instead, for what is no wish of a digest or an alert."""
    read_wishes(wishes)


def times(schedule: str, zone: str, usual: ZoneInfo, now: datetime, wishes: str = "") -> Times:
    """When a digest with these wishes is due next, in the zone that its schedule names, or else in the one given ("" for the usual).

    Raises NotUnderstood, also for wishes that mean nothing for a digest or leave no time for it.
    """
    taken = take_schedule(schedule)
    if taken is None or taken.rest:
        raise no_schedule(schedule)
    holds = taken.zone or _zone(zone) or usual
    wished = read_wishes(wishes)
    see_that_they_fit(wished, SubscriptionKind.DIGEST)
    timing = taken.schedule, holds, wished.quiet or None
    first_due(*timing, now)
    return Times(str(taken.schedule), holds.key, tuple(islice(moments(*timing, now), FOLLOWING)))


def line_of_digest(keyword: str, schedule: str, about: str) -> str:
    """The line of chat that says the same. Raises NotUnderstood for a schedule that is none."""
    see_that_it_is_a_schedule(schedule)
    about = " ".join(about.split())
    restricted = about if not about or about.casefold().startswith(_RESTRICTIONS) else f"about {about}"
    return f"{keyword} {schedule} {restricted}".strip()


def line_of_alert(about: str) -> str:
    """The line of chat that says the same."""
    return f"watch {' '.join(about.split()) or 'everything'}"


def filled(command: Command, form: type[Form], zone: str, wishes: str, wrong: NotUnderstood) -> Form:
    """The command that the line of a form was read as, with the form's wishes, and in its zone ("" for none) unless the line names one.

    Raises NotUnderstood, and `wrong` where the line was read as something else.
    """
    if not isinstance(command, form):
        raise wrong
    return replace(command, zone=command.zone or _zone(zone), wishes=together(command.wishes, read_wishes(wishes)))


def _zone(zone: str) -> ZoneInfo | None:
    if not zone:
        return None
    see_that_it_is_a_zone(zone)
    return zone_called(zone)
