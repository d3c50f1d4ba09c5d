"""Foreign graphs in the contract's clothes: nodes before and after them, so that pixels are uint8 [N, H, W, 3]."""

from __future__ import annotations

from typing import Any

import numpy as np
import onnx
from onnx import ModelProto, NodeProto, TensorProto, compose, helper, numpy_helper

from export.foreign.pair import ForeignGraph
from export.foreign.reading import GREY, Reading, scaling
from export.graphs.graphs import DIMENSIONS, IMAGE, LATENT

Shape = tuple[int | str, ...]

PREFIX = "foreign/"
LAST_AXIS, BACKWARDS = np.array([3], np.int64), np.array([2, 1, 0], np.int64)
TO_NCHW, TO_NHWC = (0, 3, 1, 2), (0, 2, 3, 1)
ONNX_TYPES = {"float32": TensorProto.FLOAT, "float16": TensorProto.FLOAT16, "uint8": TensorProto.UINT8}


class _Chain:
    """Nodes one after another."""

    def __init__(self, source: str) -> None:
        self.last = source
        self.nodes: list[NodeProto] = []
        self.weights: list[TensorProto] = []

    def add(self, operator: str, *constants: Any, **attributes: Any) -> _Chain:
        """One node that takes the last one's output, and constants."""
        names = [f"wrap/{self.last.strip('/')}/{operator}/{index}" for index in range(len(constants) + 1)]
        self.weights += [numpy_helper.from_array(np.asarray(each), name) for each, name in zip(constants, names[1:])]
        self.nodes.append(helper.make_node(operator, [self.last, *names[1:]], names[:1], names[0], **attributes))
        self.last = names[0]
        return self

    def end(self, name: str) -> None:
        """Calls the last output by a name of the contract."""
        self.nodes.append(helper.make_node("Identity", [self.last], [name], f"wrap/{name}"))


def wrap_encoder(encoder: ForeignGraph, reading: Reading, latent: Shape, image: Shape) -> bytes:
    """`encoder.onnx`: uint8 [N, H, W, 3] -> float32 latent.

    Args:
        encoder: What to wrap.
        reading: What it means.
        latent: The latent's shape, `N` first; free dimensions by name.
        image: The pictures' shape, likewise.
    """
    before = _Chain(IMAGE)
    if encoder.input_type != "uint8" or reading.input_channels != "rgb":
        _feed(before, reading)
        if encoder.input_type != "float32":
            before.add("Cast", to=ONNX_TYPES[encoder.input_type])
    if reading.layout == "NCHW":
        before.add("Transpose", perm=TO_NCHW)
    after = _Chain(PREFIX + reading.latent_output).add("Cast", to=TensorProto.FLOAT)
    if reading.layout == "NHWC" and len(latent) == 4:
        after.add("Transpose", perm=TO_NCHW)
    if reading.half:
        bounds = (np.array([value], np.int64) for value in (0, _channels(latent), 1))
        after.add("Slice", *bounds)
    if reading.factor != 1:
        after.add("Mul", np.float32(reading.factor))
    if reading.shift != 0:
        after.add("Add", np.float32(reading.shift))
    after.end(LATENT)
    source = helper.make_tensor_value_info(IMAGE, TensorProto.UINT8, image)
    return _wrap(encoder, before, after, source, helper.make_tensor_value_info(LATENT, TensorProto.FLOAT, latent))


def wrap_decoder(decoder: ForeignGraph, reading: Reading, latent: Shape, image: Shape) -> bytes:
    """`decoder.onnx`: float32 latent -> uint8 [N, H, W, 3]; as `wrap_encoder`."""
    before = _Chain(LATENT)
    if reading.layout == "NHWC" and len(latent) == 4:
        before.add("Transpose", perm=TO_NHWC)
    if decoder.input_type != "float32":
        before.add("Cast", to=ONNX_TYPES[decoder.input_type])
    after = _Chain(PREFIX + reading.image_output).add("Cast", to=TensorProto.FLOAT)
    if reading.layout == "NCHW":
        after.add("Transpose", perm=TO_NHWC)
    _show(after, reading)
    after.end(IMAGE)
    source = helper.make_tensor_value_info(LATENT, TensorProto.FLOAT, latent)
    return _wrap(decoder, before, after, source, helper.make_tensor_value_info(IMAGE, TensorProto.UINT8, image))


