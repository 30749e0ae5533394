"""Articles and their versions: storing, finding, listing. Taking one down is in `storage/removals.py`."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, delete, func, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from storage import unquoted
from storage.records import Counts, NewArticle, Reports, SaveOutcome, StoredArticle
from storage.removals import WITHOUT_URL, allow_again, marking, removal, remove
from storage.rows import AnyRow, article_rows, possible, stored_articles
from storage.schema import LONGEST_NAME, Article, Base, Credit, HeadlineWord, Outlet, Quote, RemovedArticle, Unquoted, Version
from storage.terms import digest, fold, see_that_it_is_storable, terms

__all__ = [
    "Saved",
    "all_ids",
    "allow_again",
    "counts",
    "find",
    "get",
    "headlines",
    "is_known",
    "newest",
    "outlets",
    "read_by_other_engine",
    "removal",
    "remove",
    "save",
    "set_engine",
]

MOST_FOUND = 20

_articles, _versions, _outlets = (Base.metadata.tables[table.__tablename__] for table in (Article, Version, Outlet))
_BY_IDENTITY = select(_articles.c.id).where(_articles.c.identity_sha256 == bindparam("identity")).scalar_subquery()
_NEWEST_BY_IDENTITY = (
    select(_versions.c.text_sha256, _versions.c.headline, _versions.c.byline, _versions.c.published)
    .join(_articles, _articles.c.id == _versions.c.article_id)
    .where(_articles.c.identity_sha256 == bindparam("identity"), _versions.c.newest)
)
_OUTLET = select(_outlets.c.id).where(_outlets.c.folded == bindparam("outlet")).scalar_subquery()
_ADD, _ADD_VERSION = (insert(table).returning(table.c.id) for table in (_articles, _versions))
_ADD_WORD = insert(Base.metadata.tables[HeadlineWord.__tablename__])


@dataclass(frozen=True, slots=True)
class Saved:
    """What became of an article. The numbers are None if it was removed before and so not stored."""

    article_id: int | None
    version_id: int | None
    outcome: SaveOutcome


async def save(session: AsyncSession, article: NewArticle, *, at: datetime, engine: str | None = None) -> Saved:
    """Store `article` as read `at` that moment, and its quotes by `engine`, as a new version if it was stored before and has changed.

    It has changed if its text, headline, byline or date have; one of these that is no longer given stays as it was. An
    outlet, first outlet or URL that is given anew replaces the old one and makes no version. An article without a URL whose very text is
    stored under another name (a copied file, the same words pasted) is unchanged. One that was taken down is not stored.
    Raises `StorageError` for a text that no database can hold.
    """
    given = (article.identity, article.text, article.url, article.outlet, article.headline, article.byline, article.language)
    see_that_it_is_storable("The article", *given)
    text_sha256 = digest(article.text)
    removed, article_id, outlet_id = await _known(session, article)
    if removed:
        return Saved(None, None, SaveOutcome.REMOVED)
    if article_id is None:
        copy = await _copy(session, article.identity, text_sha256)
        if copy is not None:
            return copy
        article_id = await _add(session, article, outlet_id)
        row = _version(article_id, 1, article, text_sha256, at) | {"engine": engine}
        await unquoted.keep(session, article_id, article)
        return Saved(article_id, await _add_version(session, row), SaveOutcome.ADDED)
    await _refresh(session, article_id, article, outlet_id)
    before = (
        await session.execute(
            select(Version.id, Version.number, Version.text_sha256, Version.headline, Version.byline, Version.published).where(
                Version.article_id == article_id, Version.newest
            )
        )
    ).one()
    if _is_the_same(article, text_sha256, before):
        return Saved(article_id, before.id, SaveOutcome.UNCHANGED)
    article = replace(
        article,
        headline=article.headline or before.headline,
        byline=article.byline or before.byline,
        published=article.published or before.published,
    )
    await session.execute(update(Version).where(Version.id == before.id).values(newest=False))
    await session.execute(delete(HeadlineWord).where(HeadlineWord.article_id == article_id))
    await unquoted.drop(session, article_id)
    await unquoted.keep(session, article_id, article)
    row = _version(article_id, before.number + 1, article, text_sha256, at) | {"engine": engine}
    version_id = await _add_version(session, row)
    return Saved(article_id, version_id, SaveOutcome.NEW_VERSION)


async def is_known(session: AsyncSession, article: NewArticle) -> bool:
    """Whether `article` is stored under its identity as it is, so that saving it makes no version."""
    newest = (await session.execute(_NEWEST_BY_IDENTITY, {"identity": digest(article.identity)})).one_or_none()
    return newest is not None and _is_the_same(article, digest(article.text), newest)


def _is_the_same(article: NewArticle, text_sha256: str, stored: AnyRow) -> bool:
    """A reading that gives no headline, byline or date does not take one away: a person may have given it once."""
    told = ((article.headline, stored.headline), (article.byline, stored.byline), (article.published, stored.published))
    return text_sha256 == stored.text_sha256 and all(new is None or new == old for new, old in told)


async def get(session: AsyncSession, article_id: int, version: int | None = None) -> StoredArticle | None:
    """An article in its newest version, or in the one with that number (the first is 1)."""
    if not (possible(article_id) and possible(version or 1)):
        return None
    rows = article_rows().where(Version.article_id == article_id, Version.newest if version is None else Version.number == version)
    found = await stored_articles(session, rows)
    return found[0] if found else None


async def find(session: AsyncSession, reference: str) -> list[StoredArticle]:
    """The articles that a person can mean by `reference`, newest first and at most `MOST_FOUND`.

    A number, a URL or an identity names one; else it is words, all of which a headline holds.
    """
    wanted = reference.strip()
    rows = article_rows().where(Version.newest)
    number = wanted.removeprefix("#")
    if number.isascii() and number.isdigit():
        article = await get(session, int(number[:20]))
        if article:
            return [article]
    named = await stored_articles(session, rows.where(or_(Article.identity_sha256 == digest(wanted), Article.url_sha256 == digest(wanted))))
    words = list(dict.fromkeys(terms(wanted)))
    if named or not words:
        return named
    holding = (
        select(HeadlineWord.article_id)
        .where(HeadlineWord.word.in_(words))
        .group_by(HeadlineWord.article_id)
        .having(func.count() == len(words))
    )
    return await stored_articles(
        session, rows.where(Article.id.in_(holding)).order_by(Version.read_at.desc(), Article.id.desc()).limit(MOST_FOUND)
    )


async def newest(session: AsyncSession, limit: int) -> list[StoredArticle]:
    """The articles read last, in their newest versions."""
    return await stored_articles(
        session, article_rows().where(Version.newest).order_by(Version.read_at.desc(), Version.id.desc()).limit(limit)
    )


async def headlines(session: AsyncSession, limit: int) -> list[str]:
    """The headlines of the articles read last that have speech to be found, each once."""
    live = (Quote.reports == Reports.SPEECH, Quote.gone.is_(False), Quote.rejected.is_(False))
    quoting = select(Quote.id).where(Quote.article_id == Version.article_id, *live).exists()
    rows = select(Version.headline).where(Version.newest, Version.headline.is_not(None), quoting)
    rows = rows.order_by(Version.read_at.desc(), Version.id.desc())
    return list(dict.fromkeys(headline for headline in await session.scalars(rows.limit(limit)) if headline))


async def counts(session: AsyncSession) -> Counts:
    """What the store holds: quotes that can be found, and the speakers that are heard in them."""
    speech = Quote.reports == Reports.SPEECH
    held = select(
        select(func.count()).select_from(Article).scalar_subquery().label("articles"),
        select(func.count()).select_from(Outlet).scalar_subquery().label("outlets"),
        func.count().filter(speech).label("quotes"),
        func.count(Quote.speaker_id.distinct()).filter(speech).label("speakers"),
        func.count().filter(~speech).label("attitudes"),
    ).where(Quote.gone.is_(False), Quote.rejected.is_(False))
    row = (await session.execute(held)).mappings().one()
    last_read = await session.scalar(select(Version.read_at).where(Version.newest).order_by(Version.read_at.desc()).limit(1))
    return Counts(**row, last_read=last_read)


async def outlets(session: AsyncSession) -> list[str]:
    """The outlets of which there are articles, by name."""
    return sorted(await session.scalars(select(Outlet.name)), key=fold)


async def outlets_most_read(session: AsyncSession) -> list[str]:
    """The outlets of which there are articles, those with the most first."""
    counted = select(Article.outlet_id, func.count().label("count")).group_by(Article.outlet_id).subquery("counted")
    rows = select(Outlet.name).join(counted, counted.c.outlet_id == Outlet.id).order_by(counted.c.count.desc(), Outlet.id)
    return list(await session.scalars(rows))


async def all_ids(session: AsyncSession) -> list[int]:
    """The numbers of all articles, oldest first."""
    return list(await session.scalars(select(Article.id).order_by(Article.id)))


async def set_engine(session: AsyncSession, version_id: int, engine: str) -> None:
    """Note which engine read the quotes of a version."""
    await session.execute(update(Version).where(Version.id == version_id).values(engine=engine))


async def read_by_other_engine(session: AsyncSession, engine: str) -> list[int]:
    """The articles whose newest version was read by another engine than `engine`, or by none yet; oldest first.

    Those of which no quotes are taken are none of them.
    """
    other = or_(Version.engine.is_(None), Version.engine != engine)
    ours = Version.article_id.not_in(select(Unquoted.article_id))
    return list(await session.scalars(select(Version.article_id).where(Version.newest, other, ours).order_by(Version.article_id)))


async def _known(session: AsyncSession, article: NewArticle) -> tuple[bool, int | None, int | None]:
    """Whether an article was taken down; its number and its outlet's, where they are stored."""
    removed = select(RemovedArticle.identity_sha256).where(marking(article.identity, article.text)).exists()
    given = {"identity": digest(article.identity), "outlet": _folded(article.outlet or "")}
    row = (await session.execute(select(removed, _BY_IDENTITY, _OUTLET), given)).one()
    return bool(row[0]), row[1], row[2]


