"""Statements: the same utterance as several quotes report it. What somebody thinks or wants is no utterance, and of no statement."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import bindparam, delete, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from storage.records import Reach, Reports, StatementQuote, StoredQuote
from storage.rows import batches, pieces, quote_rows, stored_quotes
from storage.schema import Base, Quote, Statement

_quote = Base.metadata.tables[Quote.__tablename__].c
_UTTERED = (_quote.reports == Reports.SPEECH, _quote.gone.is_(False), _quote.rejected.is_(False))
_REACHED = select(_quote.speaker_id, _quote.dated).where(
    _quote.id.in_(bindparam("quotes", expanding=True)), _quote.speaker_id.is_not(None), *_UTTERED
)
_NEAR = select(*(_quote[name] for name in ("id", "article_id", "speaker_id", "statement_id", "words", "kind", "content", "dated"))).where(
    _quote.speaker_id.in_(bindparam("speakers", expanding=True)),
    _quote.dated >= bindparam("since"),
    _quote.dated < bindparam("until"),
    *_UTTERED,
)


async def reach(session: AsyncSession, quote_ids: Iterable[int]) -> Reach | None:
    """The reach of these quotes; None if no speaker is known of any. Only speech that is neither gone nor rejected counts."""
    found: list[tuple[int, datetime]] = []
    for some in batches(quote_ids):
        found += [(row.speaker_id, row.dated) for row in await session.execute(_REACHED, {"quotes": some})]
    if not found:
        return None
    moments = [dated for _, dated in found]
    return Reach(tuple(sorted({speaker_id for speaker_id, _ in found})), min(moments), max(moments))


async def neighbours(session: AsyncSession, speaker_ids: Iterable[int], since: datetime, until: datetime) -> list[StatementQuote]:
    """The speech of these speakers (after corrections) that is dated from `since` until before `until`, oldest first.

    A quote is dated by its article's publication, or else by its first reading. Quotes that are gone or rejected are none.
    """
    found: list[StatementQuote] = []
    for some in batches(speaker_ids):
        found += [
            StatementQuote(row.id, row.article_id, row.speaker_id, row.statement_id, pieces(row.words, row.content), row.kind, row.dated)
            for row in await session.execute(_NEAR, {"speakers": some, "since": since, "until": until})
        ]
    return sorted(found, key=lambda quote: (quote.dated, quote.id))


async def assign(session: AsyncSession, groups: Iterable[Sequence[int]]) -> None:
    """Make the quotes of each group one statement, and a quote in a group of its own none.

    A group keeps the number of the statement that most of its quotes had, if no larger group takes it. A statement that
    is left with fewer than two quotes is dropped.
    """
    wanted = sorted({tuple(dict.fromkeys(group)) for group in groups}, key=lambda group: (-len(group), group))
    before = await _statements_of(session, [quote_id for group in wanted for quote_id in group])
    taken: set[int] = set()
    changed: list[tuple[int, int | None]] = []
    for group in wanted:
        statement_id = await _kept_or_new(session, group, before, taken) if len(group) > 1 else None
        changed += [(quote_id, statement_id) for quote_id in group if before.get(quote_id) != statement_id]
    await _set(session, changed)
    await drop_single(session, {statement_id for statement_id in before.values() if statement_id is not None})


async def together(session: AsyncSession, quote_ids: Iterable[int]) -> list[int]:
    """These quotes and all that share a statement with one of them, by number."""
    found = set(quote_ids)
    told: set[int] = set()
    for some in batches(found):
        rows = select(Quote.statement_id).where(Quote.id.in_(some), Quote.statement_id.is_not(None)).distinct()
        told |= {statement_id for statement_id in await session.scalars(rows) if statement_id is not None}
    for some in batches(told):
        found |= set(await session.scalars(select(Quote.id).where(Quote.statement_id.in_(some))))
    return sorted(found)


async def quotes_of(session: AsyncSession, statement_ids: Iterable[int]) -> dict[int, list[StoredQuote]]:
    """The quotes of each statement, oldest first."""
    found: dict[int, list[StoredQuote]] = {}
    for some in batches(statement_ids):
        for quote in await stored_quotes(session, quote_rows().where(Quote.statement_id.in_(some)).order_by(Quote.dated, Quote.id)):
            if quote.statement_id is not None:
                found.setdefault(quote.statement_id, []).append(quote)
    return found


async def drop_single(session: AsyncSession, statement_ids: Iterable[int]) -> None:
    """Drop those of the statements that fewer than two quotes report."""
    for some in batches(statement_ids):
        told = select(Quote.statement_id).where(Quote.statement_id.in_(some)).group_by(Quote.statement_id).having(func.count() > 1)
        standing = set(await session.scalars(told))
        dropped = [statement_id for statement_id in some if statement_id not in standing]
        await session.execute(update(Quote).where(Quote.statement_id.in_(dropped)).values(statement_id=None))
        await session.execute(delete(Statement).where(Statement.id.in_(dropped)))


async def _statements_of(session: AsyncSession, quote_ids: Iterable[int]) -> dict[int, int | None]:
    found: dict[int, int | None] = {}
    for some in batches(quote_ids):
        found |= {row.id: row.statement_id for row in await session.execute(select(Quote.id, Quote.statement_id).where(Quote.id.in_(some)))}
    return found


async def _kept_or_new(session: AsyncSession, group: Sequence[int], before: dict[int, int | None], taken: set[int]) -> int:
    had = Counter(statement_id for quote_id in group if (statement_id := before.get(quote_id)) is not None and statement_id not in taken)
    if had:
        statement_id = min(had, key=lambda one: (-had[one], one))
    else:
        statement_id = (await session.scalars(insert(Statement).values({}).returning(Statement.id))).one()
    taken.add(statement_id)
    return statement_id


async def _set(session: AsyncSession, changed: Iterable[tuple[int, int | None]]) -> None:
    together: dict[int | None, list[int]] = {}
    for quote_id, statement_id in changed:
        together.setdefault(statement_id, []).append(quote_id)
    for statement_id, quote_ids in together.items():
        for some in batches(quote_ids):
            await session.execute(update(Quote).where(Quote.id.in_(some)).values(statement_id=statement_id))
