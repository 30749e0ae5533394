"""From a question to what the store is asked for: whom its name means, and which quotes are wanted."""

from collections.abc import Sequence

from sqlalchemy.ext.asyncio import AsyncSession

from bot.asking import question as questions
from bot.asking.question import Question
from bot.naming import people_called
from storage import articles, search
from storage.records import QuoteFilter, StoredSpeaker

_HEADLINES = 2000
_QUOTES = 500


async def whom(session: AsyncSession, asked: Question) -> tuple[Question, list[StoredSpeaker]]:
    """The question with its guess decided, and the speakers that its name means."""
    if not asked.speaker:
        return asked, []
    found = await people_called(session, " ".join(asked.speaker_words))
    asked = questions.settled(asked, found)
    return asked, found if asked.speaker else []


def wanted_by(asked: Question, found: Sequence[StoredSpeaker]) -> QuoteFilter | None:
    """What the store is asked for; None where nobody is known by the speaker's name."""
    if asked.speaker and not found:
        return None
    return QuoteFilter(
        words=asked.topic,
        phrase=asked.phrase,
        speaker_ids=tuple(speaker.id for speaker in found) if asked.speaker else None,
        outlets=(asked.outlet,) if asked.outlet else None,
        since=asked.since,
        until=asked.until,
        kinds=asked.kinds,
    )


async def texts_to_ask_about(session: AsyncSession) -> list[str]:
    """Texts whose words can be asked about: headlines, and the newest quotes, since not every article has one."""
    newest = await search.quotes(session, QuoteFilter(limit=_QUOTES))
    return [*await articles.headlines(session, _HEADLINES), *(" ".join(quote.words) for quote in newest)]
