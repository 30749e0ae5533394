"""Brings what the store shows in line with what was read and corrected: speakers after corrections, and statements."""

from collections.abc import Iterable

from sqlalchemy.ext.asyncio import AsyncSession

from bot.corrections import effective, merged
from bot.utterances import WITHIN, utterances
from storage import corrections, quotes, speakers, statements


async def apply(session: AsyncSession, *, quote_ids: Iterable[int] = (), speaker_ids: Iterable[int] = ()) -> None:
    """Replay all corrections over these quotes and over those of these speakers, and find what they report anew."""
    active = await corrections.active(session)
    speaker_ids = list(speaker_ids)
    if speaker_ids:
        into = merged(active)
        await speakers.set_merged(session, {speaker: into.get(speaker) for speaker in speaker_ids})
    concerned = await quotes.base(session, quote_ids=quote_ids, speaker_ids=speaker_ids)
    await quotes.set_effective(session, effective(concerned, active))
    await _group(session, [quote.id for quote in concerned])


async def _group(session: AsyncSession, quote_ids: list[int]) -> None:
    """Find which utterance each of these quotes reports."""
    reach = await statements.reach(session, quote_ids)
    grouped: list[list[int]] = []
    if reach is not None:
        near = await statements.neighbours(session, reach.speaker_ids, reach.first - WITHIN, reach.last + WITHIN)
        grouped = utterances(near, of=quote_ids)
    found = {number for group in grouped for number in group}
    await statements.assign(session, [*grouped, *([number] for number in quote_ids if number not in found)])
