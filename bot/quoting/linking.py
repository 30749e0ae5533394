"""Joins what the network found: to each cue its source and its contents, as spans of characters."""

import math
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from bot.quoting.decoding import CONTENT, CUE, SOURCE, Run, runs
from bot.quoting.network import REACH, Floats, Network, centre, softmax
from bot.quoting.pieces import Pieces
from storage.records import Span

_BELONGS = 0.3  # mean probability from which on a content is a cue's
_NAMES = 0.3  # share of the head's belief in a source from which on a marked source is taken
_EVEN = 0.5  # what is more probable than not
_HEAD_ALONE = 0.6  # probability from which on the head finds what is not marked
_SEGMENT = 6000  # pieces taken at once, which bounds memory; longer texts are cut between lines
_CERTAIN = 0.999
_GROWTH = 20  # pieces by which borders may move outward
_FRAGMENT, _FRAGMENT_SHARE = 4, 0.15  # pieces, and share of all, up to which a part of a content is noise
_RELATIVES = ("who ", "whose ", "which ")
_LONGEST_WORD = 40  # characters by which a span grows to whole words


@dataclass(slots=True)
class Linked:
    """One attribution. `signs` are what its confidence is judged by, each a logit or a share."""

    cue: Span
    source: Span | None
    content: list[Span]
    signs: dict[str, float] = field(default_factory=dict)


def linked(text: str, read: Pieces, network: Network) -> list[Linked]:
    """Every attribution of a text, in the order of the cues."""
    found: list[Linked] = []
    start = 0
    while start < len(read):
        end = _segment_end(read, start)
        found.extend(_in_segment(text, read, network, start, end))
        start = end
    return found


