"""Asks sites in the turns of their hosts, and follows where they redirect to in the turns of the hosts that are found there."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TypeVar, overload

from bot.errors import CannotFetch
from bot.feeds.pacing import Pacer
from bot.reading.pages import MAX_REDIRECTS, Answer, Redirected, Refused, Trouble, Unchanged
from storage.hosts import host_of

_Got = TypeVar("_Got")
Elsewhere = Callable[[str], Awaitable[object]]


@dataclass(frozen=True, slots=True)
class Held:
    """Nothing was asked: the host wants to be left alone until this moment."""

    until: datetime


async def ask_once(pacer: Pacer, url: str, fetch: Callable[[str], Awaitable[_Got]], *, delay: timedelta | None = None) -> _Got | Held:
    """What `fetch` gives for an address, in a turn of its host (see `Pacer.turn`), which is left alone from then on if it asks for it."""
    host = host_of(url)
    async with pacer.turn(host, delay=delay) as held:
        if held is not None:
            return Held(held)
        got = await fetch(url)
        if isinstance(got, Refused):
            pacer.heed(host, got)
        return got


async def _nobody(_: str) -> None:
    pass


@overload
async def ask(
    pacer: Pacer, url: str, fetch: Callable[[str], Awaitable[Answer | Redirected | Refused]], elsewhere: Elsewhere = _nobody
) -> Answer | Refused | Held: ...


@overload
async def ask(
    pacer: Pacer, url: str, fetch: Callable[[str], Awaitable[Answer | Unchanged | Redirected | Refused]], elsewhere: Elsewhere = _nobody
) -> Answer | Unchanged | Refused | Held: ...


async def ask(
    pacer: Pacer, url: str, fetch: Callable[[str], Awaitable[Answer | Unchanged | Redirected | Refused]], elsewhere: Elsewhere = _nobody
) -> Answer | Unchanged | Refused | Held:
    """What `fetch` gives for an address in the end. Nobody has two turns at once: two sites that lead to each other block nobody.

    `elsewhere` is awaited with each address on another host that is redirected to, before that host is asked.
    """
    for_good: list[bool] = []
    for _ in range(MAX_REDIRECTS + 1):
        got = await ask_once(pacer, url, fetch)
        if isinstance(got, Redirected):
            for_good.append(got.for_good)
            if host_of(got.url) != host_of(url):
                await elsewhere(got.url)
            url = got.url
        elif isinstance(got, Answer | Unchanged) and for_good:
            return replace(got, moved=all(for_good))
        else:
            return got
    return without_end()


def without_end() -> Refused:
    """For redirects that go on."""
    what = f"The address redirects more than {MAX_REDIRECTS} times."
    return Refused(Trouble.REDIRECTS, CannotFetch(what, "Give the address at which it ends up in a browser."))
