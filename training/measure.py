"""Scores the tagger with the scorers that lie beside the corpus."""

import importlib
import sys
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import ModuleType
from typing import Any

from bot.quoting.attributions import Attribution
from bot.quoting.drafts import Draft
from training.corpus import Annotated

Row = dict[str, list[list[int]]]


def scorers(folder: Path) -> ModuleType:
    """The module score_quotes.py of `folder`."""
    sys.path.insert(0, str(folder))
    return importlib.import_module("score_quotes")


def row_of(found: Attribution | Draft) -> Row:
    """An attribution in the form in which the scorers take it."""
    if isinstance(found, Attribution):
        return {role: [list(span) for span in getattr(found, role)] for role in ("content", "source", "cue")}
    return {
        "content": [list(span) for span in found.content],
        "source": [list(found.source)] if found.source else [],
        "cue": [list(found.cue)] if found.cue else [],
    }


def gold_rows(article: Annotated) -> list[Row]:
    """The first annotator's attributions, as the scorers take them."""
    return [{role: [list(s) for s in getattr(a, role)] for role in ("content", "source", "cue")} for a in article.readings[0]]


def right(scorer: Any, text: str, expected: Sequence[Row], predicted: Sequence[Row]) -> list[bool]:  # noqa: ANN401 - a script
    """For each prediction whether it is matched, and its source is right."""
    regions = scorer.quoted_regions(text)
    gold = [scorer.Quote(text, regions, row) for row in expected]
    ours = [scorer.Quote(text, regions, row) for row in predicted]
    pairs = []
    for g, one in enumerate(gold):
        for p, other in enumerate(ours):
            overlap = scorer.iou(one.letters, other.letters)
            if overlap >= scorer.SOFT_IOU:
                pairs.append((-overlap, not scorer.source_correct(text, other.source, one.source), g, p))
    matched_gold: set[int] = set()
    judged: dict[int, bool] = {}
    for _, wrong, g, p in sorted(pairs):
        if g not in matched_gold and p not in judged:
            matched_gold.add(g)
            judged[p] = not wrong
    return [judged.get(p, False) for p in range(len(ours))]


def score(scorer: Any, articles: Sequence[Annotated], rows: Mapping[str, Sequence[Row]]) -> dict[str, Any]:  # noqa: ANN401 - a script
    """The scorer's report for predictions by article name."""
    totals: dict[str, Any] = {kind: defaultdict(int) for kind in scorer.CLASSES}
    for article in articles:
        scorer.score_article(article.text, gold_rows(article), rows.get(article.name, []), totals)
    return dict(scorer.report(totals))


def joint(report: Mapping[str, Any]) -> dict[str, float]:
    """Joint F1 by class, in per cent."""
    return {kind: round(100 * values["joint"]["f1"], 1) for kind, values in report.items()}
