"""Words of speakers' names that a mistyped word may stand for, and whether it is a word of the news at all."""

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from storage import search
from storage.records import QuoteFilter
from storage.schema import SpeakerWord


async def words_like(session: AsyncSession, term: str, *, longer_or_shorter: int) -> list[str]:
    """The words by which speakers are found that begin with the first letter of `term`, or its second, and are about as long.

    `term` is folded (see `storage/terms.py`). Whatever differs from it by a few letters is among them, unless it is the first
    letter that is wrong.
    """
    shortest, longest = len(term) - longer_or_shorter, len(term) + longer_or_shorter
    found: list[str] = []
    for first in dict.fromkeys(term[:2]):
        begins = (SpeakerWord.word >= first) & (SpeakerWord.word < chr(ord(first) + 1))
        fits = func.length(SpeakerWord.word).between(shortest, longest)
        found += await session.scalars(select(SpeakerWord.word).where(begins, fits).distinct())
    return found


async def is_written(session: AsyncSession, word: str) -> bool:
    """Whether some quote, what stands around it or its headline has the word."""
    found = search.fitting(session, QuoteFilter(words=(word,)))
    return found is not None and (await session.execute(found.limit(1))).first() is not None
