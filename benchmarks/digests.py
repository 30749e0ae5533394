"""Digests: how long ten thousand that are due in the same minute take, against one plain query and one plain row for each."""

import asyncio
import sqlite3
import tempfile
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

from rich.table import Table

from benchmarks import filling, mornings
from benchmarks.databases import MOST_FOUND
from benchmarks.measuring import Latency, Memory, apart, peak_memory
from benchmarks.mornings import EIGHT, PLATFORM, Morning
from benchmarks.posters import A_SECOND, AtOnce, Limited, PassingClock
from benchmarks.statements import counting
from bot.newsroom import Newsroom
from bot.replies import Chart
from storage.database import Database
from storage.records import NewSubscription
from tests.fakes.engine import FakeEngine
from tests.fakes.fetcher import FakeFetcher
from tests.fakes.workers import HereWorkers
from tests.newsrooms import LONDON

DIGESTS = 10_000
BASELINE = "one search and one row for each, by the driver alone"
_DRAWN = 50
_TICK = 10.0
_PROCESS = "bench"


@dataclass(frozen=True, slots=True)
class Delivered:
    """Digests that were found due, compiled and handed over in `seconds`, with all waiting; their platform alone needs the `least`.

    `queries`, `transactions` and `writes` (those of them that may change something) are for each digest.
    """

    digests: int
    seconds: float
    least: float
    queries: float
    transactions: float
    writes: float
    memory: Memory

    @property
    def each(self) -> float:
        """Milliseconds for each digest."""
        return 1000 * self.seconds / self.digests


@dataclass(frozen=True, slots=True)
class Drawing:
    """How many of so many digests have a chart of their own, and how long one takes to draw, in milliseconds."""

    digests: int
    charts: int
    each: Latency


@dataclass(frozen=True, slots=True)
class Digests:
    """What a morning takes: on a platform that takes everything at once, on one with limits, the charts apart, and bare."""

    morning: Morning
    at_once: Delivered
    limited: Delivered
    drawing: Drawing
    bare_seconds: float

    @property
    def bare_each(self) -> float:
        """Milliseconds of the baseline for each digest."""
        return 1000 * self.bare_seconds / self.morning.digests

    @property
    def times_bare(self) -> float:
        """How many times the baseline's time it takes where everything is taken at once."""
        return self.at_once.each / self.bare_each


def measured(store: Path, quotes: int, *, digests: int = DIGESTS, say: Callable[[str], None] = print) -> Digests:
    """Measure over copies of the SQLite file at `store`, which is made with so many quotes if it is not there. What is done is said."""
    filling.kept(store, quotes, say=say)
    with tempfile.TemporaryDirectory(prefix="verbatim-bench-") as folder:
        first, second = Path(folder, "first.db"), Path(folder, "second.db")
        say(f"A night, and {digests:,} digests…")
        morning = asyncio.run(mornings.broken(store, first, digests))
        with closing(sqlite3.connect(first)) as filled, closing(sqlite3.connect(second)) as copied:
            filled.backup(copied)
        say("By the driver alone…")
        bare_seconds = apart(bare, second, morning, list(mornings.wishes(digests)))
        say("Taken at once…")
        at_once, drawing = apart(deliver_at_once, first)
        say("At a platform's limits…")
        return Digests(morning, at_once, apart(deliver_limited, second), drawing, bare_seconds)


def deliver_at_once(store: Path) -> tuple[Delivered, Drawing]:
    """Deliver all that is due to a poster that takes everything at once, and then draw the charts of some."""
    return asyncio.run(_at_once(store))


def deliver_limited(store: Path) -> Delivered:
    """Deliver all that is due to a poster with a platform's limits, whose waiting is not waited for."""
    return asyncio.run(_limited(store))


def bare(store: Path, morning: Morning, wished: Sequence[NewSubscription]) -> float:
    """How many seconds the baseline takes: for each subscription the best new quotes by one query, and one row, committed."""
    with closing(sqlite3.connect(store, isolation_level=None)) as file:
        file.execute("PRAGMA journal_mode = WAL")
        file.execute("PRAGMA synchronous = NORMAL")
        file.execute("CREATE TABLE bare_posts (id INTEGER PRIMARY KEY, channel TEXT NOT NULL, quotes INTEGER NOT NULL)")
        begun = perf_counter()
        for one in wished:
            found = file.execute(*_bare_query(one, morning.last_old)).fetchall()
            file.execute("INSERT INTO bare_posts (channel, quotes) VALUES (?, ?)", (one.channel, len(found)))
        seconds = perf_counter() - begun
        file.execute("DROP TABLE bare_posts")
        return seconds