async def _copy(session: AsyncSession, identity: str, text_sha256: str) -> Saved | None:
    """The article without a URL that has the very text of one that has none either."""
    if not identity.startswith(WITHOUT_URL):
        return None
    rows = (
        select(Version.article_id, Version.id)
        .join(Article, Article.id == Version.article_id)
        .where(Version.text_sha256 == text_sha256, Version.newest, or_(*(Article.identity.startswith(start) for start in WITHOUT_URL)))
    )
    found = (await session.execute(rows.order_by(Version.id).limit(1))).first()
    return None if found is None else Saved(found.article_id, found.id, SaveOutcome.UNCHANGED)


async def _add(session: AsyncSession, article: NewArticle, outlet_id: int | None) -> int:
    row = {
        "identity": article.identity,
        "identity_sha256": digest(article.identity),
        "url": article.url,
        "url_sha256": None if article.url is None else digest(article.url),
        "outlet_id": None if not article.outlet else outlet_id or await _new_outlet(session, article.outlet),
        "unannounced": article.unannounced,
    }
    article_id: int = (await session.scalars(_ADD, row)).one()
    await _credit(session, article_id, article)
    return article_id


async def _credit(session: AsyncSession, article_id: int, article: NewArticle) -> None:
    if article.first_outlet is not None:
        await session.execute(insert(Credit).values(article_id=article_id, folded=_folded(article.first_outlet)))


