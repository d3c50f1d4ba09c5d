"""Encoding and decoding on a GPU, against PyTorch on the same GPU. Without a working one there are no rows.

Twice: with copies to and from the GPU, as the desktop's engine does it, and within the GPU's memory (onnxruntime with
I/O binding, and with a CUDA graph too, in fp32 and fp16). The ceiling of the latter is the longer of two times: that of
the operations at the measured peak of matrix products, and that of the bytes at the measured speed of a copy.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Literal

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from desktop.engine.autoencoder import Autoencoder
from desktop.engine.library import ModelEntry
from desktop.engine.machine import providers
from export.graphs.graphs import DecoderGraph, EncoderGraph
from export.graphs.half import to_half
from tests.benchmarks import networks
from tests.benchmarks.binding import Bound
from tests.benchmarks.measure import Call, Remark, Row, Settings, made, race

TF32 = "high"  # torch's word for what onnxruntime does by itself: products of fp32 numbers in TF32


@dataclasses.dataclass(frozen=True)
class Place:
    """Where it is measured.

    Attributes:
        name: "cuda", or "cpu" for a rehearsal.
        batches: Sizes of batches.
        product_side: Of the square matrices whose product is the peak.
        copied_bytes: That are copied within the memory.
        models: How many of the bundles that ship.
    """

    name: Literal["cuda", "cpu"] = "cuda"
    batches: tuple[int, ...] = (1, 64)
    product_side: int = 8192
    copied_bytes: int = 1 << 30
    models: int = 2

    @property
    def title(self) -> str:
        """Of the device, for notes."""
        return torch.cuda.get_device_name() if self.name == "cuda" else "a rehearsal on the CPU"

    def synchronize(self) -> None:
        """Waits until all that was asked for is computed."""
        if self.name == "cuda":
            torch.cuda.synchronize()


REHEARSAL = Place("cpu", (1,), 256, 1 << 20, models=1)


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
    yield from measured(Place(), settings)


def measured(place: Place, settings: Settings) -> Iterator[Row | Remark]:
    """The same on any device."""
    torch.set_float32_matmul_precision(TF32)
    torch.backends.cudnn.benchmark = True
    peak = _peak(place, settings)
    for entry in networks.shipped()[: place.models]:
        for batch in place.batches:
            for side in _sides(entry, batch, place):
                yield from _with_copies(side, place, settings)
                yield from _within_the_gpu(side, peak, place, settings)


def _sides(entry: ModelEntry, batch: int, place: Place) -> Iterator[Side]:
    bundle, model = entry.require(), networks.reconstruct(entry).to(place.name)
    random, info = np.random.default_rng(0), bundle.info
    images = random.integers(0, 256, (batch, info.size.height, info.size.width, 3), np.uint8)
    latents = random.standard_normal((batch, *info.latent.shape), np.float32)
    engine = Autoencoder(bundle, place.name)
    encoder, decoder = EncoderGraph(model), DecoderGraph(model)
    moved = images.nbytes + latents.nbytes
    for name, graph, given, call, cost in (
        ("encode", encoder, images, lambda: engine.encode(images), info.encoder_cost),
        ("decode", decoder, latents, lambda: engine.decode(latents), info.decoder_cost),
    ):
        what, content = f"{name} {batch}, {entry.name}, GPU", bundle.read(f"{name}r.onnx")
        yield Side(what, content, graph, given, call, batch * cost.flops, moved + cost.file_bytes)


def _with_copies(side: Side, place: Place, settings: Settings) -> Iterator[Row | Remark]:
    """From the CPU's memory and back to it."""
    given = torch.from_numpy(side.batch)
    makers: dict[str, Callable[[], Call]] = {
        "PyTorch, eager": lambda: _copying(side.graph, given, place),
        "torch.compile": lambda: _copying(_compiled(side.graph, place), given, place),
        "onnxruntime with I/O binding": lambda: _taking(Bound(side.content, side.batch, device=place.name), side.batch),
    }
    yield from _rows(f"{side.what}, copies counted", {"ours": lambda: side.engine}, makers, None, place, settings)


