"""Stories: which articles are copies of which, and the shingles by which copies are found."""

import json
from collections.abc import Collection, Iterable

from sqlalchemy import BigInteger, ColumnElement, Select, and_, bindparam, delete, func, insert, or_, select
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from storage.among import among
from storage.records.stories import Telling
from storage.rows import batches
from storage.schema import Article, ArticleShingle, Base, Copy, Credit, Outlet, ShinglesWaiting, Version

_MOST_LIKELY = 8
"""So many articles that share most are looked at."""
MOST_KNOWN = 100
"""A shingle that stands in more articles tells little: of those only the first so many are looked up."""
_MOST_COMMON = 20
"""So many of such are looked up."""
_shingles = Base.metadata.tables[ArticleShingle.__tablename__].c
_ADD = insert(Base.metadata.tables[ArticleShingle.__tablename__])
_Known = aliased(Outlet)
_DATED = func.coalesce(Version.published, Version.read_at)


async def keep(session: AsyncSession, article_id: int, shingles: Collection[int], *, is_new: bool = False) -> None:
    """Keep the shingles by which copies of an article are found, in the place of those before; it waits no longer.

    Of one that `is_new` there are none, and nothing is looked for to delete.
    """
    if not is_new:
        await session.execute(delete(ArticleShingle).where(ArticleShingle.article_id == article_id))
        await session.execute(delete(ShinglesWaiting).where(ShinglesWaiting.article_id == article_id))
    if shingles:
        await session.execute(_ADD, [{"shingle": one, "article_id": article_id} for one in sorted(shingles)])


async def sharing(session: AsyncSession, article_id: int, shingles: Collection[int]) -> dict[int, str]:
    """The newest texts of the other articles that share most of these shingles, by article, and of such as few others have first.

    A passage that stands in very many articles is looked up in the first `MOST_KNOWN` of them, whoever else has it.
    """
    known = (await session.execute(_known(session, article_id, shingles))).all() if shingles else []
    rare = [shingle for shingle, last in known if last is None]
    common = [and_(ArticleShingle.shingle == shingle, ArticleShingle.article_id < last) for shingle, last in known if last is not None]
    likely = list((await session.scalars(_most_alike(article_id, ArticleShingle.shingle.in_(rare)))).all()) if rare else []
    if len(likely) < _MOST_LIKELY and common:
        likely += (await session.scalars(_most_alike(article_id, or_(*common[:_MOST_COMMON])))).all()
    first = list(dict.fromkeys(likely))[:_MOST_LIKELY]
    rows = select(Version.article_id, Version.text).where(Version.article_id.in_(first), Version.newest)
    texts = {row.article_id: row.text for row in await session.execute(rows)} if first else {}
    return {number: texts[number] for number in first}


def _known(session: AsyncSession, article_id: int, shingles: Collection[int]) -> Select[int, int | None]:
    """Those of the shingles that other articles have, with the article after the first `MOST_KNOWN` in which each stands.

    None where it stands in no more.
    """
    listed = sorted(shingles)
    if session.get_bind().dialect.name == "sqlite":
        shingle = func.json_each(bindparam(None, json.dumps(listed))).table_valued("value").c.value
    else:
        shingle = func.unnest(bindparam(None, listed, ARRAY(BigInteger))).column_valued("value")
    having = select(_shingles.article_id).where(_shingles.shingle == shingle)
    last = having.order_by(_shingles.article_id).limit(1).offset(MOST_KNOWN)
    return select(shingle, last.scalar_subquery()).where(having.where(_shingles.article_id != article_id).exists())


def _most_alike(article_id: int, shared: ColumnElement[bool]) -> Select[int]:
    sharing = select(ArticleShingle.article_id).where(shared, ArticleShingle.article_id != article_id).group_by(ArticleShingle.article_id)
    return sharing.order_by(func.count().desc(), ArticleShingle.article_id).limit(_MOST_LIKELY)


async def tellings(session: AsyncSession, article_ids: Iterable[int]) -> list[Telling]:
    """All articles of the stories that these tell, they themselves among them: the first publisher's first, then by date."""
    wanted = list(article_ids)
    firsts = set(wanted) | set(await session.scalars(select(Copy.first_id).where(among(session, Copy.__table__.c.article_id, wanted))))
    copies = select(Copy.article_id).where(among(session, Copy.__table__.c.first_id, firsts))
    numbers = firsts | set(await session.scalars(copies))
    rows = (
        select(Version.article_id, _DATED.label("dated"), Outlet.name, Version.headline, Copy.first_id.is_(None), _Known.name)
        .join(Article, Article.id == Version.article_id)
        .outerjoin(Outlet, Outlet.id == Article.outlet_id)
        .outerjoin(Copy, Copy.article_id == Version.article_id)
        .outerjoin(Credit, Credit.article_id == Version.article_id)
        .outerjoin(_Known, _Known.folded == Credit.folded)
        .where(among(session, Version.__table__.c.article_id, numbers), Version.newest)
        .order_by(Copy.first_id.is_not(None), _DATED, Version.article_id)
    )
    return [Telling(*row) for row in (await session.execute(rows)).all()]


async def tell(session: AsyncSession, article_ids: Collection[int]) -> None:
    """Make articles tell one story. Whom one of the others names as the first publisher is it.

    Else it is that of the article which was dated first, and of two at one moment was stored first; none that says that it is a repost,
    and not whose, if there is another.
    """
    for some in batches(article_ids):
        await session.execute(delete(Copy).where(Copy.article_id.in_(some)))
    if len(article_ids) > 1:
        in_time = (
            select(Version.article_id, Outlet.folded, Credit.folded)
            .join(Article, Article.id == Version.article_id)
            .outerjoin(Outlet, Outlet.id == Article.outlet_id)
            .outerjoin(Credit, Credit.article_id == Version.article_id)
            .where(among(session, Version.__table__.c.article_id, article_ids), Version.newest)
            .order_by(_DATED, Version.article_id)
        )
        told = [tuple(row) for row in await session.execute(in_time)]
        named = {credited for _, _, credited in told if credited}
        by_name = [one for one, outlet, credited in told if outlet in named and credited is None]
        by_date = [one for one, _, credited in told if credited != ""]
        first = next(iter((*by_name, *by_date)), told[0][0])
        await session.execute(insert(Copy), [{"article_id": one, "first_id": first} for one, _, _ in told if one != first])


async def first_outlets(session: AsyncSession, article_ids: Iterable[int]) -> dict[int, str]:
    """The outlets that articles name as those which published them first, by article, where there are articles of that outlet."""
    rows = select(Credit.article_id, Outlet.name).join(Outlet, Outlet.folded == Credit.folded)
    rows = rows.where(among(session, Credit.__table__.c.article_id, article_ids))
    return {row.article_id: row.name for row in await session.execute(rows)}


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
