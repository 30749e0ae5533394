"""Plain values that go into the store and come out of it, by subject."""

from storage.records.articles import Counts, NewArticle, Removal, SaveOutcome, StoredArticle
from storage.records.chat import KeptAnswer, NewSubscription, StoredSubscription, SubscriptionKind
from storage.records.corrections import BaseQuote, CorrectionKind, Effective, StoredCorrection
from storage.records.quotes import (
    NewQuote,
    QuoteFilter,
    QuoteKind,
    Reach,
    Reports,
    Span,
    StatementQuote,
    StoredPassage,
    StoredQuote,
    words_at,
)
from storage.records.speakers import AliasKind, NewAlias, NewSpeaker, SpeakerKind, StoredSpeaker

__all__ = [
    "AliasKind",
    "BaseQuote",
    "CorrectionKind",
    "Counts",
    "Effective",
    "KeptAnswer",
    "NewAlias",
    "NewArticle",
    "NewQuote",
    "NewSpeaker",
    "NewSubscription",
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
    "StoredPassage",
    "StoredQuote",
    "StoredSpeaker",
    "StoredSubscription",
    "SubscriptionKind",
    "words_at",
]
