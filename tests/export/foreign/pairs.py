"""A patch autoencoder as other tools might write it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

PATCH, CHANNELS = 4, 24


def patterns() -> NDArray[np.float32]:
    """Orthonormal cosines of a patch, a colour at a time: float32 [24, 3, 4, 4]."""
    cosines = np.array([np.cos((np.arange(PATCH) + 0.5) * np.pi * u / PATCH) for u in range(PATCH)])
    cosines /= np.linalg.norm(cosines, axis=1, keepdims=True)
    order = sorted(((v, u) for v in range(PATCH) for u in range(PATCH)), key=sum)[: CHANNELS // 3]
    kept = np.zeros((CHANNELS, 3, PATCH, PATCH), np.float32)
    for index in range(CHANNELS):
        v, u = order[index // 3]
        kept[index, index % 3] = np.outer(cosines[v], cosines[u])
    return kept


def linear_pair(
    folder: Path,
    layout: str = "NCHW",
    low: float = 0.0,
    high: float = 1.0,
    kind: int = TensorProto.FLOAT,
    side: int | None = None,
    noise: bool = False,
    factor: float = 1.0,
) -> tuple[Path, Path]:
    """Writes `encoder.onnx` and `decoder.onnx`, which clamp pixels to a range and take a type and a layout.

    With `noise` the encoder adds some; `factor` is what the decoder multiplies its latent by.
    """
    sides: list[Any] = [side or "height", side or "width"]
    small: list[Any] = [side // PATCH if side else "h", side // PATCH if side else "w"]
    image, latent = (
        ["n", channels, *lengths] if layout == "NCHW" else ["n", *lengths, channels]
        for channels, lengths in ((3, sides), (CHANNELS, small))
    )
    turn, back = ([0, 3, 1, 2], [0, 2, 3, 1]) if layout == "NHWC" else ([0, 1, 2, 3], [0, 1, 2, 3])
    stride: Any = {"kernel_shape": [PATCH, PATCH], "strides": [PATCH, PATCH]}
    to_planes = helper.make_node("Transpose", ["float"], ["planes"], perm=turn)
    encoder = [
        helper.make_node("Cast", ["x"], ["float"], to=TensorProto.FLOAT),
        to_planes,
        helper.make_node("Clip", ["planes", "low", "high"], ["seen"]),
        helper.make_node("Conv", ["seen", "w"], ["code"], **stride),
        *([helper.make_node("RandomNormalLike", ["code"], ["drawn"])] if noise else []),
        helper.make_node("Add", ["code", "drawn" if noise else "nothing"], ["sampled"]),
        helper.make_node("Transpose", ["sampled"], ["z"], perm=back),
    ]
    decoder = [
        helper.make_node("Mul", ["x", "factor"], ["float"]),
        to_planes,
        helper.make_node("ConvTranspose", ["planes", "w"], ["rebuilt"], **stride),
        helper.make_node("Clip", ["rebuilt", "low", "high"], ["clamped"]),
        helper.make_node("Transpose", ["clamped"], ["turned"], perm=back),
        helper.make_node("Cast", ["turned"], ["z"], to=kind),
    ]
    folder.mkdir()
    numbers = {"low": low, "high": high, "factor": factor, "nothing": 0.0}
    weights = {"w": patterns()} | {name: np.array(number, np.float32) for name, number in numbers.items()}
    _write(folder / "encoder.onnx", encoder, weights, (kind, image), (TensorProto.FLOAT, latent))
    _write(folder / "decoder.onnx", decoder, weights, (TensorProto.FLOAT, latent), (kind, image))
    return folder / "encoder.onnx", folder / "decoder.onnx"


def channel_pair(
    folder: Path, channels: int, size: tuple[int, int] | None = None, opset: int = 18
) -> tuple[Path, Path]:
    """A pair that keeps every pixel, two by two in a latent of four times the channels, of so many channels of 0..1."""
    height, width = size or ("height", "width")
    small = (size[0] // 2, size[1] // 2) if size else ("h", "w")
    count = 4 * channels
    weights = np.zeros((count, channels, 2, 2), np.float32)
    for index in range(count):
        weights[index, index // 4, index % 4 // 2, index % 2] = 1
    stride: Any = {"kernel_shape": [2, 2], "strides": [2, 2]}
    folder.mkdir()
    image, latent = ["n", channels, height, width], ["n", count, *small]
    kind = TensorProto.FLOAT
    bounds = {} if opset >= 11 else {"min": 0.0, "max": 1.0}
    limits = ["low", "high"] if opset >= 11 else []
    arrays = {"w": weights} | ({"low": np.array(0, np.float32), "high": np.array(1, np.float32)} if limits else {})
    encoder = [
        helper.make_node("Clip", ["x", *limits], ["seen"], **bounds),
        helper.make_node("Conv", ["seen", "w"], ["z"], **stride),
    ]
    decoder = [
        helper.make_node("ConvTranspose", ["x", "w"], ["made"], **stride),
        helper.make_node("Clip", ["made", *limits], ["z"], **bounds),
    ]
    _write(folder / "encoder.onnx", encoder, arrays, (kind, image), (kind, latent), opset)
    _write(folder / "decoder.onnx", decoder, arrays, (kind, latent), (kind, image), opset)
    return folder / "encoder.onnx", folder / "decoder.onnx"


def _write(
    path: Path,
    nodes: list[onnx.NodeProto],
    weights: dict[str, NDArray[np.float32]],
    source: tuple[int, list[Any]],
    target: tuple[int, list[Any]],
    opset: int = 18,
) -> None:
    tensors = [numpy_helper.from_array(array, name) for name, array in weights.items()]
    ends = [helper.make_tensor_value_info(name, *each) for name, each in (("x", source), ("z", target))]
    graph = helper.make_graph(nodes, path.stem, ends[:1], ends[1:], tensors)
    onnx.save(helper.make_model(graph, opset_imports=[helper.make_opsetid("", opset)], ir_version=9), path)
