"""What is filled in into a form for a digest, or given as options of a command, read as if it were typed. Pure."""

from dataclasses import replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from bot import request_lines
from bot.digest_shapes import Asked
from bot.digests.schedule_words import no_schedule, take_schedule
from bot.digests.zones import unknown_zone, zone_called
from bot.request_lines import Keyword, Options
from bot.requests import Change, Command, Subscribe

_SOME_DAY = datetime(2024, 2, 29, 12, tzinfo=UTC)  # a line says the same on any
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


def line_of(keyword: str, schedule: str, about: str) -> str:
    """The line of chat that says the same. Raises NotUnderstood for a schedule that is none."""
    see_that_it_is_a_schedule(schedule)
    about = " ".join(about.split())
    restricted = about if not about or about.casefold().startswith(_RESTRICTIONS) else f"about {about}"
    return f"{keyword} {schedule} {restricted}".strip()


def with_zone(command: Command, schedule: str, zone: str) -> Subscribe | Change:
    """The command that the line was read as, in the form's zone ("" for none) unless the schedule names one. Raises NotUnderstood."""
    if not isinstance(command, Subscribe | Change):
        raise no_schedule(schedule)
    if not zone:
        return command
    see_that_it_is_a_zone(zone)
    return replace(command, zone=command.zone or zone_called(zone))


def request_line(
    keyword: Keyword, *, speaker: str = "", about: str = "", outlet: str = "", since: str = "", until: str = "", direct: bool = False
) -> str:
    """The line of chat that the options of a command make, such as "who said what about ferries since Monday".

    An outlet is taken to be one that is known, and no other is: `Newsroom.request_line` knows better. Raises as that.
    """
    given = Options(speaker=speaker, about=about, outlet=outlet, since=since, until=until, direct=direct)
    return request_lines.request_line(keyword, given, Asked(_SOME_DAY, ZoneInfo("UTC"), (outlet,) if outlet else ()))
