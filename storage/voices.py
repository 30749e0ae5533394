"""Who was heard before, to tell whose voice is new."""

from collections.abc import Iterable

from sqlalchemy import Select, select
from sqlalchemy.ext.asyncio import AsyncSession

from storage import search
from storage.records import QuoteFilter, SpeakerKind
from storage.rows import batches
from storage.schema import Quote, Speaker


async def newcomers(session: AsyncSession, speaker_ids: Iterable[int], before: QuoteFilter) -> list[int]:
    """Those of these people and organisations of whom no quote is stored that `before` describes, by number.

    There are none where nothing at all is stored that `before` describes: everybody would be new. Whom only one article knows (by a
    bare surname, say) is none either, as nobody can tell whether that is somebody new. What an article no longer says was heard all
    the same, whatever it was about.
    """
    fitting = search.fitting(session, before)
    if fitting is None or (await session.execute(fitting.limit(1))).first() is None:
        return []
    new: list[int] = []
    for some in batches(speaker_ids):
        known = select(Speaker.id).where(
            Speaker.id.in_(some), Speaker.article_id.is_(None), Speaker.kind.in_((SpeakerKind.PERSON, SpeakerKind.ORGANISATION))
        )
        heard = await _heard(session, some, before, fitting)
        new += [speaker_id for speaker_id in await session.scalars(known) if speaker_id not in heard]
    return sorted(new)


async def _heard(session: AsyncSession, speaker_ids: list[int], before: QuoteFilter, fitting: Select[int, float]) -> set[int]:
    gone = select(Quote.speaker_id).where(Quote.speaker_id.in_(speaker_ids), Quote.gone, Quote.rejected.is_(False))
    if before.up_to_id is not None:
        gone = gone.where(Quote.id <= before.up_to_id)
    if before.read_until is not None:
        gone = gone.where(Quote.read_at < before.read_until)
    live = fitting.with_only_columns(Quote.speaker_id).where(Quote.speaker_id.in_(speaker_ids))
    return {speaker_id for rows in (gone, live) for speaker_id in await session.scalars(rows.distinct()) if speaker_id is not None}
