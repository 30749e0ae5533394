"""Names of speakers that go on from what somebody is typing."""

from collections.abc import Callable, Iterable

from sqlalchemy import ColumnElement, select
from sqlalchemy.ext.asyncio import AsyncSession

from storage.records import AliasKind
from storage.rows import batches
from storage.schema import Alias, Quote, SpeakerWord
from storage.speakers import by_quotes
from storage.terms import beginning, terms

_MOST_BEGINNINGS = 4
"""So many of the words typed are looked up; all of them are compared."""
_READ_AT_ONCE = 500
_MOST_CALLED_OTHERWISE = 100
"""Of so many speakers, the most quoted, what else they are called is looked at too."""


async def speakers_beginning(session: AsyncSession, typed: str, limit: int) -> list[str]:
    """The speakers of whose names each word typed begins some word (see `terms.beginning`), by name: the most quoted first, each once.

    Behind them those of the most quoted whom articles call so. All names fit a text without words.
    """
    wanted = terms(typed)
    conditions = [
        Quote.speaker_id.in_(select(SpeakerWord.speaker_id).where(_word_begins(session, term))) for term in wanted[:_MOST_BEGINNINGS]
    ]
    fits = beginning(typed)
    found: dict[str, None] = {}
    others: dict[int, str] = {}
    # Read as far as is needed: words are those of descriptions too, which nearly all speakers may have in common.
    rows = await session.stream(by_quotes(None if wanted else limit, *conditions), execution_options={"yield_per": _READ_AT_ONCE})
    async for some in rows.partitions():
        for row in some:
            if fits(row.name):
                found.setdefault(row.name)
            elif len(others) < _MOST_CALLED_OTHERWISE:
                others[row.id] = row.name
        if len(found) >= limit:
            break
    await rows.close()
    if len(found) < limit:
        called = await _called_otherwise(session, fits, others)
        found |= dict.fromkeys(name for speaker_id, name in others.items() if speaker_id in called)
    return list(found)[:limit]


async def _called_otherwise(session: AsyncSession, fits: Callable[[str], bool], speaker_ids: Iterable[int]) -> set[int]:
    """Those of the speakers who have another name that begins so."""
    found: set[int] = set()
    for some in batches(speaker_ids):
        names_given = select(Alias.speaker_id, Alias.text).where(Alias.speaker_id.in_(some), Alias.kind == AliasKind.NAME).distinct()
        found.update(row.speaker_id for row in await session.execute(names_given) if fits(row.text))
    return found


def _word_begins(session: AsyncSession, term: str) -> ColumnElement[bool]:
    """A term is of letters and digits, so that nothing in it stands for something else."""
    if session.get_bind().dialect.name == "sqlite":  # whose LIKE goes through all words, as it leaves case aside
        return SpeakerWord.word.op("GLOB", is_comparison=True)(f"{term}*")
    return SpeakerWord.word.startswith(term)
