"""Brings what the store shows in line with what was read and corrected: speakers after corrections, and statements."""

from collections.abc import Iterable

from bot.corrections import changed, effective, merged, related
from bot.utterances import WITHIN, utterances
from storage import corrections, quotes, speakers, statements
from storage.database import Session


async def apply(session: Session, *, quote_ids: Iterable[int] = (), speaker_ids: Iterable[int] = ()) -> None:
    """Replay all corrections over these quotes and over those of these speakers, and find what they report anew.

    For a merge or split that was undone `speaker_ids` are the two that it named. Numbers of quotes that are no more are
    passed over.
    """
    active = await corrections.active(session)
    touched = related(speaker_ids, active)
    into = merged(active)
    await speakers.set_merged(session, {speaker: into.get(speaker) for speaker in touched})
    concerned = await quotes.base(session, quote_ids=quote_ids, speaker_ids=touched)
    numbers = [quote.id for quote in concerned]
    alone = all(quote.statement_id is None for quote in concerned)
    # One quote can hold a statement's others together, so they are all looked at again where one may leave or come.
    told = numbers if alone else await statements.together(session, numbers)
    await quotes.set_effective(session, changed(concerned, effective(concerned, active)))
    await _group(session, told, alone=alone)


async def apply_to_new(session: Session, quote_ids: list[int]) -> None:
    """The same for quotes of an article that was just added: no correction names them, and they are of no statement."""
    if quote_ids:
        await _group(session, quote_ids, alone=True)


async def _group(session: Session, quote_ids: list[int], *, alone: bool = False) -> None:
    """Find which utterance each of these quotes reports. `alone` says that none of them is of a statement."""
    reach = await statements.reach(session, quote_ids)
    grouped: list[list[int]] = []
    if reach is not None:
        near = await statements.neighbours(session, reach.speaker_ids, reach.first - WITHIN, reach.last + WITHIN)
        grouped = utterances(near, of=quote_ids)
    if alone and all(len(group) == 1 for group in grouped):
        return
    found = {number for group in grouped for number in group}
    joined = await statements.together(session, found.union(quote_ids))
    if len(joined) > len(found.union(quote_ids)):  # a statement that reaches further back: it is one as a whole
        await _group(session, joined)
        return
    await statements.assign(session, [*grouped, *([number] for number in quote_ids if number not in found)])
