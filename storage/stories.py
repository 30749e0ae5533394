"""Stories: which articles are copies of which, and the shingles by which copies are found."""

from collections.abc import Collection, Iterable

from sqlalchemy import delete, func, insert, select
from sqlalchemy.ext.asyncio import AsyncSession

from storage.among import among
from storage.records.stories import Telling
from storage.rows import batches
from storage.schema import Article, ArticleShingle, Copy, Outlet, ShinglesWaiting, Version

_MOST_LIKELY = 8
"""So many articles that share most are looked at."""
_DATED = func.coalesce(Version.published, Version.read_at)


async def keep(session: AsyncSession, article_id: int, shingles: Collection[int], *, is_new: bool = False) -> None:
    """Keep the shingles by which copies of an article are found, in the place of those before; it waits no longer.

    Of one that `is_new` there are none, and nothing is looked for to delete.
    """
    if not is_new:
        await session.execute(delete(ArticleShingle).where(ArticleShingle.article_id == article_id))
        await session.execute(delete(ShinglesWaiting).where(ShinglesWaiting.article_id == article_id))
    if shingles:
        await session.execute(insert(ArticleShingle), [{"shingle": one, "article_id": article_id} for one in sorted(shingles)])


async def sharing(session: AsyncSession, article_id: int, shingles: Collection[int]) -> dict[int, str]:
    """The newest texts of the other articles that share most of these shingles, by article."""
    counting = (
        select(ArticleShingle.article_id, func.count().label("count"))
        .where(ArticleShingle.shingle.in_(shingles), ArticleShingle.article_id != article_id)
        .group_by(ArticleShingle.article_id)
        .order_by(func.count().desc(), ArticleShingle.article_id)
        .limit(_MOST_LIKELY)
        .subquery("likely")
    )
    rows = select(Version.article_id, Version.text).join(counting, counting.c.article_id == Version.article_id).where(Version.newest)
    ordered = rows.order_by(counting.c.count.desc(), Version.article_id)
    return {row.article_id: row.text for row in await session.execute(ordered)} if shingles else {}


async def tellings(session: AsyncSession, article_ids: Iterable[int]) -> list[Telling]:
    """All articles of the stories that these tell, they themselves among them: the first publisher's first, then by date."""
    wanted = list(article_ids)
    firsts = set(wanted) | set(await session.scalars(select(Copy.first_id).where(among(session, Copy.__table__.c.article_id, wanted))))
    copies = select(Copy.article_id).where(among(session, Copy.__table__.c.first_id, firsts))
    numbers = firsts | set(await session.scalars(copies))
    rows = (
        select(Version.article_id, _DATED.label("dated"), Outlet.name, Version.headline, Copy.first_id.is_(None))
        .join(Article, Article.id == Version.article_id)
        .outerjoin(Outlet, Outlet.id == Article.outlet_id)
        .outerjoin(Copy, Copy.article_id == Version.article_id)
        .where(among(session, Version.__table__.c.article_id, numbers), Version.newest)
        .order_by(Copy.first_id.is_not(None), _DATED, Version.article_id)
    )
    return [Telling(*row) for row in (await session.execute(rows)).all()]


async def tell(session: AsyncSession, article_ids: Collection[int]) -> None:
    """Make articles tell one story. Which was dated first, and of two at one moment was stored first, is the first publisher's."""
    for some in batches(article_ids):
        await session.execute(delete(Copy).where(Copy.article_id.in_(some)))
    if len(article_ids) > 1:
        ids = among(session, Version.__table__.c.article_id, article_ids)
        in_time = select(Version.article_id).where(ids, Version.newest).order_by(_DATED, Version.article_id)
        first, *copies = (await session.scalars(in_time)).all()
        await session.execute(insert(Copy), [{"article_id": one, "first_id": first} for one in copies])


async def leave(session: AsyncSession, article_id: int) -> None:
    """Have an article tell no other one's story; those that tell its own go on without it."""
    told = [one.article_id for one in await tellings(session, [article_id])]
    await tell(session, [one for one in told if one != article_id])
    await session.execute(delete(Copy).where(Copy.article_id == article_id))


async def waiting(session: AsyncSession, limit: int) -> dict[int, str]:
    """The newest texts of articles in which copies have not been looked for, those stored last first."""
    rows = select(Version.article_id, Version.text).join(ShinglesWaiting, ShinglesWaiting.article_id == Version.article_id)
    rows = rows.where(Version.newest).order_by(ShinglesWaiting.article_id.desc()).limit(limit)
    return {row.article_id: row.text for row in await session.execute(rows)}


async def count_waiting(session: AsyncSession) -> int:
    """How many articles wait so."""
    return await session.scalar(select(func.count()).select_from(ShinglesWaiting)) or 0
