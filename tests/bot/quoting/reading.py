"""A text read by the engine, in the form in which tests speak of it."""

from dataclasses import dataclass
from typing import Final

import pytest

from bot.quoting.engine import QuotingEngine
from bot.quoting.learned import LearnedTagger
from bot.quoting.rules import RuleTagger
from storage.records import QuoteKind, Reports, words_at

ENGINES: Final = {"network": QuotingEngine(LearnedTagger()), "rules": QuotingEngine(RuleTagger())}
ENGINE = ENGINES["network"]

BY_RULES = pytest.mark.parametrize("engine", ["rules"], indirect=True)
"""Annotators mark this otherwise, and not wrongly, and the network does as they do."""


@dataclass(frozen=True, slots=True)
class Said:
    """A quote in words: the pieces said, by whom, with the text of source and cue."""

    words: tuple[str, ...]
    speaker: str | None
    source: tuple[str, ...]
    cue: tuple[str, ...]
    kind: QuoteKind
    confidence: float


def said(text: str) -> list[Said]:
    """Everything that somebody says in `text`, in order; no attitudes."""
    extraction = ENGINE.extract(text)
    return [
        Said(
            words=words_at(text, quote.content),
            speaker=None if quote.speaker is None else extraction.speakers[quote.speaker].name,
            source=words_at(text, quote.source),
            cue=words_at(text, quote.cue),
            kind=quote.kind,
            confidence=quote.confidence,
        )
        for quote in extraction.quotes
        if quote.reports is Reports.SPEECH
    ]


def only(text: str) -> Said:
    """The one thing that is said in `text`."""
    found = said(text)
    assert len(found) == 1, found
    return found[0]


def speakers(text: str) -> list[str | None]:
    """The speakers of everything that is said, in order."""
    return [one.speaker for one in said(text)]
