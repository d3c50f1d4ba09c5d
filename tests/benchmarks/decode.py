"""A slider's decode: one latent to one picture, with the bundles that ship."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from desktop.engine.autoencoder import Autoencoder
from desktop.engine.library import ModelEntry
from desktop.engine.machine import providers
from desktop.engine.machine import race as ways
from tests.benchmarks import networks
from tests.benchmarks.measure import Remark, Row, Settings, made, race

LARGEST_OVERHEAD_MS = 0.2
LEAST_AGAINST_BARE = 0.95  # an overhead of 5 %; where that is less than 0.2 ms, 0.2 ms are allowed
LEAST_AGAINST_EAGER = 1.5
LEAST_AGAINST_SEED = 10.0


def run(settings: Settings) -> Iterator[Row | Remark]:
    """One decode through the engine, against bare onnxruntime, PyTorch, OpenVINO and the seed's decoder."""
    for entry in networks.shipped():
        yield from _one_model(entry, settings)


def _one_model(entry: ModelEntry, settings: Settings) -> Iterator[Row | Remark]:
    bundle = entry.require()
    graph, shape = bundle.read("decoder.onnx"), bundle.info.latent.shape
    latent = np.random.default_rng(0).standard_normal((1, *shape), np.float32)
    result, model = ways.race(bundle), networks.reconstruct(entry)
    engine = Autoencoder(bundle, "openvino" if result.way.kind is providers.OPENVINO else "cpu")
    makers = {
        "bare session.run": lambda: networks.onnx_call(graph, latent),
        "PyTorch, eager": lambda: networks.decoder_call(model, latent),
        "torch.compile": lambda: networks.compiled_decoder_call(model, latent),
        "OpenVINO": lambda: networks.openvino_call(graph, latent),
        "the seed's VGG16 decoder in onnxruntime": lambda: networks.onnx_call(*networks.seed_decoder()),
    }
    rivals, remarks = made(makers)
    yield from remarks
    contenders = {"engine": lambda: engine.decode(latent), **rivals}
    times_ms = {name: seconds * 1000 for name, seconds in race(contenders, settings.seconds).items()}
    ours = times_ms.pop("engine")
    bare = times_ms["bare session.run"]
    least = {
        "bare session.run": min(LEAST_AGAINST_BARE, bare / (bare + LARGEST_OVERHEAD_MS)),
        "PyTorch, eager": LEAST_AGAINST_EAGER,
        "OpenVINO": 1.0,
        "the seed's VGG16 decoder in onnxruntime": LEAST_AGAINST_SEED,
    }
    note = f"batch 1, CPU, the engine's way: {result.way.key}"
    for rival, theirs in times_ms.items():
        yield Row(f"decode, {entry.name}", ours, rival, theirs, "ms", least.get(rival), note=note)
