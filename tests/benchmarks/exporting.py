"""Exporting a run: how long it takes beside the bare conversion of its two graphs, and how large the bundle is."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from export.build import build_bundle
from export.bundle import read_bundle
from export.graphs.graphs import export_graphs
from tests.benchmarks.measure import Row, Settings
from tests.benchmarks.runs import CHARACTERS, short_run
from trainer.data import open_data
from trainer.machine.device import choose_device
from trainer.options.config import TrainConfig
from trainer.run.sampling import draw_samples

MIB = 1 << 20
LONGEST_S = 6.0


def run(settings: Settings) -> Iterator[Row]:
    """One model of each family, hardly trained, on a few built-in characters of 64 pixels."""
    archs = ("compact",) if settings.quick else ("compact", "vgg13", "vgg16")
    for arch in archs:
        with tempfile.TemporaryDirectory() as scratch:
            yield from _one(arch, Path(scratch))


def _one(arch: str, scratch: Path) -> Iterator[Row]:
    config = TrainConfig.of(arch=arch, size=64, batch_size=8, characters=CHARACTERS)
    run = short_run(config, scratch / "run")
    data = open_data(config, lambda *_: None)  # drawing them is not the export's work
    draw_samples(run.folder, config, data.train, choose_device(config), lambda _: None)  # the training's work
    export_graphs(run.model, config.pictures.size)  # nor is what is imported at the first export
    bare = _seconds(lambda: export_graphs(run.model, config.pictures.size))
    whole = _seconds(lambda: build_bundle(run, scratch / "bundle", arch, lambda *_: None))
    note = "proof, slider statistics, concepts and quality included"
    yield Row(f"export, {arch}", whole, "torch.onnx.export of both graphs", bare, "s", note=note)
    if arch == "compact":
        yield Row(f"export, {arch}", whole, "the aim", LONGEST_S, "s", 1.0)
    bundle = read_bundle(scratch / "bundle")
    size = sum(len(bundle.read(name)) for name in bundle.info.sha256) / MIB
    weights = sum(parameter.numel() * 4 for parameter in run.model.parameters()) / MIB
    yield Row(f"bundle, {arch}", size, "its weights as float32", weights, "MiB")


def _seconds(call: Callable[[], object]) -> float:
    started = time.perf_counter()
    call()
    return time.perf_counter() - started
