"""Looks articles through for who gave no comment, and stores it: as they are read, and those that were stored before that was done."""

import asyncio
from collections.abc import Sequence

from bot.declining import Declining, declining
from bot.refusers import by_alias, refusers
from storage import aliases, refusals
from storage.database import Database, Session
from storage.records import NewRefusal, SpeakerKind

AT_ONCE = 2000
"""So many articles are looked through in a second or two, while somebody waits."""
_IN_ONE_TRANSACTION = 100
_WHO_REFUSES = (SpeakerKind.PERSON, SpeakerKind.ORGANISATION)


async def keep(session: Session, article_id: int, version_id: int, text: str) -> None:
    """Store who gave no comment by a version that was read just now, after its speakers; by versions before it that wait, first."""
    for earlier, its_text in (await refusals.waiting_of(session, [article_id])).items():
        if earlier != version_id:
            await _keep(session, earlier, its_text)
    await _keep(session, version_id, text)


async def catch_up(database: Database, most: int) -> int:
    """Look through what was stored before this was done, the newest first, until about `most` versions are; returns how many wait still."""
    done = 0
    while done < most:
        async with database.reading() as session:
            waiting = await refusals.waiting(session, min(_IN_ONE_TRANSACTION, most - done))
        if not waiting:
            return 0
        async with database.writing() as session:
            for version_id, text in (await refusals.waiting_of(session, waiting)).items():
                await _keep(session, version_id, text)
                done += 1
    async with database.reading() as session:
        return await refusals.count_waiting(session)


async def _keep(session: Session, version_id: int, text: str) -> None:
    found = await asyncio.to_thread(declining, text)
    await refusals.replace(session, version_id, await _resolved(session, version_id, text, found) if found else ())


async def _resolved(session: Session, version_id: int, text: str, found: Sequence[Declining]) -> list[NewRefusal]:
    called = by_alias(await aliases.of_version(session, version_id, _WHO_REFUSES))
    new = []
    for one in found:
        speaker_id, speaks_for_id = refusers(text[slice(*one.who)], called)
        new.append(NewRefusal(one.shown, one.who, one.begins, one.ends, one.kind, one.paragraph, speaker_id, speaks_for_id))
    return new
