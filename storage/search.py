"""Finding quotes by words, speaker, outlet, time and number: one function on both engines."""

from typing import Any

from sqlalchemy import ColumnElement, Float, Select, UnaryExpression, literal, select
from sqlalchemy.ext.asyncio import AsyncSession

from storage import full_text
from storage.among import among
from storage.records import QuoteFilter, StoredQuote
from storage.rows import quote_rows, stored_quotes
from storage.schema import LONGEST_NAME, Article, Base, Outlet, Quote
from storage.terms import fold, storable

_MOST_RANKED = 20_000
"""The best of more hits than that are the best of the newest of them: words that stand everywhere tell quotes apart by little."""
_LOOKED_UP = 10
"""So many numbers are looked up in the index of words one by one; of more it is seen which stand among those that hold the words."""

# Tables, and not the classes of their rows: statements about them are put together faster, and these are asked many times a second.
_quote, _article, _outlet = (Base.metadata.tables[table.__tablename__].c for table in (Quote, Article, Outlet))
_NEWEST_FIRST: tuple[UnaryExpression[Any], ...] = (_quote.dated.desc(), _quote.id.desc())


async def quotes(session: AsyncSession, wanted: QuoteFilter) -> list[StoredQuote]:
    """The quotes that `wanted` describes, at most `wanted.limit`: with words the best first, then and else the newest first.

    With `wanted.newest` it is the newest that match; their best come first all the same. What holds no word at all ("!?", an
    emoji) matches nothing. Rejected and gone quotes are never found.
    """
    found = _found(session, wanted) if wanted.limit > 0 else None
    if found is None:
        return []
    number, _ = found.selected_columns
    if _by_words(wanted):
        hits = found.order_by(number.desc()).limit(_MOST_RANKED).subquery("found")
        order = _NEWEST_FIRST if wanted.newest else (hits.c.score.desc(), *_NEWEST_FIRST)
        ordered = select(hits.c.id, hits.c.score).join_from(hits, Quote.__table__, _quote.id == hits.c.id).order_by(*order)
    else:
        ordered = found.order_by(*_NEWEST_FIRST)
    best = ordered.limit(wanted.limit).subquery("best")
    rows = quote_rows().join(best, best.c.id == Quote.id).add_columns(best.c.score)
    return await stored_quotes(session, rows.order_by(best.c.score.desc(), *_NEWEST_FIRST))


async def numbers(session: AsyncSession, wanted: QuoteFilter) -> set[int]:
    """The numbers of all quotes that `wanted` describes, whatever its limit."""
    found = _found(session, wanted)
    return set((await session.scalars(found.with_only_columns(found.selected_columns[0]))).all()) if found is not None else set()


async def newest_numbers(session: AsyncSession, wanted: QuoteFilter) -> list[int]:
    """The numbers of the newest quotes that `wanted` describes, newest first and at most `wanted.limit`: stored last is newest."""
    found = newest(session, wanted)
    return list((await session.scalars(found)).all()) if found is not None else []


def newest(session: AsyncSession, wanted: QuoteFilter) -> Select[int] | None:
    """What finds the numbers of the newest quotes that `wanted` describes, newest first; None where nothing can match.

    Quick for words that stand everywhere too: nothing is ranked, and both engines stop when they have enough.
    """
    found = _found(session, wanted)
    if found is None:
        return None
    number = found.selected_columns[0]
    return found.with_only_columns(number.label("id")).order_by(number.desc()).limit(wanted.limit)


def fitting(session: AsyncSession, wanted: QuoteFilter) -> Select[int, float] | None:
    """The numbers and scores of all quotes that `wanted` describes, in no order and whatever its limit; None where nothing can match."""
    found = _found(session, wanted)
    if found is None or not _by_words(wanted):
        return found
    hits = found.subquery("found")
    return select(_quote.id, hits.c.score).join_from(hits, Quote.__table__, _quote.id == hits.c.id)


