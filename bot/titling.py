"""Titles for articles that have no headline, out of the store."""

from collections.abc import Sequence
from dataclasses import replace
from typing import TypeVar

from bot.digests.titles import BEGINNING, beginning
from storage import texts
from storage.database import Session
from storage.records import StoredQuote, StoredRefusal

Found = TypeVar("Found", StoredQuote, StoredRefusal)


async def titled(session: Session, quotes: Sequence[Found]) -> list[Found]:
    """The quotes or refusals, with the first words of its text in the place of a headline where their article has none."""
    untitled = {quote.version_id for quote in quotes if not quote.headline}
    begun = await texts.beginnings(session, untitled, BEGINNING) if untitled else {}
    return [quote if quote.headline else replace(quote, headline=beginning(begun.get(quote.version_id, "")) or None) for quote in quotes]
