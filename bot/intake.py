"""Articles in: from a path, an address or a stream to stored articles with their quotes."""

import asyncio
import re
import sys
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import BinaryIO
from zoneinfo import ZoneInfo

from bot import refused, standing, stories
from bot.asking.dates import shortened
from bot.cards import spoken
from bot.carrying import carried
from bot.embedding import storing
from bot.embedding.embeds import Embeds
from bot.errors import CannotFetch, NotUnderstood, ReadingError
from bot.listings import added
from bot.namesakes import told_apart
from bot.quoting.engine import Engine, Extraction
from bot.reading import documents
from bot.reading import sources as reading
from bot.reading.documents import Hints
from bot.reading.pages import Fetcher
from bot.reading.shingles import shingles
from bot.replies import Ingested, Reply
from bot.unsaid import Unsaid, unsaid, without
from storage import articles, embeddings, quotes, speakers, statements
from storage.database import Database, Session
from storage.records import NewArticle, NewQuote, NewSpeaker, Removal, SaveOutcome
from storage.records.embeddings import TextVectors

_Extracted = tuple[Extraction, Unsaid[NewQuote], TextVectors | None]
_WEB_ADDRESS = re.compile(r"https?://\S+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Intake:
    """Reads, extracts and stores. CPU work runs off the event loop."""

    database: Database
    engine: Engine
    fetcher: Fetcher
    clock: Callable[[], datetime]
    zone: ZoneInfo
    embedder: Embeds | None = None

    async def ingest(self, arguments: Sequence[str], *, hints: Hints, restore: bool, stdin: BinaryIO | None) -> AsyncIterator[Ingested]:
        """Store the articles of every source; what cannot be read is reported and the rest goes on.

        Raises the storage errors, as a store that takes nothing in ends the run, and NotUnderstood for hints that fit one
        article where there may be several.
        """
        total = await reading.count(arguments)
        if total != 1 and (hints.url or hints.headline):
            raise NotUnderstood(
                "An address or a headline of your own is one article's, and there may be several to read.",
                "Read that article by itself; --outlet and --date hold for many.",
            )
        done = 0
        async for source in reading.sources(arguments, stdin=stdin, fetcher=self.fetcher):
            done += 1
            async for item in self._ingest_source(source, hints, restore=restore):
                yield replace(item, done=done, total=total)

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

    async def take(self, name: str, article: NewArticle) -> Ingested:
        """Store an article that was read elsewhere, with its quotes; `name` says what it was read from. Raises the storage errors."""
        return await self._store(name, article, restore=False)

    async def _ingest_source(self, source: reading.Source | reading.Unreadable, hints: Hints, *, restore: bool) -> AsyncIterator[Ingested]:
        if isinstance(source, reading.Unreadable):
            yield Ingested(source.name, None, reason=str(source.error))
            return
        try:
            document = await source.load()
            for article in await self._parsed(document, hints):
                yield await self._store(source.name, article, restore=restore)
        except ReadingError as error:
            yield Ingested(source.name, None, reason=str(error))

    async def _parsed(self, document: reading.Document, hints: Hints) -> list[NewArticle]:
        return await asyncio.to_thread(
            documents.parse,
            document.data,
            name=document.name,
            media_type=document.media_type,
            hints=hints,
            address=document.address,
            now=self.clock(),
        )

    async def _store(self, name: str, article: NewArticle, *, restore: bool) -> Ingested:
        async with self.database.reading() as session:
            is_known = await articles.is_known(session, article)
        extraction = None if is_known else await self._extracted(article.text)
        async with self.database.writing() as session:
            if restore:
                await articles.allow_again(session, article.identity, text=article.text)
            saved = await articles.save(session, article, at=self.clock(), engine=self.engine.name)
            if saved.article_id is None or saved.version_id is None:
                removal = await articles.removal(session, article.identity, text=article.text)
                return Ingested(name, saved.outcome, headline=article.headline, reason=self._why_not(removal))
            if saved.outcome is SaveOutcome.UNCHANGED:
                kept = await _shown(session, saved.article_id)
                return Ingested(name, saved.outcome, saved.article_id, article.headline, kept)
            if extraction is None:  # it was edited or taken down a moment ago
                extraction = await self._extracted(article.text)
            if saved.outcome is SaveOutcome.ADDED:
                kept = await self._add_quotes(session, saved.article_id, saved.version_id, article.text, extraction)
            else:
                kept = await self._replace_quotes(session, saved.article_id, saved.version_id, article.text, extraction)
            of_text, is_new = await asyncio.to_thread(shingles, article.text), saved.outcome is SaveOutcome.ADDED
            await stories.join(session, saved.article_id, of_text, is_new=is_new)
        return Ingested(name, saved.outcome, saved.article_id, article.headline, kept)

    async def _extracted(self, text: str) -> _Extracted:
        extraction, told = await asyncio.to_thread(self._read, text)
        return extraction, told, None if self.embedder is None else await storing.vectors_of(self.embedder, text, extraction.quotes)

    def _read(self, text: str) -> tuple[Extraction, Unsaid[NewQuote]]:
        extraction = self.engine.extract(text)
        told = unsaid(text, extraction.quotes)
        return without(extraction, told), told

    async def _keep(self, session: Session, version_id: int, quote_ids: Sequence[int], vectors: TextVectors | None) -> None:
        if self.embedder is not None and vectors is not None:
            await embeddings.save(session, version_id, quote_ids, vectors, model=self.embedder.name)

    def _why_not(self, removal: Removal | None) -> str:
        when = ""
        if removal is not None:
            day = removal.at.astimezone(self.zone)
            when = f" on {day.day} {day:%B %Y} by {removal.author}"
        return f"It was taken down{when}; whoever runs Verbatim can have it read again with 'ingest --restore'."

    async def _add_quotes(self, session: Session, article_id: int, version_id: int, text: str, extracted: _Extracted) -> int:
        """Store the quotes of an article that was just added; returns how many there are to show."""
        extraction, told, vectors = extracted
        named = await told_apart(session, extraction.speakers)
        speaker_ids = await speakers.save_all(session, named, article_id=article_id, version_id=version_id, is_new=True)
        numbers = await quotes.add(session, version_id, extraction.quotes, speaker_ids)
        await self._keep(session, version_id, numbers, vectors)
        await refused.keep(session, article_id, version_id, text, told, _numbered(speaker_ids, named))
        await standing.apply(session, quote_ids=numbers)
        return spoken(extraction.quotes)

    async def _replace_quotes(self, session: Session, article_id: int, version_id: int, text: str, extracted: _Extracted) -> int:
        """Store the quotes of an article that was edited or read by another engine; returns how many there are to show."""
        extraction, told, vectors = extracted
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
        extraction = await self._extracted(article.text)
        async with self.database.writing() as session:
            current = await articles.get(session, article_id)
            if current is None or current.version_id != article.version_id:
                return None  # taken down or read anew in the meantime
            kept = await self._replace_quotes(session, article_id, article.version_id, article.text, extraction)
            await articles.set_engine(session, article.version_id, self.engine.name)
        return Ingested(f"article {article_id}", SaveOutcome.UNCHANGED, article_id, article.headline, kept)


def _numbered(speaker_ids: Sequence[int], named: Sequence[NewSpeaker]) -> list[tuple[int, str]]:
    return [(speaker_id, speaker.name) for speaker_id, speaker in zip(speaker_ids, named, strict=True)]


async def _shown(session: Session, article_id: int) -> int:
    """How many quotes of a stored article are shown."""
    return spoken(quote for quote in await quotes.of_article(session, article_id) if not quote.rejected)
