"""Feeding the training: the first epoch, which decodes, and the later ones, which only copy."""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from PIL import Image
from torch.utils.data import DataLoader
from torchvision import transforms
from torchvision.datasets import ImageFolder

from tests.benchmarks.measure import Row, Settings, race
from trainer.config import TrainConfig
from trainer.data import Data, open_data
from trainer.data.characters import choose, draw

SIZE = 128
STORED = 320  # pixels of the JPEG files: pictures are larger than what is trained on
BATCH = 32


def run(settings: Settings) -> Iterator[Row]:
    """A folder of JPEG files, made here."""
    count = 300 if settings.quick else 2_000
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch, "pictures")
        _write_pictures(folder / "all", count)
        yield _first_epoch(folder, count)
        yield _later_epochs(folder, settings)


def _first_epoch(folder: Path, count: int) -> Row:
    started = time.perf_counter()
    data = _open(folder)
    _epoch(data)
    ours = time.perf_counter() - started
    steps = [transforms.Resize(SIZE), transforms.CenterCrop(SIZE), transforms.ToTensor()]
    started = time.perf_counter()
    workers = os.cpu_count() or 1
    rival = DataLoader(
        ImageFolder(str(folder), transforms.Compose(steps)), BATCH, shuffle=True, num_workers=workers, drop_last=True
    )
    for _ in rival:
        pass
    theirs = time.perf_counter() - started
    name = f"torchvision's ImageFolder, {workers} workers"
    return Row(
        "first epoch, decoding", count / ours, name, count / theirs, "pictures/s", note=f"JPEG of {STORED} pixels"
    )


def _later_epochs(folder: Path, settings: Settings) -> Row:
    data = _open(folder)
    source = data.train.batch(slice(None))
    target = np.empty_like(source)
    times = race({"ours": lambda: _epoch(data), "copy": lambda: np.copyto(target, source)}, settings.seconds)
    gigabytes = source.nbytes / 2**30
    rates = {name: gigabytes / seconds for name, seconds in times.items()}
    return Row(
        "later epochs, from the cache", rates["ours"], "a memory copy of the same bytes", rates["copy"], "GiB/s",
        ceiling=rates["copy"], note="batches of 32 in random order",
    )  # fmt: skip


def _open(folder: Path) -> Data:
    return open_data(TrainConfig(data=folder, size=SIZE), lambda *_: None)


def _epoch(data: Data) -> None:
    order = np.random.default_rng(0).permutation(len(data.train))
    for start in range(0, len(order), BATCH):
        data.train.batch(order[start : start + BATCH])


def _write_pictures(folder: Path, count: int) -> None:
    """Characters as JPEG files: a few drawings, each many times with other noise, so that no two files are alike."""
    folder.mkdir(parents=True)
    random = np.random.default_rng(0)
    drawings = [draw(choose(0, index), STORED) for index in range(20)]
    for index in range(count):
        noisy = drawings[index % len(drawings)] + random.normal(0, 4, (STORED, STORED, 3))
        Image.fromarray(noisy.clip(0, 255).astype(np.uint8)).save(folder / f"{index:05d}.jpg", quality=90)
