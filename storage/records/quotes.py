"""Quotes as they go into the store and come out of it, and which of them a search wants. Offsets count characters of a version's text."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from storage.records.speakers import SpeakerKind

Span = tuple[int, int]


class QuoteKind(StrEnum):
    """How the words are given: inside quotation marks, partly so, or reported."""

    DIRECT = "direct"
    MIXED = "mixed"
    INDIRECT = "indirect"


class Reports(StrEnum):
    """What a quote tells of: words that were said or written, or else what somebody thinks, wants or supports."""

    SPEECH = "speech"
    ATTITUDE = "attitude"


def words_at(text: str, spans: Sequence[Span]) -> tuple[str, ...]:
    """The pieces of `text` that the spans cover, in order."""
    return tuple(text[start:end] for start, end in spans)


@dataclass(frozen=True, slots=True)
class NewQuote:
    """A quote of a version. `speaker` is an index into the speakers stored with it, or None.

    `context` is what stands around the words (the paragraph), for searching.
    """

    content: tuple[Span, ...]
    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    kind: QuoteKind
    reports: Reports
    confidence: float
    speaker: int | None
    context: Span


@dataclass(frozen=True, slots=True)
class StoredQuote:
    """A quote with all that an answer shows of it.

    `words` are the pieces of the article's text at `content`, `cue_words` what stands at `cue` ("denied"). `speaker_*` is
    the speaker after corrections; `corrected` says that a person set it. `gone` means that the article's newest version no
    longer has the quote; `rejected` that a person said it is none. `score` grows with relevance and only has a meaning
    within one search.
    """

    id: int
    article_id: int
    version_id: int
    content: tuple[Span, ...]
    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    words: tuple[str, ...]
    kind: QuoteKind
    reports: Reports
    confidence: float
    speaker_id: int | None
    speaker_name: str | None
    speaker_kind: SpeakerKind | None
    corrected: bool
    rejected: bool
    gone: bool
    statement_id: int | None
    outlet: str | None
    url: str | None
    headline: str | None
    published: datetime | None
    read_at: datetime
    cue_words: str = ""
    score: float = 0.0


@dataclass(frozen=True, slots=True)
class StoredPassage:
    """A piece of an article's text around a quote: where it starts, and whether it begins and ends with the article."""

    text: str
    start: int
    begins: bool
    ends: bool


@dataclass(frozen=True, slots=True)
class StatementQuote:
    """What is needed of a quote to tell whether it reports the same utterance as another. It is speech: an attitude is no utterance."""

    id: int
    article_id: int
    speaker_id: int
    statement_id: int | None
    words: tuple[str, ...]
    kind: QuoteKind
    dated: datetime


@dataclass(frozen=True, slots=True)
class Reach:
    """Whose quotes some quotes are (after corrections), and from when to when they are dated."""

    speaker_ids: tuple[int, ...]
    first: datetime
    last: datetime


@dataclass(frozen=True, slots=True)
class QuoteFilter:
    """Which quotes a search wants. Empty fields do not restrict; times are half-open, UTC.

    `words` are plain words of the asker, matched by inflection, in any order: a quote is found if
    its own words, its context or its headline hold all of them, and one of `any_of` where there are some. `phrase` is matched as
    consecutive words of the quote. `published` bounds fall back on the time of reading where an article gives
    no date; `read_since`/`read_until` bound the time of reading itself. Numbers grow as quotes are stored: those above `after_id`
    and up to `up_to_id` are wanted. `newest` wants the newest `limit` of what matches, not the best; `near` wants nothing of which
    only the headline holds the words, `own` only what holds them itself; `announced` wants nothing of unannounced articles.
    """

    words: tuple[str, ...] = ()
    any_of: tuple[str, ...] = ()
    phrase: str = ""
    speaker_ids: tuple[int, ...] | None = None
    outlets: tuple[str, ...] | None = None
    since: datetime | None = None
    until: datetime | None = None
    read_since: datetime | None = None
    read_until: datetime | None = None
    kinds: tuple[QuoteKind, ...] | None = None
    reports: Reports | None = None
    article_ids: tuple[int, ...] | None = None
    quote_ids: tuple[int, ...] | None = None
    after_id: int | None = None
    up_to_id: int | None = None
    newest: bool = False
    near: bool = False
    own: bool = False
    announced: bool = False
    limit: int = 50
