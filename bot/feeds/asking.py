"""Asks sites in the turns of their hosts, and follows where they redirect to in the turns of the hosts that are found there."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final, TypeVar, overload

from bot.errors import CannotFetch
from bot.feeds.agreeing import Agreement
from bot.feeds.pacing import Pacer
from bot.reading.pages import MAX_REDIRECTS, Answer, Redirected, Refused, Trouble, Unchanged
from storage import hosts
from storage.hosts import host_of

AGAIN: Final = timedelta(minutes=1)
"""What leads to a host that another process is asking is put off for so long."""
_VISIT: Final = timedelta(seconds=40)
"""One request takes no longer."""
_Got = TypeVar("_Got")


@dataclass(frozen=True, slots=True)
class Held:
    """Nothing was asked: the host wants to be left alone until this moment, or (`busy`) another process is asking it."""

    until: datetime
    busy: bool = False


@dataclass(frozen=True, slots=True)
class Visits:
    """Goes to hosts that are redirected to, of which nothing is claimed: never while another process asks them, nor in their pauses.

    The `claimed` host is asked by nobody else as it is.
    """

    agreement: Agreement
    clock: Callable[[], datetime]
    claimed: str | None

    async def hear(self, url: str) -> None:
        """Learn what others know of the host of an address, before a turn of it is wanted. Raises the storage errors."""
        await self.agreement.hear(url, self.clock())

    async def begin(self, host: str) -> Held | None:
        """Keep others from a host for one request; or when to come again, if they have it. Raises the storage errors."""
        if host == self.claimed:
            return None
        now = self.clock()
        async with self.agreement.writing() as session:
            is_ours = await hosts.visit(session, host, self.agreement.process, now=now, until=now + _VISIT)
        return None if is_ours else Held(now + AGAIN, busy=True)


async def ask_once(
    pacer: Pacer,
    url: str,
    fetch: Callable[[str], Awaitable[_Got]],
    visits: Visits | None = None,
    *,
    delay: timedelta | None = None,
) -> _Got | Held:
    """What `fetch` gives for an address, in a turn of its host (see `Pacer.turn`), which is left alone from then on if it asks for it."""
    host = host_of(url)
    async with pacer.turn(host, delay=delay) as held:
        if held is not None:
            return Held(held)
        if visits is not None and (busy := await visits.begin(host)) is not None:
            return busy
        got = await fetch(url)
        if isinstance(got, Refused):
            pacer.heed(host, got)
        return got


@overload
async def ask(
    pacer: Pacer, url: str, fetch: Callable[[str], Awaitable[Answer | Redirected | Refused]], visits: Visits | None = None
) -> Answer | Refused | Held: ...


@overload
async def ask(
    pacer: Pacer, url: str, fetch: Callable[[str], Awaitable[Answer | Unchanged | Redirected | Refused]], visits: Visits | None = None
) -> Answer | Unchanged | Refused | Held: ...


async def ask(
    pacer: Pacer, url: str, fetch: Callable[[str], Awaitable[Answer | Unchanged | Redirected | Refused]], visits: Visits | None = None
) -> Answer | Unchanged | Refused | Held:
    """What `fetch` gives for an address in the end. Nobody has two turns at once: two sites that lead to each other block nobody.

    With `visits` other processes are kept from the hosts that are redirected to meanwhile.
    """
    for_good: list[bool] = []
    for _ in range(MAX_REDIRECTS + 1):
        got = await ask_once(pacer, url, fetch, visits)
        if isinstance(got, Redirected):
            for_good.append(got.for_good)
            if visits is not None and host_of(got.url) != host_of(url):
                await visits.hear(got.url)
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
