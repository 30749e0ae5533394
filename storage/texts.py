"""Texts of articles, for what stands in them besides quotes."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from storage.records import StoredArticle
from storage.rows import article_rows, batches, stored_articles
from storage.schema import Alias, Version


async def holding(session: AsyncSession, version_ids: Iterable[int], phrases: Sequence[str], limit: int) -> list[StoredArticle]:
    """The articles in these versions whose text holds one of the phrases as it stands, at most `limit`, the newest readings first."""
    held = or_(*(Version.text.contains(phrase, autoescape=True) for phrase in phrases))
    found: list[StoredArticle] = []
    for some in batches(version_ids):
        rows = article_rows().where(Version.id.in_(some), held).order_by(Version.id.desc()).limit(limit)
        found += await stored_articles(session, rows)
    return sorted(found, key=lambda article: article.version_id, reverse=True)[:limit]


async def naming(session: AsyncSession, speaker_ids: Iterable[int], since: datetime, until: datetime) -> list[int]:
    """The newest versions that were read after `since` and up to `until` and quote or name one of these speakers, by number."""
    found: set[int] = set()
    for some in batches(speaker_ids):
        rows = select(Version.id).join(Alias, Alias.version_id == Version.id)
        rows = rows.where(Alias.speaker_id.in_(some), Version.newest, Version.read_at > since, Version.read_at <= until)
        found |= set(await session.scalars(rows))
    return sorted(found)


async def before(session: AsyncSession, article_ids: Iterable[int], moment: datetime) -> dict[int, str]:
    """The text of each of these articles as it was last read up to that moment, where it was."""
    found: dict[int, str] = {}
    for some in batches(article_ids):
        last = (
            select(Version.article_id, func.max(Version.number).label("number"))
            .where(Version.article_id.in_(some), Version.read_at <= moment)
            .group_by(Version.article_id)
            .subquery("last")
        )
        rows = select(Version.article_id, Version.text).join(
            last, (last.c.article_id == Version.article_id) & (last.c.number == Version.number)
        )
        found |= {row.article_id: row.text for row in await session.execute(rows)}
    return found
