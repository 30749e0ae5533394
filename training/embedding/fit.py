"""Weighs the signs of relevance: asks the product the questions of some sets, over and over, with other `Weights`.

What comes out is printed, for a person to put into `bot/asking/ranking.py`; nothing is written.
"""

import math
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final
from unittest import mock

import numpy as np

from benchmarks.annotated import articles
from benchmarks.answers import answering
from bot.asking import ranking
from bot.asking.ranking import Weights
from bot.embedding.embeds import Embeds
from training.embedding.questions import DIRECT, NEGATIVE, Judged, QuestionSet, Quote, key_of

_FIRST, _FOUND = 10, 50
_NOTHING_LEFT_OUT: Final = {"least": -9.0, "least_of_few": -9.0, "unheld": 0.0, "near": -9.0, "near_of_few": -9.0}
_SIGNS: Final = {
    "paragraph": (0.0, 0.1, 0.2, 0.3, 0.5),
    "article": (0.3, 0.5, 0.7, 1.0, 1.4),
    "exact": (0.0, 0.05, 0.1, 0.2, 0.3),
    "own": (0.0, 0.1, 0.2, 0.3),
    "back": (0.0, 0.2, 0.3, 0.4, 0.5),
}
_THRESHOLDS: Final = {
    "least": (0.55, 0.6, 0.65, 0.68, 0.71, 0.74, 0.77),
    "least_of_few": (0.3, 0.4, 0.5, 0.6),
    "unheld": (0.0, 0.05, 0.09, 0.13, 0.17),
    "near": (0.4, 0.5, 0.55, 0.6, 0.62, 0.65, 0.7),
    "near_of_few": (0.3, 0.4, 0.45, 0.5, 0.55, 0.6),
}
Grid = Mapping[str, Sequence[float]]
Answer = Callable[[str], Awaitable[list[dict[str, Any]]]]


@dataclass(frozen=True, slots=True)
class Figures:
    """What answers are worth: the means of nDCG@10 and recall@50, and the share of negative questions answered with nothing."""

    ndcg: float
    recall: float
    empty: float

    @property
    def total(self) -> float:
        """One number of the three: nothing shown where there is nothing counts as much as the rest of an answer."""
        return (self.ndcg + self.recall) / 2 + self.empty / 2


def graded(grades: Mapping[Quote, int], found: Sequence[Quote]) -> tuple[float, float]:
    """nDCG@10 with gains of 2 and 1, and recall@50 of what is directly about the question, for one that has an answer."""
    gains = [grades.get(one, 0) for one in found[:_FOUND]]
    direct = sum(grade == DIRECT for grade in grades.values())
    best = _discounted(sorted(grades.values(), reverse=True))
    return _discounted(gains) / best, gains.count(DIRECT) / min(direct, _FOUND) if direct else 1.0


def _discounted(gains: Sequence[int]) -> float:
    return sum(gain / math.log2(place + 2) for place, gain in enumerate(gains[:_FIRST]))


@dataclass(frozen=True, slots=True)
class Asked:
    """Questions, each with the newsroom that has read the articles of its set."""

    questions: Sequence[tuple[Judged, Answer]]

    async def figures(self, weights: Weights) -> Figures:
        """What the answers are worth under these weights."""
        scores, empty = [], []
        with mock.patch.object(ranking, "WEIGHTS", weights):
            for question, answer in self.questions:
                hits = [(key_of(hit["id"]), int(hit["n"])) for hit in await answer(question.text)]
                if question.kind == NEGATIVE:
                    empty.append(not hits)
                else:
                    scores.append(graded(question.grades, hits))
        ndcg, recall = np.mean(scores, axis=0).tolist() if scores else (0.0, 0.0)
        return Figures(ndcg, recall, float(np.mean(empty)) if empty else 1.0)


async def fitted(data: Path, embedder: Embeds, sets: Sequence[QuestionSet], negatives: Sequence[QuestionSet], *, trial: bool) -> Weights:
    """The weights under which the answers to the questions of `sets` are best; of the other sets only the negative ones are asked."""
    async with AsyncExitStack() as stack:
        found: list[tuple[Judged, Answer]] = []
        for number, one in enumerate((*sets, *negatives)):
            names = [name for article in articles(data, "train") if key_of(name := article.id) in one.articles]
            answer = await stack.enter_async_context(answering(articles(data, "train", names), embedder))
            found += [(question, answer) for question in one.questions if number < len(sets) or question.kind == NEGATIVE]
        answered = Asked([(question, answer) for question, answer in found if question.kind != NEGATIVE])
        signs = _of(_SIGNS, trial=trial)
        weights = await _climbed(answered, replace(Weights(), **_NOTHING_LEFT_OUT), signs, rounds=2)
        thresholds = {name: getattr(Weights(), name) for name in _THRESHOLDS}
        return await _climbed(Asked(found), replace(weights, **thresholds), _of(_THRESHOLDS, trial=trial), rounds=1)


async def _climbed(asked: Asked, weights: Weights, grid: Grid, *, rounds: int) -> Weights:
    """The best weights that are reached by changing one after the other; what is no better is left as it is."""
    best = await asked.figures(weights)
    for name, values in [*grid.items()] * rounds:
        for value in values:
            if (other := replace(weights, **{name: value})) != weights and (figures := await asked.figures(other)).total > best.total:
                best, weights = figures, other
        print(f"{name} {getattr(weights, name)}: {best}", flush=True)
    return weights


def _of(grid: Grid, *, trial: bool) -> Grid:
    return {name: values[:2] for name, values in grid.items()} if trial else grid
