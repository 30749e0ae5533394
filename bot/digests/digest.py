"""What a digest says: the stories of a period, who was quoted most, and what outlets word differently. Pure."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from itertools import groupby
from zoneinfo import ZoneInfo

from bot.cards import cards, copies_together, counted, listed, outlets_of
from bot.digests.stories import Story, stories
from bot.periods import Period
from bot.replies import QuoteCard, QuoteKind, Reply, Section, Sureness
from bot.sureness import sureness
from bot.wordings import by_wording
from storage.records import SpeakerKind, StoredQuote

MOST_STORIES = 8
QUOTES_OF_A_STORY = 3
MOST_SPEAKERS = 5
MOST_STATEMENTS = 5
_SURENESS_RANK = {Sureness.SURE: 0, Sureness.LIKELY: 1, Sureness.UNSURE: 2}


def compile_digest(
    quotes: Sequence[StoredQuote],
    *,
    zone: ZoneInfo,
    since: datetime | None = None,
    until: datetime | None = None,
    restricted: str = "",
) -> Reply:
    """The digest of the quotes read from `since` to `until` (half-open, UTC; told in the local time of `zone`).

    `quotes` are all that a search by time of reading found, in the order in which they should be shown where nothing else
    decides; `restricted` says what they were restricted to, as a phrase ("about ferries by Ann Bell").
    """
    when = Period(since, until).in_words(zone)
    line = " ".join(part for part in ("Digest of what was read", restricted, when) if part) + "."
    if not quotes:
        return Reply(line, notes=("Nothing new.",))
    found = stories(quotes)
    sections = [_story(story) for story in found[:MOST_STORIES]]
    sections += _most_quoted(quotes)
    sections += _worded_differently(quotes)
    left = len(found) - MOST_STORIES
    notes = (f"And {left:,} more {'story' if left == 1 else 'stories'}.",) if left > 0 else ()
    return Reply(line, tuple(sections), notes)


def _story(story: Story) -> Section:
    facts = [", ".join(story.outlets), counted(len(story.articles), "article"), counted(len(story.quotes), "quote")]
    return Section(story.headline, " · ".join(fact for fact in facts if fact), _best(story.quotes))


def _best(quotes: Sequence[StoredQuote]) -> tuple[QuoteCard, ...]:
    """The surest quotes: among those alike, what more outlets carry, direct words, named people and the story's main voices first.

    Each is of another speaker as long as there are any.
    """
    copies = {quote.id: len(group) for group in copies_together(quotes) for quote in group}
    voices = Counter(quote.speaker_id for quote in quotes)
    ranked = sorted(
        quotes,
        key=lambda quote: (
            _SURENESS_RANK[sureness(quote.confidence)],
            -copies[quote.id],
            quote.kind is not QuoteKind.DIRECT,
            quote.speaker_kind is not SpeakerKind.PERSON,
            -voices[quote.speaker_id],
            -quote.confidence,
        ),
    )
    ranked_cards = cards(ranked)
    firsts = {card.speaker: card for card in reversed(ranked_cards) if card.speaker}
    leading = [card for card in ranked_cards if card in firsts.values()]
    following = [card for card in ranked_cards if card not in leading]
    return tuple([*leading, *following][:QUOTES_OF_A_STORY])


def _most_quoted(quotes: Sequence[StoredQuote]) -> list[Section]:
    by_speaker: dict[int, list[StoredQuote]] = {}
    for quote in quotes:
        if quote.speaker_id is not None and quote.speaker_name:
            by_speaker.setdefault(quote.speaker_id, []).append(quote)
    ranked = sorted(by_speaker.values(), key=lambda theirs: len(by_wording(theirs)), reverse=True)
    lines = tuple(_count(theirs) for theirs in ranked[:MOST_SPEAKERS] if len(by_wording(theirs)) > 1)
    return [Section("Most quoted", lines=lines)] if lines else []


def _count(quotes: Sequence[StoredQuote]) -> str:
    outlets = outlets_of(quotes)
    where = f" in {listed(outlets)}" if outlets else ""
    return f"{quotes[0].speaker_name}: {counted(len(by_wording(quotes)), 'quote')}{where}"


def _worded_differently(quotes: Sequence[StoredQuote]) -> list[Section]:
    of_statements = sorted((quote for quote in quotes if quote.statement_id is not None), key=lambda quote: quote.statement_id or 0)
    sections = []
    for _, group in groupby(of_statements, key=lambda quote: quote.statement_id):
        statement = list(group)
        wordings = cards(statement)
        outlets = outlets_of(statement)
        if len(wordings) > 1 and len(outlets) > 1:
            speaker = statement[0].speaker_name or "One statement"
            sections.append(Section(f"{speaker}, in different words", ", ".join(outlets), wordings))
    sections.sort(key=lambda section: len(section.quotes), reverse=True)
    return sections[:MOST_STATEMENTS]