def _version(article_id: int, number: int, article: NewArticle, text_sha256: str, at: datetime) -> dict[str, Any]:
    return {
        "article_id": article_id,
        "number": number,
        "newest": True,
        "headline": article.headline,
        "byline": article.byline,
        "published": article.published,
        "language": article.language,
        "text": article.text,
        "text_sha256": text_sha256,
        "read_at": at,
    }


async def _add_version(session: AsyncSession, row: dict[str, Any]) -> int:
    version_id: int = (await session.scalars(_ADD_VERSION, row)).one()
    words = dict.fromkeys(terms(row["headline"] or ""))
    if words:
        await session.execute(_ADD_WORD, [{"word": word, "article_id": row["article_id"]} for word in words])
    return version_id


async def _refresh(session: AsyncSession, article_id: int, article: NewArticle, outlet_id: int | None) -> None:
    values: dict[str, object] = {}
    if article.outlet:
        values["outlet_id"] = outlet_id or await _new_outlet(session, article.outlet)
    if article.url:
        values |= {"url": article.url, "url_sha256": digest(article.url)}
    if article.first_outlet is not None:
        await session.execute(delete(Credit).where(Credit.article_id == article_id))
        await _credit(session, article_id, article)
    if values:
        await session.execute(update(Article).where(Article.id == article_id).values(values))


async def _new_outlet(session: AsyncSession, name: str) -> int:
    return (await session.scalars(insert(Outlet).values(name=name, folded=_folded(name)).returning(Outlet.id))).one()


def _folded(outlet: str) -> str:
    return fold(outlet)[:LONGEST_NAME]
