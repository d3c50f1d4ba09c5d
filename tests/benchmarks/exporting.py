"""Exporting a run: how long it takes beside the bare conversion of its two graphs, and how large the bundle is."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from export.build import build_bundle
from export.graphs import export_graphs
from tests.benchmarks.measure import Row, Settings
from tests.benchmarks.runs import short_run
from trainer.checkpoint import load_run
from trainer.config import Arch

MIB = 1 << 20


def run(settings: Settings) -> Iterator[Row]:
    """One model of each family, hardly trained, on a few built-in characters."""
    archs: tuple[Arch, ...] = ("compact", "vgg13") if settings.quick else ("compact", "vgg13", "vgg16")
    for arch in archs:
        with tempfile.TemporaryDirectory() as scratch:
            trained = load_run(short_run(arch, Path(scratch, "run")))
            started = time.perf_counter()
            export_graphs(trained.model, trained.config.size)
            bare = time.perf_counter() - started
            started = time.perf_counter()
            bundle = build_bundle(trained, Path(scratch, "bundle"), arch, lambda *_: None)
            whole = time.perf_counter() - started
            note = "proof, slider statistics and quality included"
            yield Row(f"export, {arch}", whole, "torch.onnx.export of both graphs", bare, "s", note=note)
            size = sum(len(bundle.read(name)) for name in bundle.info.sha256) / MIB
            weights = sum(parameter.numel() * 4 for parameter in trained.model.parameters()) / MIB
            yield Row(f"bundle, {arch}", size, "its weights as float32", weights, "MiB")
