"""How rows become the plain values that leave the store, without reading the articles' texts."""

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import Any, TypeVar

from sqlalchemy import Row, RowMapping, Select, select
from sqlalchemy.ext.asyncio import AsyncSession

from storage.records import Span, StoredArticle, StoredQuote
from storage.schema import Article, Outlet, Quote, Speaker, Version

T = TypeVar("T")
AnySelect = Select[*tuple[Any, ...]]
AnyRow = Row[*tuple[Any, ...]]

MOST_AT_ONCE = 5_000
"""How many values one statement lists; engines take some tens of thousands."""


def possible(number: int) -> bool:
    """Whether a row can have this number: people type any, and the drivers refuse those that fit no column."""
    return 0 < number < 2**31


def batches(values: Iterable[T]) -> Iterator[list[T]]:
    """The values without repetition, in lists short enough for one statement each."""
    once = list(dict.fromkeys(values))
    for start in range(0, len(once), MOST_AT_ONCE):
        yield once[start : start + MOST_AT_ONCE]


@cache
def quote_rows() -> AnySelect:
    """Everything that a `StoredQuote` shows, to be narrowed and ordered."""
    return (
        select(
            Quote.id,
            Quote.article_id,
            Quote.version_id,
            Quote.content,
            Quote.source,
            Quote.cue,
            Quote.words,
            Quote.cue_words,
            Quote.kind,
            Quote.reports,
            Quote.confidence,
            Quote.speaker_id,
            Speaker.name.label("speaker_name"),
            Speaker.kind.label("speaker_kind"),
            Quote.corrected,
            Quote.rejected,
            Quote.gone,
            Quote.statement_id,
            Outlet.name.label("outlet"),
            Article.url,
            Version.headline,
            Version.published,
            Quote.read_at,
        )
        .select_from(Quote)
        .join(Version, Version.id == Quote.version_id)
        .join(Article, Article.id == Quote.article_id)
        .outerjoin(Outlet, Outlet.id == Article.outlet_id)
        .outerjoin(Speaker, Speaker.id == Quote.speaker_id)
    )


def stored_quote(row: RowMapping) -> StoredQuote:
    """A row of `quote_rows()`, with or without a column `score`, as a value."""
    return StoredQuote(**{**row, "words": pieces(row["words"], row["content"])})


async def stored_quotes(session: AsyncSession, wanted: AnySelect) -> list[StoredQuote]:
    """The quotes that a narrowed `quote_rows()` finds."""
    return [stored_quote(row) for row in (await session.execute(wanted)).mappings().all()]


def pieces(words: str, content: Sequence[Span]) -> tuple[str, ...]:
    """The pieces of which a quote's `words` were joined with a space each, by the lengths of its content spans."""
    cut: list[str] = []
    place = 0
    for start, end in content:
        cut.append(words[place : place + end - start])
        place += end - start + 1
    return tuple(cut)


def article_rows() -> AnySelect:
    """Everything that a `StoredArticle` holds, its text too, to be narrowed and ordered."""
    return (
        select(
            Article.id,
            Version.id.label("version_id"),
            Version.number.label("version"),
            Article.identity,
            Version.text,
            Article.url,
            Outlet.name.label("outlet"),
            Version.headline,
            Version.byline,
            Version.published,
            Version.language,
            Version.read_at,
        )
        .select_from(Version)
        .join(Article, Article.id == Version.article_id)
        .outerjoin(Outlet, Outlet.id == Article.outlet_id)
    )


async def stored_articles(session: AsyncSession, wanted: AnySelect) -> list[StoredArticle]:
    """The articles that a narrowed `article_rows()` finds."""
    return [StoredArticle(**row) for row in (await session.execute(wanted)).mappings().all()]
