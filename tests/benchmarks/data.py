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
from trainer.data import Data, open_data
from trainer.data.characters import choose, draw
from trainer.options.config import TrainConfig

SIZE = 128
SMALL, PHOTOGRAPH = (320, 320), (2000, 1500)  # width and height in pixels of the JPEG files
BATCH = 32


def run(settings: Settings) -> Iterator[Row]:
    """Folders of JPEG files, made here: little larger than what is trained on, and as a camera makes them."""
    with tempfile.TemporaryDirectory() as scratch:
        few, many = (40, 300) if settings.quick else (200, 2_000)
        for count, sides in ((many, SMALL), (few, PHOTOGRAPH)):
            folder = Path(scratch, f"{sides[0]}")
            _write_pictures(folder / "all", count, sides)
            yield _first_epoch(folder, count, sides)
        yield _later_epochs(Path(scratch, f"{SMALL[0]}"), settings)


def _first_epoch(folder: Path, count: int, sides: tuple[int, int]) -> Row:
    started = time.perf_counter()
    data = _open(folder)
    _epoch(data)
    ours = time.perf_counter() - started
    steps = [transforms.Resize(SIZE), transforms.CenterCrop(SIZE), transforms.ToTensor()]
    started = time.perf_counter()
    workers = os.cpu_count() or 1
    rival = DataLoader(ImageFolder(str(folder), transforms.Compose(steps)), BATCH, shuffle=True, num_workers=workers)
    for _ in rival:
        pass
    theirs = time.perf_counter() - started
    return Row(
        f"first epoch, decoding JPEG of {sides[0]}x{sides[1]}", count / ours,
        f"torchvision's ImageFolder, {workers} workers", count / theirs, "pictures/s", 1.0,
        note="hashing the files and writing the cache counted; Lanczos against bilinear",
    )  # fmt: skip


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
    return open_data(TrainConfig.of(data=folder, size=SIZE), lambda *_: None)


def _epoch(data: Data) -> None:
    order = np.random.default_rng(0).permutation(len(data.train))
    for start in range(0, len(order), BATCH):
        data.train.batch(order[start : start + BATCH])


def _write_pictures(folder: Path, count: int, sides: tuple[int, int]) -> None:
    """Characters as JPEG files: a few drawings, each many times in another brightness; no two are alike."""
    folder.mkdir(parents=True)
    random = np.random.default_rng(0)
    noise = random.normal(0, 4, (sides[1], sides[0], 3))
    drawings = [
        np.asarray(Image.fromarray(draw(choose(0, index), min(sides))).resize(sides)) + noise for index in range(10)
    ]
    for index in range(count):
        darker = drawings[index % len(drawings)] * (1 - index / (4 * count))
        Image.fromarray(darker.clip(0, 255).astype(np.uint8)).save(folder / f"{index:05d}.jpg", quality=90)
