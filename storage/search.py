"""Finding quotes by words, speaker, outlet, time and number: one function on both engines."""

from typing import Any

from sqlalchemy import Float, Select, UnaryExpression, literal, select
from sqlalchemy.ext.asyncio import AsyncSession

from storage import full_text
from storage.records import QuoteFilter, StoredQuote
from storage.rows import quote_rows, stored_quotes
from storage.schema import LONGEST_NAME, Article, Outlet, Quote
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


def fitting(session: AsyncSession, wanted: QuoteFilter) -> Select[int, float] | None:
    """The numbers and scores of all quotes that `wanted` describes, in no order and whatever its limit; None where nothing can match."""
    if not _by_words(wanted):
        every = select(Quote.id, literal(0.0, Float).label("score")).where(Quote.gone.is_(False), Quote.rejected.is_(False))
        return _narrowed(_numbered(every, Quote.id, wanted), wanted)
    hits = full_text.hits(session, wanted.words, wanted.phrase, near=wanted.near)
    if hits is None:
        return None
    found = select(Quote.id, hits.c.score).join(hits, hits.c.id == Quote.id)
    return _narrowed(_numbered(found, hits.c.id, wanted), wanted)  # by its own number: the index then passes over what is older


def _by_words(wanted: QuoteFilter) -> bool:
    return bool(wanted.words or wanted.phrase)


def _numbered(found: Select[int, float], number: Any, wanted: QuoteFilter) -> Select[int, float]:  # noqa: ANN401 - a column of either
    if wanted.after_id is not None:
        found = found.where(number > wanted.after_id)
    if wanted.up_to_id is not None:
        found = found.where(number <= wanted.up_to_id)
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
