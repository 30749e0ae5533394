"""What people put right, kept apart from what was read so that it can be undone and survives another reading."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from storage.records import CorrectionKind, StoredCorrection
from storage.rows import AnySelect, batches, possible
from storage.schema import Correction
from storage.terms import see_that_it_is_storable


async def add(
    session: AsyncSession,
    kind: CorrectionKind,
    *,
    author: str,
    at: datetime,
    quote_id: int | None = None,
    speaker_id: int | None = None,
    other_speaker_id: int | None = None,
    article_ids: Sequence[int] = (),
) -> int:
    """Record a correction and return its number. What it changes is set by `quotes.set_effective` and `speakers.set_merged`."""
    see_that_it_is_storable("The author's name", author)
    row = {
        "kind": kind,
        "author": author,
        "at": at,
        "quote_id": quote_id,
        "speaker_id": speaker_id,
        "other_speaker_id": other_speaker_id,
        "article_ids": tuple(article_ids),
    }
    return (await session.scalars(insert(Correction).values(row).returning(Correction.id))).one()


async def active(
    session: AsyncSession, *, quote_ids: Iterable[int] | None = None, speaker_ids: Iterable[int] | None = None
) -> list[StoredCorrection]:
    """The corrections that stand, oldest first: all, or those of one of these quotes or naming one of these speakers."""
    standing = _rows().where(Correction.undone_at.is_(None))
    if quote_ids is None and speaker_ids is None:
        return await _found(session, standing.order_by(Correction.id))
    found: dict[int, StoredCorrection] = {}
    for some in batches(quote_ids or ()):
        found |= {one.id: one for one in await _found(session, standing.where(Correction.quote_id.in_(some)))}
    for some in batches(speaker_ids or ()):
        named = or_(Correction.speaker_id.in_(some), Correction.other_speaker_id.in_(some))
        found |= {one.id: one for one in await _found(session, standing.where(named))}
    return [found[number] for number in sorted(found)]


async def newest(session: AsyncSession, limit: int) -> list[StoredCorrection]:
    """The corrections made last, newest first, with those that were undone."""
    return await _found(session, _rows().order_by(Correction.id.desc()).limit(limit))


async def get(session: AsyncSession, correction_id: int) -> StoredCorrection | None:
    """A correction by its number, undone or not."""
    if not possible(correction_id):
        return None
    found = await _found(session, _rows().where(Correction.id == correction_id))
    return found[0] if found else None


async def undo(session: AsyncSession, correction_id: int, author: str, at: datetime) -> StoredCorrection | None:
    """Mark a correction as undone and return it; None if there is no such correction or it was undone before."""
    if not possible(correction_id):
        return None
    standing = update(Correction).where(Correction.id == correction_id, Correction.undone_at.is_(None))
    done = await session.scalar(standing.values(undone_at=at, undone_by=author).returning(Correction.id))
    return None if done is None else await get(session, correction_id)


def _rows() -> AnySelect:
    return select(
        Correction.id,
        Correction.kind,
        Correction.quote_id,
        Correction.speaker_id,
        Correction.other_speaker_id,
        Correction.article_ids,
        Correction.author,
        Correction.at,
        Correction.undone_at,
        Correction.undone_by,
    )


async def _found(session: AsyncSession, wanted: AnySelect) -> list[StoredCorrection]:
    return [StoredCorrection(**row) for row in (await session.execute(wanted)).mappings()]