def _found(session: AsyncSession, wanted: QuoteFilter) -> Select[int, float] | None:
    """The same of the index of words alone where words are wanted: quotes that are gone or rejected do not stand in it."""
    if not _by_words(wanted):
        return standing(session, wanted)
    hits = full_text.hits(session, wanted.words, wanted.phrase, any_of=wanted.any_of, near=wanted.near, own=wanted.own)
    if hits is None:
        return None
    found = select(hits.c.id, hits.c.score).where(*_numbered(session, hits.c.id, wanted))  # the index passes over what is older
    conditions = _conditions(wanted)
    if not conditions:
        return found
    if _are_few(wanted):
        return found.where(_of_hits(session, hits.c.id).in_(select(_quote.id).where(*conditions)))
    return found.where(select(_quote.id).where(_quote.id == hits.c.id, *conditions).exists())


def standing(session: AsyncSession, wanted: QuoteFilter) -> Select[int, float]:
    """The numbers and scores of all quotes that `wanted` describes, whatever words it wants."""
    every = select(_quote.id, literal(0.0, Float).label("score")).where(_quote.gone.is_(False), _quote.rejected.is_(False))
    return every.where(*_numbered(session, _quote.id, wanted), *_conditions(wanted))


def _by_words(wanted: QuoteFilter) -> bool:
    return bool(wanted.words or wanted.any_of or wanted.phrase)


def _are_few(wanted: QuoteFilter) -> bool:
    """Whether those that fit are listed first, and the hits looked up among them; else each hit is looked at, of which most may fit."""
    bounds = (wanted.speaker_ids, wanted.outlets, wanted.article_ids, wanted.until, wanted.read_until)
    return any(bound is not None for bound in bounds)


def _of_hits(session: AsyncSession, number: ColumnElement[int]) -> ColumnElement[int]:
    """The number of a hit, to be looked for among others. SQLite, given the mere number, would ask its index anew for each of them."""
    return number + literal(0) if session.get_bind().dialect.name == "sqlite" else number


def _numbered(session: AsyncSession, number: ColumnElement[int], wanted: QuoteFilter) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if wanted.after_id is not None:
        conditions.append(number > wanted.after_id)
    if wanted.up_to_id is not None:
        conditions.append(number <= wanted.up_to_id)
    if wanted.quote_ids is not None:
        many = len(wanted.quote_ids) > _LOOKED_UP and _by_words(wanted)
        if many:
            conditions.append(number.between(min(wanted.quote_ids), max(wanted.quote_ids)))
        conditions.append(among(session, _of_hits(session, number) if many else number, wanted.quote_ids))
    if wanted.announced:
        conditions.append(_announced(number))
    return conditions


def _announced(number: ColumnElement[int]) -> ColumnElement[bool]:
    """Whether the article of a quote is announced: looked up for each quote alone, as an engine given NOT IN would read all articles."""
    one, of_it = Quote.__table__.alias("one").c, Article.__table__.alias("of_it").c
    return (
        select(of_it.unannounced.is_(False)).where(of_it.id == one.article_id, one.id == number).correlate(number.table).scalar_subquery()
    )


def _conditions(wanted: QuoteFilter) -> list[ColumnElement[bool]]:
    """What `wanted` says of a quote, but for words and numbers."""
    conditions: list[ColumnElement[bool]] = []
    if wanted.speaker_ids is not None:
        conditions.append(_quote.speaker_id.in_(wanted.speaker_ids))
    if wanted.outlets is not None:
        named = [fold(outlet)[:LONGEST_NAME] for outlet in wanted.outlets if storable(outlet)]
        published = select(_article.id).join(Outlet.__table__, _outlet.id == _article.outlet_id).where(_outlet.folded.in_(named))
        conditions.append(_quote.article_id.in_(published))
    if wanted.article_ids is not None:
        conditions.append(_quote.article_id.in_(wanted.article_ids))
    if wanted.kinds is not None:
        conditions.append(_quote.kind.in_(wanted.kinds))
    if wanted.reports is not None:
        conditions.append(_quote.reports == wanted.reports)
    if wanted.since is not None:
        conditions.append(_quote.dated >= wanted.since)
    if wanted.until is not None:
        conditions.append(_quote.dated < wanted.until)
    if wanted.read_since is not None:
        conditions.append(_quote.read_at >= wanted.read_since)
    if wanted.read_until is not None:
        conditions.append(_quote.read_at < wanted.read_until)
    return conditions
