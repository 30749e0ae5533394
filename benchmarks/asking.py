"""Asking: how long an answer takes of a large archive, what that holds in memory and on the disk, against a bare query of the index."""

import asyncio
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from time import perf_counter

from rich.table import Table

from benchmarks.databases import MOST_FOUND, Bare, bare
from benchmarks.ingesting import newsroom
from benchmarks.measuring import Latency, Memory, peak_memory
from benchmarks.questions import SampleQuestion
from bot.embedding.shipped import Shipped
from bot.errors import VerbatimError
from bot.newsroom import Newsroom
from bot.quoting.engine import QuotingEngine
from bot.replies import Counts
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
    """Latencies by shape of question, all of them first, over one database that holds `quotes` quotes by `speakers` in `size` bytes."""

    engine: str
    quotes: int
    speakers: int
    size: int
    answered: tuple[Answered, ...]
    memory: Memory

    @property
    def bytes_per_quote(self) -> float:
        """What the database takes on the disk for a quote, its article and all indices with it."""
        return self.size / self.quotes


@dataclass(frozen=True, slots=True)
class Measured:
    """One question: seconds that the answer and the bare query took, and how many quotes the answer showed."""

    shape: str
    ours: float
    bare: float
    quotes: int


def measure(engine: str, url: str, asked: Sequence[SampleQuestion], now: datetime | None = None) -> Asking:
    """Ask the questions of the database at `url`, as if at that moment. In a new process, as what filled it would count into the memory."""
    before = peak_memory()
    counts, measured = asyncio.run(_ask(url, asked, now or datetime.now(UTC)))
    with bare(url) as database:
        size = database.size()
    quotes = counts.quotes + counts.attitudes
    return Asking(engine, quotes, counts.speakers, size, summed_up(measured), Memory.since(before))


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
        table = Table(title=f"Asking on {one.engine} at {one.quotes:,} quotes by {one.speakers:,} speakers, in ms, against {BASELINE}")
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
        memory = f"Memory: {one.memory.before:,.0f} MB before, {one.memory.peak:,.0f} MB at most."
        table.caption = f"{memory} The database: {one.size / 1e6:,.0f} MB, {one.bytes_per_quote:,.0f} bytes a quote."
        yield table


async def _ask(url: str, asked: Sequence[SampleQuestion], now: datetime) -> tuple[Counts, list[Measured]]:
    with bare(url) as index:
        async with newsroom(Database(url), QuotingEngine(), clock=lambda: now, embedder=Shipped()) as room:
            for question in asked[:_WARM_UP]:
                await _measured(room, index, question)
            measured = [await _measured(room, index, question) for question in asked]
            return await room.counts(), measured


async def _measured(room: Newsroom, index: Bare, question: SampleQuestion) -> Measured:
    begun = perf_counter()
    index.matching(question.words)
    asked = perf_counter()
    shown = 0
    with suppress(VerbatimError):  # "about since" is no question: saying so takes its time as well
        shown = sum(len(section.quotes) for section in (await room.ask(question.text)).sections)
    answered = perf_counter()
    return Measured(question.shape, answered - asked, asked - begun, shown)
