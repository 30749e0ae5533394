"""Embeddings: where quotes and the paragraphs around them lie in the space of meanings."""

from collections.abc import Iterable, Sequence

from sqlalchemy import delete, func, insert, select
from sqlalchemy.ext.asyncio import AsyncSession

from storage.records.embeddings import Candidate, TextVectors
from storage.rows import batches
from storage.schema import Quote, QuoteEmbedding, TextEmbedding, Version


async def save(session: AsyncSession, version_id: int, quote_ids: Sequence[int], vectors: TextVectors, *, model: str) -> None:
    """Keep the vectors of a version and of the quotes that stand in it, in the place of those that it has."""
    await session.execute(delete(TextEmbedding).where(TextEmbedding.version_id == version_id))
    await session.execute(insert(TextEmbedding).values(version_id=version_id, model=model, paragraphs=vectors.paragraphs))
    for some in batches(quote_ids):
        await session.execute(delete(QuoteEmbedding).where(QuoteEmbedding.quote_id.in_(some)))
    rows = [
        {"quote_id": quote_id, "cell": one.cell, "paragraph": one.paragraph, "vector": one.vector}
        for quote_id, one in zip(quote_ids, vectors.quotes, strict=True)
    ]
    if rows:
        await session.execute(insert(QuoteEmbedding), rows)


async def waiting(session: AsyncSession, *, model: str, before: int | None = None, limit: int) -> list[int]:
    """The articles whose newest version has no vectors of that model, those stored last first: of those with numbers below `before`."""
    done = select(TextEmbedding.version_id).where(TextEmbedding.version_id == Version.id, TextEmbedding.model == model)
    rows = select(Version.article_id).where(Version.newest, ~done.exists()).order_by(Version.article_id.desc()).limit(limit)
    return list(await session.scalars(rows if before is None else rows.where(Version.article_id < before)))


async def count_waiting(session: AsyncSession, *, model: str) -> int:
    """How many articles have no vectors of that model."""
    done = select(TextEmbedding.version_id).where(TextEmbedding.version_id == Version.id, TextEmbedding.model == model)
    return await session.scalar(select(func.count()).select_from(Version).where(Version.newest, ~done.exists())) or 0


async def candidates(session: AsyncSession, quote_ids: Iterable[int]) -> list[Candidate]:
    """What decides whether these quotes answer a question, in no order."""
    found: list[Candidate] = []
    for some in batches(quote_ids):
        rows = (
            select(
                Quote.id,
                Quote.version_id,
                Quote.speaker_id,
                Quote.dated,
                Quote.confidence,
                QuoteEmbedding.paragraph,
                QuoteEmbedding.vector,
            )
            .outerjoin(QuoteEmbedding, QuoteEmbedding.quote_id == Quote.id)
            .where(Quote.id.in_(some))
        )
        found += [
            Candidate(row.id, row.version_id, row.speaker_id, row.dated, row.confidence, row.paragraph or 0, row.vector)
            for row in await session.execute(rows)
        ]
    return found


async def paragraphs(session: AsyncSession, version_ids: Iterable[int]) -> dict[int, bytes]:
    """The vectors of the paragraphs of each of these versions that has some."""
    found: dict[int, bytes] = {}
    for some in batches(version_ids):
        rows = select(TextEmbedding.version_id, TextEmbedding.paragraphs).where(TextEmbedding.version_id.in_(some))
        found |= {row.version_id: row.paragraphs for row in await session.execute(rows)}
    return found
