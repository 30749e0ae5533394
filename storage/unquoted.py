"""Articles in other languages, of which no quotes are taken: which they are, and a full-text index by which they are found.

Both engines are given folded terms alone, as in `storage/full_text.py`, but nothing is stemmed: a word finds those that begin with it.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import Select, bindparam, cast, column, delete, func, insert, literal, literal_column, select, table, text
from sqlalchemy.dialects.postgresql import REGCONFIG, TSQUERY, TSVECTOR
from sqlalchemy.ext.asyncio import AsyncSession

from storage.full_text import MOST_ASKED
from storage.languages import is_quoted
from storage.records import NewArticle, UnquotedArticle
from storage.schema import LONGEST_NAME, Article, Outlet, Unquoted, Version
from storage.terms import fold, terms

_MOST_WORDS = 40_000
_REACH = 1_000_000
_PIECES = re.compile(r"(?s:.{1,20000}(?!\S)|.{1,20000})")
"""A part of a text that ends with a word, where it has words that end."""
_SHORTEST_BEGINNING = 4
_APOSTROPHES = re.compile(r"['\u2018\u2019\u02bc]")
_UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")
"""Thai, Lao, Burmese, Khmer, Japanese and Chinese put no space between words: each letter is one here."""


async def keep(session: AsyncSession, article_id: int, article: NewArticle) -> None:
    """Note that an article which is not among them is in another language, where it is."""
    if article.language is None or is_quoted(article.language):
        return
    await session.execute(insert(Unquoted).values(article_id=article_id, language=article.language))
    words = _first_words(f"{article.headline or ''}\n{article.text}")
    await session.execute(_INSERT[_dialect(session)], {"id": article_id, "words": " ".join(words)})


async def drop(session: AsyncSession, article_id: int) -> None:
    """Have an article be none of them any more; one that is none is passed over."""
    if await session.scalar(select(Unquoted.article_id).where(Unquoted.article_id == article_id)) is not None:
        await session.execute(_DELETE[_dialect(session)], {"id": article_id})
        await session.execute(delete(Unquoted).where(Unquoted.article_id == article_id))


async def holding(
    session: AsyncSession,
    words: Sequence[str],
    *,
    outlet: str | None = None,
    since: datetime | None = None,
    until: datetime | None = None,
    limit: int,
) -> list[UnquotedArticle]:
    """Those that hold all these words, stored last first; none if nothing asked is a word."""
    groups = [group[:MOST_ASKED] for group in dict.fromkeys(tuple(_words(word)) for word in words) if group][:MOST_ASKED]
    if not groups:
        return []
    dated = func.coalesce(Version.published, Version.read_at)
    rows = select(Unquoted.article_id, Unquoted.language).where(Unquoted.article_id.in_(_matching(session, groups)))
    if since or until:
        rows = rows.join(Version, Version.article_id == Unquoted.article_id).where(Version.newest)
        rows = rows.where(*([dated >= since] if since else []), *([dated < until] if until else []))
    if outlet:
        rows = rows.join(Article, Article.id == Unquoted.article_id).join(Outlet, Outlet.id == Article.outlet_id)
        rows = rows.where(Outlet.folded == fold(outlet)[:LONGEST_NAME])
    found = await session.execute(rows.order_by(Unquoted.article_id.desc()).limit(limit))
    return [UnquotedArticle(*row) for row in found.all()]


async def by_language(session: AsyncSession) -> Counter[str]:
    """How many there are in each language."""
    return Counter({language: count for language, count in await session.execute(_COUNTED)})  # noqa: C416 - rows are no pairs to mypy


def _first_words(text: str) -> list[str]:
    """The words of a text up to `_MOST_WORDS`. What follows is not looked at: of a long one all words take half a minute."""
    words: list[str] = []
    for piece in _PIECES.finditer(text[:_REACH]):
        words += _words(piece[0])
        if len(words) >= _MOST_WORDS:
            break
    return words[:_MOST_WORDS]


def _words(given: str) -> list[str]:
    spaced = _UNSPACED.sub(lambda letter: f" {letter[0]} ", _APOSTROPHES.sub(" ", given))
    return terms(spaced)


def _matching(session: AsyncSession, groups: Iterable[Sequence[str]]) -> Select[int]:
    if _dialect(session) == "sqlite":
        index = table("article_index", column("rowid"))
        asked = " AND ".join(f'"{" ".join(group)}"{"*" if _begins(group[-1]) else ""}' for group in groups)
        return select(index.c.rowid).where(literal_column("article_index").op("MATCH")(bindparam("asked", asked, unique=True)))
    vectors = table("article_index", column("article_id"), column("vector", TSVECTOR))
    asked = " & ".join(
        "(" + " <-> ".join([*(f"'{word}'" for word in group[:-1]), f"'{group[-1]}'{':*' if _begins(group[-1]) else ''}"]) + ")"
        for group in groups
    )
    query = func.to_tsquery(cast(literal("simple"), REGCONFIG), asked, type_=TSQUERY)
    return select(vectors.c.article_id).where(vectors.c.vector.bool_op("@@")(query))


def _begins(word: str) -> bool:
    return len(word) >= _SHORTEST_BEGINNING


def _dialect(session: AsyncSession) -> str:
    return session.get_bind().dialect.name


_COUNTED = select(Unquoted.language, func.count()).group_by(Unquoted.language)
_INSERT = {
    "sqlite": text("INSERT INTO article_index (rowid, words) VALUES (:id, :words)"),
    "postgresql": text("INSERT INTO article_index (article_id, vector) VALUES (:id, to_tsvector('simple', CAST(:words AS text)))"),
}
_DELETE = {
    "sqlite": text("DELETE FROM article_index WHERE rowid = :id"),
    "postgresql": text("DELETE FROM article_index WHERE article_id = :id"),
}