def _segment_end(read: Pieces, start: int) -> int:
    end = min(len(read), start + _SEGMENT)
    if end < len(read):
        lines = np.flatnonzero(read.place[start + _SEGMENT // 2 : end] == 1)
        end = start + _SEGMENT // 2 + int(lines[-1]) if len(lines) else end
    return end


def _in_segment(text: str, read: Pieces, network: Network, start: int, end: int) -> list[Linked]:
    logits, states = network.read(read, start, end)
    found = runs(logits)
    flat = softmax(logits)[:, CONTENT : CONTENT + 2].sum(axis=1)
    cues = [run for run in found if run.kind == CUE and run.last - run.first <= REACH]
    if not cues:
        return []
    roles = network.roles(states, [(cue.first, cue.last) for cue in cues])
    around = [_Around(cue, role) for cue, role in zip(cues, roles, strict=True)]
    contents: list[list[tuple[Run, float]]] = [[] for _ in cues]
    for run in found:
        if run.kind != CONTENT:
            continue
        best, belief = _owner(run, around)
        if best is not None and belief >= _BELONGS:
            contents[best].append((run, belief))
    taken = np.zeros(end - start, dtype=bool)
    for run in found:
        taken[run.first : run.last] = True
    sources = [run for run in found if run.kind == SOURCE]

    def span(run: Run) -> Span:
        return _whole_words(text, int(read.starts[start + run.first]), int(read.ends[start + run.last - 1]))

    joined = []
    for place, own in zip(around, contents, strict=True):
        marked = bool(own)
        own = place.agreed(own, flat) if marked else place.unmarked(taken)
        if not own:
            continue
        source, source_belief = place.source(sources)
        if source is not None and text[slice(*span(source))].lower().startswith(_RELATIVES):
            source = _with_antecedent(source, sources)
        joined.append(
            Linked(
                cue=span(place.cue),
                source=None if source is None else _bare(text, span(source)),
                content=[span(run) for run, _ in own],
                signs={
                    "cue": _logit(place.cue.certainty),
                    "content": _logit(_mean([(belief, run) for run, belief in own])),
                    "marked": _logit(_mean([(run.certainty, run) for run, _ in own])) if marked else -2.0,
                    "source": _logit(source_belief),
                    "source marked": _logit(source.certainty) if source is not None else 0.0,
                    "no source": float(source is None),
                    "length": math.log(sum(run.last - run.first for run, _ in own)),
                    "pieces": float(len(own) > 1),
                },
            )
        )
    return joined


def _owner(run: Run, around: Sequence["_Around"]) -> tuple[int | None, float]:
    """The cue that the head gives a content to, and its belief. Cues are in order: only the near ones are asked."""
    best, belief = None, 0.0
    for k in range(bisect_left(around, run.first - 2 * REACH, key=lambda a: a.start), len(around)):
        if around[k].start >= run.last:
            break
        here = around[k].belief(run)
        if here > belief:
            best, belief = k, here
    return best, belief


class _Around:
    """The head's belief about the pieces around one cue."""

    def __init__(self, cue: Run, roles: Floats) -> None:
        self.cue = cue
        self.start = centre((cue.first, cue.last)) - REACH
        self._source, self._content = roles[:, 1], roles[:, 2]

    def belief(self, run: Run) -> float:
        """Mean probability that a run, as far as it can be seen, is content of this cue."""
        seen = self._content[max(0, run.first - self.start) : max(0, run.last - self.start)]
        return float(seen.mean()) if len(seen) else 0.0

    def source(self, marked: Sequence[Run]) -> tuple[Run | None, float]:
        """The source and how much of the head's belief it has."""
        best, mass = None, 0.0
        for run in marked[bisect_right(marked, self.start, key=lambda run: run.last) :]:
            if run.first > self.start + 2 * REACH:
                break
            here = float(self._source[max(0, run.first - self.start) : run.last - self.start].sum())
            if here > mass:
                best, mass = run, here
        if best is not None and mass >= _NAMES:
            seen = self._source[max(0, best.first - self.start) : best.last - self.start]
            return best, float(seen.max())
        own = _stretches(self._source, self.start, SOURCE, _EVEN)
        return max(((run, run.certainty) for run in own), key=lambda found: found[1], default=(None, 0.0))

    def agreed(self, marked: Sequence[tuple[Run, float]], flat: Floats) -> list[tuple[Run, float]]:
        """Marked contents with the borders on which labels (`flat`) and head agree: the mean of both is over a half."""
        seen = max(0, self.start), min(len(flat), self.start + 2 * REACH + 1)
        low, high = min(seen[0], marked[0][0].first), max(seen[1], marked[-1][0].last)
        agreed, near = np.zeros((2, high - low), dtype=np.float32)
        for run, _ in marked:
            agreed[run.first - low : run.last - low] = 1
            near[max(0, run.first - _GROWTH - low) : run.last + _GROWTH - low] = 1
        agreed[seen[0] - low : seen[1] - low] = (flat[slice(*seen)] + self._content[seen[0] - self.start : seen[1] - self.start]) / 2
        agreed *= near
        found: list[tuple[Run, float]] = []
        for stretch in _stretches(agreed, low, CONTENT, _EVEN):
            under = [(run, belief) for run, belief in marked if run.first < stretch.last and stretch.first < run.last]
            if under:
                run, belief = max(under, key=lambda one: one[0].last - one[0].first)
                found.append((Run(CONTENT, stretch.first, stretch.last, run.certainty), belief))
        total = sum(run.last - run.first for run, _ in found)
        return [one for one in found if one[0].last - one[0].first > min(_FRAGMENT, _FRAGMENT_SHARE * total)] or list(marked)

    def unmarked(self, taken: "np.typing.NDArray[np.bool_]") -> list[tuple[Run, float]]:
        """What the head takes for content where the labels have nothing."""
        free = self._content.copy()
        first = max(0, self.start)
        covered = taken[first : self.start + 2 * REACH + 1]
        free[first - self.start : first - self.start + len(covered)][covered] = 0
        return [(run, run.certainty) for run in _stretches(free, self.start, CONTENT, _HEAD_ALONE)]


def _stretches(chances: Floats, start: int, kind: int, least: float) -> list[Run]:
    found: list[Run] = []
    first: int | None = None
    for k, chance in enumerate([*chances.tolist(), 0.0]):
        if chance > least and first is None:
            first = k
        elif chance <= least and first is not None:
            found.append(Run(kind, first + start, k + start, float(chances[first:k].mean())))
            first = None
    return found


def _mean(weighted: Sequence[tuple[float, Run]]) -> float:
    total = sum(run.last - run.first for _, run in weighted)
    return sum(value * (run.last - run.first) for value, run in weighted) / total


def _logit(chance: float) -> float:
    bounded = min(_CERTAIN, max(1 - _CERTAIN, chance))
    return math.log(bounded / (1 - bounded))


def _with_antecedent(source: Run, marked: Sequence[Run]) -> Run:
    """`who sails the Swan` with the name before it, if that is marked too."""
    before = bisect_left(marked, source.first, key=lambda run: run.first) - 1
    if before < 0 or source.first - marked[before].last > 1:
        return source
    return Run(SOURCE, marked[before].first, source.last, source.certainty)


def _bare(text: str, source: Span) -> Span:
    """A source without the comma or the apostrophe behind it, unless there is nothing else."""
    end = source[1]
    while end > source[0] and not text[end - 1].isalnum() and text[end - 1] not in ".)":
        end -= 1
    return (source[0], end) if end > source[0] else source


def _whole_words(text: str, start: int, end: int) -> Span:
    for _ in range(_LONGEST_WORD):
        if not (start > 0 and text[start].isalnum() and text[start - 1].isalnum()):
            break
        start -= 1
    for _ in range(_LONGEST_WORD):
        if not (end < len(text) and text[end - 1].isalnum() and text[end].isalnum()):
            break
        end += 1
    return start, end
