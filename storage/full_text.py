"""The full-text index over quotes: SQLite's FTS5 or PostgreSQL's tsvector, the same answers from both.

Both engines are given nothing but folded terms (`storage/terms.py`), in the index and in the query, so that what a person
types never reaches either's query syntax, and both stem with Porter's algorithm. A quote's own words, their context and
the article's headline weigh 10, 2 and 1.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import Float, Subquery, bindparam, cast, column, func, literal, literal_column, select, table, text
from sqlalchemy.dialects.postgresql import ARRAY, REGCONFIG, TSQUERY, TSVECTOR
from sqlalchemy.ext.asyncio import AsyncSession

from storage.inflections import forms
from storage.records import Span
from storage.terms import terms

CONTEXT_REACH = 2_000
"""How many characters of context before and after a quote are indexed: a whole text without line breaks is no context."""
MOST_TERMS = 4_000
MOST_ASKED = 64

Group = tuple[str, ...]
"""The terms of one word, which must match in a row."""

_CONFIGURATION = "verbatim"
_INDEXES = ("quote_index", "refusal_index", "article_index")
_RANKS = (0.0, 0.1, 0.2, 1.0)  # PostgreSQL's order: D, C, B, A
_COLUMN_WEIGHTS = "ABC"
_FTS5_COLUMNS = {"": "", "A": "words : ", "AB": "{words context} : "}


@dataclass(frozen=True, slots=True)
class Entry:
    """What the index holds of a quote: its words, the text around them and the headline above them."""

    quote_id: int
    words: str
    context: str
    headline: str

    @classmethod
    def of(cls, quote_id: int, words: str, text: str, context: Span, headline: str | None) -> "Entry":
        """The entry of a quote in `text`; `context` is a span of it and is cut to a reach around the words."""
        return cls(quote_id, _indexed(words), _indexed(text[context[0] : context[1]]), _indexed(headline or ""))


def _indexed(text: str) -> str:
    return " ".join(terms(text)[:MOST_TERMS])


def reach(context: Span, content: Sequence[Span]) -> Span:
    """The part of `context` that is near enough to the content to be indexed."""
    first, last = content[0][0], content[-1][1]
    return max(context[0], first - CONTEXT_REACH), min(context[1], last + CONTEXT_REACH)


async def add(session: AsyncSession, entries: Iterable[Entry]) -> None:
    """Index quotes that are not in the index."""
    rows = {e.quote_id: {"id": e.quote_id, "words": e.words, "context": e.context, "headline": e.headline} for e in entries}
    if rows:
        await session.execute(_INSERT[_dialect(session)], list(rows.values()))


async def drop(session: AsyncSession, quote_ids: Iterable[int]) -> None:
    """Take quotes out of the index; those that are not in it are passed over."""
    rows = [{"id": quote_id} for quote_id in quote_ids]
    if rows:
        await session.execute(_DELETE[_dialect(session)], rows)


def hits(
    session: AsyncSession, words: Sequence[str], phrase: str, *, any_of: Sequence[str] = (), near: bool = False, own: bool = False
) -> Subquery | None:
    """The matching quotes as a table of `id` and `score`, or None if nothing that was asked is a word.

    Each of `words` must match somewhere in the entry, and one of `any_of`; one that is several terms ("no-deal") must match in a row.
    `phrase` must match in a row in the quote's own words. Where only what is `near` counts, the headline does not; where only its
    `own` words do, the context does not either.
    """
    asked: list[tuple[Group, ...]] = [(group,) for group in _groups(words)]
    if others := _groups(any_of):
        asked.append(tuple(others))
    in_a_row = tuple(terms(phrase)[:MOST_ASKED])
    if not asked and not in_a_row:
        return None
    columns = "A" if own else "AB" if near else ""
    return _fts5(asked, in_a_row, columns) if _dialect(session) == "sqlite" else _tsvector(asked, in_a_row, columns)


def _groups(words: Sequence[str]) -> list[Group]:
    """The terms of each word, each group once."""
    groups = dict.fromkeys(tuple(terms(word)) for word in words)
    return [group[:MOST_ASKED] for group in groups if group][:MOST_ASKED]


def is_ours(table_name: str | None) -> bool:
    """Whether a table of the database belongs to an index (FTS5 keeps several), which is not in `storage/schema/`."""
    return table_name is not None and any(table_name == one or table_name.startswith(f"{one}_") for one in _INDEXES)


def _dialect(session: AsyncSession) -> str:
    return session.get_bind().dialect.name


_INSERT = {
    "sqlite": text("INSERT INTO quote_index (rowid, words, context, headline) VALUES (:id, :words, :context, :headline)"),
    "postgresql": text(
        "INSERT INTO quote_index (quote_id, vector) VALUES (:id,"
        " setweight(to_tsvector('verbatim', CAST(:words AS text)), 'A')"
        " || setweight(to_tsvector('verbatim', CAST(:context AS text)), 'B')"
        " || setweight(to_tsvector('verbatim', CAST(:headline AS text)), 'C'))"
    ),
}
_DELETE = {
    "sqlite": text("DELETE FROM quote_index WHERE rowid = :id"),
    "postgresql": text("DELETE FROM quote_index WHERE quote_id = :id"),
}


def _fts5(asked: Sequence[Sequence[Group]], in_a_row: Sequence[str], columns: str) -> Subquery:
    where = _FTS5_COLUMNS[columns]
    conditions = [f"{where}({' OR '.join(_in_fts5(group) for group in alternatives)})" for alternatives in asked]
    if in_a_row:
        conditions.append(f'words : "{" ".join(in_a_row)}"')
    index = table("quote_index", column("rowid"))
    score = func.bm25(literal_column("quote_index"), literal_column("10.0"), literal_column("2.0"), literal_column("1.0"))
    return (
        select(index.c.rowid.label("id"), (-score).label("score"))
        .where(literal_column("quote_index").op("MATCH")(bindparam("asked", " AND ".join(conditions), unique=True)))
        .subquery("hits")
    )


def _in_fts5(group: Sequence[str]) -> str:
    rows = [" ".join(group)] if len(group) > 1 else forms(group[0])
    return "(" + " OR ".join(f'"{row}"' for row in rows) + ")"


def _tsvector(asked: Sequence[Sequence[Group]], in_a_row: Sequence[str], columns: str) -> Subquery:
    conditions = [f"({' | '.join(_together(group, columns) for group in alternatives)})" for alternatives in asked]
    if in_a_row:
        conditions.append(_row(in_a_row, "A"))
    index = table("quote_index", column("quote_id"), column("vector", TSVECTOR))
    query = func.to_tsquery(cast(literal(_CONFIGURATION), REGCONFIG), " & ".join(conditions), type_=TSQUERY)
    score = func.ts_rank(cast(literal(list(_RANKS), ARRAY(Float)), ARRAY(Float(24))), index.c.vector, query)
    return select(index.c.quote_id.label("id"), score.label("score")).where(index.c.vector.bool_op("@@")(query)).subquery("hits")


def _together(group: Sequence[str], columns: str) -> str:
    """Terms in a row within one column, of those with these weights or of all ("").

    The positions of the columns follow on each other, so each is asked by itself.
    """
    if len(group) == 1:
        weights = f":{columns}" if columns else ""
        return "(" + " | ".join(f"'{form}'{weights}" for form in forms(group[0])) + ")"
    return "(" + " | ".join(_row(group, weight) for weight in columns or _COLUMN_WEIGHTS) + ")"


def _row(group: Sequence[str], weight: str) -> str:
    return "(" + " <-> ".join(f"'{term}':{weight}" for term in group) + ")"
