"""Encoding and decoding on a GPU, against PyTorch on the same GPU. Without a working one there are no rows.

Twice: with copies to and from the GPU, as the desktop's engine does it, and within the GPU's memory (onnxruntime with
I/O binding, and with a CUDA graph too). The ceiling of the latter is the longer of two times: that of the operations at
the measured peak of matrix products, and that of the bytes at the measured speed of a copy.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from desktop.engine.autoencoder import Autoencoder
from desktop.engine.library import ModelEntry
from desktop.engine.machine import providers
from export.graphs.graphs import DecoderGraph, EncoderGraph
from tests.benchmarks import networks
from tests.benchmarks.binding import Bound
from tests.benchmarks.measure import Call, Remark, Row, Settings, made, race

BATCHES = (1, 64)
PRODUCT_SIDE, COPIED_BYTES = 8192, 1 << 30
TF32 = "high"  # torch's word for what onnxruntime does by itself: products of fp32 numbers in TF32


@dataclasses.dataclass(frozen=True)
class Peak:
    """What the device did at its best: operations a second in TF32, and bytes read and written a second."""

    flops: float
    bytes: float

    def floor_ms(self, flops: float, moved_bytes: float) -> float:
        """The shortest time in which so much can be computed and moved, in milliseconds."""
        return 1000 * max(flops / self.flops, moved_bytes / self.bytes)


@dataclasses.dataclass(frozen=True)
class Side:
    """One graph of a bundle at one batch size.

    Attributes:
        what: For the table.
        content: The ONNX file.
        graph: The same in torch, on the GPU.
        batch: What it is given.
        engine: The desktop's call.
        flops: Operations for the whole batch.
        moved_bytes: Weights, input and output, each once.
    """

    what: str
    content: bytes
    graph: nn.Module
    batch: NDArray[Any]
    engine: Call
    flops: float
    moved_bytes: float


def run(settings: Settings) -> Iterator[Row | Remark]:
    """The bundles that ship, at batch 1 and 64."""
    problem = providers.cuda_problem()
    if problem or not torch.cuda.is_available():
        yield Remark(f"No GPU was measured: {problem or 'torch finds none'}.")
        return
    torch.set_float32_matmul_precision(TF32)
    torch.backends.cudnn.benchmark = True
    peak = _peak(settings)
    for entry in networks.shipped():
        for batch in BATCHES:
            for side in _sides(entry, batch):
                yield from _with_copies(side, settings)
                yield from _within_the_gpu(side, peak, settings)


def _sides(entry: ModelEntry, batch: int) -> Iterator[Side]:
    bundle, model = entry.require(), networks.reconstruct(entry).cuda()
    random, info = np.random.default_rng(0), bundle.info
    images = random.integers(0, 256, (batch, info.size.height, info.size.width, 3), np.uint8)
    latents = random.standard_normal((batch, *info.latent.shape), np.float32)
    engine = Autoencoder(bundle, "cuda")
    encoder, decoder = EncoderGraph(model), DecoderGraph(model)
    moved = images.nbytes + latents.nbytes
    for name, graph, given, call, cost in (
        ("encode", encoder, images, lambda: engine.encode(images), info.encoder_cost),
        ("decode", decoder, latents, lambda: engine.decode(latents), info.decoder_cost),
    ):
        what, content = f"{name} {batch}, {entry.name}, GPU", bundle.read(f"{name}r.onnx")
        yield Side(what, content, graph, given, call, batch * cost.flops, moved + cost.file_bytes)


def _with_copies(side: Side, settings: Settings) -> Iterator[Row | Remark]:
    """From the CPU's memory and back to it."""
    given = torch.from_numpy(side.batch)
    makers = {
        "PyTorch, eager": lambda: _copying(side.graph, given),
        "torch.compile": lambda: _copying(torch.compile(side.graph), given),
        "onnxruntime with I/O binding": lambda: _taking(Bound(side.content, side.batch, device="cuda"), side.batch),
    }
    yield from _rows(f"{side.what}, copies counted", {"ours": lambda: side.engine}, makers, None, settings)


def _within_the_gpu(side: Side, peak: Peak, settings: Settings) -> Iterator[Row | Remark]:
    """From the GPU's memory to the GPU's memory."""
    given = torch.from_numpy(side.batch).cuda()
    ours = {"ours": lambda: Bound(side.content, side.batch, device="cuda", cuda_graph=True)}
    makers = {
        "the same without a CUDA graph": lambda: Bound(side.content, side.batch, device="cuda"),
        "PyTorch, eager": lambda: _staying(side.graph, given),
        "torch.compile": lambda: _staying(torch.compile(side.graph), given),
        "torch.compile with CUDA graphs": lambda: _staying(torch.compile(side.graph, mode="reduce-overhead"), given),
    }
    floor_ms = peak.floor_ms(side.flops, side.moved_bytes)
    yield from _rows(f"{side.what}, I/O binding and CUDA graph", ours, makers, floor_ms, settings)


def _rows(
    what: str,
    ours: Mapping[str, Callable[[], Call]],
    makers: Mapping[str, Callable[[], Call]],
    floor_ms: float | None,
    settings: Settings,
) -> Iterator[Row | Remark]:
    calls, remarks = made({**ours, **makers})
    yield from remarks
    if "ours" not in calls:
        return
    times_ms = {name: seconds * 1000 for name, seconds in race(calls, settings.seconds).items()}
    own = times_ms.pop("ours")
    for rival, theirs in times_ms.items():
        yield Row(
            what, own, rival, theirs, "ms", ceiling=floor_ms, note=f"{torch.cuda.get_device_name()}, fp32 as TF32"
        )


def _copying(graph: Callable[[Tensor], Tensor], given: Tensor) -> Call:
    def call() -> object:
        with torch.inference_mode():
            return graph(given.cuda()).cpu().numpy()

    return call


def _staying(graph: Callable[[Tensor], Tensor], given: Tensor) -> Call:
    def call() -> object:
        with torch.inference_mode():
            output = graph(given)
        torch.cuda.synchronize()
        return output

    return call


def _taking(bound: Bound, batch: NDArray[Any]) -> Call:
    return lambda: bound.take(batch)


def _peak(settings: Settings) -> Peak:
    """The best of this GPU: a product of large square matrices, and a copy within its memory (read and written)."""
    matrix = torch.rand(PRODUCT_SIDE, PRODUCT_SIDE, device="cuda")
    source = torch.empty(COPIED_BYTES, dtype=torch.uint8, device="cuda")
    target = torch.empty_like(source)

    def product() -> None:
        torch.mm(matrix, matrix)
        torch.cuda.synchronize()

    def copy() -> None:
        target.copy_(source)
        torch.cuda.synchronize()

    seconds = race({"product": product, "copy": copy}, settings.seconds / 2)
    return Peak(2 * PRODUCT_SIDE**3 / seconds["product"], 2 * COPIED_BYTES / seconds["copy"])
