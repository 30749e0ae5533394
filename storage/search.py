"""Finding quotes by words, speaker, outlet, time and number: one function on both engines."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Float, Select, UnaryExpression, literal, select, union_all
from sqlalchemy.ext.asyncio import AsyncSession

from storage import full_text
from storage.records import QuoteFilter, StoredQuote
from storage.rows import quote_rows, stored_quotes
from storage.schema import LONGEST_NAME, Article, Outlet, Quote, QuoteEmbedding
from storage.terms import fold, storable

_NEWEST_FIRST: tuple[UnaryExpression[Any], ...] = (Quote.dated.desc(), Quote.id.desc())


async def quotes(session: AsyncSession, wanted: QuoteFilter) -> list[StoredQuote]:
    """The quotes that `wanted` describes, at most `wanted.limit`: with words the best first, then and else the newest first.

    With `wanted.newest` it is the newest that match; their best come first all the same. What holds no word at all ("!?", an
    emoji) matches nothing. Rejected and gone quotes are never found.
    """
    found = fitting(session, wanted) if wanted.limit > 0 else None
    if found is None:
        return []
    _, score = found.selected_columns
    by_score = _by_words(wanted) and not wanted.newest
    order = (score.desc(), *_NEWEST_FIRST) if by_score else _NEWEST_FIRST
    best = found.order_by(*order).limit(wanted.limit).subquery("best")
    rows = quote_rows().join(best, best.c.id == Quote.id).add_columns(best.c.score)
    return await stored_quotes(session, rows.order_by(best.c.score.desc(), *_NEWEST_FIRST))


async def numbers(session: AsyncSession, wanted: QuoteFilter) -> set[int]:
    """The numbers of all quotes that `wanted` describes, whatever its limit."""
    found = fitting(session, wanted)
    return set(await session.scalars(found.with_only_columns(Quote.id))) if found is not None else set()


async def newest_numbers(session: AsyncSession, wanted: QuoteFilter) -> list[int]:
    """The numbers of the newest quotes that `wanted` describes, newest first and at most `wanted.limit`: stored last is newest.

    Quick for words that stand everywhere too: nothing is ranked, and both engines stop when they have enough.
    """
    found = fitting(session, wanted)
    if found is None:
        return []
    number = found.selected_columns[0]
    return list(await session.scalars(found.with_only_columns(number).order_by(number.desc()).limit(wanted.limit)))


async def newest_in_cells(session: AsyncSession, wanted: QuoteFilter, cells: Sequence[int], each: int) -> list[int]:
    """The numbers of the newest quotes in each of these cells of the space of meanings, at most `each`, that `wanted` describes.

    Its words and phrase do not count.
    """
    if not cells:
        return []
    embedded = QuoteEmbedding.__table__.c
    of_each = [
        select(embedded.quote_id).where(embedded.cell == cell).order_by(embedded.quote_id.desc()).limit(each).subquery(f"cell{place}")
        for place, cell in enumerate(cells)
    ]
    near = union_all(*(select(one.c.quote_id) for one in of_each)).subquery("near")
    every = select(Quote.id, literal(0.0, Float).label("score")).join(near, near.c.quote_id == Quote.id)
    found = _narrowed(_numbered(every.where(Quote.gone.is_(False), Quote.rejected.is_(False)), Quote.id, wanted), wanted)
    return list(await session.scalars(found.with_only_columns(Quote.id)))


async def numbers_of_versions(session: AsyncSession, wanted: QuoteFilter, version_ids: Sequence[int]) -> list[int]:
    """The numbers of the quotes in these versions that `wanted` describes. Its words and phrase do not count."""
    every = select(Quote.id, literal(0.0, Float).label("score")).where(Quote.version_id.in_(version_ids))
    found = _narrowed(_numbered(every.where(Quote.gone.is_(False), Quote.rejected.is_(False)), Quote.id, wanted), wanted)
    return list(await session.scalars(found.with_only_columns(Quote.id)))


def fitting(session: AsyncSession, wanted: QuoteFilter) -> Select[int, float] | None:
    """The numbers and scores of all quotes that `wanted` describes, in no order and whatever its limit; None where nothing can match."""
    if not _by_words(wanted):
        every = select(Quote.id, literal(0.0, Float).label("score")).where(Quote.gone.is_(False), Quote.rejected.is_(False))
        return _narrowed(_numbered(every, Quote.id, wanted), wanted)
    hits = full_text.hits(session, wanted.words, wanted.phrase, any_of=wanted.any_of, near=wanted.near, own=wanted.own)
    if hits is None:
        return None
    found = select(Quote.id, hits.c.score).join(hits, hits.c.id == Quote.id)
    return _narrowed(_numbered(found, hits.c.id, wanted), wanted)  # by its own number: the index then passes over what is older


def _by_words(wanted: QuoteFilter) -> bool:
    return bool(wanted.words or wanted.any_of or wanted.phrase)


def _numbered(found: Select[int, float], number: Any, wanted: QuoteFilter) -> Select[int, float]:  # noqa: ANN401 - a column of either
    if wanted.after_id is not None:
        found = found.where(number > wanted.after_id)
    if wanted.up_to_id is not None:
        found = found.where(number <= wanted.up_to_id)
    if wanted.quote_ids is not None:
        found = found.where(number.in_(wanted.quote_ids))
    return found


def _narrowed(found: Select[int, float], wanted: QuoteFilter) -> Select[int, float]:
    if wanted.speaker_ids is not None:
        found = found.where(Quote.speaker_id.in_(wanted.speaker_ids))
    if wanted.outlets is not None:
        named = [fold(outlet)[:LONGEST_NAME] for outlet in wanted.outlets if storable(outlet)]
        published = select(Article.id).join(Outlet, Outlet.id == Article.outlet_id).where(Outlet.folded.in_(named))
        found = found.where(Quote.article_id.in_(published))
    if wanted.article_ids is not None:
        found = found.where(Quote.article_id.in_(wanted.article_ids))
    if wanted.kinds is not None:
        found = found.where(Quote.kind.in_(wanted.kinds))
    if wanted.reports is not None:
        found = found.where(Quote.reports == wanted.reports)
    if wanted.since is not None:
        found = found.where(Quote.dated >= wanted.since)
    if wanted.until is not None:
        found = found.where(Quote.dated < wanted.until)
    if wanted.read_since is not None:
        found = found.where(Quote.read_at >= wanted.read_since)
    if wanted.read_until is not None:
        found = found.where(Quote.read_at < wanted.read_until)
    return found