def _feed(chain: _Chain, reading: Reading) -> None:
    """From levels uint8 [N, H, W, 3] to the values that an encoder takes, channels last; as `as_input` does it."""
    channels = reading.input_channels
    chain.add("Cast", to=TensorProto.FLOAT)
    if channels == "grey":
        chain.add("Mul", np.array(GREY, np.float32)).add("ReduceSum", LAST_AXIS, keepdims=1)
    elif channels == "rgba":
        chain.add("Pad", np.array([0] * 7 + [1], np.int64), np.float32(255))
    scale, shift = scaling(reading.input_range).of(channels)
    chain.add("Mul", scale)
    if shift.any():
        chain.add("Add", shift)
    if channels == "bgr":
        chain.add("Gather", BACKWARDS, axis=3)


def _show(chain: _Chain, reading: Reading) -> None:
    """From a decoder's values, channels last, to levels uint8 [N, H, W, 3]; as `as_levels` does it."""
    channels = reading.output_channels
    if channels == "bgr":
        chain.add("Gather", BACKWARDS, axis=3)
    elif channels == "rgba":
        chain.add("Slice", *(np.array([value], np.int64) for value in (0, 3, 3)))
    scale, shift = scaling(reading.output_range).of("rgb" if channels == "rgba" else channels)
    if shift.any():
        chain.add("Sub", shift)
    chain.add("Mul", 1 / scale).add("Clip", np.float32(0), np.float32(255)).add("Round").add(
        "Cast", to=TensorProto.UINT8
    )
    if channels == "grey":
        chain.add("Tile", np.array([1, 1, 1, 3], np.int64))


def free_shapes(shape: tuple[int, ...], fixed: tuple[int, int] | None) -> tuple[Shape, Shape]:
    """The declared shapes of latent and image; `fixed` is height and width where no other size is taken."""
    if fixed:
        return ("N", *shape), ("N", *fixed, 3)
    return ("N", shape[0], *DIMENSIONS[LATENT][2:]), (*DIMENSIONS[IMAGE][:3], 3)


def _channels(latent: Shape) -> int:
    assert isinstance(latent[1], int)
    return latent[1]


def _wrap(
    foreign: ForeignGraph, before: _Chain, after: _Chain, source: onnx.ValueInfoProto, target: onnx.ValueInfoProto
) -> bytes:
    """The foreign model between two chains, without what its chosen output does not need."""
    model: ModelProto = compose.add_prefix(foreign.model, PREFIX)
    weights = {tensor.name for tensor in model.graph.initializer}
    (entrance,) = (value.name for value in model.graph.input if value.name not in weights)
    before.nodes.append(helper.make_node("Identity", [before.last], [entrance], f"wrap/{source.name}"))
    nodes = _needed([*before.nodes, *model.graph.node, *after.nodes], target.name)
    used = {name for node in nodes for name in node.input}
    kept = [tensor for tensor in model.graph.initializer if tensor.name in used or _has_subgraph(nodes)]
    graph = helper.make_graph(nodes, "adopted", [source], [target], [*before.weights, *kept, *after.weights])
    wrapped = helper.make_model(graph, opset_imports=list(model.opset_import), ir_version=max(model.ir_version, 4))
    content: bytes = wrapped.SerializeToString()
    return content


def _needed(nodes: list[NodeProto], target: str) -> list[NodeProto]:
    """The nodes that lead to a tensor, in their order; all of them where graphs lie within nodes, whose needs hide."""
    if _has_subgraph(nodes):
        return nodes
    wanted, kept = {target}, list[NodeProto]()
    for node in reversed(nodes):
        if wanted & set(node.output):
            wanted |= set(node.input)
            kept.append(node)
    return kept[::-1]


def _has_subgraph(nodes: list[NodeProto]) -> bool:
    return any(attribute.HasField("g") or attribute.graphs for node in nodes for attribute in node.attribute)
