"""The tables. The full-text index beside them is made by the migrations (see `storage/full_text.py`).

Row numbers are never used twice: people refer to quotes and articles by them.
"""

from storage.schema.base import LONGEST_NAME, Base
from storage.schema.bookmarks import Bookmark
from storage.schema.chat import Answer, Delivery, Event, Home, Subscription, Tick
from storage.schema.embeddings import QuoteEmbedding, TextEmbedding
from storage.schema.feeds import LONGEST_HOST, Feed, FeedEntry, Host
from storage.schema.news import (
    Alias,
    Article,
    Correction,
    HeadlineWord,
    Outlet,
    Quote,
    Refusal,
    RefusalsWaiting,
    RemovedArticle,
    Speaker,
    SpeakerWord,
    Statement,
    Unquoted,
    Version,
)
from storage.schema.stories import ArticleShingle, Copy, Credit, ShinglesWaiting

__all__ = [
    "LONGEST_HOST",
    "LONGEST_NAME",
    "Alias",
    "Answer",
    "Article",
    "ArticleShingle",
    "Base",
    "Bookmark",
    "Copy",
    "Correction",
    "Credit",
    "Delivery",
    "Event",
    "Feed",
    "FeedEntry",
    "HeadlineWord",
    "Home",
    "Host",
    "Outlet",
    "Quote",
    "QuoteEmbedding",
    "Refusal",
    "RefusalsWaiting",
    "RemovedArticle",
    "ShinglesWaiting",
    "Speaker",
    "SpeakerWord",
    "Statement",
    "Subscription",
    "TextEmbedding",
    "Tick",
    "Unquoted",
    "Version",
]
