"""Plain values that go into the store and come out of it, by subject."""

from storage.records.articles import Counts, NewArticle, Removal, SaveOutcome, StoredArticle
from storage.records.corrections import BaseQuote, CorrectionKind, Effective, StoredCorrection
from storage.records.quotes import NewQuote, QuoteFilter, QuoteKind, Reach, Reports, Span, StatementQuote, StoredQuote, words_at
from storage.records.speakers import AliasKind, NewAlias, NewSpeaker, SpeakerKind, StoredSpeaker

__all__ = [
    "AliasKind",
    "BaseQuote",
    "CorrectionKind",
    "Counts",
    "Effective",
    "NewAlias",
    "NewArticle",
    "NewQuote",
    "NewSpeaker",
    "QuoteFilter",
    "QuoteKind",
    "Reach",
    "Removal",
    "Reports",
    "SaveOutcome",
    "Span",
    "SpeakerKind",
    "StatementQuote",
    "StoredArticle",
    "StoredCorrection",
    "StoredQuote",
    "StoredSpeaker",
    "words_at",
]
