"""Plain values that go into the store and come out of it, by subject."""

from storage.records.articles import Counts, NewArticle, Removal, SaveOutcome, StoredArticle
from storage.records.chat import (
    DeliveryState,
    Density,
    KeptAnswer,
    NewDelivery,
    NewSubscription,
    StoredDelivery,
    StoredSubscription,
    SubscriptionKind,
    WhenEmpty,
)
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
    "DeliveryState",
    "Density",
    "Effective",
    "KeptAnswer",
    "NewAlias",
    "NewArticle",
    "NewDelivery",
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
    "StoredDelivery",
    "StoredPassage",
    "StoredQuote",
    "StoredSpeaker",
    "StoredSubscription",
    "SubscriptionKind",
    "WhenEmpty",
    "words_at",
]
