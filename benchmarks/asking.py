"""Asking: how long an answer takes at ten thousand quotes, against nothing but a query of the same index."""

import asyncio
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

from rich.table import Table

from benchmarks.databases import MOST_FOUND, Bare, bare
from benchmarks.ingesting import ingest, newsroom
from benchmarks.measuring import Latency, Memory, peak_memory
from benchmarks.questions import SampleQuestion
from bot.newsroom import Newsroom
from bot.quoting.engine import QuotingEngine
from storage import articles
from storage.database import Database

BASELINE = f"a bare full-text query for the {MOST_FOUND} best"
ALL = "all"
_WARM_UP = 20


@dataclass(frozen=True, slots=True)
class Answered:
    """How long questions of one shape took, and the bare query for their words beside it. `quotes` is how many an answer held."""

    shape: str
    questions: int
    quotes: float
    ours: Latency
    bare: Latency

    @property
    def times_p50(self) -> float:
        """The middle answer against the middle bare query."""
        return self.ours.p50 / self.bare.p50

    @property
    def times_p99(self) -> float:
        """The slowest of a hundred answers against the slowest of a hundred bare queries."""
        return self.ours.p99 / self.bare.p99


@dataclass(frozen=True, slots=True)
class Asking:
    """Latencies by shape of question, all of them first, over one database that holds `quotes` quotes."""

    engine: str
    quotes: int
    answered: tuple[Answered, ...]
    memory: Memory


@dataclass(frozen=True, slots=True)
class Measured:
    """One question: seconds that the answer and the bare query took, and how many quotes the answer showed."""

    shape: str
    ours: float
    bare: float
    quotes: int


def measure(engine: str, url: str, path: Path, asked: Sequence[SampleQuestion]) -> Asking:
    """Ask the questions of the database at `url`; if it is empty, the articles at `path` are ingested first."""
    asyncio.run(_fill(url, path))
    before = peak_memory()
    quotes, measured = asyncio.run(_ask(url, asked))
    return Asking(engine, quotes, summed_up(measured), Memory(before, peak_memory()))


def summed_up(measured: Sequence[Measured]) -> tuple[Answered, ...]:
    """Latencies over all questions, then over those of each shape in the order in which shapes were first asked."""
    by_shape: dict[str, list[Measured]] = defaultdict(list)
    for one in measured:
        by_shape[ALL].append(one)
        by_shape[one.shape].append(one)
    return tuple(
        Answered(
            shape,
            len(ones),
            sum(one.quotes for one in ones) / len(ones),
            Latency.of([one.ours for one in ones]),
            Latency.of([one.bare for one in ones]),
        )
        for shape, ones in by_shape.items()
    )


def tables(figures: Sequence[Asking]) -> Iterator[Table]:
    """The figures for a person to read."""
    for one in figures:
        table = Table(title=f"Asking on {one.engine} at {one.quotes:,} quotes, in ms, against {BASELINE}")
        table.add_column("question")
        for column in ("questions", "quotes", "p50", "p99", "bare p50", "bare p99", "times, p50", "times, p99"):
            table.add_column(column, justify="right")
        for row in one.answered:
            table.add_row(
                row.shape,
                f"{row.questions:,}",
                f"{row.quotes:.1f}",
                f"{row.ours.p50:.1f}",
                f"{row.ours.p99:.1f}",
                f"{row.bare.p50:.2f}",
                f"{row.bare.p99:.2f}",
                f"{row.times_p50:.1f}",
                f"{row.times_p99:.1f}",
                end_section=row.shape == ALL,
            )
        table.caption = f"Memory: {one.memory.before:,.0f} MB before, {one.memory.peak:,.0f} MB at most."
        yield table


async def _fill(url: str, path: Path) -> None:
    async with newsroom(Database(url), QuotingEngine()) as room:
        if not await _quotes(url):
            await ingest(room, path)


async def _quotes(url: str) -> int:
    database = Database(url)
    async with database.reading() as session:
        counts = await articles.counts(session)
    await database.close()
    return counts.quotes


async def _ask(url: str, asked: Sequence[SampleQuestion]) -> tuple[int, list[Measured]]:
    quotes = await _quotes(url)
    with bare(url) as index:
        async with newsroom(Database(url), QuotingEngine()) as room:
            for question in asked[:_WARM_UP]:
                await _measured(room, index, question)
            return quotes, [await _measured(room, index, question) for question in asked]


async def _measured(room: Newsroom, index: Bare, question: SampleQuestion) -> Measured:
    begun = perf_counter()
    index.matching(question.words)
    asked = perf_counter()
    reply = await room.ask(question.text)
    answered = perf_counter()
    return Measured(question.shape, answered - asked, asked - begun, sum(len(section.quotes) for section in reply.sections))
