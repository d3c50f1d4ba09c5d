"""Encoding and decoding on a GPU, against PyTorch on the same GPU. Without a working one there are no rows."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator

import numpy as np
import torch

from desktop.engine import providers
from desktop.engine.autoencoder import Autoencoder
from desktop.engine.library import ModelEntry
from export.graphs import DecoderGraph, EncoderGraph
from tests.benchmarks import networks
from tests.benchmarks.measure import Row, Settings, race

BATCHES = (1, 64)


def run(settings: Settings) -> Iterator[Row]:
    """The bundles that ship, at batch 1 and 64."""
    problem = providers.cuda_problem()
    if problem or not torch.cuda.is_available():
        print(f"   no GPU was measured: {problem or 'torch finds none'}", file=sys.stderr)
        return
    for entry in networks.shipped():
        for batch in BATCHES:
            yield from _one(entry, batch, settings)


def _one(entry: ModelEntry, batch: int, settings: Settings) -> Iterator[Row]:
    bundle, model = entry.require(), networks.rebuild(entry).cuda()
    random, info = np.random.default_rng(0), bundle.info
    images = random.integers(0, 256, (batch, info.size.height, info.size.width, 3), np.uint8)
    latents = random.standard_normal((batch, *info.latent.shape), np.float32)
    engine = Autoencoder(bundle, "cuda")
    for side, ours, graph, given in (
        ("encode", lambda: engine.encode(images), EncoderGraph(model), images),
        ("decode", lambda: engine.decode(latents), DecoderGraph(model), latents),
    ):
        tensor = torch.from_numpy(given)
        contenders = {
            "ours": ours,
            "PyTorch, eager": _call(graph, tensor),
            "torch.compile": _call(torch.compile(graph), tensor),
        }
        times_ms = {name: seconds * 1000 for name, seconds in race(contenders, settings.seconds).items()}
        own = times_ms.pop("ours")
        for rival, theirs in times_ms.items():
            note = f"{torch.cuda.get_device_name()}, fp32, copies to and from the GPU counted"
            yield Row(f"{side} {batch}, {entry.name}, GPU", own, rival, theirs, "ms", note=note)


def _call(graph: Callable[[torch.Tensor], torch.Tensor], given: torch.Tensor) -> Callable[[], object]:
    def call() -> object:
        with torch.inference_mode():
            return graph(given.cuda()).cpu().numpy()

    return call
