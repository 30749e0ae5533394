"""Who gave no comment on what is asked about, where no sentence that says so holds the asker's words."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import islice
from operator import attrgetter

from bot.asking.question import Question
from bot.asking.retrieving import retrieved
from bot.asking.widening import related
from bot.embedding.embeds import Embeds
from storage import refusals
from storage.database import Session
from storage.records import QuoteFilter, RefusalFilter, StoredRefusal

_MOST_WORDINGS = 12
_QUOTES = 20
"""The articles of so many quotes, those that are most about it, are looked through."""


async def near(session: Session, asked: Question, wanted: RefusalFilter, embedder: Embeds | None) -> list[StoredRefusal]:
    """The refusals beside words related to the topic, and those in articles whose quotes are about it: the newest first.

    They are all that `wanted` allows but for its words. For exact words, and without a topic, there are none.
    """
    if not asked.topic or asked.phrase:
        return []
    found = {one.id: one for words in _wordings(asked.topic) for one in await refusals.find(session, replace(wanted, words=words))}
    telling = Question(topic=asked.topic, about=asked.about, outlet=asked.outlet, since=asked.since, until=asked.until)
    said = QuoteFilter(words=asked.topic, outlets=wanted.outlets, since=asked.since, until=asked.until)
    hits = (await retrieved(session, telling, said, _QUOTES, embedder)).hits
    there = replace(wanted, words=(), article_ids=tuple(dict.fromkeys(hit.article_id for hit in hits)))
    found |= {one.id: one for one in await refusals.find(session, there)}
    return sorted(found.values(), key=attrgetter("dated", "id"), reverse=True)[: wanted.limit]


def _wordings(topic: Sequence[str]) -> Iterable[tuple[str, ...]]:
    """The topic with one of its words given by one related to it."""
    others = ((*topic[:i], other, *topic[i + 1 :]) for i, word in enumerate(topic) for other in related(word))
    return islice(others, _MOST_WORDINGS)
