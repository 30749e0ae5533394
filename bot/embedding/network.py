"""Runs the ONNX graph that gives every word piece of a window its state in the space of meanings."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt
import onnxruntime
from tokenizers import Tokenizer

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]

WINDOW: Final = 190  # pieces that the network reads at once
CLS, SEP = 101, 102  # what stands before and behind every window
_CHUNK = 20_000  # characters given to the tokenizer at once, which bounds its memory
_HALF_A_PAIR = re.compile("[\ud800-\udfff]")  # of surrogates: no tokenizer takes one


class Network:
    """A small BERT. Stateless after construction; any thread may call it, and each call uses one thread."""

    def __init__(self, graph: Path, tokenizer: Path) -> None:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.enable_cpu_mem_arena = False
        # As for quoting: what the runtime would fuse on top of the graph is slower.
        options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_BASIC
        options.log_severity_level = 3
        self._tokenizer = Tokenizer.from_file(str(tokenizer))
        self._session = onnxruntime.InferenceSession(graph, options, providers=["CPUExecutionProvider"])

    def pieces(self, text: str) -> tuple[Ints, Ints, Ints]:
        """Vocabulary ids [N] of a text's word pieces, and their offsets in it, from [N] and to [N]. Linear in its length."""
        text = _HALF_A_PAIR.sub("\ufffd", text)
        ids: list[int] = []
        offsets: list[tuple[int, int]] = []
        for start, end in _chunks(text):
            encoding = self._tokenizer.encode(text[start:end], add_special_tokens=False)
            ids.extend(encoding.ids)
            offsets.extend((first + start, last + start) for first, last in encoding.offsets)
        places = np.array(offsets, dtype=np.int64).reshape(-1, 2)
        return np.array(ids, dtype=np.int64), places[:, 0], places[:, 1]

    def states(self, ids: Ints, borders: Sequence[int]) -> Floats:
        """The states [N, D] of N pieces, read in windows that end at `borders` (piece numbers, in order) where they can."""
        if not len(ids):
            return np.zeros((0, self._session.get_outputs()[0].shape[-1]), dtype=np.float32)
        return np.concatenate([self._read(ids[first:last])[1:-1] for first, last in windows(len(ids), borders)])

    def whole(self, text: str) -> Floats:
        """The states [N + 2, D] of a short text in one window, those of what stands before and behind it among them."""
        return self._read(self.pieces(text)[0][:WINDOW])

    def _read(self, ids: Ints) -> Floats:
        (states,) = self._session.run(["states"], {"ids": np.concatenate(([CLS], ids, [SEP]))[None]})
        found: Floats = states[0]
        return found


def _chunks(text: str) -> Iterator[tuple[int, int]]:
    """Pieces of a text, from and to, each cut at a space where there is one."""
    start = 0
    while start < len(text):
        end = start + _CHUNK
        if end < len(text):
            end = text.rfind(" ", start + 1, end) + 1 or end
        yield start, min(end, len(text))
        start = end


def windows(count: int, borders: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Windows of `count` pieces, from and to: as many whole paragraphs, which end at `borders`, as one takes, or a part of one."""
    first = 0
    while first < count:
        fitting = bisect_right(borders, first + WINDOW)
        border = borders[fitting - 1] if fitting else 0
        last = border if first < border else first + WINDOW
        yield first, min(count, last)
        first = last
