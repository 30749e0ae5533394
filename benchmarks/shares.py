"""Where the time goes from a page's address to its stored quotes, one article after the other, beside what plain tools take."""

import asyncio
import re
import sqlite3
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from http.client import HTTPConnection
from pathlib import Path
from time import perf_counter
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from rich.table import Table
from trafilatura import extract

from benchmarks.databases import opened
from benchmarks.measuring import Memory, peak_memory
from benchmarks.timed import TimedDatabase, TimedEmbedder, TimedEngine
from bot.embedding.embedder import Embedder
from bot.embedding.shipped import WEIGHTS
from bot.intake import Intake
from bot.quoting.engine import QuotingEngine
from bot.reading import documents
from bot.reading.fetching import WebFetcher
from storage.records import SaveOutcome

LOOPBACK = "127.0.0.1"
_WARM = "“It is late,” Ada Moor said."
_PORT = re.compile(r" port (\d+) ")
_SHADOW = re.compile(r".+_index_(data|idx|content|docsize|config)|sqlite_.+|alembic_version")


@dataclass(frozen=True, slots=True)
class Share:
    """A part of the way: how many seconds it took for all articles, and what a plain tool took for the same."""

    part: str
    seconds: float
    baseline: str = ""
    baseline_seconds: float | None = None


@dataclass(frozen=True, slots=True)
class Shares:
    """Articles read from a server on loopback into an SQLite file by one process. `seconds` is all the time, which is the parts' sum."""

    articles: int
    words: int
    megabytes: float
    quotes: int
    seconds: float
    parts: tuple[Share, ...]
    memory: Memory

    @property
    def articles_per_second(self) -> float:
        """Articles fetched, read, quoted and stored a second."""
        return self.articles / self.seconds

    @property
    def words_per_second(self) -> float:
        """Their words a second."""
        return self.words / self.seconds


def write(pages: Iterator[str], folder: Path) -> Path:
    """Write pages into a new folder in `folder`, numbered from 0; returns it."""
    path = folder / "served"
    path.mkdir()
    for number, page in enumerate(pages):
        (path / f"{number:06}.html").write_text(page, encoding="utf-8")
    return path


def measure(served: Path, words: int, folder: Path) -> Shares:
    """Read every page in `served`, whose articles have so many words, into a store in `folder`; then measure the baselines."""
    before = peak_memory()
    names = sorted(page.name for page in served.iterdir())
    store = folder / "shares.db"
    with serving(served) as address:
        urls = [f"{address}/{name}" for name in names]
        quotes, seconds, parts = asyncio.run(_read(urls, f"sqlite:///{store}"))
        memory = Memory.since(before)
        bare_fetch = _fetched(urls)
    texts = [(served / name).read_text(encoding="utf-8") for name in names]
    fetch, parse, quote, vectors, storing = parts
    known = (
        Share("fetch", fetch, "http.client, the same pages", bare_fetch),
        Share("extract", parse, "trafilatura.extract, the same pages", _extracted(texts)),
        Share("quote", quote),
        Share("vectors", vectors),
        Share("store", storing, "plain INSERTs of the same rows", asyncio.run(_inserted(store, folder / "plain.db", len(names)))),
        Share("all else", seconds - sum(parts)),
    )
    megabytes = sum(len(text.encode()) for text in texts) / 1e6
    return Shares(len(names), words, megabytes, quotes, seconds, known, memory)


def tables(figures: Shares) -> Iterator[Table]:
    """The figures for a person to read."""
    table = Table(
        title=f"From address to stored quotes, one process: {figures.articles:,} pages ({figures.megabytes:,.0f} MB), "
        f"{figures.articles_per_second:,.2f} articles/s, {figures.words_per_second:,.0f} words/s, "
        f"{figures.quotes:,} quotes"
    )
    for column in ("part", "share", "ms an article", "baseline", "its ms an article", "times baseline"):
        table.add_column(column, justify="left" if column in ("part", "baseline") else "right")
    for one in figures.parts:
        each = 1000 / figures.articles
        plain = one.baseline_seconds
        table.add_row(
            one.part,
            f"{one.seconds / figures.seconds:.1%}",
            f"{one.seconds * each:,.1f}",
            one.baseline,
            "" if plain is None else f"{plain * each:,.1f}",
            "" if plain is None else f"{one.seconds / plain:,.1f}",
        )
    yield table


