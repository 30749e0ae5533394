"""Writes a trained network as two ONNX graphs with weights in 8 bits, one scale for each output channel.

The graphs are built by hand from onnxruntime's fused operators: no tracing, no tool between, and exactly
the arithmetic that runs. Activations are quantised as they come (asymmetric, 8 bits), weights are
symmetric; word vectors have one scale each.
"""

from pathlib import Path

import numpy as np
import numpy.typing as npt
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper

from bot.quoting.pieces import CASES, PLACES, STATES
from training.network import HEADS, NARROW, NARROW_HEADS, CueHead, Encoder, Layer, trained

_CONTRIB = "com.microsoft"
Array = npt.NDArray[np.generic]


class Graph:
    """An ONNX graph under construction: nodes in the order of their making, weights by name."""

    def __init__(self) -> None:
        self.nodes: list[onnx.NodeProto] = []
        self.weights: list[onnx.TensorProto] = []

    def weight(self, name: str, value: Array) -> str:
        """Add a weight; returns its name, as all methods do that of what they add."""
        self.weights.append(numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name

    def node(self, kind: str, inputs: list[str], name: str, outputs: int = 1, domain: str = "", **attributes: float) -> str:
        """Add a node with so many outputs."""
        names = [name, *(f"{name}.{k}" for k in range(1, outputs))]
        self.nodes.append(helper.make_node(kind, inputs, names, name=name, domain=domain, **attributes))
        return name

    def linear(self, module: torch.nn.Linear, x: str, name: str, *, bias: bool = True) -> str:
        """Add x W + b with W in 8 bits."""
        weights, scales = _quantised(_array(module.weight), axis=1)
        inputs = [x, self.weight(f"{name}.weight", weights.T), self.weight(f"{name}.scale", scales)]
        inputs += [self.weight(f"{name}.zero", np.zeros(len(scales), dtype=np.int8))]
        if bias:
            inputs.append(self.weight(f"{name}.bias", _array(module.bias)))
        return self.node("DynamicQuantizeMatMul", inputs, name, domain=_CONTRIB)

    def exact(self, module: torch.nn.Linear, x: str, name: str) -> str:
        """Add x W + b as trained: for the few outputs that decide."""
        product = self.node("MatMul", [x, self.weight(f"{name}.weight", _array(module.weight).T)], f"{name}.product")
        return self.node("Add", [product, self.weight(f"{name}.bias", _array(module.bias))], name)

    def norm(self, module: torch.nn.LayerNorm, x: str, name: str) -> str:
        """Add a layer's normalisation."""
        scale, bias = self.weight(f"{name}.gamma", _array(module.weight)), self.weight(f"{name}.beta", _array(module.bias))
        return self.node("LayerNormalization", [x, scale, bias], name, epsilon=module.eps)

    def layer(self, module: Layer, x: str, name: str, heads: int, mask: str = "") -> str:
        """Add a transformer layer."""
        width = module.out.in_features
        qkv = self.linear(module.qkv, x, f"{name}.qkv")
        sizes = self.weight(f"{name}.sizes", np.array([width] * 3, dtype=np.int64))
        self.node("Split", [qkv, sizes], f"{name}.q", 3, axis=-1)
        parts = [f"{name}.q", f"{name}.q.1", f"{name}.q.2"]
        inputs = [*parts, "", mask] if mask else parts
        attended = self.node("MultiHeadAttention", inputs, f"{name}.attended", domain=_CONTRIB, num_heads=heads)
        x = self._added(module.norm1, x, self.linear(module.out, attended, f"{name}.out"), f"{name}.middle")
        inner = self.node("Gelu", [self.linear(module.up, x, f"{name}.up")], f"{name}.inner", domain=_CONTRIB)
        return self._added(module.norm2, x, self.linear(module.down, inner, f"{name}.down"), name)

    def _added(self, norm: torch.nn.LayerNorm, x: str, y: str, name: str) -> str:
        # two operators: the fused SkipLayerNormalization takes seven times as long on a CPU
        return self.norm(norm, self.node("Add", [x, y], f"{name}.sum"), name)

    def model(self, inputs: list[onnx.ValueInfoProto], outputs: list[onnx.ValueInfoProto]) -> onnx.ModelProto:
        """The graph as a model."""
        graph = helper.make_graph(self.nodes, "quoting", inputs, outputs, self.weights)
        opsets = [helper.make_opsetid("", 17), helper.make_opsetid(_CONTRIB, 1)]
        return helper.make_model(graph, opset_imports=opsets, ir_version=9)


def _array(value: torch.Tensor) -> npt.NDArray[np.float32]:
    return np.asarray(value.detach().float().numpy(), dtype=np.float32)


def _quantised(weights: npt.NDArray[np.float32], axis: int) -> tuple[npt.NDArray[np.int8], npt.NDArray[np.float32]]:
    scales = np.maximum(np.abs(weights).max(axis=axis), 1e-8).astype(np.float32) / np.float32(127)
    return np.clip(np.rint(weights / scales[:, None]), -127, 127).astype(np.int8), scales


def embedded(g: Graph, encoder: Encoder) -> str:
    """Add `ids` [B, T] to the vectors of words at their places."""
    return _placed(g, encoder, _words(g, encoder))


def _words(g: Graph, encoder: Encoder) -> str:
    words, scales = _quantised(_array(encoder.words.weight), axis=1)
    found = g.node("Gather", [g.weight("words", words), "ids"], "words.found")
    x = g.node("Cast", [found], "words.cast", to=TensorProto.FLOAT)
    scale = g.node("Gather", [g.weight("words.scale", scales[:, None]), "ids"], "words.scaled")
    return g.node("Mul", [x, scale], "words.value")


def _placed(g: Graph, encoder: Encoder, x: str) -> str:
    positions = g.weight("positions", _array(encoder.positions.weight + encoder.kind))
    length = g.node("Shape", ["ids"], "length", start=1, end=2)
    zero, axis = g.weight("zero", np.array([0], dtype=np.int64)), g.weight("axis", np.array([0], dtype=np.int64))
    return g.node("Add", [x, g.node("Slice", [positions, zero, length, axis], "positions.here")], "embedded")


def encoder_graph(encoder: Encoder, head: CueHead) -> onnx.ModelProto:
    """`ids` and `marks` [B, T] to `labels` [B, T, 7] and `states` [B, T, 192], which are already projected for the head."""
    g = Graph()
    x = _words(g, encoder)
    case, state, place = (_array(e.weight) for e in (encoder.case, encoder.state, encoder.place))
    marks = (case[:, None, None] + state[None, :, None] + place[None, None, :]).reshape(CASES * STATES * PLACES, -1)
    x = g.node("Add", [x, g.node("Gather", [g.weight("marks.table", marks), "marks"], "marks.value")], "words.marked")
    x = _placed(g, encoder, x)
    x = g.norm(encoder.norm, x, "normal")
    for k, layer in enumerate(encoder.layers):
        assert isinstance(layer, Layer)  # noqa: S101 - a ModuleList forgets its type
        x = g.layer(layer, x, f"layer{k}", HEADS)
    g.exact(encoder.label, x, "labels")
    g.linear(head.project, x, "states")
    integers = [helper.make_tensor_value_info(name, TensorProto.INT64, ["B", "T"]) for name in ("ids", "marks")]
    floats = [
        helper.make_tensor_value_info(name, TensorProto.FLOAT, ["B", "T", size])
        for name, size in (("labels", encoder.label.out_features), ("states", NARROW))
    ]
    return g.model(integers, floats)


def head_graph(head: CueHead) -> onnx.ModelProto:
    """`states` [K, R, 192], `there` [K, R] (int32) and `cue` [K, R] (float) to `roles` [K, R, 3]."""
    g = Graph()
    last = g.weight("last", np.array([-1], dtype=np.int64))
    one = g.weight("one", np.array([1], dtype=np.int64))
    member = g.node("Unsqueeze", ["cue", last], "member")
    total = g.node("ReduceSum", [g.node("Mul", ["states", member], "of_cue"), one], "total", keepdims=1)
    count = g.node(
        "Max", [g.node("ReduceSum", [member, one], "size", keepdims=1), g.weight("least", np.array([1], dtype=np.float32))], "count"
    )
    mean = g.linear(head.of_cue, g.node("Div", [total, count], "mean"), "mean.seen")
    x = g.node("Add", ["states", mean], "with_mean")
    x = g.node("Add", [x, g.weight("distance", _array(head.distance.weight))], "with_distance")
    x = g.node("Add", [x, g.node("Mul", [member, g.weight("member.weight", _array(head.member))], "member.value")], "with_member")
    x = g.layer(head.layer, g.norm(head.norm, x, "normal"), "layer", NARROW_HEADS, mask="there")
    g.exact(head.role, x, "roles")
    shape = ["K", head.distance.num_embeddings]
    inputs = [
        helper.make_tensor_value_info("states", TensorProto.FLOAT, [*shape, NARROW]),
        helper.make_tensor_value_info("there", TensorProto.INT32, shape),
        helper.make_tensor_value_info("cue", TensorProto.FLOAT, shape),
    ]
    return g.model(inputs, [helper.make_tensor_value_info("roles", TensorProto.FLOAT, [*shape, head.role.out_features])])


def export(checkpoint: Path, folder: Path) -> None:
    """Write `encoder.onnx` and `head.onnx` of a checkpoint into `folder`."""
    network = trained(checkpoint).eval()
    folder.mkdir(parents=True, exist_ok=True)
    for name, model in (("encoder", encoder_graph(network.encoder, network.head)), ("head", head_graph(network.head))):
        onnx.checker.check_model(model)
        onnx.save(model, str(folder / f"{name}.onnx"))
