"""What is filled in into a form for a digest, read as if it were typed. Pure."""

from dataclasses import replace

from bot.digests.schedule_words import no_schedule, take_schedule
from bot.digests.zones import unknown_zone, zone_called
from bot.requests import Change, Command, Subscribe

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
