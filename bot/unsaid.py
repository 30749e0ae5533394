"""Quotes that are none: what an engine takes for the words of somebody of whom an article says only that there was no comment. Pure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Generic, TypeVar

from bot.declining import Declining, declining, may_decline, overlap
from bot.quoting.engine import Extraction
from storage.records import NewQuote, QuoteKind, Span, StoredQuote

_Q = TypeVar("_Q", NewQuote, StoredQuote)
_INTRODUCED = re.compile(r"[:,;.\u2013\u2014]")


@dataclass(frozen=True, slots=True)
class Unsaid(Generic[_Q]):
    """The refusals of a text, and by the cues of those the quotes that are none, first the one that knows best who refused."""

    refusals: Sequence[Declining]
    quotes: dict[Span, list[_Q]]


def unsaid(text: str, quotes: Sequence[_Q]) -> Unsaid[_Q]:
    """Who gave no comment by a text, and which of its quotes report that and nothing else.

    "Ann Bell declined to comment on the tender" is no quote; what she said before or behind it is one.
    """
    if not may_decline(text):
        return Unsaid((), {})
    sources = [(cue, (quote.source[0][0], quote.source[-1][1])) for quote in quotes if quote.source for cue in quote.cue]
    refusals = declining(text, sources)
    none: dict[Span, list[_Q]] = {}
    for one in refusals:
        told = [quote for quote in quotes if any(overlap(one.cue, cue) for cue in quote.cue) and not _is_said(text, quote, one.cue)]
        if told:
            none[one.cue] = told
    return Unsaid(refusals, none)


def without(extraction: Extraction, told: Unsaid[NewQuote]) -> Extraction:
    """An extraction without the quotes that are none."""
    none = [quote for some in told.quotes.values() for quote in some]
    return replace(extraction, quotes=tuple(quote for quote in extraction.quotes if quote not in none)) if none else extraction


def _is_said(text: str, quote: NewQuote | StoredQuote, cue: Span) -> bool:
    """Whether its words are somebody's own: in quotation marks, and before the refusal or set off from it."""
    start = quote.content[0][0]
    return quote.kind is not QuoteKind.INDIRECT and (start < cue[0] or _INTRODUCED.search(text, cue[1], start) is not None)
