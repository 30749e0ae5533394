"""Answers given in chat, kept so that their buttons work after a restart and in old messages."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import insert, select
from sqlalchemy.ext.asyncio import AsyncSession

from storage.records import KeptAnswer
from storage.rows import possible
from storage.schema import Answer
from storage.terms import see_that_it_is_storable


async def add(session: AsyncSession, *, request: str, asked_at: datetime, time_zone: str, direct_only: bool, found: Iterable[int]) -> int:
    """Keep an answer and return its number. Raises `StorageError` if the request has characters that no database holds."""
    see_that_it_is_storable("The request", request)
    row = {"request": request, "asked_at": asked_at, "time_zone": time_zone, "direct_only": direct_only, "found": tuple(found)}
    return (await session.scalars(insert(Answer).values(row).returning(Answer.id))).one()


async def get(session: AsyncSession, answer_id: int) -> KeptAnswer | None:
    """An answer by its number."""
    if not possible(answer_id):
        return None
    rows = select(Answer.id, Answer.request, Answer.asked_at, Answer.time_zone, Answer.direct_only, Answer.found)
    row = (await session.execute(rows.where(Answer.id == answer_id))).mappings().first()
    return None if row is None else KeptAnswer(**row)
