"""What reads the feeds while Verbatim serves."""

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import cast

import pytest

from adapters.feeding import Feeds, Pauses
from bot.delivery.posting import Poster
from bot.errors import DatabaseBusy, DiskFull
from bot.feeds.requests import FeedWishes, Which
from bot.newsroom import Newsroom
from bot.replies import Ingested
from storage import articles
from storage.database import Database
from storage.records import FeedFigures
from tests.fakes.clock import FakeClock
from tests.fakes.engine import FakeEngine
from tests.fakes.fetcher import FakeFetcher
from tests.fakes.poster import FakePoster
from tests.fakes.workers import HereWorkers
from tests.newsrooms import LONDON, Room, page

FEW = FeedFigures(feeds=2_001, paused=1, failing=3, waiting=0, new=0, last_checked=None)
NONE = FeedFigures(feeds=0, paused=0, failing=0, waiting=0, new=0, last_checked=None)
QUICK = Pauses(look=0.01, bring=60, tell=0.01, forget=60, hand=0.01)
SLOW = "the slow host"


@dataclass
class Desk:
    """Feeds that are due, by host: what one look finds of them waits, and is then brought. What is slow never ends."""

    due: list[str] = field(default_factory=list)
    figures_now: FeedFigures = FEW
    waiting: list[str] = field(default_factory=list)
    looked: list[str] = field(default_factory=list)
    brought: list[str] = field(default_factory=list)
    forgettable: int = 7_000
    asked: dict[str, int] = field(default_factory=dict)
    mishaps: dict[str, Exception] = field(default_factory=dict)
    cancelled: list[str] = field(default_factory=list)
    happened: asyncio.Condition = field(default_factory=asyncio.Condition)

    async def figures(self) -> FeedFigures:
        await self._happens("figures")
        return self.figures_now

    async def look(self, limit: int) -> int:
        await self._happens("look")
        taken, self.due = self.due[:limit], self.due[limit:]
        if SLOW in taken:
            try:
                await asyncio.Event().wait()
            finally:
                self.cancelled.append(SLOW)
        self.looked += taken
        self.waiting += taken
        return len(taken)

    async def bring(self, limit: int, *, tell: Callable[[Ingested], object]) -> int:
        await self._happens("bring")
        taken, self.waiting = self.waiting[:limit], self.waiting[limit:]
        self.brought += taken
        for one in taken:
            tell(Ingested(one, None, reason="It is tried again later."))
        await self._happens("brought")
        return 0

    async def forget(self) -> int:
        await self._happens("forget")
        gone = min(self.forgettable, 5_000)
        self.forgettable -= gone
        return gone

    async def tell_owners(self, posters: Mapping[str, Poster]) -> int:
        assert posters
        await self._happens("tell_owners")
        return 0

    async def until(self, holds: Callable[[], object]) -> None:
        async with self.happened, asyncio.timeout(20):
            await self.happened.wait_for(holds)

    async def _happens(self, what: str) -> None:
        async with self.happened:
            self.asked[what] = self.asked.get(what, 0) + 1
            self.happened.notify_all()
        if what in self.mishaps:
            raise self.mishaps[what]


def _feeds(desk: Desk, posters: Mapping[str, Poster] | None = None, pauses: Pauses = QUICK) -> Feeds:
    return Feeds(cast("Newsroom", SimpleNamespace(feeds=desk)), posters or {}, pauses=pauses, hands=2)


@asynccontextmanager
async def _running(feeds: Feeds) -> AsyncIterator[list[str]]:
    said: list[str] = []
    task = asyncio.create_task(feeds.run(said.append))
    try:
        yield said
    finally:
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task


async def test_a_slow_host_holds_up_no_other_and_ends_with_the_service() -> None:
    desk = Desk(due=[SLOW, "beside it", *(f"host {number}" for number in range(9))])
    async with _running(_feeds(desk)) as said:
        await desk.until(lambda: len(desk.looked) == 9)
        assert said == ["2,000 are read, 3 of these fail, 1 is paused."]
        assert desk.cancelled == []
    assert desk.cancelled == [SLOW]


async def test_what_a_look_finds_is_brought_at_once_and_what_is_put_off_ends_nothing() -> None:
    desk = Desk()
    async with _running(_feeds(desk)):
        await desk.until(lambda: desk.asked.get("brought"))
        desk.due = [f"host {number}" for number in range(5)]
        await desk.until(lambda: len(desk.brought) == 5)


