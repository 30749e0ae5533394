"""From a question to the quotes that answer it, best first: the one way to them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.asking.question import Question
from storage import search
from storage.database import Session
from storage.records import QuoteFilter, StoredQuote


@dataclass(frozen=True, slots=True)
class Retrieved:
    """What was found: at most as many quotes as wanted, best first; `also` are related words that were looked for too.

    `more` says that there are others.
    """

    hits: Sequence[StoredQuote] = ()
    also: tuple[str, ...] = ()
    more: bool = False


async def retrieved(session: Session, asked: Question, wanted: QuoteFilter, most: int) -> Retrieved:
    """The quotes that `wanted` allows and that answer the question, all that report what comes first in its `reports` before the next."""
    hits: list[StoredQuote] = []
    for one in asked.reports:
        hits += await search.quotes(session, replace(wanted, reports=one, limit=most + 1 - len(hits)))
    return Retrieved(hits[:most], more=len(hits) > most)
