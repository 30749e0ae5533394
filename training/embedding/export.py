"""Writes the encoder as an ONNX graph with weights in 8 bits, and what else the embedder reads: its centre and the cells of its space."""

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
import onnx
import torch
from onnx import helper

from training.export import Graph, embedded
from training.network import HEADS, Encoder, Layer

Floats = npt.NDArray[np.float32]

DIMENSIONS = 128
CELLS = 512
_ROUNDS = 12


def graph(encoder: Encoder, projection: Floats) -> onnx.ModelProto:
    """`ids` [B, T] to `states` [B, T, 128]: the encoder's states behind `projection` [384, 128]."""
    g = Graph()
    x = g.norm(encoder.norm, embedded(g, encoder), "normal")
    for k, layer in enumerate(encoder.layers):
        assert isinstance(layer, Layer)  # noqa: S101 - a ModuleList forgets its type
        x = g.layer(layer, x, f"layer{k}", HEADS)
    g.node("MatMul", [x, g.weight("projection", projection)], "states")
    ids = helper.make_tensor_value_info("ids", onnx.TensorProto.INT64, ["B", "T"])
    states = helper.make_tensor_value_info("states", onnx.TensorProto.FLOAT, ["B", "T", projection.shape[1]])
    return g.model([ids], [states])


def principal(vectors: Floats) -> tuple[Floats, Floats]:
    """The projection [384, 128] on the directions in which vectors of length one [N, 384] differ most, and their mean behind it [128]."""
    mean = vectors.mean(axis=0)
    _, _, directions = np.linalg.svd(vectors - mean, full_matrices=False)
    projection = np.ascontiguousarray(directions[:DIMENSIONS].T)
    return projection, mean @ projection


def cells(vectors: Floats, seed: int = 7) -> Floats:
    """The centres [512, 128] of the cells into which vectors of length one [N, 128] fall: k-means by cosine."""
    draw = np.random.default_rng(seed)
    centres = vectors[draw.choice(len(vectors), CELLS, replace=False)]
    for _ in range(_ROUNDS):
        nearest = np.argmax(vectors @ centres.T, axis=1)
        sums = np.zeros_like(centres)
        np.add.at(sums, nearest, vectors)
        empty = np.linalg.norm(sums, axis=1) == 0
        sums[empty] = vectors[draw.choice(len(vectors), int(empty.sum()), replace=False)]
        centres = sums / np.linalg.norm(sums, axis=1, keepdims=True)
    return centres


def write(folder: Path, encoder: Encoder, projection: Floats, *, name: str, centre: Sequence[float]) -> None:
    """Write `encoder.onnx` and `numbers.json` into `folder`."""
    with torch.no_grad():
        model = graph(encoder.eval(), projection)
    onnx.checker.check_model(model)
    onnx.save(model, str(folder / "encoder.onnx"))
    numbers = {"name": name, "centre": [round(float(value), 6) for value in centre]}
    (folder / "numbers.json").write_text(json.dumps(numbers) + "\n", encoding="utf-8")