def tables(figures: Digests) -> Iterator[Table]:
    """The figures for a person to read."""
    morning = figures.morning
    table = Table(title=f"{morning.digests:,} digests due in the same minute, {morning.quotes:,} quotes of {morning.articles} articles new")
    table.add_column("handed over to a platform that")
    for column in ("all, s", "at least, s", "ms each", "queries each", "transactions", "of them writing", "peak, MB"):
        table.add_column(column, justify="right")
    for name, one in (("takes everything at once", figures.at_once), (f"takes {A_SECOND} a second", figures.limited)):
        times = f"{one.seconds:.1f}", f"{one.least:.1f}", f"{one.each:.2f}"
        counts = f"{one.queries:.2f}", f"{one.transactions:.2f}", f"{one.writes:.2f}", f"{one.memory.peak:,.0f}"
        table.add_row(name, *times, *counts)
    table.add_row(BASELINE, f"{figures.bare_seconds:.1f}", "", f"{figures.bare_each:.2f}", "2.00", "1.00", "1.00", "")
    drawing = figures.drawing
    table.caption = (
        f"{figures.times_bare:.1f} times the baseline. Charts are drawn apart: {drawing.digests} digests have {drawing.charts}"
        f" different ones, {drawing.each.p50:.0f} ms each (p99 {drawing.each.p99:.0f} ms).\n"
        f"The limits are one message a second in a channel and {A_SECOND} in each of {mornings.WORKSPACES} workspaces;"
        " waiting for them is counted, not waited."
    )
    yield table


async def _at_once(store: Path) -> tuple[Delivered, Drawing]:
    clock = PassingClock(EIGHT)
    poster = AtOnce(keeps=_DRAWN)
    async with _newsroom(store, clock) as newsroom:
        return await _delivered(newsroom, poster, clock), await _drawn(newsroom, poster.charts, _DRAWN)


async def _limited(store: Path) -> Delivered:
    clock = PassingClock(EIGHT)
    async with _newsroom(store, clock) as newsroom:
        return await _delivered(newsroom, Limited(clock), clock)


@asynccontextmanager
async def _newsroom(store: Path, clock: PassingClock) -> AsyncIterator[Newsroom]:
    database = Database(f"sqlite:///{store}")
    try:
        yield Newsroom(database, engine=FakeEngine(), fetcher=FakeFetcher(), workers=HereWorkers(), zone=LONDON, clock=clock)
    finally:
        await database.close()


async def _delivered(newsroom: Newsroom, poster: AtOnce, clock: PassingClock) -> Delivered:
    """Tick and deliver until nothing is due; the ticks between are as far apart as in use."""
    before, begun = peak_memory(), clock.seconds
    with counting() as counted:
        await newsroom.scheduled.tick(_PROCESS)
        while True:
            await newsroom.scheduled.deliver({PLATFORM: poster}, _PROCESS)
            if not (await newsroom.scheduled.figures()).due:
                break
            clock.skip(_TICK)
    number = len(poster.taken)
    return Delivered(
        digests=number,
        seconds=clock.seconds - begun,
        least=poster.least_seconds,
        queries=counted.queries / number,
        transactions=counted.transactions / number,
        writes=counted.writes / number,
        memory=Memory.since(before),
    )


async def _drawn(newsroom: Newsroom, charts: Sequence[Chart], digests: int) -> Drawing:
    different = list(dict.fromkeys(charts))
    took = []
    for chart in different:
        begun = perf_counter()
        await newsroom.scheduled.picture(chart)
        took.append(perf_counter() - begun)
    return Drawing(digests, len(different), Latency.of(took))


def _bare_query(wished: NewSubscription, last_old: int) -> tuple[str, tuple[object, ...]]:
    if wished.topic:
        matching = "SELECT rowid FROM quote_index WHERE quote_index MATCH ? AND rowid > ? ORDER BY bm25(quote_index) LIMIT ?"
        return matching, (f'"{wished.topic}"', last_old, MOST_FOUND)
    if wished.speaker:
        by = (
            "SELECT quotes.id FROM quotes JOIN speakers ON speakers.id = quotes.speaker_id"
            " WHERE speakers.name = ? AND quotes.id > ? LIMIT ?"
        )
        return by, (wished.speaker, last_old, MOST_FOUND)
    if wished.outlet:
        of = (
            "SELECT quotes.id FROM quotes JOIN articles ON articles.id = quotes.article_id JOIN outlets ON outlets.id = articles.outlet_id"
            " WHERE outlets.name = ? AND quotes.id > ? LIMIT ?"
        )
        return of, (wished.outlet, last_old, MOST_FOUND)
    return "SELECT id FROM quotes WHERE id > ? LIMIT ?", (last_old, MOST_FOUND)
