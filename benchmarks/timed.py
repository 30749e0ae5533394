"""Parts of Verbatim that tell how long they worked."""

from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from time import perf_counter
from typing import TypeVar, TypeVarTuple

from sqlalchemy.ext.asyncio import AsyncSession

from bot.embedding.embedder import Embedder
from bot.embedding.network import Floats
from bot.quoting.engine import Engine, Extraction
from storage.database import Database
from storage.records import Span
from storage.records.embeddings import TextVectors
from tests.fakes.workers import HereWorkers

_Arguments = TypeVarTuple("_Arguments")
_Result = TypeVar("_Result")


class TimedEngine:
    """An engine, and how long it worked."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self.seconds = 0.0

    @property
    def name(self) -> str:
        """The engine's name."""
        return self._engine.name

    def extract(self, text: str) -> Extraction:
        """What the engine finds."""
        started = perf_counter()
        try:
            return self._engine.extract(text)
        finally:
            self.seconds += perf_counter() - started


class TimedEmbedder:
    """What gives vectors, and how long it worked on texts."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder
        self.seconds = 0.0

    @property
    def name(self) -> str:
        """Whose vectors they are."""
        return self._embedder.name

    def of_question(self, text: str) -> Floats:
        """The vector of a question."""
        return self._embedder.of_question(text)

    def of_text(self, text: str, contents: Sequence[Sequence[Span]]) -> TextVectors:
        """The vectors of a text."""
        started = perf_counter()
        try:
            return self._embedder.of_text(text, contents)
        finally:
            self.seconds += perf_counter() - started

    def cells_near(self, question: Floats, count: int) -> list[int]:
        """The cells near a question."""
        return self._embedder.cells_near(question, count)


class TimedWorkers(HereWorkers):
    """Work done in this process, and how long it took."""

    def __init__(self) -> None:
        super().__init__()
        self.seconds = 0.0

    async def run(self, function: Callable[[*_Arguments], _Result], *arguments: *_Arguments, seconds: float | None = None) -> _Result:
        """What the function gives."""
        started = perf_counter()
        try:
            return await super().run(function, *arguments, seconds=seconds)
        finally:
            self.seconds += perf_counter() - started


class TimedDatabase(Database):
    """A database, and how long one of its transactions or more were open, without the seconds that something else took meanwhile."""

    def __init__(self, url: str, *, meanwhile: Callable[[], float] = lambda: 0.0) -> None:
        super().__init__(url)
        self.seconds = 0.0
        self._meanwhile = meanwhile
        self._open = 0
        self._since = 0.0

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[AsyncSession]:
        """A transaction that reads."""
        with self._timed():
            async with super().reading() as session:
                yield session

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[AsyncSession]:
        """A transaction that writes."""
        with self._timed():
            async with super().writing() as session:
                yield session

    @contextmanager
    def _timed(self) -> Iterator[None]:
        if not self._open:
            self._since = perf_counter() - self._meanwhile()
        self._open += 1
        try:
            yield
        finally:
            self._open -= 1
            if not self._open:
                self.seconds += perf_counter() - self._meanwhile() - self._since
