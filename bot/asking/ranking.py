"""Which candidates answer a question, best first: by how near they and their surroundings lie, then by what else favours them. Pure."""

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from bot.embedding.embedder import unpacked
from storage.records.embeddings import Candidate

Floats = npt.NDArray[np.float32]

_BEST_PARAGRAPHS: Final = 3
_READ_BACK: Final = 10
"""So many of the best are read as part of the question the second time (Rocchio 1971): they have the words that the asker lacks."""
_STRONGEST: Final = 5


@dataclass(frozen=True, slots=True)
class Weights:
    """What each sign of relevance counts beside how near a quote lies itself: fitted on annotated questions (`training/embedding/`).

    The mean score of the best has to be `least` for anything to be shown that does not hold every word, `least_of_few` where it is asked
    by whom, where or when; and `unheld` more where a name of the question stands in none of the best. What has `near`, or
    `near_of_few`, is shown then. What lacks a `share` of the very best is none of the best.
    """

    paragraph: float = 0.1
    article: float = 0.7
    exact: float = 0.1
    own: float = 0.2
    back: float = 0.4
    least: float = 0.71
    least_of_few: float = 0.5
    unheld: float = 0.13
    share: float = 0.55
    near: float = 0.62
    near_of_few: float = 0.5


WEIGHTS: Final = Weights()
_RECENT: Final = 0.01
_SURE: Final = 0.1
_NAMED: Final = 0.05


@dataclass(frozen=True, slots=True)
class Ranking:
    """The numbers of candidates, best first, with their scores, whether they hold every word, and how strong the best of them are."""

    numbers: Sequence[int]
    scores: Floats
    exact: npt.NDArray[np.bool_]
    strength: float

    def shown(self, *, few: bool, unheld: bool) -> list[int]:
        """The numbers of those that answer the question; see `Weights`."""
        least = (WEIGHTS.least_of_few if few else WEIGHTS.least) + (WEIGHTS.unheld if unheld else 0)
        enough = WEIGHTS.near_of_few if few else WEIGHTS.near
        near = self.scores >= (enough if self.strength >= least else np.inf)
        return [number for number, answers in zip(self.numbers, self.exact | near, strict=True) if answers]


def nearest(question: Floats, vectors: Mapping[int, bytes | None], exact: Set[int], most: int) -> list[int]:
    """The numbers of the quotes that lie nearest to the question [D] themselves, at most so many; those that hold every word before others.

    `vectors` are theirs, by number.
    """
    numbers = sorted(vectors, reverse=True)
    if len(numbers) <= most:
        return numbers
    scores = _unpacked([vectors[number] for number in numbers], len(question)) @ question
    order = np.argsort(-(scores + np.array([number in exact for number in numbers])), kind="stable")
    return [numbers[place] for place in order[:most]]


def best_texts(question: Floats, candidates: Sequence[Candidate], paragraphs: Mapping[int, bytes], most: int) -> list[int]:
    """The versions in which the candidates stand that are most about the question [D], at most so many."""
    if not candidates:
        return []
    candidates = _by_number(candidates)
    space = _Space.of(candidates, paragraphs, len(question))
    order = np.argsort(-space.scores(question), kind="stable")
    return list(dict.fromkeys(candidates[place].version_id for place in order))[:most]


def ranked(question: Floats, candidates: Sequence[Candidate], paragraphs: Mapping[int, bytes], exact: Set[int], own: Set[int]) -> Ranking:
    """The candidates by how much they are about the question [D], the best first.

    `paragraphs` holds the vectors of their texts, `exact` the numbers of those that hold every word of the question in or around them,
    `own` of those that hold them themselves.
    Of two that are alike, the surer, then the newer comes first, then the one stored last.
    """
    if not candidates:
        return Ranking((), np.zeros(0, dtype=np.float32), np.zeros(0, dtype=bool), 0.0)
    candidates = _by_number(candidates)
    space = _Space.of(candidates, paragraphs, len(question))
    holds = np.array([one.quote_id in exact for one in candidates])
    worded = WEIGHTS.exact * holds + WEIGHTS.own * np.array([one.quote_id in own for one in candidates])
    first = space.scores(question)
    best = np.argsort(-(first + worded), kind="stable")[:_READ_BACK]
    best = best[_near_the_best((first + worded)[best])]
    whole = question + WEIGHTS.back * _unit(space.quotes[best].mean(axis=0))
    scores = space.scores(_unit(whole)) + worded
    order = np.argsort(-(scores + _favours(candidates)), kind="stable")
    strongest = np.sort(first)[-_STRONGEST:]
    strength = float(strongest[_near_the_best(strongest)].mean())
    return Ranking([candidates[place].quote_id for place in order], scores[order].astype(np.float32), holds[order], strength)


