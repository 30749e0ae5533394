"""What platforms tell us, remembered so that what they tell twice is done once."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlalchemy import bindparam, delete, select, text, update
from sqlalchemy.ext.asyncio import AsyncSession

from storage.columns import Moment
from storage.rows import batches
from storage.schema import LONGEST_NAME, Event
from storage.terms import digest, storable

KEPT = timedelta(days=3)
"""How long an event is remembered; platforms give up telling it again after hours."""

_REMEMBER = text("INSERT INTO events (key, at) VALUES (:key, :at) ON CONFLICT (key) DO NOTHING RETURNING key").bindparams(
    bindparam("at", type_=Moment())
)


async def first_time(session: AsyncSession, key: str, at: datetime) -> bool:
    """Remember the event with this key, met at `at`: True the first time, False after that. Forgets those older than `KEPT`."""
    await session.execute(delete(Event).where(Event.at < at - KEPT))
    return await session.scalar(_REMEMBER, {"key": _short(key), "at": at}) is not None


async def known(session: AsyncSession, keys: Iterable[str]) -> set[str]:
    """Those of these keys whose events are remembered."""
    by_short = {_short(key): key for key in keys}
    found: set[str] = set()
    for some in batches(by_short):
        found.update(by_short[one] for one in await session.scalars(select(Event.key).where(Event.key.in_(some))))
    return found


async def remember_answer(session: AsyncSession, key: str, posted: str) -> None:
    """Remember where the answer to an event was posted; nothing for one that is not remembered."""
    await session.execute(update(Event).where(Event.key == _short(key)).values(posted=posted))


async def answer_to(session: AsyncSession, key: str) -> str | None:
    """Where the answer to an event was posted; None where none was, or it is no longer remembered."""
    return await session.scalar(select(Event.posted).where(Event.key == _short(key)))


def _short(key: str) -> str:
    return key if len(key) <= LONGEST_NAME and storable(key) else digest(key)
