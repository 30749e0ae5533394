"""What Verbatim answers, as plain data that every adapter renders in its platform's way.

A reply never holds markup. Quoted words only ever arrive in `QuoteCard.words`, which are slices of a
stored article; everything else is Verbatim's own speech.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from storage.records import QuoteKind


class Sureness(StrEnum):
    """How sure the extraction is of a quote, in words for a person."""

    SURE = "sure"
    LIKELY = "likely"
    UNSURE = "unsure"


@dataclass(frozen=True, slots=True)
class Place:
    """Where words stand: an outlet's article, with a link that jumps to them where there is a URL."""

    article_id: int
    outlet: str | None
    headline: str | None
    published: datetime | None
    link: str | None


@dataclass(frozen=True, slots=True)
class QuoteCard:
    """One quote to show.

    `words` are the exact pieces of the article; a direct quote's are shown inside quotation marks,
    an indirect one's without. `also` are the places that carry the very same words (wire copies).
    `corrected` says that a person set the speaker.
    """

    quote_id: int
    speaker: str | None
    words: tuple[str, ...]
    kind: QuoteKind
    place: Place
    confidence: float
    sureness: Sureness
    corrected: bool = False
    also: tuple[Place, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a reply under its own heading: a speaker, a story, a statement that outlets word differently."""

    title: str
    subtitle: str = ""
    quotes: tuple[QuoteCard, ...] = ()
    lines: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer. `understood` is one line saying how the request was read, so that a misreading is seen.

    `suggestions` are requests that would work, as the person would type them.
    """

    understood: str
    sections: tuple[Section, ...] = ()
    notes: tuple[str, ...] = ()
    suggestions: tuple[str, ...] = ()
