"""What is suggested while somebody fills in an option of a command: names out of the store that fit what is typed so far."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Iterable
from functools import partial
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

import discord
from discord.app_commands import Choice

from adapters.cutting import cut, size
from adapters.discord.desk import Desk
from adapters.discord.listeners import planned
from adapters.discord.listing import shown_line
from adapters.filled_in import DigestWished
from bot.callers import Caller
from bot.errors import NotUnderstood
from bot.replies import Times

MOST_CHOICES = 25
LONGEST_CHOICE = 100
_AT_ONCE = 2
_SECONDS = 2.0  # Discord takes suggestions for three
USUAL_SCHEDULES = ("daily at 8", "weekdays at 07:30", "every Monday at 9", "hourly 9-18 on weekdays", "every 2 hours")

_Found = TypeVar("_Found")
Like = Callable[[str], Awaitable[Iterable[str]]]
Suggest = Callable[[discord.Interaction[Any], str], Coroutine[Any, Any, list[Choice[str]]]]


class Suggestions:
    """Suggests names. So few are looked up together that questions are not kept waiting, and of one person only the newest."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._turns = asyncio.Semaphore(_AT_ONCE)
        self._newest: dict[int, int] = {}  # the interactions that wait or are looked up, by whose they are

    def like(self, like: Like) -> Suggest:
        """Suggests the names that are like what is typed; none where they cannot be had in time. What is typed can be sent in any case."""

        async def suggest(interaction: discord.Interaction[Any], typed: str) -> list[Choice[str]]:
            return choices(await self._found(interaction, partial(like, typed)))

        return suggest

    def feeds(self) -> Suggest:
        """Suggests feeds by what they go by; what is sent is the number of one."""

        async def suggest(interaction: discord.Interaction[Any], typed: str) -> list[Choice[str]]:
            found = await self._found(interaction, partial(self._desk.newsroom.feeds.like, typed))
            return [Choice(name=_shown(f"{number}: {name}"), value=str(number)) for number, name in found]

        return suggest

    def schedules(self) -> Suggest:
        """Suggests what is typed as a schedule, with when it is due next; or schedules that begin so, where it is none."""

        async def suggest(interaction: discord.Interaction[Any], typed: str) -> list[Choice[str]]:
            callers = await self._found(interaction, partial(self._caller, interaction))
            caller = callers[0] if callers else None
            zone, quiet = (str(getattr(interaction.namespace, option, None) or "") for option in ("zone", "quiet"))
            scheduled = self._desk.newsroom.scheduled

            def times(schedule: str) -> Times:
                wished = DigestWished(schedule=schedule, zone=zone, wishes=planned.quiet_hours(quiet))
                planned.see_that_its_zones_agree(scheduled, wished, caller)
                return planned.times(scheduled, wished, caller)

            return schedule_choices(" ".join(typed.split()), scheduled.understand_schedule, times)

        return suggest

    async def _caller(self, interaction: discord.Interaction[Any]) -> Iterable[Caller]:
        return (await self._desk.people.of_interaction(interaction),)

    async def _found(self, interaction: discord.Interaction[Any], look_up: Callable[[], Awaitable[Iterable[_Found]]]) -> list[_Found]:
        """What is looked up; nothing where it cannot be had in time."""
        found: list[_Found] = []

        async def in_time() -> None:
            try:
                async with asyncio.timeout(_SECONDS):
                    found.extend(await self._in_turn(interaction, look_up))
            except TimeoutError:
                return

        await self._desk.quietly("suggesting names", in_time)
        return found

    async def _in_turn(self, interaction: discord.Interaction[Any], look_up: Callable[[], Awaitable[Iterable[_Found]]]) -> Iterable[_Found]:
        """What is found, or nothing once the person has typed on: Discord shows what fits the last key only."""
        whose = interaction.user.id
        self._newest[whose] = interaction.id
        try:
            async with self._turns:
                return await look_up() if self._newest.get(whose) == interaction.id else ()
        finally:
            if self._newest.get(whose) == interaction.id:
                del self._newest[whose]


def schedule_choices(typed: str, understand: Callable[[str], None], times: Callable[[str], Times]) -> list[Choice[str]]:
    """What is typed with the moments at which it is due next, or the usual schedules, those first that begin as it does.

    Where none of them can be, as the zone or the quiet hours are wrong, one choice says why.
    """
    usual = sorted(USUAL_SCHEDULES, key=lambda schedule: not schedule.startswith(typed.casefold()))
    schedules = [typed] if _is_a_schedule(typed, understand) else usual
    found, wrong = list[Choice[str]](), ""
    for schedule in schedules:
        try:
            found.append(Choice(name=_shown(_with_times(times(schedule))), value=schedule))
        except NotUnderstood as error:
            wrong = wrong or str(error)
    return found or [Choice(name=_shown(wrong), value=schedules[0])]


def _with_times(found: Times) -> str:
    """A schedule as it is understood, with its zone and when it is due next."""
    local = [moment.astimezone(ZoneInfo(found.time_zone)) for moment in found.following]
    days = [f"{moment:%a} {moment.day} {moment:%b %H:%M}" for moment in local]
    return f"{found.schedule}, {found.time_zone}: {', '.join(days)}"


def _is_a_schedule(typed: str, understand: Callable[[str], None]) -> bool:
    """Whether it is one, and short enough to be chosen."""
    if not typed or size(typed) > LONGEST_CHOICE:
        return False
    try:
        understand(typed)
    except NotUnderstood:
        return False
    return True


def choices(names: Iterable[str]) -> list[Choice[str]]:
    """The names that Discord takes as they are: a part of one would ask for something else."""
    shown = ((_shown(name), name) for name in dict.fromkeys(names))
    fitting = [Choice(name=label, value=name) for label, name in shown if label and size(name) <= LONGEST_CHOICE]
    return fitting[:MOST_CHOICES]


def _shown(words: str) -> str:
    return cut(shown_line(words), LONGEST_CHOICE, size)
