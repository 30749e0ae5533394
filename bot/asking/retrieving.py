"""From a question to the quotes that answer it, best first: the one way to them.

What is asked about is looked for by its words, by words related to them, and by where it lies in the space of meanings. All that
may be about it is then ranked at once (`ranking`), so that no count of words decides what is shown.
"""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from bot.asking.forms import SAID
from bot.asking.question import Question
from bot.asking.widening import is_name, related, standing_in
from bot.embedding.embeds import Embeds
from storage import deliveries, embeddings, quotes, search
from storage.database import Session
from storage.records import QuoteFilter, StoredQuote
from storage.records.embeddings import Candidate, Near

if TYPE_CHECKING:
    from bot.embedding.network import Floats

_LITTLE = 2_000
"""So many quotes are ranked whatever their words. Of more it is these that are ranked, the newest of each sort:"""
_EXACT = 400
_WORDS, _OF_A_WORD = 8, 100
_CELLS, _OF_A_CELL = 16, 50
_NEAREST = 300
"""So many of them, those that lie nearest, by their texts too;"""
_TEXTS = 12
"""and all quotes of so many texts, those that lie nearest."""
_SMALL = 300
"""Of fewer candidates the best need not be as strong for anything to be shown: there are few that could strengthen each other."""
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
    from bot.asking.ranking import ranked

    question = await asyncio.to_thread(embedder.of_question, asked.about or " ".join(asked.topic))
    wanted = replace(wanted, reports=asked.sought[0] if len(asked.sought) == 1 else None)
    found = await _candidates(session, asked, wanted, question, embedder)
    if not found.candidates:
        return Retrieved()
    if not any(one.vector for one in found.candidates):
        return replace(await _by_words(session, asked, wanted, most), partly=True)
    partly = any(one.vector is None for one in found.candidates)
    ranking = await asyncio.to_thread(ranked, question, found.candidates, found.paragraphs, found.exact, found.own)
    unheld = await _is_unheld(session, asked, ranking.numbers[:_BEST])
    few = _is_restricted(wanted) or len(found.candidates) < _SMALL
    shown = ranking.shown(few=few, unheld=unheld)
    if len(found.exact) >= _EXACT and len(shown) <= most:  # the older ones that hold every word
        known = set(shown)
        worded = await search.newest_numbers(session, replace(wanted, limit=most + 1 + len(known)))
        shown += [number for number in worded if number not in known]
    if asked.newest:
        dated = {one.quote_id: one.dated for one in found.candidates}
        oldest = min(dated.values())
        shown.sort(key=lambda number: (dated.get(number, oldest), number), reverse=True)
    best = await quotes.many(session, shown[: most + 1])
    hits = _ordered(asked, best[:most])
    return Retrieved(hits, standing_in((" ".join(hit.words) for hit in hits), asked.topic), more=len(best) > most, partly=partly)


@dataclass(frozen=True, slots=True)
class _Candidates:
    """Quotes that may answer a question, and the vectors of the paragraphs of their texts.

    `exact` are the numbers of those that hold every word in or around them, `own` of those that hold them themselves.
    """

    candidates: Sequence[Candidate] = ()
    paragraphs: Mapping[int, bytes] = field(default_factory=dict)
    exact: frozenset[int] = frozenset()
    own: frozenset[int] = frozenset()


async def _candidates(session: Session, asked: Question, wanted: QuoteFilter, question: "Floats", embedder: Embeds) -> _Candidates:
    """The quotes that lie nearest of those that may be about it, and all others of the texts that are most about it."""
    from bot.asking.ranking import best_texts, nearest

    near, is_all = await _near(session, asked, wanted, embedder.cells_near(question, _CELLS))
    exact, own, *_ = near.numbers
    loosely = replace(wanted, speaker_ids=None, outlets=None, since=None, until=None)  # which what is near fits as it is
    candidates = await embeddings.candidates(session, nearest(question, near.vectors, exact | own, _NEAREST), loosely)
    paragraphs = await embeddings.paragraphs(session, {one.version_id for one in candidates})
    known = {one.quote_id for one in candidates}
    texts = await asyncio.to_thread(best_texts, question, candidates, paragraphs, _TEXTS)
    others = await embeddings.candidates_in(session, texts, loosely if is_all else wanted)
    added = [one for one in others if one.quote_id not in known and (not is_all or one.quote_id in near.vectors)]
    return _Candidates([*candidates, *added], paragraphs, exact | own, own)


async def _near(session: Session, asked: Question, wanted: QuoteFilter, cells: Sequence[int]) -> tuple[Near, bool]:
    """What may be about it, first of all what holds every word, and what holds them itself; and whether it is all that `wanted` allows.

    Where the store holds little, or `wanted` allows little of it, it is all of that, else the newest of what holds a word or one related
    to it, and of what lies near.
    """
    little, unworded = Near((), {}), replace(wanted, words=())
    sorts = [replace(wanted, limit=_EXACT), replace(wanted, own=True, limit=_EXACT)]
    if _is_restricted(wanted) or await deliveries.newest_quote(session) < _LITTLE:
        little = await embeddings.near(session, [replace(unworded, limit=_LITTLE)])
        if len(little.vectors) < _LITTLE:
            among = tuple(little.vectors)
            near = await embeddings.near(
                session, [QuoteFilter(words=one.words, quote_ids=among, own=one.own, limit=_EXACT) for one in sorts]
            )
            return replace(near, vectors=little.vectors), True
    sorts += [replace(unworded, any_of=(word, *related(word)), near=True, limit=_OF_A_WORD) for word in asked.topic[:_WORDS]]
    near = await embeddings.near(session, sorts, cells, _OF_A_CELL, unworded if _is_restricted(wanted) else None)
    return replace(near, vectors=little.vectors | near.vectors), False


async def _is_unheld(session: Session, asked: Question, best: Sequence[int]) -> bool:
    """Whether a name of the topic, or what is related to it, stands in or around none of the best: it is about somebody else then."""
    for word in asked.topic:
        if is_name(word):
            held = QuoteFilter(any_of=(word, *related(word)), quote_ids=tuple(best), limit=1)
            if not best or not await search.newest_numbers(session, held):
                return True
    return False


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
