"""int8 for CPUs: static quantisation of activations and, channel by channel, of weights."""

from __future__ import annotations

import logging
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import onnx
from numpy.typing import NDArray
from onnxruntime.quantization.calibrate import CalibrationDataReader, CalibrationMethod
from onnxruntime.quantization.quant_utils import QuantFormat, QuantType
from onnxruntime.quantization.quantize import quantize_static

from export.graphs.cost import count_operations

QUANTISED = ("Conv", "Gemm", "MatMul")  # what onnxruntime's CPU provider computes in int8
SMALLEST_SHARE = 0.1  # of a graph's operations, ...
LARGE = 0.75  # ... or, in a graph of many alike, of those of its largest product


def to_int8(content: bytes, batches: Sequence[NDArray[Any]], kept: Sequence[str] = ()) -> bytes:
    """Quantises a graph's convolutions and matrix products; inputs and outputs stay as the contract has them.

    Weights have 7 bits, per output channel: on processors without VNNI instructions onnxruntime adds pairs of products
    in 16 bits, which 8-bit weights overflow, and a bundle must give the same pictures everywhere.

    Args:
        content: A graph in fp32.
        batches: What it is calibrated on: pictures trained on, or their latents.
        kept: Names of nodes to leave in fp32.
    """
    with tempfile.TemporaryDirectory() as scratch, _quiet():
        target = Path(scratch, "int8.onnx")
        quantize_static(
            onnx.load_from_string(content),
            target,
            _Batches(onnx.load_from_string(content).graph.input[0].name, batches),
            quant_format=QuantFormat.QDQ,
            op_types_to_quantize=list(QUANTISED),
            per_channel=True,
            reduce_range=True,
            activation_type=QuantType.QUInt8,
            weight_type=QuantType.QInt8,
            nodes_to_exclude=list(kept),
            calibrate_method=CalibrationMethod.MinMax,
        )
        return target.read_bytes()


def outer_products(content: bytes) -> list[str]:
    """Names of the first and the last convolution or matrix product: next to pixels, 8 bits cost most."""
    names = [node.name for node in onnx.load_from_string(content).graph.node if node.op_type in QUANTISED]
    return [*names[:1], *names[-1:]]


def light_products(content: bytes, batch: NDArray[Any]) -> list[str]:
    """Names of the outer products, and of those with less than a tenth of the work and 3/4 of the largest one's.

    Of what 8 bits cost, most is lost in products that are quick in fp32, too, above all in those next to the latent: in
    the decoder of `models/photos`, two that do 0.3 % of the work cost 0.88 dB, and the six that do 75 % cost 0.02 dB.

    Args:
        content: A graph in fp32.
        batch: What it takes.
    """
    model = onnx.load_from_string(content)
    operations = count_operations(model, batch)
    least = min(SMALLEST_SHARE * sum(operations.values()), LARGE * max(operations.values(), default=0))
    light = [node.name for node in model.graph.node if node.op_type in QUANTISED and operations[node.name] < least]
    return list(dict.fromkeys([*outer_products(content), *light]))


class _Batches(CalibrationDataReader):
    """Hands out batches, as the quantiser wants them."""

    def __init__(self, name: str, batches: Sequence[NDArray[Any]]) -> None:
        self._inputs: Iterator[dict[str, NDArray[Any]]] = iter([{name: batch} for batch in batches])

    def get_next(self) -> Any:
        """The next batch, by the input's name; None after the last."""
        return next(self._inputs, None)


@contextmanager
def _quiet() -> Iterator[None]:
    """Keeps the quantiser's advice, which is about its own preprocessing, from the user."""
    before = logging.root.manager.disable
    logging.disable(logging.WARNING)
    try:
        yield
    finally:
        logging.disable(before)
