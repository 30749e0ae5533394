"""Ingestion: how many articles and words a second, and where the time goes, against bare reading and bare INSERTs."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from time import perf_counter
from zoneinfo import ZoneInfo

from rich.table import Table

from benchmarks.corpus import SampleArticle
from benchmarks.databases import bare
from benchmarks.measuring import Memory, peak_memory
from benchmarks.timed import TimedDatabase, TimedEngine, TimedWorkers
from bot.bounded import Workers
from bot.embedding.embeds import Embeds
from bot.newsroom import Newsroom
from bot.quoting.engine import Engine, QuotingEngine
from bot.reading.documents import Hints
from storage.database import Database
from storage.records import SaveOutcome
from tests.fakes.fetcher import FakeFetcher
from tests.fakes.workers import HereWorkers

BASELINE = "bare reading and INSERTs"


class Form(StrEnum):
    """The form in which articles are given."""

    JSON_LINES = "JSON Lines"
    WEB_PAGES = "web pages"


@dataclass(frozen=True, slots=True)
class Ingestion:
    """Articles of one form, read into one database. Words are those of the clean texts; times are in seconds.

    `bare_seconds` is what reading the same bytes and storing each text by one INSERT took, with the driver alone.
    """

    engine: str
    form: str
    articles: int
    words: int
    quotes: int
    seconds: float
    quoting_seconds: float
    storing_seconds: float
    bare_seconds: float
    memory: Memory

    @property
    def articles_per_second(self) -> float:
        """Articles read, quoted and stored a second."""
        return self.articles / self.seconds

    @property
    def words_per_second(self) -> float:
        """Words read, quoted and stored a second."""
        return self.words / self.seconds

    @property
    def quoting_share(self) -> float:
        """The share of the time in which quotes were looked for."""
        return self.quoting_seconds / self.seconds

    @property
    def storing_share(self) -> float:
        """The share of the time that the database's transactions took."""
        return self.storing_seconds / self.seconds

    @property
    def reading_share(self) -> float:
        """The share of the time that all else took: reading files, finding the article in them, passing it on."""
        return 1 - self.quoting_share - self.storing_share

    @property
    def times_bare(self) -> float:
        """How many times as long as the baseline it took."""
        return self.seconds / self.bare_seconds


def write(articles: list[SampleArticle], form: Form, folder: Path) -> Path:
    """Write articles into a new file or folder in `folder`; returns its path, the argument of `verbatim ingest`."""
    if form is Form.JSON_LINES:
        path = folder / "archive.jsonl"
        path.write_text("".join(f"{article.record()}\n" for article in articles), encoding="utf-8")
        return path
    path = folder / "pages"
    path.mkdir()
    for article in articles:
        (path / f"{article.number:06}.html").write_text(article.page(), encoding="utf-8")
    return path


def measure(engine: str, form: Form, path: Path, url: str, bare_url: str, words: int) -> Ingestion:
    """Ingest what lies at `path` into the empty database at `url`, and its bytes into the one at `bare_url`."""
    before = peak_memory()
    quoting, workers = TimedEngine(QuotingEngine()), TimedWorkers()
    storing = TimedDatabase(url, meanwhile=lambda: workers.seconds)
    articles, quotes, seconds = asyncio.run(_ingest(path, storing, quoting, workers))
    memory = Memory.since(before)
    return Ingestion(
        engine, form.value, articles, words, quotes, seconds, quoting.seconds, storing.seconds, _bare_seconds(path, bare_url), memory
    )


def tables(figures: list[Ingestion]) -> Iterator[Table]:
    """The figures for a person to read."""
    table = Table(title=f"Ingestion, against {BASELINE} of the same bytes")
    for column in (
        "database",
        "form",
        "articles",
        "articles/s",
        "words/s",
        "reading",
        "quoting",
        "storing",
        "times baseline",
        "MB at start",
        "MB at most",
    ):
        table.add_column(column, justify="left" if column in ("database", "form") else "right")
    for one in figures:
        shares = (f"{share:.0%}" for share in (one.reading_share, one.quoting_share, one.storing_share))
        table.add_row(
            one.engine,
            one.form,
            f"{one.articles:,}",
            f"{one.articles_per_second:,.1f}",
            f"{one.words_per_second:,.0f}",
            *shares,
            f"{one.times_bare:,.0f}",
            f"{one.memory.before:,.0f}",
            f"{one.memory.peak:,.0f}",
        )
    yield table


@asynccontextmanager
async def newsroom(
    database: Database,
    engine: Engine,
    *,
    clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    embedder: Embeds | None = None,
    workers: Workers | None = None,
) -> AsyncIterator[Newsroom]:
    """The newsroom over a database, which is made if it is empty; it reaches no network, and reads in this process."""
    await database.open()
    workers = workers or HereWorkers()
    try:
        yield Newsroom(
            database, engine=engine, fetcher=FakeFetcher(), workers=workers, zone=ZoneInfo("UTC"), clock=clock, embedder=embedder
        )
    finally:
        await database.close()


async def ingest(room: Newsroom, path: Path) -> tuple[int, int]:
    """Ingest what lies at `path`. Returns how many articles and how many quotes that were. Raises ValueError if one was not stored."""
    articles = quotes = 0
    async for item in room.ingest([str(path)], hints=Hints()):
        if item.outcome is not SaveOutcome.ADDED:
            raise ValueError(f"{item.name} was not stored: {item.reason or item.outcome}")
        articles += 1
        quotes += item.quotes
    return articles, quotes


async def _ingest(path: Path, database: TimedDatabase, engine: TimedEngine, workers: Workers) -> tuple[int, int, float]:
    async with newsroom(database, engine, workers=workers) as room:
        database.seconds = 0.0
        started = perf_counter()
        articles, quotes = await ingest(room, path)
        return articles, quotes, perf_counter() - started


def _bare_seconds(path: Path, url: str) -> float:
    with bare(url) as database:
        started = perf_counter()
        database.keep(_bare_texts(path))
        return perf_counter() - started


def _bare_texts(path: Path) -> Iterator[str]:
    if path.is_dir():
        for page in sorted(path.iterdir()):
            yield page.read_bytes().decode()
        return
    with path.open("rb") as lines:
        for line in lines:
            yield json.loads(line)["text"]
