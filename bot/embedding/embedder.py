"""Vectors of texts, of the quotes in them, and of questions: near to each other where they are about the same.

A paragraph's vector is the mean of its pieces' states, a quote's that of its own pieces where they stand, so that "it was wrong"
lies where its passage lies (Günther et al. 2024, "Late chunking"). Vectors have 128 dimensions of 8 bits each, whose length is one.
"""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt

from bot.embedding.network import Floats, Ints, Network
from bot.embedding.paragraphs import paragraphs_of
from storage.records import Span
from storage.records.embeddings import QuoteVector, TextVectors

_TOKENIZER: Final = Path(__file__).parents[1] / "quoting" / "weights" / "tokenizer.json"  # both networks began as one
_FULL = 127
_MOST_READ = 100_000
"""So many characters of a text are read for their meaning, some 16,000 words; quotes behind them are found by their words."""


class Embedder:
    """Embeds by a trained network (`training/`). Loaded once; safe to call from any thread."""

    def __init__(self, weights: Path) -> None:
        self._network = Network(weights / "encoder.onnx", _TOKENIZER)
        numbers = json.loads((weights / "numbers.json").read_text(encoding="utf-8"))
        self.name: str = numbers["name"]
        self._centre: Floats = np.array(numbers["centre"], dtype=np.float32)
        self._cells = unpacked((weights / "cells.bin").read_bytes(), len(self._centre))

    def of_question(self, text: str) -> Floats:
        """The vector [D] of what is asked about, of length one."""
        return _unit(self._network.whole(text).mean(axis=0))

    def of_text(self, text: str, contents: Sequence[Sequence[Span]]) -> TextVectors:
        """The vectors of a text's paragraphs and of the quotes in it, given by the spans of their contents."""
        ids, starts, ends = self._network.pieces(text[:_MOST_READ])
        paragraphs = paragraphs_of(text)
        begins = np.array([start for start, _ in paragraphs], dtype=np.int64)
        states = self._network.states(ids, [*np.searchsorted(starts, begins[1:]).tolist(), len(ids)])
        sums = np.concatenate((np.zeros((1, len(self._centre)), dtype=np.float64), states.cumsum(axis=0, dtype=np.float64)))
        of_paragraphs = self._documents(_means(sums, [pieces_in(starts, ends, [paragraph]) for paragraph in paragraphs]))
        of_quotes = self._documents(_means(sums, [pieces_in(starts, ends, content) for content in contents]))
        within = np.searchsorted(begins, [content[0][0] for content in contents], side="right") - 1
        cells = np.argmax(of_quotes @ self._cells.T, axis=1) if contents else []
        return TextVectors(
            packed(of_paragraphs),
            tuple(
                QuoteVector(int(cell), max(int(paragraph), 0), packed(vector))
                for cell, paragraph, vector in zip(cells, within, of_quotes, strict=True)
            ),
        )

    def cells_near(self, question: Floats, count: int) -> list[int]:
        """The `count` cells in which quotes about a question are likeliest to lie, the likeliest first."""
        found: list[int] = np.argsort(-(self._cells @ question))[:count].tolist()
        return found

    def _documents(self, means: Floats) -> Floats:
        """Means of states [N, D] as vectors of length one, without the direction that all texts share (Mu and Viswanath 2018).

        What was not read has a mean of zeros, and a vector of zeros.
        """
        return _unit(_unit(means) - self._centre) * means.any(axis=-1, keepdims=True)


def packed(vectors: Floats) -> bytes:
    """Vectors of length one as bytes, 8 bits a dimension."""
    scale = _FULL / np.maximum(np.abs(vectors).max(axis=-1, keepdims=True, initial=0), 1e-9)
    found: bytes = np.rint(vectors * scale).astype(np.int8).tobytes()
    return found


def unpacked(data: bytes, dimensions: int) -> Floats:
    """The vectors [N, D] of length one that were packed."""
    return _unit(np.frombuffer(data, dtype=np.int8).reshape(-1, dimensions).astype(np.float32))


def _unit(vectors: Floats) -> Floats:
    found: Floats = vectors / np.maximum(np.linalg.norm(vectors, axis=-1, keepdims=True), 1e-9).astype(np.float32)
    return found


def pieces_in(starts: Ints, ends: Ints, spans: Sequence[Span]) -> list[tuple[int, int]]:
    """The pieces that stand in the spans: from and to, for each span."""
    return [(int(np.searchsorted(ends, start, side="right")), int(np.searchsorted(starts, end))) for start, end in spans]


def _means(sums: npt.NDArray[np.float64], ranges: Sequence[Sequence[tuple[int, int]]]) -> Floats:
    """The mean [N, D] of the states in each group of ranges, by the sums of all states before a piece; zeros where there is none."""
    found = np.zeros((len(ranges), sums.shape[1]), dtype=np.float32)
    for place, group in enumerate(ranges):
        count = sum(last - first for first, last in group if first < last)
        if count:
            found[place] = sum(sums[last] - sums[first] for first, last in group if first < last) / count
    return found
