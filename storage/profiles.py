"""A speaker at large, counted by the engine itself: what articles call it and when, who carries its quotes, and how many at which time.

Quotes are those that can be found: neither gone nor rejected, and the speaker's after corrections. Of whom others are merged into,
those count too.
"""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, Subquery, and_, exists, func, not_, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from storage.records import Called, Carried, Reports, SaidIn, StoredQuote, Stretch
from storage.rows import quote_rows, stored_quotes
from storage.schema import Alias, Article, Outlet, Quote, Speaker, Version


async def called(session: AsyncSession, speaker_id: int, most: int) -> list[Called]:
    """What articles call a speaker: of names and of descriptions `most` each that are used most, and as many that were used last.

    The newest come first.
    """
    texts = _texts(speaker_id)
    most_used, newest = (
        func.row_number().over(partition_by=texts.c.kind, order_by=(*order, texts.c.text))
        for order in ((texts.c.times.desc(), texts.c.last.desc()), (texts.c.last.desc(), texts.c.times.desc()))
    )
    best = select(texts, most_used.label("most_used"), newest.label("newest")).subquery("best")
    rows = select(best.c.text, best.c.kind, best.c.times, best.c.first, best.c.last, best.c.articles, best.c.undated).where(
        or_(best.c.most_used <= most, best.c.newest <= most)
    )
    ordered = rows.order_by(best.c.last.desc(), best.c.times.desc(), best.c.text)
    return [Called(**row) for row in (await session.execute(ordered)).mappings()]


async def carried(session: AsyncSession, speaker_id: int) -> list[Carried]:
    """How many quotes of each kind the outlets carry of a speaker, those outlets first that carry most of a kind."""
    # Counted before the names are read: there are far more quotes than outlets.
    found = (
        select(Article.outlet_id, Quote.kind, Quote.reports, func.count().label("quotes"))
        .join(Article, Article.id == Quote.article_id)
        .where(*_of(speaker_id))
        .group_by(Article.outlet_id, Quote.kind, Quote.reports)
        .subquery("found")
    )
    rows = (
        select(Outlet.name.label("outlet"), found.c.kind, found.c.reports, found.c.quotes)
        .select_from(found)
        .outerjoin(Outlet, Outlet.id == found.c.outlet_id)
        .order_by(found.c.quotes.desc(), Outlet.name.nulls_last(), found.c.kind, found.c.reports)
    )
    return [Carried(**row) for row in (await session.execute(rows)).mappings()]


async def first_and_last(session: AsyncSession, speaker_id: int) -> list[StoredQuote]:
    """What a speaker was first and last quoted with, by the articles' days; one where there is only one, none where nothing was said.

    Those of undated articles, by the days of their reading, only where there are no others.
    """
    numbers: list[int] = []
    for among in ((*_said_by(speaker_id), not_(_of_an_undated())), _said_by(speaker_id)):
        for order in ((Quote.dated, Quote.id), (Quote.dated.desc(), Quote.id.desc())):
            numbers += await session.scalars(select(Quote.id).where(*among).order_by(*order).limit(1))
        if numbers:
            break
    return await stored_quotes(session, quote_rows().where(Quote.id.in_(numbers)).order_by(Quote.dated, Quote.id))


async def newest_said(session: AsyncSession, speaker_id: int, limit: int) -> list[SaidIn]:
    """The words of a speaker's newest quotes with the headlines of their articles, newest first."""
    newest = select(Quote.id).where(*_said_by(speaker_id)).order_by(Quote.dated.desc(), Quote.id.desc()).limit(limit).subquery("last")
    rows = (
        select(Quote.words, Version.headline)
        .join(newest, newest.c.id == Quote.id)
        .join(Version, Version.id == Quote.version_id)
        .order_by(Quote.dated.desc(), Quote.id.desc())
    )
    return [SaidIn(**row) for row in (await session.execute(rows)).mappings()]


async def undated(session: AsyncSession, speaker_id: int) -> int:
    """How many quotes of a speaker stand in articles that have no date."""
    return (await session.scalars(select(func.count()).select_from(Quote).where(*_said_by(speaker_id), _of_an_undated()))).one()


async def counted_in(session: AsyncSession, speaker_id: int, stretches: Sequence[Stretch], *, dated: bool = False) -> list[int]:
    """How many quotes of a speaker each of these times has, by the articles' days: each is looked up in the index by itself.

    With `dated` those of undated articles do not count.
    """
    if not stretches:
        return []
    among = (*_said_by(speaker_id), not_(_of_an_undated())) if dated else _said_by(speaker_id)
    counts = [select(func.count()).select_from(Quote).where(*among, _in(one)).scalar_subquery() for one in stretches]
    return list((await session.execute(select(*counts))).one())


def _texts(speaker_id: int) -> Subquery:
    """Each text that a speaker, or one merged into it, is called by, counted."""
    family = select(Speaker.id).where(Speaker.id == speaker_id).cte("family", recursive=True)
    family = family.union(select(Speaker.id).join(family, Speaker.merged_into == family.c.id))
    return (
        select(
            Alias.text,
            Alias.kind,
            func.sum(Alias.count).label("times"),
            func.coalesce(func.min(Version.published), func.min(Version.read_at)).label("first"),
            func.coalesce(func.max(Version.published), func.max(Version.read_at)).label("last"),
            func.count().label("articles"),
            (func.count() - func.count(Version.published)).label("undated"),
        )
        .select_from(family)
        .join(Alias, Alias.speaker_id == family.c.id)
        .join(Version, Version.id == Alias.version_id)
        .group_by(Alias.kind, Alias.text)
        .subquery("found")
    )


def _of(speaker_id: int) -> tuple[ColumnElement[bool], ...]:
    return Quote.speaker_id == speaker_id, Quote.gone.is_(False), Quote.rejected.is_(False)


def _said_by(speaker_id: int) -> tuple[ColumnElement[bool], ...]:
    return *_of(speaker_id), Quote.reports == Reports.SPEECH


def _of_an_undated() -> ColumnElement[bool]:
    """Whether a quote's article has no date; few others are looked up for it, as only of those both days of a quote are the same."""
    return and_(Quote.dated == Quote.read_at, exists().where(Version.id == Quote.version_id, Version.published.is_(None)))


def _in(stretch: Stretch) -> ColumnElement[bool]:
    first = min(filter(None, (stretch.since, stretch.also)))
    within = [Quote.dated >= first, Quote.dated < stretch.until]
    if stretch.also is not None:
        within.append(or_(Quote.dated >= stretch.since, Quote.dated == stretch.also))
    if stretch.but is not None:
        within.append(Quote.dated != stretch.but)
    return and_(*within)
