"""Taking an article down with all that came from it, and the mark that keeps it from coming back by itself."""

from datetime import datetime

from sqlalchemy import ColumnElement, and_, delete, func, insert, or_, select, union, update
from sqlalchemy.ext.asyncio import AsyncSession

from storage import full_text, refusals, statements, stories, unquoted
from storage.records import Removal
from storage.schema import Alias, Article, Correction, Outlet, Quote, RemovedArticle, Speaker, Version
from storage.speakers import delete_orphans, refresh_words
from storage.terms import digest

WITHOUT_URL = ("text:", "file:")
"""How the identity of an article begins that has no URL: its content or its file is all there is to know it by."""


async def remove(session: AsyncSession, article_id: int, *, author: str, at: datetime) -> int:
    """Take an article down: its versions, its quotes with their corrections, and whatever nothing else refers to then.

    Returns how many quotes could be found before; 0 also if there is no such article.
    """
    identity = await session.scalar(select(Article.identity).where(Article.id == article_id))
    if identity is None:
        return 0
    text_sha256 = (await session.scalars(select(Version.text_sha256).where(Version.article_id == article_id, Version.newest))).one()
    mark = {"identity": identity, "text_sha256": text_sha256, "author": author, "at": at}
    await allow_again(session, identity)
    await session.execute(insert(RemovedArticle).values(identity_sha256=digest(identity), **mark))

    shown = and_(Quote.article_id == article_id, Quote.gone.is_(False), Quote.rejected.is_(False))
    taken_down = await session.scalar(select(func.count()).select_from(Quote).where(shown)) or 0
    heard = await _speakers_of(session, article_id)
    told = list(
        await session.scalars(select(Quote.statement_id).where(Quote.article_id == article_id, Quote.statement_id.is_not(None)).distinct())
    )
    await full_text.drop(session, list(await session.scalars(select(Quote.id).where(Quote.article_id == article_id))))
    await session.execute(delete(Quote).where(Quote.article_id == article_id))
    await refusals.drop(session, article_id)
    await statements.drop_single(session, [statement_id for statement_id in told if statement_id is not None])
    await stories.leave(session, article_id)
    await unquoted.drop(session, article_id)
    await session.execute(update(Speaker).where(Speaker.article_id == article_id).values(article_id=None))
    await session.execute(delete(Article).where(Article.id == article_id))
    await delete_orphans(session, among=heard)
    await refresh_words(session, heard)
    await session.execute(delete(Outlet).where(~select(Article.id).where(Article.outlet_id == Outlet.id).exists()))
    return taken_down


async def removal(session: AsyncSession, identity: str, *, text: str | None = None) -> Removal | None:
    """The mark of an article taken down, by its identity, or, if it has no URL, by its `text` under whatever name."""
    row = (
        await session.execute(select(RemovedArticle.identity, RemovedArticle.author, RemovedArticle.at).where(marking(identity, text)))
    ).first()
    return None if row is None else Removal(row.identity, row.author, row.at)


async def allow_again(session: AsyncSession, identity: str, *, text: str | None = None) -> None:
    """Forget that an article was taken down, so that it can be stored again; found as by `removal`."""
    await session.execute(delete(RemovedArticle).where(marking(identity, text)))


async def _speakers_of(session: AsyncSession, article_id: int) -> set[int]:
    """All speakers that the article or a correction of its quotes ever referred to."""
    of_article = Quote.article_id == article_id
    sources = (
        select(Quote.read_speaker_id).where(of_article),
        select(Quote.speaker_id).where(of_article),
        select(Correction.speaker_id).join(Quote, Quote.id == Correction.quote_id).where(of_article),
        select(Correction.other_speaker_id).join(Quote, Quote.id == Correction.quote_id).where(of_article),
        select(Alias.speaker_id).join(Version, Version.id == Alias.version_id).where(Version.article_id == article_id),
        select(Speaker.id).where(Speaker.article_id == article_id),
    )
    return {speaker_id for speaker_id in await session.scalars(union(*sources)) if speaker_id is not None}


def marking(identity: str, text: str | None) -> ColumnElement[bool]:
    """That a mark is that of an article with that identity, or, if it has no URL, with that text."""
    by_name = RemovedArticle.identity_sha256 == digest(identity)
    if text is None or not identity.startswith(WITHOUT_URL):
        return by_name
    without_url = or_(*(RemovedArticle.identity.startswith(start) for start in WITHOUT_URL))
    return or_(by_name, and_(RemovedArticle.text_sha256 == digest(text), without_url))