async def test_while_there_is_nothing_the_store_is_asked_once_for_each_and_owners_only_where_somebody_can_be_told() -> None:
    desk = Desk(figures_now=NONE, forgettable=0)
    pauses = Pauses(look=60, bring=60, tell=0, forget=60)
    poster = FakePoster()
    poster.is_ready = False
    async with _running(_feeds(desk, {"slack": poster}, pauses)) as said:
        await desk.until(lambda: desk.asked.keys() >= {"look", "brought", "forget"})
        await asyncio.sleep(0)
        assert said == ["none are read yet; 'verbatim feeds add' begins."]
        assert desk.asked == {"figures": 1, "look": 1, "bring": 1, "brought": 1, "forget": 1}
        poster.is_ready = True
        await desk.until(lambda: desk.asked.get("tell_owners", 0) > 1)


async def test_what_is_long_gone_is_forgotten_until_nothing_is_left() -> None:
    desk = Desk()
    async with _running(_feeds(desk)):
        await desk.until(lambda: desk.asked.get("forget") == 3)
    assert desk.forgettable == 0


@pytest.mark.parametrize("what", ["figures", "look", "bring", "forget"])
async def test_trouble_of_the_store_ends_it_as_what_it_is(what: str) -> None:
    trouble = DatabaseBusy("Another process holds the database.")
    with pytest.raises(DatabaseBusy) as raised:
        await _feeds(Desk(mishaps={what: trouble})).run(lambda _: None)
    assert raised.value is trouble


async def test_of_several_troubles_the_one_that_a_person_can_mend_is_told() -> None:
    mishaps: dict[str, Exception] = {"look": KeyError("ours"), "forget": DiskFull("The disk is full.")}
    with pytest.raises(DiskFull):
        await _feeds(Desk(mishaps=mishaps)).run(lambda _: None)


FEED = """<?xml version='1.0'?><rss version='2.0'><channel><title>Tides</title>
<item><title>Boat 1 is late</title><link>https://tides.example.org/1</link><guid isPermaLink='false'>1</guid></item>
<item><title>Boat 2 is late</title><link>https://tides.example.org/2</link><guid isPermaLink='false'>2</guid></item>
</channel></rss>"""


async def test_a_feed_that_is_added_is_looked_at_and_its_articles_are_there(database: Database) -> None:
    room = Room.over(database)
    said = 'Ann Bell said: "The boat was late again." Nobody knows when it comes, and the harbour waits for it all day long.'
    room.fetcher.pages |= {"https://tides.example.org/feed": FEED}
    room.fetcher.pages |= {f"https://tides.example.org/{number}": page(f"Boat {number} is late", said, said) for number in (1, 2)}
    await room.newsroom.feeds.add("https://tides.example.org/feed", None)
    feeds = room.newsroom.feeds
    async with _running(Feeds(room.newsroom, {}, pauses=QUICK)), asyncio.timeout(60):
        while (await feeds.figures()).new < 2 or (await feeds.figures()).waiting:
            room.clock.forward(seconds=3)  # whoever waits for a turn has it
            await asyncio.sleep(0.01)
    assert (await feeds.figures()).failing == 0
    async with database.reading() as session:
        stored = [await articles.get(session, number) for number in (1, 2)]
    assert {one.headline for one in stored if one} == {"Boat 1 is late", "Boat 2 is late"}


async def test_as_many_entries_are_read_at_first_as_the_operator_says_and_of_no_others_than_are_named(
    database: Database,
) -> None:
    web = FakeFetcher({f"https://{name}.example.org/feed": FEED for name in ("tides", "mills")})
    newsroom = Newsroom(database, engine=FakeEngine(), fetcher=web, workers=HereWorkers(), zone=LONDON, clock=FakeClock(), first_entries=1)
    for name in ("tides", "mills"):
        added = await newsroom.feeds.add(f"https://{name}.example.org/feed", None, FeedWishes(full_text=False))
    assert "At first its last entry is read, without alerts; then what is new." in added.notes
    assert await newsroom.feeds.look(9, only=[2]) == 1
    assert [(await newsroom.feeds.figures()).new, await newsroom.feeds.bring(9, only=[1])] == [1, 0]
    assert [part.understood for part in [one async for one in newsroom.feeds.all(Which.ALL, 1)]] == ["Feeds. 2 are read.", ""]
