"""Looks articles through for who gave no comment, and stores it: as they are read, and those that were stored before that was done."""

import asyncio
from collections.abc import Sequence

from bot.declining import Declining, declining
from bot.refusers import by_alias, refusers
from storage import aliases, refusals
from storage.database import Database, Session
from storage.records import NewRefusal, SpeakerKind, WaitingText

AT_ONCE = 2000
"""So many articles are looked through in a second or two, while somebody waits."""
_IN_ONE_TRANSACTION = 200
_WHO_REFUSES = (SpeakerKind.PERSON, SpeakerKind.ORGANISATION)


async def keep(session: Session, article_id: int, version_id: int, text: str) -> None:
    """Store who gave no comment by a version that was read just now, after its speakers; by versions before it that wait, first."""
    before = [one for one in await refusals.waiting_of(session, [article_id]) if one.version_id != version_id]
    for one in (*before, WaitingText(article_id, version_id, text)):
        await _keep(session, one, await asyncio.to_thread(declining, one.text))


async def catch_up(database: Database, most: int) -> int:
    """Look through what was stored before this was done, the newest first, until about `most` versions are; returns how many wait still."""
    done = 0
    while done < most:
        async with database.reading() as session:
            texts = await refusals.waiting_of(session, await refusals.waiting(session, min(_IN_ONE_TRANSACTION, most - done)))
        if not texts:
            return 0
        found = await asyncio.to_thread(lambda read: [declining(one.text) for one in read], texts)
        async with database.writing() as session:
            await _keep_all(session, texts, found)
        done += len(texts)
    async with database.reading() as session:
        return await refusals.count_waiting(session)


async def _keep_all(session: Session, texts: Sequence[WaitingText], found: Sequence[Sequence[Declining]]) -> None:
    """Store what was found in texts that waited a moment ago: all of an article, or none where another process was there first."""
    waiting = {one.version_id for one in await refusals.waiting_of(session, {one.article_id for one in texts})}
    telling = {one.article_id for one, its in zip(texts, found, strict=True) if its}
    telling |= await refusals.articles_with_any(session, {one.article_id for one in texts})
    for one, its in zip(texts, found, strict=True):
        if one.article_id in telling and one.version_id in waiting:
            await _keep(session, one, its)
    await refusals.wait_no_longer(session, [one.version_id for one in texts if one.article_id not in telling])


async def _keep(session: Session, one: WaitingText, found: Sequence[Declining]) -> None:
    await refusals.replace(session, one.version_id, await _resolved(session, one, found) if found else ())


async def _resolved(session: Session, read: WaitingText, found: Sequence[Declining]) -> list[NewRefusal]:
    called = by_alias(await aliases.of_version(session, read.version_id, _WHO_REFUSES))
    new = []
    for one in found:
        speaker_id, speaks_for_id = refusers(read.text[slice(*one.who)], called)
        new.append(NewRefusal(one.shown, one.who, one.begins, one.ends, one.kind, one.paragraph, speaker_id, speaks_for_id))
    return new