@contextmanager
def serving(folder: Path) -> Iterator[str]:
    """A server of the files of a folder on loopback, in a process of its own; gives its address."""
    arguments = [sys.executable, "-u", "-m", "http.server", "0", "--bind", LOOPBACK, "--directory", str(folder)]
    with subprocess.Popen(arguments, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as server:  # noqa: S603
        try:
            said = server.stdout.readline() if server.stdout else ""
            found = _PORT.search(said)
            if found is None:
                raise OSError(f"The server of pages did not begin: {said!r}")
            yield f"http://{LOOPBACK}:{found[1]}"
        finally:
            server.terminate()


async def _read(urls: Sequence[str], url: str) -> tuple[int, float, tuple[float, float, float, float, float]]:
    """How many quotes there were, all the seconds, and those of fetch, extract, quote, vectors and store."""
    quoting, vectors, database = TimedEngine(QuotingEngine()), TimedEmbedder(Embedder(WEIGHTS)), TimedDatabase(url)
    vectors.of_text(_WARM, [extracted.content for extracted in quoting.extract(_WARM).quotes])
    await database.open()
    try:
        async with WebFetcher(allow_hosts=[LOOPBACK]) as fetcher:
            intake = Intake(database, quoting, fetcher, lambda: datetime.now(UTC), ZoneInfo("UTC"), vectors)
            quoting.seconds = vectors.seconds = database.seconds = 0.0
            fetch = parse = 0.0
            quotes = 0
            began = perf_counter()
            for address in urls:
                started = perf_counter()
                page = await fetcher.fetch(address)
                fetched = perf_counter()
                (article,) = documents.parse(page.data, name=page.url, media_type=page.media_type, address=page.url)
                parsed = perf_counter()
                item = await intake.take(address, article)
                if item.outcome is not SaveOutcome.ADDED:
                    raise ValueError(f"{address} was not stored: {item.reason or item.outcome}")
                quotes += item.quotes
                fetch, parse = fetch + fetched - started, parse + parsed - fetched
            seconds = perf_counter() - began
    finally:
        await database.close()
    return quotes, seconds, (fetch, parse, quoting.seconds, vectors.seconds, database.seconds)


def _fetched(urls: Sequence[str]) -> float:
    """The seconds that plain requests take, a connection each."""
    started = perf_counter()
    for url in urls:
        parts = urlsplit(url)
        with closing(HTTPConnection(parts.netloc)) as connection:
            connection.request("GET", parts.path)
            connection.getresponse().read()
    return perf_counter() - started


def _extracted(pages: Sequence[str]) -> float:
    """The seconds that trafilatura takes for the pages' texts alone."""
    extract(pages[0])
    started = perf_counter()
    for page in pages:
        extract(page)
    return perf_counter() - started


async def _inserted(store: Path, plain: Path, transactions: int) -> float:
    """The seconds that it takes to put every row of one store into another with the driver alone, in so many transactions."""
    async with opened(f"sqlite:///{plain}"):
        pass
    with closing(sqlite3.connect(store)) as one, closing(sqlite3.connect(plain, isolation_level=None)) as other:
        other.execute("PRAGMA synchronous = NORMAL")
        names = [row[0] for row in one.execute("SELECT name FROM sqlite_master WHERE type = 'table'") if not _SHADOW.fullmatch(row[0])]
        rows = [pair for name in names for pair in _rows(one, name)]
        each = -(-len(rows) // transactions)
        started = perf_counter()
        for first in range(0, len(rows), each):
            other.execute("BEGIN IMMEDIATE")
            for statement, row in rows[first : first + each]:
                other.execute(statement, row)
            other.execute("COMMIT")
        return perf_counter() - started


def _rows(store: sqlite3.Connection, table: str) -> Iterator[tuple[str, tuple[object, ...]]]:
    """Each row of a table, and the statement that inserts it."""
    columns = [row[1] for row in store.execute(f"PRAGMA table_info({table})")]
    if table.endswith("_index"):
        columns.insert(0, "rowid")
    listed = ", ".join(f'"{column}"' for column in columns)
    into = f"INSERT INTO {table} ({listed}) VALUES ({', '.join('?' * len(columns))})"  # noqa: S608
    yield from ((into, row) for row in store.execute(f"SELECT {listed} FROM {table}"))  # noqa: S608
