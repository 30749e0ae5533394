"""Articles in: from a path, an address or a stream to stored articles with their quotes."""

import asyncio
import logging
import re
import sys
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Sequence
from contextlib import AsyncExitStack, aclosing
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from math import inf
from typing import BinaryIO
from zoneinfo import ZoneInfo

from bot import refused, standing, stories
from bot.ahead import in_order
from bot.asking.dates import shortened
from bot.bookmarking import Bookmarking, Resumed, Turn, keep
from bot.bounded import WorkerBug, Workers
from bot.cards import spoken
from bot.carrying import carried
from bot.embedding import storing
from bot.embedding.embeds import Embeds
from bot.errors import CannotFetch, NotUnderstood, ReadingError
from bot.extracting import Extracted, extracted
from bot.listings import added
from bot.namesakes import told_apart
from bot.quoting.engine import Engine
from bot.reading import documents
from bot.reading import sources as reading
from bot.reading.documents import Hints
from bot.reading.pages import Fetcher
from bot.replies import Ingested, Reply
from storage import articles, embeddings, quotes, speakers, statements
from storage.database import Database, Session
from storage.records import NewArticle, NewSpeaker, Removal, SaveOutcome
from storage.records.embeddings import TextVectors

_SECONDS = 60.0
_CHARACTERS_A_SECOND = 1000
"""Which a slow processor of a busy machine looks through; whole books are published as one article."""
_BUG = "Verbatim has a fault that keeps it from reading this; the log says more."
_LOG = logging.getLogger(__name__)
_WEB_ADDRESS = re.compile(r"https?://\S+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Intake:
    """Reads, extracts and stores. CPU work runs in `workers`; without them in threads, for whoever vouches for what is read."""

    database: Database
    engine: Engine
    fetcher: Fetcher
    clock: Callable[[], datetime]
    zone: ZoneInfo
    embedder: Embeds | None = None
    workers: Workers | None = None

    async def ingest(
        self, arguments: Sequence[str], *, hints: Hints, restore: bool, stdin: BinaryIO | None, resumed: Resumed | None = None
    ) -> AsyncGenerator[Ingested, None]:
        """Store the articles of every source; what cannot be read is reported and the rest goes on.

        Where whoever did that before was stopped amid a long file or folder it goes on there, of which `resumed` is told.

        Raises the storage errors, as a store that takes nothing in ends the run, and NotUnderstood for hints that fit one
        article where there may be several.
        """
        extent = await reading.extent(arguments)
        if extent.count != 1 and (hints.url or hints.headline):
            raise NotUnderstood(
                "An address or a headline of your own is one article's, and there may be several to read.",
                "Read that article by itself; --outlet and --date hold for many.",
            )
        bookmarking = Bookmarking(self.database, self.fetcher, f"{hints} {restore}", resumed)
        turns = bookmarking.turns(arguments, extent.size, stdin=stdin)
        processes = 1 if self.workers is None else self.workers.count
        async with aclosing(turns), aclosing(in_order(turns, lambda turn: self._read(turn, hints), processes)) as read:
            async for some in read:
                for item in await self._store_all(some, restore=restore):
                    yield replace(item, total=extent.count)

    async def add(self, url: str) -> Reply:
        """Read and store an article of the web. Raises CannotFetch with the reason where there is none."""
        if not url.strip():
            raise CannotFetch("The address is missing.", "Give one that begins with https://.")
        if not _WEB_ADDRESS.fullmatch(url):
            # What a path names is the server's, and nobody's in a chat.
            raise CannotFetch(f"{shortened(url)} is no address of the web.", "Give one that begins with https://.")
        items = [item async for item in self.ingest([url], hints=Hints(), restore=False, stdin=None)]
        if all(item.outcome is None for item in items):
            raise CannotFetch(" ".join(item.reason or "" for item in items) or f"There is no article at {url}.")
        return added(items)

    async def take(self, name: str, article: NewArticle, *, longest: float = inf) -> Ingested:
        """Store an article that was read elsewhere, with its quotes; `name` says what it was read from.

        Raises TooMuch where finding the quotes takes more than `longest` seconds, and the storage errors.
        """
        extracted = None if await self._is_known(article) else await self._extracted(article.text, article.language, longest)
        async with self.database.writing() as session:
            return await self._store(session, name, article, extracted, restore=False)

    async def _read(self, turn: Turn, hints: Hints) -> "_Read":
        """Everything that is done with a source before it is stored."""
        source, found = turn.source, list[tuple[NewArticle, Extracted | None]]()
        if source is None or isinstance(source, reading.Unreadable):
            return _Read(turn, found, None if source is None else str(source.error))
        try:
            document = await source.load()
            for article in await self._parsed(document, hints):
                found.append((article, None if await self._is_known(article) else await self._extracted(article.text, article.language)))
        except ReadingError as error:
            return _Read(turn, found, str(error))
        except WorkerBug:
            _LOG.exception("%s could not be read.", source.name)
            return _Read(turn, found, _BUG)
        return _Read(turn, found)

    async def _parsed(self, document: reading.Document, hints: Hints) -> list[NewArticle]:
        parse = partial(
            documents.parse,
            document.data,
            name=document.name,
            media_type=document.media_type,
            hints=hints,
            address=document.address,
            now=self.clock(),
        )
        return await (asyncio.to_thread(parse) if self.workers is None else self.workers.run(parse))

    async def _store_all(self, read: "Sequence[_Read]", *, restore: bool) -> list[Ingested]:
        """Store what was read, and how far that was, in one transaction."""
        stored: list[Ingested] = []
        async with AsyncExitStack() as opened:
            if any(one.articles or one.turn.mark for one in read):
                session = await opened.enter_async_context(self.database.writing())
                await keep(session, [one.turn for one in read])
            for one in read:
                name = one.turn.source.name if one.turn.source else ""
                items = [await self._store(session, name, article, extracted, restore=restore) for article, extracted in one.articles]
                if one.reason is not None:
                    items.append(Ingested(name, None, reason=one.reason))
                stored += [replace(item, done=one.turn.done, share=one.turn.share) for item in items]
        return stored

    async def _is_known(self, article: NewArticle) -> bool:
        async with self.database.reading() as session:
            return await articles.is_known(session, article)

    async def _store(self, session: Session, name: str, article: NewArticle, extracted: Extracted | None, *, restore: bool) -> Ingested:
        if restore:
            await articles.allow_again(session, article.identity, text=article.text)
        saved = await articles.save(session, article, at=self.clock(), engine=self.engine.name)
        if saved.article_id is None or saved.version_id is None:
            removal = await articles.removal(session, article.identity, text=article.text)
            return Ingested(name, saved.outcome, headline=article.headline, reason=self._why_not(removal))
        if saved.outcome is SaveOutcome.UNCHANGED:
            kept = await _shown(session, saved.article_id)
            return Ingested(name, saved.outcome, saved.article_id, article.headline, kept, language=article.language)
        if extracted is None:  # it was edited or taken down a moment ago
            extracted = await self._extracted(article.text, article.language)
        if saved.outcome is SaveOutcome.ADDED:
            kept = await self._add_quotes(session, saved.article_id, saved.version_id, article.text, extracted)
        else:
            kept = await self._replace_quotes(session, saved.article_id, saved.version_id, article.text, extracted)
        await stories.join(session, saved.article_id, extracted.shingles, is_new=saved.outcome is SaveOutcome.ADDED)
        return Ingested(name, saved.outcome, saved.article_id, article.headline, kept, language=article.language)

    async def _extracted(self, text: str, language: str | None, longest: float = inf) -> Extracted:
        if self.workers is None:
            return await asyncio.to_thread(extracted, self.engine, self.embedder, text, language)
        seconds = min(longest, _SECONDS + len(text) // _CHARACTERS_A_SECOND)
        return await self.workers.run(extracted, self.engine, self.embedder, text, language, seconds=seconds)

    async def _keep(
        self, session: Session, version_id: int, quote_ids: Sequence[int], vectors: TextVectors | None, *, is_new: bool = False
    ) -> None:
        if self.embedder is not None and vectors is not None:
            await embeddings.save(session, version_id, quote_ids, vectors, model=self.embedder.name, is_new=is_new)

    def _why_not(self, removal: Removal | None) -> str:
        when = ""
        if removal is not None:
            day = removal.at.astimezone(self.zone)
            when = f" on {day.day} {day:%B %Y} by {removal.author}"
        return f"It was taken down{when}; whoever runs Verbatim can have it read again with 'ingest --restore'."

    async def _add_quotes(self, session: Session, article_id: int, version_id: int, text: str, extracted: Extracted) -> int:
        """Store the quotes of an article that was just added; returns how many there are to show."""
        extraction, told, vectors = extracted.extraction, extracted.told, extracted.vectors
        named = await told_apart(session, extraction.speakers)
        speaker_ids = await speakers.save_all(session, named, article_id=article_id, version_id=version_id, is_new=True)
        numbers = await quotes.add(session, version_id, extraction.quotes, speaker_ids)
        await self._keep(session, version_id, numbers, vectors, is_new=True)
        await refused.keep(session, article_id, version_id, text, told, _numbered(speaker_ids, named), is_new=True)
        await standing.apply_to_new(session, numbers)
        return spoken(extraction.quotes)

    async def _replace_quotes(self, session: Session, article_id: int, version_id: int, text: str, extracted: Extracted) -> int:
        """Store the quotes of an article that was edited or read by another engine; returns how many there are to show."""
        extraction, told, vectors = extracted.extraction, extracted.told, extracted.vectors
        before = await quotes.of_article(session, article_id, include_gone=True)
        together = await statements.together(session, [quote.id for quote in before])
        heard = await speakers.speakers_of(session, article_id) if before else []
        named = await told_apart(session, extraction.speakers)
        speaker_ids = await speakers.save_all(session, named, article_id=article_id, version_id=version_id)
        carry: dict[int, int] = {}
        if before:
            carry = await asyncio.to_thread(
                carried,
                before,
                extraction.quotes,
                text,
                version_id=version_id,
                read_by={quote.id: quote.read_speaker_id for quote in await quotes.base(session, article_id=article_id)},
                now_by=[None if quote.speaker is None else speaker_ids[quote.speaker] for quote in extraction.quotes],
            )
        numbers = await quotes.replace(session, version_id, extraction.quotes, speaker_ids, carry)
        await self._keep(session, version_id, numbers, vectors)
        await refused.keep(session, article_id, version_id, text, told, _numbered(speaker_ids, named))
        await standing.apply(session, quote_ids=[*numbers, *together])
        await speakers.delete_orphans(session, among=heard)
        return await _shown(session, article_id)

    async def read_for_meaning(self) -> int:
        """Read for their meaning the articles that were stored before that was done; returns how many."""
        return 0 if self.embedder is None else await storing.read(self.database, self.embedder, sys.maxsize)

    async def reread(self) -> AsyncIterator[Ingested]:
        """Take the quotes out of every stored article that another engine read. Numbers and corrections are kept.

        All are looked through for who gave no comment that were stored before that was done.
        """
        await refused.catch_up(self.database, sys.maxsize)
        async with self.database.reading() as session:
            waiting = await articles.read_by_other_engine(session, self.engine.name)
        for done, article_id in enumerate(waiting, 1):
            item = await self._reread(article_id)
            if item is not None:
                yield replace(item, done=done, total=len(waiting))

    async def _reread(self, article_id: int) -> Ingested | None:
        async with self.database.reading() as session:
            article = await articles.get(session, article_id)
        if article is None:
            return None
        extraction = await self._extracted(article.text, article.language)
        async with self.database.writing() as session:
            current = await articles.get(session, article_id)
            if current is None or current.version_id != article.version_id:
                return None  # taken down or read anew in the meantime
            kept = await self._replace_quotes(session, article_id, article.version_id, article.text, extraction)
            await articles.set_engine(session, article.version_id, self.engine.name)
        return Ingested(f"article {article_id}", SaveOutcome.UNCHANGED, article_id, article.headline, kept)


@dataclass(frozen=True, slots=True)
class _Read:
    """What came of a source: articles with what is to be stored of them (None: they are known), and why there are no more."""

    turn: Turn
    articles: list[tuple[NewArticle, Extracted | None]]
    reason: str | None = None


def _numbered(speaker_ids: Sequence[int], named: Sequence[NewSpeaker]) -> list[tuple[int, str]]:
    return [(speaker_id, speaker.name) for speaker_id, speaker in zip(speaker_ids, named, strict=True)]


async def _shown(session: Session, article_id: int) -> int:
    """How many quotes of a stored article are shown."""
    return spoken(quote for quote in await quotes.of_article(session, article_id) if not quote.rejected)
