"""People in a Discord on loopback: how long they wait for the answers to mentions and commands, and for suggestions to what they type.

Each of them asks in a channel of their own, for Discord lets five messages through in a channel in five seconds, whoever writes them.
The Discord names limits in its answers, as Discord does; nobody reaches them but where a load is to be kept to those of Discord.
"""

import asyncio
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count, cycle
from time import monotonic
from typing import TypeVar

from benchmarks.apps import serving
from benchmarks.discord_apps import MODULE
from benchmarks.loads import Plan
from benchmarks.measuring import Memory
from tests.fakes.discord_failures import Limit, Limits
from tests.fakes.discord_people import People
from tests.fakes.discord_records import APP, LOADING, Interaction, Message
from tests.fakes.discord_server import DiscordServer, discord_server

Asked = TypeVar("Asked", Message, Interaction)

# Discord documents the one for all that a bot does outside interactions; the other is what its answers say.
_A_SECOND = Limit(50, 1)
_IN_A_CHANNEL = Limit(5, 5)
_POST = "POST /channels/{channel}/messages"
_TOO_MANY = 429
_PATIENCE = 60.0
_FIRST_CHANNEL = 10_000
_FIRST_PERSON = 20_000


@dataclass(frozen=True, slots=True)
class Timed:
    """Something that somebody waited for, in seconds."""

    load: str
    waited: float


@dataclass(frozen=True, slots=True)
class Typed:
    """What people type into an option that suggests something."""

    command: str
    option: str
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Attended:
    """What became of all that one app was asked."""

    timed: tuple[Timed, ...]
    memory: Memory


def measure(app: str, url: str, asked: Sequence[str], typed: Sequence[Typed], plan: Plan) -> Attended:
    """Ask an app over the database at `url` these questions, and type this, again from the beginning where they are not enough."""
    return asyncio.run(_measured(app, url, asked, typed, plan))


async def _measured(app: str, url: str, asked: Sequence[str], typed: Sequence[Typed], plan: Plan) -> Attended:
    async with discord_server() as discord:
        channels = [discord.add_channel(_FIRST_CHANNEL + number, f"desk-{number}").id for number in range(plan.at_once)]
        given = {"discord": discord.url, "database_url": url, "discord_token": discord.token, "log_level": "warning"}
        async with serving(MODULE, app, given) as served:
            await discord.gateway.ready()
            timed = await _all(discord, _Askers(discord, channels, asked), typed, plan)
        if refused := [call for call in discord.refused if call.status != _TOO_MANY]:
            raise ValueError(f"Discord refused {refused[0]}")
    return Attended(tuple(timed), served.memory)


async def _all(discord: DiscordServer, people: "_Askers", typed: Sequence[Typed], plan: Plan) -> list[Timed]:
    timed = await people.mention("the first mention of all", 1)
    await people.mention("to warm up", plan.warm_up)
    for _ in range(plan.times):
        timed += await people.mention(f"{plan.at_once} mentions at once", plan.at_once, apart=0)
    timed += await people.mention("mentions one at a time", plan.one_by_one)
    timed += await people.mention(f"{plan.a_second:g} mentions a second", plan.paced, apart=1 / plan.a_second)
    with _limits_of_discord(discord.limits):
        timed += await people.mention(f"{plan.at_once} mentions at once, at Discord's limits", plan.at_once, apart=0)
    await people.command("to warm up", plan.warm_up)
    timed += await people.command(f"{plan.at_once} commands at once", plan.at_once, apart=0)
    for each in typed:
        await people.suggest("to warm up", plan.warm_up, each)
        timed += await people.suggest(f"{each.option} suggested, one at a time", plan.one_by_one, each)
        timed += await people.suggest(f"{each.option} suggested, {plan.a_second:g} a second", plan.paced, each, apart=1 / plan.a_second)
    return timed


@contextmanager
def _limits_of_discord(limits: Limits) -> Iterator[None]:
    """Let no more through meanwhile than Discord does."""
    limits.everywhere, limits.routes[_POST] = _A_SECOND, _IN_A_CHANNEL
    yield
    limits.everywhere = None
    del limits.routes[_POST]


class _Askers:
    """All who ask, each once."""

    def __init__(self, discord: DiscordServer, channels: Sequence[int], asked: Sequence[str]) -> None:
        self._discord = discord
        self._people = People(discord)
        self._channels = cycle(channels)
        self._questions = cycle(asked)
        self._numbers = count(_FIRST_PERSON)

    async def mention(self, load: str, number: int, *, apart: float | None = None) -> list[Timed]:
        """So many mentions, some seconds apart, or (None) each when the one before has its first reply."""

        def ask() -> Message:
            return self._people.mention(next(self._questions), user=self._somebody(), channel=next(self._channels))

        def is_answered(asked: Message) -> bool:
            return self._discord.channels[asked.channel].messages[-1].author == APP

        return await self._timed(ask, {load: is_answered}, number, apart)

    async def command(self, load: str, number: int, *, apart: float | None = None) -> list[Timed]:
        """So many commands, which are acknowledged first and answered then."""

        def ask() -> Interaction:
            return self._people.command("ask", user=self._somebody(), channel=next(self._channels), request=next(self._questions))

        return await self._timed(ask, {f"{load}, acknowledged": _is_acknowledged, f"{load}, answered": _is_answered}, number, apart)

    async def suggest(self, load: str, number: int, typed: Typed, *, apart: float | None = None) -> list[Timed]:
        """So many people who type something for which there are suggestions."""
        texts = cycle(typed.texts)

        def type_it() -> Interaction:
            where = next(self._channels)
            return self._people.suggest(typed.command, typed.option, next(texts), user=self._somebody(), channel=where)

        return await self._timed(type_it, {load: _is_acknowledged}, number, apart)

    def _somebody(self) -> int:
        """Another person each time."""
        number = next(self._numbers)
        return self._discord.add_person(number, f"Reader {number}").id

    async def _timed(
        self, do: Callable[[], Asked], seen: Mapping[str, Callable[[Asked], bool]], number: int, apart: float | None
    ) -> list[Timed]:
        """Let something be done so many times, and wait each time for all that is to be `seen` of it, by the names of the loads."""
        if apart is None:
            return [timed for _ in range(number) for timed in await self._timed(do, seen, 1, 0)]
        timed: list[Timed] = []
        awaited: list[tuple[str, Asked, float]] = []

        async def come() -> None:
            for _ in range(number):
                begun = monotonic()
                done = do()
                awaited.extend((load, done, begun) for load in seen)
                await asyncio.sleep(apart)

        coming = asyncio.create_task(come())
        async with asyncio.timeout(apart * number + _PATIENCE):
            while len(timed) < number * len(seen):
                await self._discord.rung()
                now = monotonic()
                ended = [each for each in awaited if seen[each[0]](each[1])]
                awaited[:] = [each for each in awaited if each not in ended]
                timed += [Timed(load, now - begun) for load, _, begun in ended]
        await coming
        return timed


def _is_acknowledged(asked: Interaction) -> bool:
    return asked.acknowledged is not None


def _is_answered(asked: Interaction) -> bool:
    return asked.message is not None and not asked.message.flags & LOADING
