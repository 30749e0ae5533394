"""`verbatim feeds read`: looks at feeds and brings what they have once, for whoever runs no `verbatim serve`, or tries feeds out."""

import asyncio
from collections.abc import Awaitable, Callable, Collection
from dataclasses import replace
from itertools import count
from typing import TYPE_CHECKING, Annotated

import typer

from adapters.terminal import session
from adapters.terminal.options import AsJson, number

if TYPE_CHECKING:
    from adapters.settings import Settings
    from bot.feeding import Feeding
    from bot.newsroom import Newsroom
    from bot.replies import Ingested

_HANDS = 8
_AT_ONCE = 2


def read(
    feeds: Annotated[
        list[int] | None, typer.Argument(help="Only these, also if they are not due yet.", metavar="NUMBER", parser=number)
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Look at the feeds that are due, and read what they have, once and now. 'verbatim serve' does so by itself, day and night."""

    async def work(newsroom: "Newsroom", _: "Settings") -> int:
        return await _read(newsroom.feeds, list(dict.fromkeys(feeds)) if feeds else None, as_json=as_json)

    raise typer.Exit(session.run(work))


async def _read(feeding: "Feeding", only: list[int] | None, *, as_json: bool) -> int:
    """Read once, and return the exit code. Raises NotFound for a feed that is none, and NotUnderstood for one that is paused."""
    from adapters.terminal.progress import Report

    for one in only or ():
        await feeding.check(one, None)
    _say("Looking at the feeds. Each site is asked once in two seconds at most.")
    looked = sum(await _by_hands(lambda: feeding.look(_AT_ONCE, only=only)))
    if not looked and only is None and not (await feeding.figures()).feeds:
        _say("No feed is read yet. The address of a feed, or of a page that has one, begins: verbatim feeds add https://example.org/")
        return 0
    waiting = (await feeding.figures()).waiting
    numbers = count(1)
    with Report(as_json=as_json) as report:

        async def bring() -> int:
            told: list[Ingested] = []
            await feeding.bring(_AT_ONCE, only=only, tell=told.append)
            for item in told:
                report.add(replace(item, done=next(numbers)))
            return len(told)

        _say(f"{_looked_at(looked)} {_waits(waiting)}" if only is None else _looked_at(looked))
        await _by_hands(bring)
    return session.REFUSED if await _troubles(feeding, only) or report.refused else 0


async def _by_hands(work: Callable[[], Awaitable[int]]) -> list[int]:
    """Have work done until there is none: what each of the hands did. Raises what work does."""
    try:
        async with asyncio.TaskGroup() as group:
            hands = [group.create_task(_until_none_is_left(work)) for _ in range(_HANDS)]
    except ExceptionGroup as several:
        raise several.exceptions[0] from several
    return [hand.result() for hand in hands]


async def _until_none_is_left(work: Callable[[], Awaitable[int]]) -> int:
    done = 0
    while now := await work():
        done += now
    return done


async def _troubles(feeding: "Feeding", only: Collection[int] | None) -> bool:
    """Say which feeds could not be had, of these, or that some could not; whether there are any."""
    failing = (await feeding.figures()).failing
    if only is None:
        if failing:
            _say(f"{failing:,} of the feeds could not be had the last time. See: verbatim feeds list --failing")
        return False
    troubles = [trouble for one in only if (trouble := await feeding.trouble(one))]
    for trouble in troubles:
        _say(trouble)
    return bool(troubles)


def _looked_at(looked: int) -> str:
    if not looked:
        return "No feed is due now."
    return f"{looked:,} feed{' was' if looked == 1 else 's were'} looked at."


def _waits(waiting: int) -> str:
    if not waiting:
        return "Nothing new is to be read."
    return f"{waiting:,} {'entry is' if waiting == 1 else 'entries are'} to be read, a site's one after the other."


def _say(line: str) -> None:
    session.complain(line)
