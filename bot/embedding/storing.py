"""Stores the vectors of articles: as they are read, and of those that were stored before there were any, or by another embedder."""

import asyncio
from collections.abc import Sequence

from bot.embedding.embeds import Embeds
from storage import articles, embeddings, quotes
from storage.database import Database
from storage.records import NewQuote, Span, StoredQuote
from storage.records.embeddings import TextVectors

AT_ONCE = 20
"""So many articles are read in some seconds."""


async def vectors_of(embedder: Embeds, text: str, found: Sequence[NewQuote]) -> TextVectors:
    """The vectors of a text and of the quotes found in it."""
    return await asyncio.to_thread(embedder.of_text, text, [quote.content for quote in found])


async def catch_up(database: Database, embedder: Embeds, most: int) -> int:
    """Embed what has no vectors of this embedder yet, the newest first and at most so many articles; returns how many wait still."""
    if await read(database, embedder, most) < most:
        return 0
    async with database.reading() as session:
        return await embeddings.count_waiting(session, model=embedder.name)


async def read(database: Database, embedder: Embeds, most: int) -> int:
    """Embed the same; returns how many articles were looked at."""
    done, before = 0, None
    while done < most:
        async with database.reading() as session:
            waiting = await embeddings.waiting(session, model=embedder.name, before=before, limit=min(AT_ONCE, most - done))
        if not waiting:
            break
        for article_id in waiting:
            await _embed(database, embedder, article_id)
        done, before = done + len(waiting), waiting[-1]
    return done


async def _embed(database: Database, embedder: Embeds, article_id: int) -> None:
    async with database.reading() as session:
        article, found = await articles.get(session, article_id), await quotes.of_article(session, article_id)
    if article is None:
        return  # taken down in the meantime
    vectors = await asyncio.to_thread(embedder.of_text, article.text, [quote.content for quote in found])
    async with database.writing() as session:
        current, standing = await articles.get(session, article_id), await quotes.of_article(session, article_id)
        if current == article and _places(standing) == _places(found):  # else it was read anew
            await embeddings.save(session, article.version_id, [quote.id for quote in found], vectors, model=embedder.name)


def _places(found: Sequence[StoredQuote]) -> list[tuple[int, Sequence[Span]]]:
    return [(quote.id, quote.content) for quote in found]
