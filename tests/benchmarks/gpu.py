"""Encoding and decoding on a GPU, against PyTorch on the same GPU. Without a working one there are no rows."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import nn

from desktop.engine import providers
from desktop.engine.autoencoder import Autoencoder
from desktop.engine.library import ModelEntry
from export.graphs import DecoderGraph, EncoderGraph
from tests.benchmarks import networks
from tests.benchmarks.measure import Call, Remark, Row, Settings, made, race

BATCHES = (1, 64)


def run(settings: Settings) -> Iterator[Row | Remark]:
    """The bundles that ship, at batch 1 and 64."""
    problem = providers.cuda_problem()
    if problem or not torch.cuda.is_available():
        yield Remark(f"No GPU was measured: {problem or 'torch finds none'}.")
        return
    for entry in networks.shipped():
        for batch in BATCHES:
            yield from _one(entry, batch, settings)


def _one(entry: ModelEntry, batch: int, settings: Settings) -> Iterator[Row | Remark]:
    bundle, model = entry.require(), networks.rebuild(entry).cuda()
    random, info = np.random.default_rng(0), bundle.info
    images = random.integers(0, 256, (batch, info.size.height, info.size.width, 3), np.uint8)
    latents = random.standard_normal((batch, *info.latent.shape), np.float32)
    engine = Autoencoder(bundle, "cuda")
    decoder, encoder = DecoderGraph(model), EncoderGraph(model)
    yield from _one_side(f"encode {batch}, {entry.name}", lambda: engine.encode(images), encoder, images, settings)
    yield from _one_side(f"decode {batch}, {entry.name}", lambda: engine.decode(latents), decoder, latents, settings)


def _one_side(
    what: str, ours: Call, graph: nn.Module, given: NDArray[Any], settings: Settings
) -> Iterator[Row | Remark]:
    tensor = torch.from_numpy(given)
    makers = {
        "PyTorch, eager": lambda: _call(graph, tensor),
        "torch.compile": lambda: _call(torch.compile(graph), tensor),
    }
    rivals, remarks = made(makers)
    yield from remarks
    times_ms = {name: seconds * 1000 for name, seconds in race({"ours": ours, **rivals}, settings.seconds).items()}
    own = times_ms.pop("ours")
    for rival, theirs in times_ms.items():
        note = f"{torch.cuda.get_device_name()}, fp32, copies to and from the GPU counted"
        yield Row(f"{what}, GPU", own, rival, theirs, "ms", note=note)


def _call(graph: Callable[[torch.Tensor], torch.Tensor], given: torch.Tensor) -> Call:
    def call() -> object:
        with torch.inference_mode():
            return graph(given.cuda()).cpu().numpy()

    return call
