"""Runs the two ONNX graphs over a text: windows of pieces to labels, and the surroundings of cues to roles."""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt
import onnxruntime

from bot.quoting.pieces import PLACES, STATES, Pieces

Floats = npt.NDArray[np.float32]

WINDOW: Final = 190  # pieces that the network reads at once
OVERLAP: Final = 32  # pieces that two windows share: each piece is read where it has most around it
REACH: Final = 64  # pieces to either side of a cue in which its source and its content are looked for
CLS, SEP = 101, 102  # what stands before and behind every window
_WINDOWS_AT_ONCE = 4  # what fits the cache is faster than what fills the memory
_CUES_AT_ONCE = 12


class Network:
    """The trained network. Stateless after construction; any thread may call it, and each call uses one thread."""

    def __init__(self, weights: Path) -> None:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.enable_cpu_mem_arena = False
        # The graphs are fused where that is faster; what the runtime would fuse on top of it is slower.
        options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_BASIC
        options.log_severity_level = 3
        self._encoder = onnxruntime.InferenceSession(weights / "encoder.onnx", options, providers=["CPUExecutionProvider"])
        self._head = onnxruntime.InferenceSession(weights / "head.onnx", options, providers=["CPUExecutionProvider"])

    def read(self, pieces: Pieces, start: int, end: int) -> tuple[Floats, Floats]:
        """Label logits [N, 7] and states [N, 192] of the N pieces from `start` to `end` (at least one)."""
        count = max(1, -(-(end - start - OVERLAP) // (WINDOW - OVERLAP)))
        length = -(-(end - start + (count - 1) * OVERLAP) // count)
        starts = np.linspace(start, end - length, count).round().astype(np.int64)
        index = starts[:, None] + np.arange(length)
        ids = np.pad(pieces.ids[index], ((0, 0), (1, 1)), constant_values=((0, 0), (CLS, SEP)))
        marks = np.pad((pieces.case[index] * STATES + pieces.state[index]) * PLACES + pieces.place[index], ((0, 0), (1, 1)))
        labels: list[Floats] = []
        states: list[Floats] = []
        borders = [start, *((starts[1:] + starts[:-1] + length) // 2).tolist(), end]
        for first in range(0, count, _WINDOWS_AT_ONCE):
            batch = slice(first, first + _WINDOWS_AT_ONCE)
            found = self._encoder.run(["labels", "states"], {"ids": ids[batch], "marks": marks[batch]})
            for k in range(len(found[0])):
                window = first + k
                own = slice(borders[window] - starts[window] + 1, borders[window + 1] - starts[window] + 1)
                labels.append(found[0][k, own])
                states.append(found[1][k, own].copy())
        return np.concatenate(labels), np.concatenate(states)

    def roles(self, states: Floats, cues: Sequence[tuple[int, int]]) -> Floats:
        """For each cue (pieces from, to) the probabilities [K, 2 * REACH + 1, 3] that a piece is other, source, content.

        Row r of a cue is the piece `centre(cue) - REACH + r`; where there is none, it is other.
        """
        found: list[Floats] = []
        for first in range(0, len(cues), _CUES_AT_ONCE):
            batch = np.array(cues[first : first + _CUES_AT_ONCE], dtype=np.int64)
            index = np.array([centre(cue) for cue in batch.tolist()])[:, None] + np.arange(-REACH, REACH + 1)
            there = (index >= 0) & (index < len(states))
            inside = (index >= batch[:, :1]) & (index < batch[:, 1:])
            around = states[np.clip(index, 0, len(states) - 1)]
            feed = {"states": around, "there": there.astype(np.int32), "cue": inside.astype(np.float32)}
            (logits,) = self._head.run(["roles"], feed)
            found.append(np.where(there[..., None], softmax(logits), np.array([1, 0, 0], dtype=np.float32)))
        return np.concatenate(found) if found else np.zeros((0, 2 * REACH + 1, 3), dtype=np.float32)


def centre(cue: Sequence[int]) -> int:
    """The piece around which the head looks, for a cue of pieces [from, to)."""
    return (cue[0] + cue[1] - 1) // 2


def softmax(logits: Floats) -> Floats:
    """Probabilities over the last axis."""
    shifted: Floats = np.exp(logits - logits.max(axis=-1, keepdims=True))
    shifted /= shifted.sum(axis=-1, keepdims=True)
    return shifted
