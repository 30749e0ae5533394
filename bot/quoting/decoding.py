"""Labels of word pieces to runs of pieces: the most probable sequence in which nothing goes on that has not begun."""

from dataclasses import dataclass
from typing import Final

from bot.quoting.network import Floats, softmax

CONTENT: Final = 1
SOURCE: Final = 3
CUE: Final = 5
_KINDS = (CONTENT, SOURCE, CUE)


@dataclass(frozen=True, slots=True)
class Run:
    """Pieces [first, last) that are one content, source or cue; `certainty` is the mean probability of that."""

    kind: int
    first: int
    last: int
    certainty: float


def runs(logits: Floats) -> list[Run]:
    """The runs of a text, in order. `logits` is [N, 7]: outside, then begin and inside of content, source, cue."""
    path = _best_path(logits)
    chances = softmax(logits)
    of_kind = {kind: chances[:, kind] + chances[:, kind + 1] for kind in _KINDS}
    found: list[Run] = []
    first = kind = 0
    for k, label in enumerate([*path, 0]):
        inside = label and label % 2 == 0 and kind == label - 1
        if inside:
            continue
        if kind:
            found.append(Run(kind, first, k, float(of_kind[kind][first:k].mean())))
        kind, first = (label, k) if label else (0, k)
    return found


def _best_path(logits: Floats) -> list[int]:
    """Viterbi where only the inside of a kind is bound: it follows its begin or its inside."""
    back: list[tuple[int, int, int, int]] = []
    scores = [0.0, -1e9, -1e9, -1e9, -1e9, -1e9, -1e9]
    for row in logits.tolist():
        best = max(range(7), key=scores.__getitem__)
        top = scores[best]
        content = 1 if scores[1] >= scores[2] else 2
        source = 3 if scores[3] >= scores[4] else 4
        cue = 5 if scores[5] >= scores[6] else 6
        back.append((best, content, source, cue))
        scores = [
            top + row[0],
            top + row[1],
            scores[content] + row[2],
            top + row[3],
            scores[source] + row[4],
            top + row[5],
            scores[cue] + row[6],
        ]
    state = max(range(7), key=scores.__getitem__)
    path: list[int] = []
    for best, content, source, cue in reversed(back):
        path.append(state)
        state = {2: content, 4: source, 6: cue}.get(state, best)
    path.reverse()
    return path
