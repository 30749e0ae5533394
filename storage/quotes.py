"""Quotes: the ones an article has, and who is held to have said them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, bindparam, delete, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from storage import full_text, statements
from storage.full_text import Entry
from storage.records import BaseQuote, Effective, NewQuote, Reports, StoredQuote, words_at
from storage.rows import AnyRow, batches, possible, quote_rows, stored_quotes
from storage.schema import Alias, Base, Correction, Quote, Speaker, Version

_quotes, _versions, _speakers = (Base.metadata.tables[table.__tablename__] for table in (Quote, Version, Speaker))
_ADD = insert(_quotes).returning(_quotes.c.ordinal, _quotes.c.id)
_VERSION = select(*(_versions.c[name] for name in ("id", "article_id", "text", "headline", "published", "read_at"))).where(
    _versions.c.id == bindparam("version")
)
_MERGED = select(_speakers.c.id, _speakers.c.merged_into).where(
    _speakers.c.id.in_(bindparam("speakers", expanding=True)), _speakers.c.merged_into.is_not(None)
)


async def replace(
    session: AsyncSession, version_id: int, quotes: Sequence[NewQuote], speaker_ids: Sequence[int], carry: Mapping[int, int]
) -> list[int]:
    """Make `quotes` those of a version and of its article; returns their numbers in order.

    `speaker_ids` are the numbers of the speakers that the quotes' indices point to. `carry` gives, by the index of a new
    quote, the article's quote whose number it keeps, with what people corrected of it. Quotes of the article that are not
    carried are gone: kept, but never found. What older versions call the speakers is forgotten.
    Raises `ValueError` if `carry` names a quote twice or one of another article.
    """
    version = await _version(session, version_id)
    before = {
        row.id: row
        for row in await session.execute(
            select(Quote.id, Quote.gone, Quote.rejected, Quote.corrected, Quote.speaker_id, Quote.statement_id, Quote.read_at).where(
                Quote.article_id == version.article_id
            )
        )
    }
    carried = set(carry.values())
    if len(carried) < len(carry) or not before.keys() >= carried:
        raise ValueError("A quote is carried twice, or from another article.")
    rows = [_row(version, ordinal, quote, speaker_ids) for ordinal, quote in enumerate(quotes)]
    await _carry_over(session, version, [(before[quote_id], rows[index]) for index, quote_id in carry.items()])
    added = iter(await _add(session, [row for index, row in enumerate(rows) if index not in carry]))
    numbers = [carry[index] if index in carry else next(added) for index in range(len(rows))]
    await _let_go(session, [row for quote_id, row in before.items() if quote_id not in carried])
    rejected = {quote_id for quote_id, row in before.items() if row.rejected}
    await full_text.drop(session, carried)
    entries = _entries(version, numbers, rows, quotes)
    await full_text.add(session, [entry for entry in entries if entry.quote_id not in rejected])
    superseded = select(Version.id).where(Version.article_id == version.article_id)
    await session.execute(
        delete(Alias).where(Alias.version_id.in_(superseded), or_(Alias.version_id != version_id, Alias.speaker_id.not_in(speaker_ids)))
    )
    return numbers


async def add(session: AsyncSession, version_id: int, quotes: Sequence[NewQuote], speaker_ids: Sequence[int]) -> list[int]:
    """Give `quotes` to the first version of an article, which has none yet: as `replace`, in fewer statements.

    Those of a speaker that is merged into another one are held to be the other one's at once: no other correction can concern them.
    """
    if not quotes:
        return []
    version = await _version(session, version_id)
    into = {row.id: row.merged_into for row in await session.execute(_MERGED, {"speakers": list(speaker_ids)})}
    rows = [_row(version, ordinal, quote, speaker_ids) for ordinal, quote in enumerate(quotes)]
    for row in rows:
        row["speaker_id"] = into.get(row["speaker_id"], row["speaker_id"])
    numbers = await _add(session, rows)
    await full_text.add(session, _entries(version, numbers, rows, quotes))
    return numbers


async def of_article(session: AsyncSession, article_id: int, *, include_gone: bool = False) -> list[StoredQuote]:
    """The quotes of an article in text order, the rejected ones too; those that are gone come last, if wanted."""
    wanted = quote_rows().where(Quote.article_id == article_id)
    if not include_gone:
        wanted = wanted.where(Quote.gone.is_(False))
    return await stored_quotes(session, wanted.order_by(Quote.gone, Quote.ordinal, Quote.id))


async def of_versions(session: AsyncSession, version_ids: Iterable[int]) -> dict[int, list[StoredQuote]]:
    """The quotes of these versions that are not gone, the rejected ones too: of each in text order."""
    found: dict[int, list[StoredQuote]] = defaultdict(list)
    for some in batches(version_ids):
        wanted = quote_rows().where(Quote.version_id.in_(some), Quote.gone.is_(False))
        for quote in await stored_quotes(session, wanted.order_by(Quote.version_id, Quote.ordinal, Quote.id)):
            found[quote.version_id].append(quote)
    return found


async def let_go(session: AsyncSession, quote_ids: Iterable[int]) -> None:
    """Make quotes gone that still stand in their articles, as they turned out to be none: kept, but never found."""
    for some in batches(quote_ids):
        rows = select(Quote.id, Quote.gone, Quote.statement_id).where(Quote.id.in_(some))
        await _let_go(session, list(await session.execute(rows)))


async def newest_words(session: AsyncSession, limit: int) -> list[str]:
    """What was said in the newest quotes that can be found, newest first: the words of each joined by a space."""
    rows = select(Quote.words).where(Quote.reports == Reports.SPEECH, Quote.gone.is_(False), Quote.rejected.is_(False))
    return list(await session.scalars(rows.order_by(Quote.dated.desc(), Quote.id.desc()).limit(limit)))


async def get(session: AsyncSession, quote_id: int) -> StoredQuote | None:
    """A quote by its number, whether rejected, gone or neither."""
    found = await stored_quotes(session, quote_rows().where(Quote.id == quote_id)) if possible(quote_id) else []
    return found[0] if found else None


async def newest_before(session: AsyncSession, moment: datetime) -> int:
    """The number of the quote, gone or not, that was first read last before that moment; 0 where there is none."""
    return (
        await session.scalar(select(Quote.id).where(Quote.read_at < moment).order_by(Quote.read_at.desc(), Quote.id.desc()).limit(1)) or 0
    )


async def many(session: AsyncSession, quote_ids: Iterable[int]) -> list[StoredQuote]:
    """Those of the quotes that are neither gone nor rejected, in the order of their numbers as given."""
    wanted = list(dict.fromkeys(quote_ids))
    standing = quote_rows().where(Quote.gone.is_(False), Quote.rejected.is_(False))
    found: dict[int, StoredQuote] = {}
    for some in batches(number for number in wanted if possible(number)):
        found |= {one.id: one for one in await stored_quotes(session, standing.where(Quote.id.in_(some)))}
    return [found[number] for number in wanted if number in found]


async def base(
    session: AsyncSession,
    *,
    quote_ids: Iterable[int] | None = None,
    article_id: int | None = None,
    speaker_ids: Iterable[int] | None = None,
) -> list[BaseQuote]:
    """The speakers of the quotes with these numbers, of that article, and of those that concern any of these speakers.

    A quote concerns a speaker if it was read or is held to be that speaker's, or if a correction that stands gives it to
    the speaker. Rejected and gone quotes are among them; ordered by number.
    """
    found: dict[int, BaseQuote] = {}
    rows = select(Quote.id, Quote.article_id, Quote.read_speaker_id, Quote.speaker_id, Quote.corrected, Quote.rejected, Quote.statement_id)
    conditions: list[ColumnElement[bool]] = [Quote.id.in_(some) for some in batches(quote_ids or ())]
    if article_id is not None:
        conditions.append(Quote.article_id == article_id)
    for some in batches(speaker_ids or ()):
        given = or_(Correction.speaker_id.in_(some), Correction.other_speaker_id.in_(some))
        corrected = select(Correction.quote_id).where(Correction.quote_id.is_not(None), Correction.undone_at.is_(None), given)
        conditions += [Quote.read_speaker_id.in_(some), Quote.speaker_id.in_(some), Quote.id.in_(corrected)]
    for condition in conditions:
        found |= {row["id"]: BaseQuote(**row) for row in (await session.execute(rows.where(condition))).mappings()}
    return [found[number] for number in sorted(found)]


async def set_effective(session: AsyncSession, rows: Iterable[Effective]) -> None:
    """Set what holds of quotes after corrections; a rejected quote leaves the index and its statement, and comes back to the index."""
    wanted = {row.quote_id: row for row in rows}
    if not wanted:
        return
    before: dict[int, AnyRow] = {}
    for some in batches(wanted):
        current = select(Quote.id, Quote.rejected, Quote.gone, Quote.statement_id).where(Quote.id.in_(some))
        before |= {row.id: row for row in await session.execute(current)}
    await session.execute(
        update(Quote.__table__)  # type: ignore[arg-type]
        .where(Quote.id == bindparam("number"))
        .values(speaker_id=bindparam("speaker"), corrected=bindparam("was_corrected"), rejected=bindparam("was_rejected")),
        [
            {"number": row.quote_id, "speaker": row.speaker_id, "was_corrected": row.corrected, "was_rejected": row.rejected}
            for row in wanted.values()
        ],
    )
    rejected = [row for quote_id, row in before.items() if wanted[quote_id].rejected and not row.rejected]
    await full_text.drop(session, [row.id for row in rejected])
    await _leave_statements(session, rejected)
    await _index_again(
        session, [quote_id for quote_id, row in before.items() if row.rejected and not row.gone and not wanted[quote_id].rejected]
    )


async def _version(session: AsyncSession, version_id: int) -> AnyRow:
    return (await session.execute(_VERSION, {"version": version_id})).one()


def _entries(version: AnyRow, numbers: Sequence[int], rows: Sequence[dict[str, Any]], quotes: Sequence[NewQuote]) -> list[Entry]:
    return [
        Entry.of(number, row["words"], version.text, full_text.reach(quote.context, quote.content), version.headline)
        for number, row, quote in zip(numbers, rows, quotes, strict=True)
    ]


def _row(version: AnyRow, ordinal: int, quote: NewQuote, speaker_ids: Sequence[int]) -> dict[str, Any]:
    speaker_id = None if quote.speaker is None else speaker_ids[quote.speaker]
    return {
        "article_id": version.article_id,
        "version_id": version.id,
        "ordinal": ordinal,
        "kind": quote.kind,
        "reports": quote.reports,
        "content": quote.content,
        "source": quote.source,
        "cue": quote.cue,
        "context": (quote.context,),
        "words": " ".join(words_at(version.text, quote.content)),
        "cue_words": " ".join(words_at(version.text, quote.cue)),
        "confidence": quote.confidence,
        "read_at": version.read_at,
        "dated": version.published or version.read_at,
        "read_speaker_id": speaker_id,
        "speaker_id": speaker_id,
        "gone": False,
    }


async def _carry_over(session: AsyncSession, version: AnyRow, pairs: Sequence[tuple[AnyRow, dict[str, Any]]]) -> None:
    """Write what was read now over what was there, but for the number, the first reading, and what a person set."""
    changed = [
        row
        | {"id": kept.id, "read_at": kept.read_at, "dated": version.published or kept.read_at}
        | ({"speaker_id": kept.speaker_id} if kept.corrected else {})
        for kept, row in pairs
    ]
    if changed:
        await session.execute(update(Quote), changed)


async def _add(session: AsyncSession, rows: Sequence[dict[str, Any]]) -> list[int]:
    """Add the quotes; returns their numbers in order."""
    if not rows:
        return []
    # With their ordinals: SQLite returns the numbers of several rows in no order that is promised.
    added = await session.execute(_ADD, rows)
    return [row.id for row in sorted(added, key=lambda row: row.ordinal)]


async def _let_go(session: AsyncSession, rows: Sequence[AnyRow]) -> None:
    standing = [row for row in rows if not row.gone]
    for some in batches(row.id for row in standing):
        await session.execute(update(Quote).where(Quote.id.in_(some)).values(gone=True))
    await full_text.drop(session, [row.id for row in standing])
    await _leave_statements(session, standing)


async def _leave_statements(session: AsyncSession, rows: Sequence[AnyRow]) -> None:
    for some in batches(row.id for row in rows):
        await session.execute(update(Quote).where(Quote.id.in_(some)).values(statement_id=None))
    await statements.drop_single(session, [row.statement_id for row in rows if row.statement_id is not None])


async def _index_again(session: AsyncSession, quote_ids: Sequence[int]) -> None:
    for some in batches(quote_ids):
        rows = select(Quote.id, Quote.words, Quote.content, Quote.context, Version.text, Version.headline).join(
            Version, Version.id == Quote.version_id
        )
        await full_text.add(
            session,
            [
                Entry.of(row.id, row.words, row.text, full_text.reach(row.context[0], row.content), row.headline)
                for row in await session.execute(rows.where(Quote.id.in_(some)))
            ],
        )
