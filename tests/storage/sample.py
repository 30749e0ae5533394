"""Short ways to put articles with quotes into a store."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from storage import articles, quotes, speakers
from storage.records import AliasKind, NewAlias, NewArticle, NewQuote, NewSpeaker, QuoteKind, Reports, Span, SpeakerKind

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Stored:
    """Numbers of what `store` stored."""

    article_id: int
    version_id: int
    quotes: tuple[int, ...]
    speakers: tuple[int, ...]


def person(name: str, *descriptions: str) -> NewSpeaker:
    aliases = (NewAlias(name, AliasKind.NAME), *(NewAlias(one, AliasKind.DESCRIPTION) for one in descriptions))
    return NewSpeaker(name, SpeakerKind.PERSON, name.casefold(), aliases)


def at(text: str, words: str) -> Span:
    """Where `words` stand in `text`."""
    start = text.index(words)
    return start, start + len(words)


def said(
    text: str,
    *words: str,
    speaker: int | None = 0,
    kind: QuoteKind = QuoteKind.DIRECT,
    reports: Reports = Reports.SPEECH,
    context: Span | None = None,
) -> NewQuote:
    """A quote of `words`, which stand in `text` one after another."""
    return NewQuote(tuple(at(text, one) for one in words), (), (), kind, reports, 0.9, speaker, context or (0, len(text)))


async def store(
    session: AsyncSession,
    text: str,
    *words: str,
    speaker: NewSpeaker | None = None,
    identity: str | None = None,
    url: str | None = None,
    headline: str | None = None,
    outlet: str | None = None,
    published: datetime | None = None,
    read_at: datetime = NOON,
    kind: QuoteKind = QuoteKind.DIRECT,
    reports: Reports = Reports.SPEECH,
    carry: Sequence[int] | None = None,
) -> Stored:
    """Store an article in which `speaker` says each of `words`. The first of `carry` keeps its number for the first words, and so on."""
    article = NewArticle(identity or url or f"text:{text}", text, url=url, outlet=outlet, headline=headline, published=published)
    saved = await articles.save(session, article, at=read_at)
    assert saved.article_id is not None
    assert saved.version_id is not None
    speaker_ids: list[int] = []
    if speaker is not None:
        speaker_ids = [await speakers.save(session, speaker, article_id=saved.article_id)]
        await speakers.record_aliases(session, speaker_ids[0], saved.version_id, speaker.aliases)
    new = [said(text, one, speaker=0 if speaker else None, kind=kind, reports=reports) for one in words]
    numbers = await quotes.replace(session, saved.version_id, new, speaker_ids, dict(enumerate(carry or ())))
    return Stored(saved.article_id, saved.version_id, tuple(numbers), tuple(speaker_ids))
