"""Annotated articles to what the network learns from: windows of word pieces with labels, and cues with their surroundings."""

import random
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from tokenizers import Tokenizer

from bot.quoting.decoding import CONTENT, CUE, SOURCE
from bot.quoting.marks import quotations
from bot.quoting.network import CLS, OVERLAP, REACH, SEP, WINDOW
from bot.quoting.pieces import Ints, Pieces, pieces
from storage.records import Span
from training.corpus import Annotation

STRIDE = WINDOW - OVERLAP
LABELS = 7  # outside; begin and inside of content, source, cue
SHORTEST = 24  # a window of fewer pieces teaches nothing


@dataclass(frozen=True, slots=True)
class Marked:
    """The pieces of an annotation."""

    cue: Ints
    cue_parts: tuple[Ints, ...]
    source: Ints
    content: Ints


@dataclass(frozen=True, slots=True)
class Sample:
    """One article, labelled."""

    pieces: Pieces
    labels: Ints
    marked: tuple[Marked, ...]


def sample(text: str, annotations: Sequence[Annotation], tokenizer: Tokenizer) -> Sample:
    """Label the pieces of one article."""
    read = pieces(text, quotations(text), tokenizer)
    starts, ends = read.starts.tolist(), read.ends.tolist()

    def covered(spans: Sequence[Span]) -> list[Ints]:
        return [np.arange(bisect_right(ends, s), bisect_left(starts, e), dtype=np.int64) for s, e in spans]

    labels = np.zeros(len(read), dtype=np.int64)
    marked = []
    for label, role in ((CONTENT, "content"), (SOURCE, "source"), (CUE, "cue")):
        for annotation in annotations:
            for part in covered(getattr(annotation, role)):
                if len(part):
                    labels[part] = label + 1
                    labels[part[0]] = label
    none = np.zeros(0, dtype=np.int64)
    for annotation in annotations:
        cue, source, content = (covered(spans) for spans in (annotation.cue, annotation.source, annotation.content))
        parts = tuple(part for part in cue if len(part))
        if parts:
            marked.append(Marked(np.concatenate(parts), parts, np.concatenate([none, *source]), np.concatenate([none, *content])))
    return Sample(read, labels, tuple(marked))


@dataclass(frozen=True, slots=True)
class Window:
    """Pieces [start, end) of a sample."""

    sample: Sample
    start: int
    end: int


def windows(samples: Sequence[Sample], draw: random.Random) -> list[Window]:
    """All windows of an epoch, each article cut at another place than the last time, in random order."""
    found = []
    for one in samples:
        first = -draw.randrange(STRIDE) if len(one.pieces) > WINDOW else 0
        for start in range(first, max(1, len(one.pieces) - SHORTEST), STRIDE):
            cut = max(0, start), min(len(one.pieces), start + WINDOW)
            if cut[1] - cut[0] >= SHORTEST:
                found.append(Window(one, *cut))
    draw.shuffle(found)
    return found


@dataclass(frozen=True, slots=True)
class Batch:
    """Tensors of one step: windows [B, T] with [CLS] and [SEP], and K cues with their surroundings [K, 2 * REACH + 1]."""

    features: torch.Tensor  # [4, B, T]: ids, case, state, place
    mask: torch.Tensor  # [B, T], true where there is a piece
    labels: torch.Tensor  # [B, T], -100 where nothing is learned
    around: torch.Tensor  # [K, R] index of a piece in the flattened batch, 0 where there is none
    there: torch.Tensor  # [K, R], true where there is a piece
    cue: torch.Tensor  # [K, R], true for the pieces of the cue
    roles: torch.Tensor  # [K, R] 0 other, 1 source, 2 content; -100 where there is none


def batches(found: Sequence[Window], size: int, draw: random.Random) -> Iterator[Batch]:
    """Batches of `size` windows."""
    for k in range(0, len(found) - size + 1, size):
        yield batch(found[k : k + size], draw)


def batch(found: Sequence[Window], draw: random.Random | None = None) -> Batch:
    """One batch; with `draw`, cues are given less exactly than they are marked, as they will be found."""
    width = max(w.end - w.start for w in found) + 2
    features = torch.zeros(4, len(found), width, dtype=torch.long)
    labels = torch.full((len(found), width), -100)
    mask = torch.zeros(len(found), width, dtype=torch.bool)
    around, cues, roles = [], [], []
    for row, window in enumerate(found):
        read, cut, length = window.sample.pieces, slice(window.start, window.end), window.end - window.start
        features[0, row, 0], features[0, row, length + 1] = CLS, SEP
        for k, values in enumerate((read.ids, read.case, read.state, read.place)):
            features[k, row, 1 : length + 1] = torch.from_numpy(values[cut])
        labels[row, 1 : length + 1] = torch.from_numpy(window.sample.labels[cut])
        mask[row, : length + 2] = True
        for marked in window.sample.marked:
            if marked.cue[0] < window.start or marked.cue[-1] >= window.end:
                continue
            given = _given(marked, window, draw)
            here = (given[0] + given[-1]) // 2 + np.arange(-REACH, REACH + 1)
            inside = (here >= window.start) & (here < window.end)
            role = np.where(np.isin(here, marked.content), 2, np.where(np.isin(here, marked.source), 1, 0))
            around.append(np.where(inside, here - window.start + 1 + row * width, -1))
            cues.append(np.isin(here, given) & inside)
            roles.append(np.where(inside, role, -100))
    shape = (-1, 2 * REACH + 1)
    index = torch.from_numpy(np.array(around, dtype=np.int64)).reshape(shape)
    return Batch(
        features,
        mask,
        labels,
        index.clamp(min=0),
        index >= 0,
        torch.from_numpy(np.array(cues, dtype=bool)).reshape(shape),
        torch.from_numpy(np.array(roles, dtype=np.int64)).reshape(shape),
    )


def _given(marked: Marked, window: Window, draw: random.Random | None) -> Ints:
    if draw is None:
        return marked.cue_parts[0]
    given = marked.cue if draw.random() < 0.3 else draw.choice(marked.cue_parts)
    if draw.random() < 0.1 and given[-1] + 1 < window.end:
        given = np.append(given, given[-1] + 1)
    elif draw.random() < 0.1 and len(given) > 1:
        given = given[:-1]
    return given[given <= given[0] + REACH]
