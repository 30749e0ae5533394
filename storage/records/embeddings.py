"""Plain values of embeddings, as they go into the store and come out of it."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class QuoteVector:
    """The vector of a quote as bytes, its cell, and its paragraph's place among those of the text."""

    cell: int
    paragraph: int
    vector: bytes


@dataclass(frozen=True, slots=True)
class TextVectors:
    """What a text gives: the vectors of its paragraphs one behind the other, and those of its quotes in their order."""

    paragraphs: bytes
    quotes: tuple[QuoteVector, ...]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A quote that may answer a question, with what decides whether it does. Without a vector, its text is still to be read so."""

    quote_id: int
    version_id: int
    speaker_id: int | None
    dated: datetime
    confidence: float
    paragraph: int
    vector: bytes | None


@dataclass(frozen=True, slots=True)
class Near:
    """Quotes that may answer a question: the numbers of those that each of several filters describes, and the vectors of all, by number.

    Without a vector (None), a quote's text is still to be read so.
    """

    numbers: tuple[frozenset[int], ...]
    vectors: dict[int, bytes | None]
