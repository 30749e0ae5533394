"""Texts of articles, for what stands in them besides quotes."""

from collections.abc import Iterable

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from storage.rows import batches
from storage.schema import Quote, Version


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
