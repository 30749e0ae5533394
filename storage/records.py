"""Plain values that go into the store and come out of it. Offsets count characters of a version's text."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

Span = tuple[int, int]


class QuoteKind(StrEnum):
    """How the words are given: inside quotation marks, partly so, or reported."""

    DIRECT = "direct"
    MIXED = "mixed"
    INDIRECT = "indirect"


class SpeakerKind(StrEnum):
    """What a speaker is. An unnamed source ("a Labour spokesman") is a speaker of its own."""

    PERSON = "person"
    ORGANISATION = "organisation"
    DOCUMENT = "document"
    UNNAMED = "unnamed"


class AliasKind(StrEnum):
    """What an article calls a speaker: by a name or by a description."""

    NAME = "name"
    DESCRIPTION = "description"


class SaveOutcome(StrEnum):
    """What storing an article did."""

    ADDED = "added"
    UNCHANGED = "unchanged"
    NEW_VERSION = "new version"
    REMOVED = "removed"


class CorrectionKind(StrEnum):
    """What a person corrected."""

    SPEAKER = "speaker"
    NOT_A_QUOTE = "not a quote"
    MERGE = "merge"
    SPLIT = "split"


def words_at(text: str, spans: Sequence[Span]) -> tuple[str, ...]:
    """The pieces of `text` that the spans cover, in order."""
    return tuple(text[start:end] for start, end in spans)


# --- in ----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class NewArticle:
    """An article to store.

    `identity` is what makes two readings the same article: its canonical URL, else where the file
    lies (`file:…`), else its content (`text:<sha256>`). `published` is timezone-aware UTC.
    """

    identity: str
    text: str
    url: str | None = None
    outlet: str | None = None
    headline: str | None = None
    byline: str | None = None
    published: datetime | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True)
class NewAlias:
    """One form in which an article gives a speaker, and how often."""

    text: str
    kind: AliasKind
    count: int = 1


@dataclass(frozen=True, slots=True)
class NewSpeaker:
    """A speaker as one article gives it.

    `key` is the normalised name under which speakers of several articles are one, or None where the
    article names nobody well enough to be recognised elsewhere (a bare surname, a role, a pronoun):
    such a speaker belongs to its article alone.
    """

    name: str
    kind: SpeakerKind
    key: str | None
    aliases: tuple[NewAlias, ...] = ()


@dataclass(frozen=True, slots=True)
class NewQuote:
    """A quote of a version. `speaker` is an index into the speakers stored with it, or None.

    `context` is what stands around the words (the paragraph), for searching.
    """

    content: tuple[Span, ...]
    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    kind: QuoteKind
    confidence: float
    speaker: int | None
    context: Span


# --- out ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class StoredArticle:
    """An article in one of its versions (the newest unless another was asked for)."""

    id: int
    version_id: int
    version: int
    identity: str
    text: str
    url: str | None
    outlet: str | None
    headline: str | None
    byline: str | None
    published: datetime | None
    language: str | None
    read_at: datetime


@dataclass(frozen=True, slots=True)
class StoredSpeaker:
    """A speaker with what the articles call it. `merged_into` is set while a merge stands."""

    id: int
    name: str
    kind: SpeakerKind
    key: str | None
    article_id: int | None
    merged_into: int | None
    names: tuple[str, ...] = ()
    descriptions: tuple[str, ...] = ()
    quotes: int = 0


@dataclass(frozen=True, slots=True)
class StoredQuote:
    """A quote with all that an answer shows of it.

    `words` are the pieces of the article's text at `content`, `cue_words` what stands at `cue` ("denied"). `speaker_*` is the speaker after
    corrections; `corrected` says that a person set it. `gone` means that the article's newest
    version no longer has the quote; `rejected` that a person said it is none. `score` grows with
    relevance and only has a meaning within one search.
    """

    id: int
    article_id: int
    version_id: int
    content: tuple[Span, ...]
    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    words: tuple[str, ...]
    kind: QuoteKind
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
class BaseQuote:
    """Who a quote's speaker is by the reading, and what holds of it so far by the corrections."""

    id: int
    article_id: int
    read_speaker_id: int | None
    speaker_id: int | None
    corrected: bool = False
    rejected: bool = False
    statement_id: int | None = None


@dataclass(frozen=True, slots=True)
class Effective:
    """What holds of a quote after all corrections."""

    quote_id: int
    speaker_id: int | None
    corrected: bool
    rejected: bool


@dataclass(frozen=True, slots=True)
class StatementQuote:
    """What is needed of a quote to tell whether it reports the same utterance as another."""

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
class StoredCorrection:
    """A correction with its author and moment; `undone_at` once it was taken back."""

    id: int
    kind: CorrectionKind
    quote_id: int | None
    speaker_id: int | None
    other_speaker_id: int | None
    article_ids: tuple[int, ...]
    author: str
    at: datetime
    undone_at: datetime | None = None
    undone_by: str | None = None


@dataclass(frozen=True, slots=True)
class Removal:
    """The mark that an article taken down leaves, so that it does not come back by itself."""

    identity: str
    author: str
    at: datetime


# --- searching ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class QuoteFilter:
    """Which quotes a search wants. Empty fields do not restrict; times are half-open, UTC.

    `words` are plain words of the asker, matched by inflection, in any order: a quote is found if
    its own words, its context or its headline hold all of them. `phrase` is matched as consecutive
    words of the quote. `published` bounds fall back on the time of reading where an article gives
    no date; `read_since`/`read_until` bound the time of reading itself.
    """

    words: tuple[str, ...] = ()
    phrase: str = ""
    speaker_ids: tuple[int, ...] | None = None
    outlets: tuple[str, ...] | None = None
    since: datetime | None = None
    until: datetime | None = None
    read_since: datetime | None = None
    read_until: datetime | None = None
    kinds: tuple[QuoteKind, ...] | None = None
    article_ids: tuple[int, ...] | None = None
    limit: int = 50


@dataclass(frozen=True, slots=True)
class Counts:
    """What the store holds."""

    articles: int
    quotes: int
    speakers: int
    outlets: int
    last_read: datetime | None
