"""Articles read without being stored: what sources give, with its quotes, in as many processes as the machine has for it."""

import asyncio
import signal
from collections import deque
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import aclosing, contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from multiprocessing import active_children, get_context
from typing import BinaryIO

from bot.bounded import processors
from bot.errors import ReadingError
from bot.quoting.engine import Engine, Extraction
from bot.reading import documents
from bot.reading import sources as reading
from bot.reading.pages import Fetcher
from bot.reading.plain_text import unwrapped
from bot.reading.sources import Document, Source, Unreadable
from bot.replies import ArticleView
from bot.unsaid import unsaid, without
from bot.views import view
from storage.languages import is_quoted
from storage.records import NewArticle

_FEW = 4  # articles are about as soon read as a process is started
_USUAL = 8  # processes, at most, unless more are asked for: each has a network of its own in memory
_AHEAD = 8  # sources for each process that are under way at once, so that none waits for a long one before it


@dataclass(frozen=True, slots=True)
class Preview:
    """The articles of one source with their quotes, none of them stored; or the reason why it gives none.

    `done` and `total` count the sources read so far and those known to come (None: not known).
    """

    name: str
    articles: tuple[ArticleView, ...] = ()
    reason: str | None = None
    done: int = 0
    total: int | None = None


@dataclass(frozen=True, slots=True)
class Previews:
    """Reads and extracts, and leaves the store alone."""

    engine: Engine
    fetcher: Fetcher
    clock: Callable[[], datetime]

    async def of(self, arguments: Sequence[str], *, raw: bool, processes: int | None, stdin: BinaryIO | None) -> AsyncIterator[Preview]:
        """What paths, folders, addresses and `-` give, in order; what cannot be read is reported and the rest goes on.

        With `raw` there are files only, and each is one text as it is, not a character changed. At most `processes` read at once, by
        default one for each processor and no more than 8, where there is enough to read. Raises ReadingError if one of them dies.
        Whoever stops early waits for one article at most.
        """
        if raw:
            files = await asyncio.to_thread(reading.whole_files, arguments)
            sources: AsyncIterator[Source | Unreadable] = _in_turn(files)
            total: int | None = len(files)
        else:
            sources = reading.sources(arguments, stdin=stdin, fetcher=self.fetcher)
            total = await reading.count(arguments)
        first = [source async for source in _up_to(_FEW + 1, sources)]
        few = len(first) <= (_FEW if processes is None else 1)
        wanted = processes or min(processors(), _USUAL)
        most = 1 if few else min(wanted, total or wanted)
        done = 0
        async with aclosing(self._read(_in_turn(first, sources), most, raw=raw)) as read:
            async for preview in read:
                done += 1
                yield replace(preview, done=done, total=total)

    async def _read(self, sources: AsyncIterator[Source | Unreadable], processes: int, *, raw: bool) -> AsyncGenerator[Preview, None]:
        ahead: deque[_Begun] = deque()
        with _readers(self.engine, processes) as begin:
            async for source in sources:
                document = await _loaded(source)
                begun = document if isinstance(document, ReadingError) else begin(document, raw, self.clock())
                ahead.append(_Begun(source.name, begun))
                if len(ahead) > _AHEAD * processes:
                    yield await ahead.popleft().finished()
            while ahead:
                yield await ahead.popleft().finished()


async def _loaded(source: Source | Unreadable) -> Document | ReadingError:
    if isinstance(source, Unreadable):
        return source.error
    try:
        return await source.load()
    except ReadingError as error:
        return error


@dataclass(frozen=True, slots=True)
class _Begun:
    """A source that is being read, or why it cannot be."""

    name: str
    reading: Future[tuple[ArticleView, ...]] | ReadingError

    async def finished(self) -> Preview:
        if isinstance(self.reading, ReadingError):
            return Preview(self.name, reason=str(self.reading))
        try:
            return Preview(self.name, await asyncio.wrap_future(self.reading))
        except ReadingError as error:
            return Preview(self.name, reason=str(error))
        except BrokenProcessPool as error:
            raise ReadingError(
                f"A process that read {self.name} or an article near it was ended from outside.",
                "That happens where memory runs out: let fewer read at once.",
            ) from error


_Begin = Callable[[Document, bool, datetime], Future[tuple[ArticleView, ...]]]


@contextmanager
def _readers(engine: Engine, processes: int) -> Iterator[_Begin]:
    """What begins to read a document: in a thread of this process, or in one of several that have an engine of their own.

    On leaving, what has not begun is given up, and so is what processes are at.
    """
    if processes == 1:
        thread = ThreadPoolExecutor(1)
        try:
            yield lambda document, raw, now: thread.submit(_read, engine, document, raw, now)
        finally:
            thread.shutdown(cancel_futures=True)
        return
    others = active_children()
    # Spawned, not forked: this process has threads, and what they lock would stay locked in a copy.
    pool = ProcessPoolExecutor(processes, get_context("spawn"), _start_process, (engine,))

    def begin(document: Document, raw: bool, now: datetime) -> Future[tuple[ArticleView, ...]]:
        with _interrupts_held():
            return pool.submit(_read_in_process, document, raw, now)

    try:
        yield begin
    finally:
        for process in active_children():
            if process not in others:
                process.terminate()  # it stores nothing
        pool.shutdown(cancel_futures=True)


@contextmanager
def _interrupts_held() -> Iterator[None]:
    """A process that is started herein never hears of Ctrl-C, not even while it starts: whoever started it sees to that."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


_engine: Engine
"""That of a process which was started to read."""


def _start_process(engine: Engine) -> None:
    global _engine
    _engine = engine


def _read_in_process(document: Document, raw: bool, now: datetime) -> tuple[ArticleView, ...]:
    return _read(_engine, document, raw, now)


def _read(engine: Engine, document: Document, raw: bool, now: datetime) -> tuple[ArticleView, ...]:
    """The articles of a document with their quotes. Raises NotAnArticle."""
    if raw:
        article = documents.unchanged(document.data)
        return (view(article, engine.extract(unwrapped(article.text))),)
    articles = documents.parse(document.data, name=document.name, media_type=document.media_type, address=document.address, now=now)
    return tuple(view(article, _shown(engine, article)) for article in articles)


def _shown(engine: Engine, article: NewArticle) -> Extraction:
    """What would be stored of it: nothing in another language, and without what says only that somebody gave no comment."""
    if not is_quoted(article.language):
        return Extraction((), ())
    extraction = engine.extract(article.text)
    return without(extraction, unsaid(article.text, extraction.quotes))


async def _up_to(count: int, sources: AsyncIterator[Source | Unreadable]) -> AsyncIterator[Source | Unreadable]:
    while count and (source := await anext(sources, None)) is not None:
        yield source
        count -= 1


async def _in_turn(
    first: Sequence[Source | Unreadable], rest: AsyncIterator[Source | Unreadable] | None = None
) -> AsyncIterator[Source | Unreadable]:
    for source in first:
        yield source
    if rest is not None:
        async for source in rest:
            yield source
