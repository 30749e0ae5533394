"""The full-text index over refusals, as `storage/full_text.py` has one over quotes: the same terms, in the index and in the query."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import Select, bindparam, cast, column, func, literal, literal_column, select, table, text
from sqlalchemy.dialects.postgresql import REGCONFIG, TSQUERY, TSVECTOR
from sqlalchemy.ext.asyncio import AsyncSession

from storage.full_text import MOST_ASKED, MOST_TERMS
from storage.inflections import forms
from storage.terms import terms

_WHO, _AROUND = "who", "around"
_WEIGHTS = {_WHO: "A", _AROUND: "B"}


@dataclass(frozen=True, slots=True)
class RefusalEntry:
    """What the index holds of a refusal: its subject, and the paragraph and headline around it."""

    refusal_id: int
    who: str
    around: str


async def index(session: AsyncSession, entries: Iterable[RefusalEntry]) -> None:
    """Index refusals that are not in the index."""
    rows = [{"id": one.refusal_id, _WHO: _indexed(one.who), _AROUND: _indexed(one.around)} for one in entries]
    if rows:
        await session.execute(_INSERT[_dialect(session)], rows)


async def unindex(session: AsyncSession, refusal_ids: Iterable[int]) -> None:
    """Take refusals out of the index; those that are not in it are passed over."""
    rows = [{"id": refusal_id} for refusal_id in refusal_ids]
    if rows:
        await session.execute(_DELETE[_dialect(session)], rows)


def about(session: AsyncSession, words: Sequence[str], phrase: str) -> Select[int] | None:
    """The numbers of the refusals around which each of `words` stands, and `phrase` in a row; None if nothing asked is a word."""
    rows = [tuple(terms(word)) for word in words]
    return _matching(session, [*rows, tuple(terms(phrase))], _AROUND)


def of(session: AsyncSession, called: Sequence[str]) -> Select[int] | None:
    """The numbers of the refusals whose subject holds all these words; None if none is a word."""
    return _matching(session, [tuple(terms(word)) for word in called], _WHO)


def _matching(session: AsyncSession, asked: Iterable[Sequence[str]], where: str) -> Select[int] | None:
    rows = [row[:MOST_ASKED] for row in dict.fromkeys(asked) if row][:MOST_ASKED]
    if not rows:
        return None
    if _dialect(session) == "sqlite":
        index = table("refusal_index", column("rowid"))
        matched = literal_column("refusal_index").op("MATCH")(bindparam("asked", _in_fts5(rows, where), unique=True))
        return select(index.c.rowid.label("id")).where(matched)
    vectors = table("refusal_index", column("refusal_id"), column("vector", TSVECTOR))
    query = func.to_tsquery(cast(literal("verbatim"), REGCONFIG), _in_tsquery(rows, _WEIGHTS[where]), type_=TSQUERY)
    return select(vectors.c.refusal_id.label("id")).where(vectors.c.vector.bool_op("@@")(query))


def _in_fts5(rows: Iterable[Sequence[str]], where: str) -> str:
    either = ([" ".join(row)] if len(row) > 1 else forms(row[0]) for row in rows)
    together = (" OR ".join(f'"{one}"' for one in words) for words in either)
    return " AND ".join(f"{where} : ({words})" for words in together)


def _in_tsquery(rows: Iterable[Sequence[str]], weight: str) -> str:
    together = (
        " <-> ".join(f"'{term}':{weight}" for term in row) if len(row) > 1 else " | ".join(f"'{one}':{weight}" for one in forms(row[0]))
        for row in rows
    )
    return " & ".join(f"({words})" for words in together)


def _indexed(text: str) -> str:
    return " ".join(terms(text)[:MOST_TERMS])


def _dialect(session: AsyncSession) -> str:
    return session.get_bind().dialect.name


_INSERT = {
    "sqlite": text("INSERT INTO refusal_index (rowid, who, around) VALUES (:id, :who, :around)"),
    "postgresql": text(
        "INSERT INTO refusal_index (refusal_id, vector) VALUES (:id,"
        " setweight(to_tsvector('verbatim', CAST(:who AS text)), 'A')"
        " || setweight(to_tsvector('verbatim', CAST(:around AS text)), 'B'))"
    ),
}
_DELETE = {
    "sqlite": text("DELETE FROM refusal_index WHERE rowid = :id"),
    "postgresql": text("DELETE FROM refusal_index WHERE refusal_id = :id"),
}
