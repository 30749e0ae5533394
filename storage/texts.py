"""Texts of articles, for what stands in them besides quotes."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from operator import ge, gt, le, lt
from typing import Any

from sqlalchemy import ColumnElement, Subquery, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from storage.records import StoredArticle, VersionFilter
from storage.rows import article_rows, batches, stored_articles
from storage.schema import LONGEST_NAME, Alias, Article, Outlet, Quote, Version
from storage.terms import fold, storable


async def holding(session: AsyncSession, wanted: VersionFilter, phrases: Sequence[str], limit: int) -> list[StoredArticle]:
    """The articles whose last version that is wanted holds one of the phrases as it stands: at most `limit`, the newest first."""
    held = or_(*(Version.text.contains(phrase, autoescape=True) for phrase in phrases))
    last = _last(wanted)
    rows = article_rows().join(last, last.c.id == Version.id).where(held)
    return await stored_articles(session, rows.order_by(Version.id.desc()).limit(limit))


async def of_articles(session: AsyncSession, article_ids: Iterable[int], wanted: VersionFilter) -> dict[int, str]:
    """The text of each of these articles in its last version that is wanted, where it has one."""
    found: dict[int, str] = {}
    for some in batches(article_ids):
        last = _last(wanted, Version.article_id.in_(some))
        rows = select(Version.article_id, Version.text).join(last, last.c.id == Version.id)
        found |= {row.article_id: row.text for row in await session.execute(rows)}
    return found


async def beginnings(session: AsyncSession, version_ids: Iterable[int], length: int) -> dict[int, str]:
    """The first characters of the text of each of these versions."""
    found: dict[int, str] = {}
    for some in batches(version_ids):
        rows = select(Version.id, func.substr(Version.text, 1, length).label("text")).where(Version.id.in_(some))
        found |= {row.id: row.text for row in await session.execute(rows)}
    return found


async def newest_with(session: AsyncSession, quote_id: int) -> int:
    """The number of the newest version in which one of the quotes up to that number stood first; 0 where there is none.

    Versions up to it were stored when that quote was the newest, whatever was edited or read by another engine since.
    """
    if quote_id < 1:
        return 0
    then = Quote.read_at.between(Version.read_at, Version.read_at)  # "=" has SQLite look through all that was read at that moment
    brought = select(Quote.id).where(Quote.article_id == Version.article_id, then, Quote.id <= quote_id)
    return await session.scalar(select(Version.id).where(brought.exists()).order_by(Version.id.desc()).limit(1)) or 0


def _last(wanted: VersionFilter, *more: ColumnElement[bool]) -> Subquery:
    """Of each article the last version that is wanted."""
    dated = func.coalesce(Version.published, Version.read_at)
    bounds: tuple[tuple[int | datetime | None, Callable[[Any, Any], ColumnElement[bool]], Any], ...] = (
        (wanted.after_id, gt, Version.id),
        (wanted.up_to_id, le, Version.id),
        (wanted.read_since, ge, Version.read_at),
        (wanted.read_until, lt, Version.read_at),
        (wanted.since, ge, dated),
        (wanted.until, lt, dated),
    )
    numbers = select(func.max(Version.id).label("id")).where(*more).group_by(Version.article_id)
    numbers = numbers.where(*(compare(column, bound) for bound, compare, column in bounds if bound is not None))
    if wanted.newest:
        numbers = numbers.where(Version.newest)
    if wanted.version_ids is not None:
        numbers = numbers.where(Version.id.in_(wanted.version_ids))
    if wanted.speaker_ids is not None:
        numbers = numbers.where(Version.id.in_(select(Alias.version_id).where(Alias.speaker_id.in_(wanted.speaker_ids))))
    if wanted.outlets is not None:
        names = [fold(outlet)[:LONGEST_NAME] for outlet in wanted.outlets if storable(outlet)]
        published = select(Article.id).join(Outlet, Outlet.id == Article.outlet_id).where(Outlet.folded.in_(names))
        numbers = numbers.where(Version.article_id.in_(published))
    return numbers.subquery("last")