def _near_the_best(scores: npt.NDArray[np.floating]) -> npt.NDArray[np.bool_]:
    """Which of the best have their share of the very best: where little is said about something, the others are about other things."""
    best = scores.max()
    found: npt.NDArray[np.bool_] = scores >= min(best, WEIGHTS.share * best)
    return found


def _by_number(candidates: Sequence[Candidate]) -> list[Candidate]:
    """The candidates, those stored last first: in what order a database gives them decides nothing."""
    return sorted(candidates, key=lambda one: one.quote_id, reverse=True)


def _favours(candidates: Sequence[Candidate]) -> Floats:
    """What being new among the candidates, being sure, and having a speaker who is known add to a score [N]: a little."""
    newest = max(one.dated for one in candidates)
    weeks = np.array([(newest - one.dated).days / 7 for one in candidates], dtype=np.float32)
    sure = np.array([one.confidence for one in candidates], dtype=np.float32)
    named = np.array([one.speaker_id is not None for one in candidates])
    found: Floats = (_RECENT / (1 + weeks) + _SURE * sure + _NAMED * named).astype(np.float32)
    return found


def _vectors(candidates: Sequence[Candidate], dimensions: int) -> Floats:
    """The vectors of candidates [N, D]; what has none lies at the origin, as near to one question as to any other."""
    return _unpacked([one.vector for one in candidates], dimensions)


def _unpacked(vectors: Iterable[bytes | None], dimensions: int) -> Floats:
    nowhere = bytes(dimensions)
    return unpacked(b"".join(one or nowhere for one in vectors), dimensions)


@dataclass(frozen=True, slots=True)
class _Space:
    """Where candidates lie: their own vectors [N, D], their paragraphs' [N, D], and all paragraphs of their texts, by text."""

    quotes: Floats
    own: Floats
    texts: Floats
    text_of: npt.NDArray[np.int64]
    begins: npt.NDArray[np.int64]

    @classmethod
    def of(cls, candidates: Sequence[Candidate], paragraphs: Mapping[int, bytes], dimensions: int) -> "_Space":
        """Lay the candidates out."""
        nowhere = bytes(dimensions)
        numbers = {version_id: place for place, version_id in enumerate(dict.fromkeys(one.version_id for one in candidates))}
        blobs = [paragraphs.get(version_id) or nowhere for version_id in numbers]
        begins = np.cumsum([0, *(len(blob) // dimensions for blob in blobs)])
        texts = unpacked(b"".join(blobs), dimensions)
        text_of = np.array([numbers[one.version_id] for one in candidates])
        places = np.minimum(begins[text_of] + [one.paragraph for one in candidates], begins[text_of + 1] - 1)
        return cls(_vectors(candidates, dimensions), texts[places], texts, text_of, begins)

    def scores(self, question: Floats) -> Floats:
        """How near each candidate is to the question, with its paragraph and the best paragraphs of its text."""
        best = self._best_of_each(self.texts @ question)
        found: Floats = self.quotes @ question + WEIGHTS.paragraph * (self.own @ question) + WEIGHTS.article * best[self.text_of]
        return found

    def _best_of_each(self, scores: Floats) -> Floats:
        """The mean score of the best paragraphs of each text, by those of all."""
        counts = np.diff(self.begins)
        order = np.lexsort((-scores, np.repeat(np.arange(len(counts)), counts)))
        places = np.arange(len(scores)) - np.repeat(self.begins[:-1], counts)
        best = np.where(places < _BEST_PARAGRAPHS, scores[order], 0)
        found: Floats = (np.add.reduceat(best, self.begins[:-1]) / np.minimum(counts, _BEST_PARAGRAPHS)).astype(np.float32)
        return found


def _unit(vector: Floats) -> Floats:
    found: Floats = vector / max(float(np.linalg.norm(vector)), 1e-9)
    return found
