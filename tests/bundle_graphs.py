"""The graphs of tiny bundles: linear encoders and decoders with the contract's inputs and outputs."""

from __future__ import annotations

from typing import Any

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

Floats = NDArray[np.float32]


def smooth_patterns(side: int, count: int) -> Floats:
    """Orthonormal colour patterns `[count, side * side * 3]` of low frequency: cosines, a colour at a time."""
    positions = (np.arange(side) + 0.5) * np.pi / side
    frequencies = sorted(((v, u) for v in range(8) for u in range(8)), key=lambda pair: (sum(pair), pair))
    patterns = []
    for index in range(count):
        v, u = frequencies[index // 3]
        plane = np.outer(np.cos(v * positions), np.cos(u * positions))
        pattern = np.zeros((side, side, 3))
        pattern[..., index % 3] = plane / np.linalg.norm(plane)
        patterns.append(pattern.reshape(-1))
    return np.stack(patterns).astype(np.float32)


def encoder_graph(nodes: list[onnx.NodeProto], weights: dict[str, Any], image: list[Any], latent: list[Any]) -> bytes:
    """uint8 pixels -> scaled to [-0.5, 0.5] -> `nodes` -> latent."""
    scaling = [
        helper.make_node("Cast", ["image"], ["levels"], to=TensorProto.FLOAT),
        helper.make_node("Div", ["levels", "white"], ["unit"]),
        helper.make_node("Sub", ["unit", "half"], ["scaled"]),
    ]
    constants = {"white": np.float32(255), "half": np.float32(0.5)}
    picture = helper.make_tensor_value_info("image", TensorProto.UINT8, image)
    code = helper.make_tensor_value_info("latent", TensorProto.FLOAT, latent)
    return _model([*scaling, *nodes], weights | constants, picture, code)


def decoder_graph(nodes: list[onnx.NodeProto], weights: dict[str, Any], latent: list[Any], image: list[Any]) -> bytes:
    """latent -> `nodes` -> scaled back, rounded, clamped -> uint8 pixels."""
    scaling = [
        helper.make_node("Add", ["scaled", "half"], ["unit"]),
        helper.make_node("Mul", ["unit", "white"], ["levels"]),
        helper.make_node("Round", ["levels"], ["rounded"]),
        helper.make_node("Clip", ["rounded", "black", "white"], ["clamped"]),
        helper.make_node("Cast", ["clamped"], ["image"], to=TensorProto.UINT8),
    ]
    constants = {"white": np.float32(255), "half": np.float32(0.5), "black": np.float32(0)}
    picture = helper.make_tensor_value_info("image", TensorProto.UINT8, image)
    code = helper.make_tensor_value_info("latent", TensorProto.FLOAT, latent)
    return _model([*nodes, *scaling], weights | constants, code, picture)


def _model(nodes: list[onnx.NodeProto], weights: dict[str, Any], source: Any, target: Any) -> bytes:
    tensors = [numpy_helper.from_array(np.asarray(array), name) for name, array in weights.items()]
    graph = helper.make_graph(nodes, "graph", [source], [target], tensors)
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 18)], ir_version=9)
    onnx.checker.check_model(model)
    content: bytes = model.SerializeToString()
    return content
