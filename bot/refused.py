"""Looks articles through for who gave no comment, and stores it: as they are read, and those that were stored before that was done."""

import asyncio
from collections.abc import Mapping, Sequence

from bot.declining import Declining, may_decline
from bot.refusers import by_alias, in_full, owner, refusers
from bot.unsaid import Unsaid, unsaid
from storage import aliases, quotes, refusals
from storage.database import Database, Session
from storage.records import NewQuote, NewRefusal, Span, SpeakerKind, StoredQuote, WaitingText

AT_ONCE = 2000
"""So many articles are looked through in a second or two, while somebody waits."""
_IN_ONE_TRANSACTION = 200
_WHO_REFUSES = (SpeakerKind.PERSON, SpeakerKind.ORGANISATION)
_Told = Unsaid[NewQuote] | Unsaid[StoredQuote]
_Named = Mapping[Span, tuple[int, str] | None]


async def keep(
    session: Session,
    article_id: int,
    version_id: int,
    text: str,
    told: Unsaid[NewQuote],
    speakers: Sequence[tuple[int, str]] = (),
    *,
    is_new: bool = False,
) -> None:
    """Store who gave no comment by a version that was read just now, after its speakers; by versions before it that wait, first.

    `speakers` are the numbers and names of the speakers that the indices of quotes point to. An article that `is_new` has no version
    before it.
    """
    before = [] if is_new else await refusals.waiting_of(session, [article_id])
    for one in (one for one in before if one.version_id != version_id):
        await _keep(session, one, await asyncio.to_thread(unsaid, one.text, ()), {})
    named = {cue: speakers[quote.speaker] for cue, (quote, *_) in told.quotes.items() if quote.speaker is not None}
    await _keep(session, WaitingText(article_id, version_id, text), told, named, is_new=is_new)


async def catch_up(database: Database, most: int) -> int:
    """Look through what was stored before this was done, the newest first, until about `most` versions are; returns how many wait still.

    What an earlier Verbatim took for quotes in it, and is none, is gone then.
    """
    done = 0
    while done < most:
        async with database.reading() as session:
            texts = await refusals.waiting_of(session, await refusals.waiting(session, min(_IN_ONE_TRANSACTION, most - done)))
            quoted = await quotes.of_versions(session, [one.version_id for one in texts if may_decline(one.text)])
        if not texts:
            return 0
        found = await asyncio.to_thread(lambda read, said: [unsaid(one.text, said.get(one.version_id, ())) for one in read], texts, quoted)
        async with database.writing() as session:
            await _keep_all(session, texts, found)
        done += len(texts)
    async with database.reading() as session:
        return await refusals.count_waiting(session)


async def _keep_all(session: Session, texts: Sequence[WaitingText], found: Sequence[Unsaid[StoredQuote]]) -> None:
    """Store what was found in texts that waited a moment ago: all of an article, or none where another process was there first."""
    waiting = {one.version_id for one in await refusals.waiting_of(session, {one.article_id for one in texts})}
    telling = {one.article_id for one, its in zip(texts, found, strict=True) if its.refusals}
    telling |= await refusals.articles_with_any(session, {one.article_id for one in texts})
    for one, its in zip(texts, found, strict=True):
        if one.article_id in telling and one.version_id in waiting:
            await _keep(session, one, its, {cue: _speaker(quote) for cue, (quote, *_) in its.quotes.items()})
            await quotes.let_go(session, [quote.id for some in its.quotes.values() for quote in some])
    await refusals.wait_no_longer(session, [one.version_id for one in texts if one.article_id not in telling])


def _speaker(quote: StoredQuote) -> tuple[int, str] | None:
    return None if quote.speaker_id is None or quote.speaker_name is None else (quote.speaker_id, quote.speaker_name)


async def _keep(session: Session, one: WaitingText, told: _Told, named: _Named, *, is_new: bool = False) -> None:
    resolved = await _resolved(session, one, told.refusals, named) if told.refusals else ()
    await refusals.replace(session, one.version_id, resolved, is_new=is_new)


async def _resolved(session: Session, read: WaitingText, found: Sequence[Declining], named: _Named) -> list[NewRefusal]:
    """Who gave no comment, by the speakers of the version; whom a pronoun names is the speaker of the quote that was taken out of it."""
    called = by_alias(await aliases.of_version(session, read.version_id, _WHO_REFUSES))
    new = []
    for one in found:
        called_too = ""
        speaker_id, speaks_for_id = refusers(read.text[slice(*one.who)], called)
        if one.by_pronoun:
            if (speaker := named.get(one.cue)) is None:
                continue
            speaker_id, speaks_for_id = speaker[0], refusers(speaker[1], called)[1] or owner(speaker[1], called)
            called_too = in_full(speaker[1], read.text[: one.shown[1]])
        new.append(NewRefusal(one.shown, one.who, one.begins, one.ends, one.kind, one.paragraph, speaker_id, speaks_for_id, called_too))
    return new
