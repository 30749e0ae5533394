"""Turns the network's signs into a confidence that means what it says, and chooses from which confidence on a quote is kept."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from bot.quoting.attributions import Analysis
from bot.quoting.learned import LearnedTagger
from bot.quoting.rules import ruled
from bot.quoting.runs import with_runs
from bot.quoting.seconding import Seconds
from training.corpus import Annotated
from training.measure import gold_rows, right, row_of

_PENALTY = 1.0
_STEPS = 30
_NEXT_TO_NOTHING = 0.001  # of F1
Rows = npt.NDArray[np.float64]


def calibrate(weights: Path, articles: Sequence[Annotated], scorer: Any, name: str) -> dict[str, Any]:  # noqa: ANN401 - a script
    """Write `numbers.json` beside the weights, from articles that the network did not learn from. Returns what it wrote."""
    path = weights / "numbers.json"
    path.write_text(json.dumps({"name": name, "bias": 0.0, "weights": {}, "least": {"speech": 0.0, "attitude": 0.0}}), encoding="utf-8")
    tagger = LearnedTagger(weights)
    signs: list[Mapping[str, float]] = []
    correct: list[bool] = []
    for article in articles:
        analysis = Analysis(article.text)
        judged = tagger.judged(analysis, Seconds(with_runs(ruled(analysis), analysis)))
        signs += [s for _, s in judged]
        correct += right(scorer, article.text, gold_rows(article), [row_of(draft) for draft, _ in judged])
    if not signs:
        raise SystemExit("The network finds nothing in the held-out articles: it has not been trained for long enough.")
    names = sorted({name for one in signs for name in one})
    expected = sum(len(article.readings[0]) for article in articles)
    x = np.array([[one.get(name, 0.0) for name in names] for one in signs])
    bias, weights_found = _logistic(x, np.array(correct, dtype=np.float64))
    numbers: dict[str, Any] = {
        "name": name,
        "bias": round(bias, 4),
        "weights": {name: round(float(w), 4) for name, w in zip(names, weights_found, strict=True)},
        "least": {},
    }
    confidence, right_ones = 1 / (1 + np.exp(-(bias + x @ weights_found))), np.array(correct)
    speech = np.array([bool(one["speech"]) for one in signs])
    for what, group in (("speech", speech), ("attitude", ~speech)):
        numbers["least"][what] = _least(confidence[group], right_ones[group], expected * group.mean())
    path.write_text(json.dumps(numbers, indent=1) + "\n", encoding="utf-8")
    return numbers


def _logistic(x: Rows, y: npt.NDArray[np.float64]) -> tuple[float, npt.NDArray[np.float64]]:
    """Newton's method with a small penalty on the weights, not on the bias."""
    with_bias = np.hstack([np.ones((len(x), 1)), x])
    penalty = np.diag([0.0, *[_PENALTY] * x.shape[1]])
    found = np.zeros(with_bias.shape[1])
    for _ in range(_STEPS):
        chance = 1 / (1 + np.exp(-with_bias @ found))
        gradient = with_bias.T @ (chance - y) + penalty @ found
        curvature = (with_bias * (chance * (1 - chance))[:, None]).T @ with_bias + penalty
        found -= np.linalg.solve(curvature, gradient)
    return float(found[0]), found[1:]


def _least(confidence: Rows, correct: npt.NDArray[np.bool_], expected: float) -> float:
    """The highest confidence to begin at that costs next to nothing of the best F1: what is shown should be right."""
    bounds = np.arange(0, 0.61, 0.025)
    f1 = np.array([2 * correct[confidence >= b].sum() / ((confidence >= b).sum() + expected) for b in bounds])
    return round(float(bounds[np.flatnonzero(f1 >= f1.max() - _NEXT_TO_NOTHING)[-1]]), 3)