def _within_the_gpu(side: Side, peak: Peak, place: Place, settings: Settings) -> Iterator[Row | Remark]:
    """From the GPU's memory to the GPU's memory."""
    given = torch.from_numpy(side.batch).to(place.name)
    is_gpu = place.name == "cuda"

    def in_fp16() -> Call:
        return Bound(to_half(side.content, side.batch), side.batch, device=place.name, cuda_graph=is_gpu)

    ours: dict[str, Callable[[], Call]] = {
        "ours": lambda: Bound(side.content, side.batch, device=place.name, cuda_graph=is_gpu)
    }
    makers: dict[str, Callable[[], Call]] = {
        "the same without a CUDA graph": lambda: Bound(side.content, side.batch, device=place.name),
        "ours in fp16": in_fp16,
        "PyTorch, eager": lambda: _staying(side.graph, given, place),
        "PyTorch, eager, fp16": lambda: _staying(_cast(side.graph, torch.float16, place), given, place),
        "PyTorch, eager, bf16": lambda: _staying(_cast(side.graph, torch.bfloat16, place), given, place),
        "torch.compile": lambda: _staying(_compiled(side.graph, place), given, place),
        "torch.compile with CUDA graphs": lambda: _staying(
            _compiled(side.graph, place, mode="reduce-overhead"), given, place
        ),
    }
    floor_ms = peak.floor_ms(side.flops, side.moved_bytes)
    yield from _rows(f"{side.what}, I/O binding and CUDA graph", ours, makers, floor_ms, place, settings)


def _rows(
    what: str,
    ours: Mapping[str, Callable[[], Call]],
    makers: Mapping[str, Callable[[], Call]],
    floor_ms: float | None,
    place: Place,
    settings: Settings,
) -> Iterator[Row | Remark]:
    calls, remarks = made({**ours, **makers})
    yield from remarks
    if "ours" not in calls:
        return
    times_ms = {name: seconds * 1000 for name, seconds in race(calls, settings.seconds).items()}
    own = times_ms.pop("ours")
    for rival, theirs in times_ms.items():
        yield Row(what, own, rival, theirs, "ms", ceiling=floor_ms, note=f"{place.title}, fp32 as TF32")


def _copying(graph: Callable[[Tensor], Tensor], given: Tensor, place: Place) -> Call:
    def call() -> object:
        with torch.inference_mode():
            return graph(given.to(place.name)).cpu().numpy()

    return call


def _staying(graph: Callable[[Tensor], Tensor], given: Tensor, place: Place) -> Call:
    def call() -> object:
        with torch.inference_mode():
            output = graph(given)
        place.synchronize()
        return output

    return call


def _compiled(graph: nn.Module, place: Place, **options: Any) -> Callable[[Tensor], Tensor]:
    """By inductor; a rehearsal does not wait for a compiler."""
    compiled: Callable[[Tensor], Tensor] = torch.compile(
        graph, **(options if place.name == "cuda" else {"backend": "eager"})
    )
    return compiled


def _cast(graph: nn.Module, kind: torch.dtype, place: Place) -> Callable[[Tensor], Tensor]:
    """The graph with its products in another precision."""

    def run(given: Tensor) -> Tensor:
        with torch.autocast(place.name, kind):
            output: Tensor = graph(given)
        return output

    return run


def _taking(bound: Bound, batch: NDArray[Any]) -> Call:
    return lambda: bound.take(batch)


def _peak(place: Place, settings: Settings) -> Peak:
    """The best of this device: a product of large square matrices, and a copy within its memory (read and written)."""
    matrix = torch.rand(place.product_side, place.product_side, device=place.name)
    source = torch.empty(place.copied_bytes, dtype=torch.uint8, device=place.name)
    target = torch.empty_like(source)

    def product() -> None:
        torch.mm(matrix, matrix)
        place.synchronize()

    def copy() -> None:
        target.copy_(source)
        place.synchronize()

    seconds = race({"product": product, "copy": copy}, settings.seconds / 2)
    return Peak(2 * place.product_side**3 / seconds["product"], 2 * place.copied_bytes / seconds["copy"])
