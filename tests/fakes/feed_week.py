"""A week of feeds, played: made-up sites are looked at and read by the real thing on simulated time, by one process after the other."""

import asyncio
from collections import defaultdict, deque
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from math import inf
from random import Random
from typing import TypeVar, TypeVarTuple, cast
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from sqlalchemy import Boolean, bindparam, text

from bot.bounded import Workers
from bot.feeds.bringing import Bringing
from bot.feeds.looking import Looking
from bot.feeds.pacing import Pacer
from bot.intake import Intake
from bot.replies import Ingested
from storage import feeds
from storage.columns import Moment
from storage.records import NewArticle, NewFeed, SaveOutcome
from tests.fakes.engine import FakeEngine
from tests.fakes.feed_sites import Sites, Visitor
from tests.fakes.fetcher import FakeFetcher
from tests.fakes.simulated_time import SimulatedTime, TimedDatabase

_Arguments = TypeVarTuple("_Arguments")
_Result = TypeVar("_Result")
_Told = Callable[[str], Awaitable[object]]
AT_ONCE = 32
"""So many feeds, and so many entries, are asked for together."""
LONGEST_TICK = 1800.0
_DUE = text(
    "SELECT EXISTS (SELECT 1 FROM feeds WHERE paused_at IS NULL AND next_check <= :now)"
    " OR EXISTS (SELECT 1 FROM feed_entries WHERE next_try <= :now"
    " AND (SELECT paused_at FROM feeds WHERE id = feed_id) IS NULL) AS is_due,"
    " (SELECT min(at) FROM (SELECT min(next_check) AS at FROM feeds WHERE paused_at IS NULL AND next_check > :now"
    " UNION ALL SELECT min(next_try) FROM feed_entries WHERE next_try > :now) AS due) AS soonest"
).bindparams(bindparam("now", type_=Moment()))


@dataclass(frozen=True, slots=True)
class _Here:
    """Does the work of workers in this process."""

    told: _Told

    async def run(self, function: Callable[[*_Arguments], _Result], *arguments: *_Arguments) -> _Result:
        found = function(*arguments)
        await self.told("parsed")
        return found


@dataclass(frozen=True, slots=True)
class _Watched(Intake):
    """Tells what it has stored."""

    stored: Callable[[NewArticle, Ingested], Awaitable[object]] | None = None

    async def take(self, name: str, article: NewArticle, *, longest: float = inf) -> Ingested:
        taken = await Intake.take(self, name, article, longest=longest)
        if self.stored is not None:
            await self.stored(article, taken)
        return taken


@dataclass(eq=False)
class Week:
    """Plays the sites in a store. After each moment of `kills` the process is killed when it comes to that place, and another goes on:

    with an answer in its hand ("feed", "page", "robots"), after it has "parsed" one, or has "stored" an article. Nothing to do is
    asked for again after `tick` seconds, or when something is due. `added` has when each article was stored, by host and path.
    """

    time: SimulatedTime
    database: TimedDatabase
    sites: Sites
    random: Random
    tick: float
    kills: deque[tuple[datetime, str]] = field(default_factory=deque)
    added: defaultdict[tuple[str, str], list[datetime]] = field(default_factory=lambda: defaultdict(list))
    killed: list[tuple[datetime, str]] = field(default_factory=list)
    _process: asyncio.Task[None] | None = None

    async def add(self) -> None:
        """Add the feeds, all of which are due at once."""
        async with self.database.writing() as session:
            for feed in self.sites.feeds:
                filters = (f"block section: {feed.blocked}",) if feed.blocked else ()
                await feeds.add(session, NewFeed(feed.address, full_text=feed.full_text, filters=filters), self.time())

    async def play(self, until: datetime) -> None:
        """Let time pass until then."""
        ending = asyncio.create_task(self.time.sleep((until - self.time()).total_seconds()))
        while not ending.done():
            self._process = asyncio.create_task(self._run(f"process {len(self.killed)}"))
            await asyncio.wait({ending, self._process}, return_when=asyncio.FIRST_COMPLETED)
            self._process.cancel()
            with suppress(asyncio.CancelledError):
                await self._process

    async def come_to(self, place: str) -> None:
        """A process comes to this place; at times it is killed there."""
        if self.kills and self.kills[0][0] <= self.time() and self.kills[0][1] == place and self._process is not None:
            self.kills.popleft()
            self.killed.append((self.time(), place))
            self._process.cancel()
            await self.time.sleep(1)

    async def _run(self, name: str) -> None:
        visitor, workers = Visitor(self.sites, name), cast("Workers", _Here(self.come_to))
        pacer = Pacer(self.time, self.time.sleep)
        intake = _Watched(self.database, FakeEngine(), FakeFetcher(), self.time, ZoneInfo("UTC"), stored=self._stored)
        looking = Looking(self.database, visitor, workers, pacer, self.time, self.random.random, name)
        bringing = Bringing(self.database, intake, visitor, workers, pacer, self.time, name)
        async with asyncio.TaskGroup() as both:
            both.create_task(self._again(looking.look))
            both.create_task(self._again(bringing.bring))

    async def _again(self, work: Callable[[int], Awaitable[int]]) -> None:
        wait = self.tick
        while True:
            if await work(AT_ONCE):
                wait = self.tick
                continue
            async with self.database.reading() as session:
                found = await session.execute(_DUE.columns(is_due=Boolean(), soonest=Moment()), {"now": self.time()})
                is_due, soonest = found.one()
            ahead = LONGEST_TICK if soonest is None else (soonest - self.time()).total_seconds()
            await self.time.sleep(max(self.tick, min(ahead, wait) if is_due else ahead))
            wait = min(2 * wait, LONGEST_TICK) if is_due else self.tick

    async def _stored(self, article: NewArticle, taken: Ingested) -> None:
        if taken.outcome is SaveOutcome.ADDED:
            parts = urlsplit(article.url or "")
            self.added[parts.hostname or "", parts.path].append(self.time())
        await self.come_to("stored")
