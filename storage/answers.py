"""Answers given to people, kept so that they can be gone on with after a restart and in old messages."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from sqlalchemy import insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from storage.records import KeptAnswer
from storage.rows import AnySelect, possible
from storage.schema import Answer
from storage.terms import see_that_it_is_storable, storable


async def add(
    session: AsyncSession,
    *,
    request: str,
    asked_at: datetime,
    time_zone: str,
    direct_only: bool,
    found: Iterable[int],
    shown: int = 0,
    more: bool = False,
    up_to: int = 0,
    asker: str | None = None,
    reached: int | None = None,
    understood: str | None = None,
) -> int:
    """Keep an answer and return its number; see `KeptAnswer`. So many of the quotes `found` are `shown` as quotes of their own.

    `asker` is a key of who asked and where, of at most 64 characters.

    Raises `StorageError` if the request has characters that no database holds.
    """
    see_that_it_is_storable("The request", request)
    row = {
        "request": request,
        "asked_at": asked_at,
        "time_zone": time_zone,
        "direct_only": direct_only,
        "found": tuple(found),
        "batches": ((0, shown),),
        "more": more,
        "up_to": up_to,
        "asker": asker,
        "reached": reached,
        "understood": understood if understood and storable(understood) else None,
    }
    return (await session.scalars(insert(Answer).values(row).returning(Answer.id))).one()


async def get(session: AsyncSession, answer_id: int) -> KeptAnswer | None:
    """An answer by its number."""
    return await _one(session, _rows().where(Answer.id == answer_id)) if possible(answer_id) else None


async def newest_of(session: AsyncSession, asker: str) -> KeptAnswer | None:
    """The newest answer to an asker."""
    return await _one(session, _rows().where(Answer.asker == asker).order_by(Answer.id.desc()).limit(1))


async def extend(session: AsyncSession, kept: KeptAnswer, found: Iterable[int], *, shown: int, more: bool) -> KeptAnswer:
    """Add a batch of quotes behind the others of an answer. So many of them are `shown` as quotes of their own."""
    extended = replace(kept, found=(*kept.found, *found), batches=(*kept.batches, (len(kept.found), shown)), more=more)
    row = {"found": extended.found, "batches": extended.batches, "more": extended.more}
    await session.execute(update(Answer).where(Answer.id == kept.id).values(row))
    return extended


async def reach(session: AsyncSession, answer_id: int, quote_id: int) -> None:
    """Remember the last quote of an answer that its asker was shown."""
    await session.execute(update(Answer).where(Answer.id == answer_id).values(reached=quote_id))


def _rows() -> AnySelect:
    return select(
        Answer.id,
        Answer.request,
        Answer.asked_at,
        Answer.time_zone,
        Answer.direct_only,
        Answer.found,
        Answer.batches,
        Answer.more,
        Answer.up_to,
        Answer.reached,
        Answer.understood,
    )


async def _one(session: AsyncSession, rows: AnySelect) -> KeptAnswer | None:
    row = (await session.execute(rows)).mappings().first()
    return None if row is None else KeptAnswer(**{**row, "batches": row["batches"] or ()})
