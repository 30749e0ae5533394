"""From a question to the quotes that answer it, best first: the one way to them.

What is asked about is looked for by its words, by words related to them, and by where it lies in the space of meanings. All that
may be about it is then ranked at once (`ranking`), so that no count of words decides what is shown.
"""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from bot.asking.forms import SAID
from bot.asking.question import Question
from bot.asking.ranking import Floats, best_texts, nearest, ranked
from bot.asking.widening import is_name, related, standing_in
from bot.embedding.embeds import Embeds
from storage import deliveries, embeddings, quotes, search
from storage.database import Session
from storage.records import QuoteFilter, StoredQuote
from storage.records.embeddings import Candidate

_LITTLE = 2_000
"""So many quotes are ranked whatever their words. Of more it is these that are ranked, the newest of each sort:"""
_EXACT = 400
_WORDS, _OF_A_WORD = 8, 100
_CELLS, _OF_A_CELL = 16, 50
_NEAREST = 300
"""So many of them, those that lie nearest, by their texts too;"""
_TEXTS = 12
"""and all quotes of so many texts, those that lie nearest."""
_BEST = 10
"""One of so many has to hold each name of the question."""


@dataclass(frozen=True, slots=True)
class Retrieved:
    """What was found: at most as many quotes as wanted, best first; `also` are related words that stand in them.

    `more` says that there are others, `partly` that some of what was looked through has no vectors yet.
    """

    hits: Sequence[StoredQuote] = ()
    also: tuple[str, ...] = ()
    more: bool = False
    partly: bool = False


async def retrieved(session: Session, asked: Question, wanted: QuoteFilter, most: int, embedder: Embeds | None = None) -> Retrieved:
    """The quotes that `wanted` allows and that answer the question: all that report what comes first in its `sought` before the next.

    For exact words, and without an embedder, they are those that hold every word.
    """
    if embedder is None or not asked.topic or asked.phrase:
        return await _by_words(session, asked, wanted, most)
    question = await asyncio.to_thread(embedder.of_question, asked.about or " ".join(asked.topic))
    wanted = replace(wanted, reports=asked.sought[0] if len(asked.sought) == 1 else None)
    exact = set(await search.newest_numbers(session, replace(wanted, limit=_EXACT)))
    found = await _candidates(session, asked, wanted, exact, question, embedder)
    if not any(one.vector for one in found.candidates):
        return replace(await _by_words(session, asked, wanted, most), partly=bool(found.candidates))
    partly = any(one.vector is None for one in found.candidates)
    own = set(await search.newest_numbers(session, replace(wanted, own=True, limit=_EXACT))) if exact else set()
    ranking = await asyncio.to_thread(ranked, question, found.candidates, found.paragraphs, exact, own)
    unheld = await _is_unheld(session, wanted, asked, ranking.numbers[:_BEST])
    best = await quotes.many(session, ranking.shown(few=_is_restricted(wanted), unheld=unheld)[: most + 1])
    hits = _ordered(asked, best[:most])
    return Retrieved(hits, standing_in((" ".join(hit.words) for hit in hits), asked.topic), more=len(best) > most, partly=partly)


@dataclass(frozen=True, slots=True)
class _Candidates:
    """Quotes that may answer a question, and the vectors of the paragraphs of their texts."""

    candidates: Sequence[Candidate]
    paragraphs: Mapping[int, bytes]


async def _candidates(
    session: Session, asked: Question, wanted: QuoteFilter, exact: set[int], question: Floats, embedder: Embeds
) -> _Candidates:
    """All that `wanted` allows where that is little; else what holds the words, what lies near, and all of the texts that it stands in."""
    unworded = replace(wanted, words=(), limit=_LITTLE)
    numbers = await search.newest_numbers(session, unworded) if _is_restricted(wanted) or await _is_small(session) else []
    if len(numbers) == _LITTLE or not numbers:
        numbers += await search.newest_in_cells(session, unworded, embedder.cells_near(question, _CELLS), _OF_A_CELL)
        for word in asked.topic[:_WORDS]:
            either = replace(unworded, any_of=(word, *related(word)), near=True, limit=_OF_A_WORD)
            numbers += await search.newest_numbers(session, either)
        near = nearest(question, await embeddings.candidates(session, {*exact, *numbers}), exact, _NEAREST)
        paragraphs = await embeddings.paragraphs(session, {one.version_id for one in near})
        texts = best_texts(question, near, paragraphs, _TEXTS)
        others = await search.numbers_of_versions(session, unworded, texts)
        near += await embeddings.candidates(session, set(others) - {one.quote_id for one in near})
        return _Candidates(near, paragraphs)
    candidates = await embeddings.candidates(session, {*exact, *numbers})
    return _Candidates(candidates, await embeddings.paragraphs(session, {one.version_id for one in candidates}))


async def _is_unheld(session: Session, wanted: QuoteFilter, asked: Question, best: Sequence[int]) -> bool:
    """Whether a name of the topic, or what is related to it, stands in or around none of the best: it is about somebody else then."""
    for word in asked.topic:
        if is_name(word):
            held = replace(wanted, words=(), any_of=(word, *related(word)), quote_ids=tuple(best), limit=1)
            if not best or not await search.newest_numbers(session, held):
                return True
    return False


async def _is_small(session: Session) -> bool:
    """Whether the whole store holds little."""
    return await deliveries.newest_quote(session) <= _LITTLE


def _ordered(asked: Question, hits: Sequence[StoredQuote]) -> list[StoredQuote]:
    """The hits, best first, in the order that is asked for: of what is thought before what is said, say."""
    if asked.newest:
        return sorted(hits, key=lambda hit: (hit.published or hit.read_at, hit.id), reverse=True)
    return list(hits) if asked.reports == SAID else sorted(hits, key=lambda hit: asked.sought.index(hit.reports))


def _is_restricted(wanted: QuoteFilter) -> bool:
    """Whether it is asked by whom, where or when something was said: what is left may be little."""
    return any(bound is not None for bound in (wanted.speaker_ids, wanted.outlets, wanted.since, wanted.until))


async def _by_words(session: Session, asked: Question, wanted: QuoteFilter, most: int) -> Retrieved:
    hits: list[StoredQuote] = []
    for one in asked.sought:
        hits += await search.quotes(session, replace(wanted, reports=one, newest=asked.newest, limit=most + 1 - len(hits)))
    return Retrieved(hits[:most], more=len(hits) > most)
