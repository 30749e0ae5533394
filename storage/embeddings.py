"""Embeddings: where quotes and the paragraphs around them lie in the space of meanings."""

from collections.abc import Iterable, Sequence
from functools import cache

from sqlalchemy import Integer, Select, TextualSelect, column, delete, func, insert, literal, select, text, union_all
from sqlalchemy.ext.asyncio import AsyncSession

from storage import search
from storage.among import among
from storage.records import QuoteFilter
from storage.records.embeddings import Candidate, Near, TextVectors
from storage.rows import batches
from storage.schema import Base, Quote, QuoteEmbedding, TextEmbedding, Version

_quote, _quote_vector, _text_vectors = (Base.metadata.tables[table.__tablename__].c for table in (Quote, QuoteEmbedding, TextEmbedding))
_ADD_TEXT, _ADD_QUOTE = (insert(Base.metadata.tables[table.__tablename__]) for table in (TextEmbedding, QuoteEmbedding))

ANY = QuoteFilter()


async def save(
    session: AsyncSession, version_id: int, quote_ids: Sequence[int], vectors: TextVectors, *, model: str, is_new: bool = False
) -> None:
    """Keep the vectors of a version and of the quotes that stand in it, in the place of all that its article has.

    An article that `is_new` has none, and nothing is looked for to delete.
    """
    if not is_new:
        article_id = select(Version.article_id).where(Version.id == version_id).scalar_subquery()
        versions = select(Version.id).where(Version.article_id == article_id)
        quotes = select(Quote.id).where(Quote.article_id == article_id)
        await session.execute(delete(TextEmbedding).where(TextEmbedding.version_id.in_(versions)))
        await session.execute(delete(QuoteEmbedding).where(QuoteEmbedding.quote_id.in_(quotes)))
    await session.execute(_ADD_TEXT, {"version_id": version_id, "model": model, "paragraphs": vectors.paragraphs})
    rows = [
        {"quote_id": quote_id, "cell": one.cell, "paragraph": one.paragraph, "vector": one.vector}
        for quote_id, one in zip(quote_ids, vectors.quotes, strict=True)
    ]
    if rows:
        await session.execute(_ADD_QUOTE, rows)


async def waiting(session: AsyncSession, *, model: str, before: int | None = None, limit: int) -> list[int]:
    """The articles whose newest version has no vectors of that model, those stored last first: of those with numbers below `before`."""
    done = select(TextEmbedding.version_id).where(TextEmbedding.version_id == Version.id, TextEmbedding.model == model)
    rows = select(Version.article_id).where(Version.newest, ~done.exists()).order_by(Version.article_id.desc()).limit(limit)
    return list(await session.scalars(rows if before is None else rows.where(Version.article_id < before)))


async def count_waiting(session: AsyncSession, *, model: str) -> int:
    """How many articles have no vectors of that model."""
    done = select(TextEmbedding.version_id).where(TextEmbedding.version_id == Version.id, TextEmbedding.model == model)
    return await session.scalar(select(func.count()).select_from(Version).where(Version.newest, ~done.exists())) or 0


async def near(
    session: AsyncSession, wanted: Sequence[QuoteFilter], cells: Sequence[int] = (), each: int = 0, within: QuoteFilter | None = None
) -> Near:
    """The newest quotes that each of `wanted` describes, at most its limit, and in each of these cells of the space the newest `each`.

    All in one statement. Those of the cells are all there are, gone and rejected ones too, or those of them that `within` allows.
    """
    found = {place: newest for place, one in enumerate(wanted) if (newest := search.newest(session, one)) is not None}
    parts = [select(literal(place).label("part"), one.subquery(f"part{place}").c.id) for place, one in found.items()]
    if cells:
        lying = _in_cells(len(cells)).bindparams(each=each, **{f"cell{place}": cell for place, cell in enumerate(cells)}).subquery("near")
        of_cells = select(literal(len(wanted)).label("part"), lying.c.id)
        if within is not None:
            of_cells = of_cells.where(search.standing(session, within).where(_quote.id == lying.c.id).exists())
        parts.append(of_cells)
    numbers: list[list[int]] = [[] for _ in (*wanted, cells)]
    vectors: dict[int, bytes | None] = {}
    if parts:
        every = union_all(*parts).subquery("found")
        rows = select(every.c.part, every.c.id, _quote_vector.vector)
        rows = rows.outerjoin_from(every, QuoteEmbedding.__table__, _quote_vector.quote_id == every.c.id)
        for part, number, vector in (await session.execute(rows)).all():
            numbers[part].append(number)
            vectors[number] = vector
    return Near(tuple(frozenset(some) for some in numbers[: len(wanted)]), vectors)


async def candidates(session: AsyncSession, quote_ids: Iterable[int], wanted: QuoteFilter = ANY) -> list[Candidate]:
    """What decides whether these quotes answer a question, of those that `wanted` allows, whatever their words; in no order."""
    found: list[Candidate] = []
    for some in batches(quote_ids):
        found += await _candidates(session, search.standing(session, wanted).where(among(session, _quote.id, some)))
    return found


async def candidates_in(session: AsyncSession, version_ids: Sequence[int], wanted: QuoteFilter = ANY) -> list[Candidate]:
    """The same of the quotes in these versions."""
    return await _candidates(session, search.standing(session, wanted).where(among(session, _quote.version_id, version_ids)))


async def _candidates(session: AsyncSession, found: Select[int, float]) -> list[Candidate]:
    rows = found.with_only_columns(
        _quote.id,
        _quote.version_id,
        _quote.speaker_id,
        _quote.dated,
        _quote.confidence,
        func.coalesce(_quote_vector.paragraph, 0),
        _quote_vector.vector,
    ).outerjoin_from(Quote.__table__, QuoteEmbedding.__table__, _quote_vector.quote_id == _quote.id)
    return [Candidate(*row) for row in (await session.execute(rows)).all()]


async def paragraphs(session: AsyncSession, version_ids: Iterable[int]) -> dict[int, bytes]:
    """The vectors of the paragraphs of each of these versions that has some."""
    found: dict[int, bytes] = {}
    for some in batches(version_ids):
        rows = select(_text_vectors.version_id, _text_vectors.paragraphs).where(among(session, _text_vectors.version_id, some))
        found.update((await session.execute(rows)).all())
    return found


@cache
def _in_cells(count: int) -> TextualSelect:
    """The newest quotes in each of so many cells, by number."""
    of_each = (
        f"SELECT quote_id AS id FROM (SELECT quote_id FROM quote_embeddings WHERE cell = :cell{place}"  # noqa: S608 - numbered by us
        f" ORDER BY quote_id DESC LIMIT :each) AS cell{place}"
        for place in range(count)
    )
    return text(" UNION ALL ".join(of_each)).columns(column("id", Integer))
