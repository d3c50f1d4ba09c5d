"""A folder through a model: files in, reconstructions out, against the slower of its two halves alone."""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
from PIL import Image

from desktop.engine import framing, library, picture_writer, pictures
from desktop.engine.autoencoder import CORES, THREADS_OF_EACH, Autoencoder
from desktop.engine.batch import run as batch
from desktop.engine.batch import work
from desktop.engine.batch.model import BatchModel
from desktop.engine.batch.plan import BatchJob, plan
from desktop.engine.library import ModelEntry
from tests.benchmarks import networks
from tests.benchmarks.measure import Row, Settings
from trainer.data.characters import choose, draw

LEAST_SHARE = 0.85
SIDE = 256
LARGE_SIDE, LONGEST_LARGE_S = 8000, 30.0


def run(settings: Settings) -> Iterator[Row]:
    """The bundles that ship, on PNG files made here."""
    count, rounds = (150, 1) if settings.quick else (600, 3)
    with tempfile.TemporaryDirectory() as scratch:
        source = Path(scratch, "pictures")
        write_pictures(source, count)
        for entry in networks.shipped():
            results = Path(scratch, f"out-{entry.name}-0")
            whole = min(_batch(entry, source, Path(scratch, f"out-{entry.name}-{turn}")) for turn in range(rounds))
            files = min(
                _files_alone(source, results, Path(scratch, f"copies-{entry.name}-{turn}")) for turn in range(rounds)
            )
            model = min(_model_alone(entry, source) for _ in range(rounds))
            costs = _costs(entry, source, Path(scratch, f"costs-{entry.name}"))
            slower, bound = count / max(files, model), CORES / sum(costs.values())
            halves = (
                f"files alone {count / files:.0f}, model alone {count / model:.0f} pictures/s, opening it not counted"
            )
            stages = ", ".join(f"{name} {1000 * seconds:.1f}" for name, seconds in costs.items())
            yield Row(
                f"batch, {entry.name}", count / whole, "the slower of files and model alone", slower, "pictures/s",
                LEAST_SHARE * min(1.0, bound / slower), ceiling=bound,
                note=f"PNG of {SIDE} pixels; {halves}; at most {bound:.0f} on {CORES} cores: in ms of "
                f"processor time a picture costs {stages}; {LEAST_SHARE} of that is the aim where it is less",
            )  # fmt: skip
        yield _large(Path(scratch), LARGE_SIDE // 2 if settings.quick else LARGE_SIDE)


def _large(scratch: Path, side: int) -> Row:
    """One large picture in tiles, from file to file."""
    write_large(scratch / "large", side)
    entry = library.choose(networks.shipped(), "photos")
    seconds = _batch(entry, scratch / "large", scratch / "out-large")
    aim = LONGEST_LARGE_S * (side / LARGE_SIDE) ** 2
    note = f"opening the model counted; the aim is {LONGEST_LARGE_S:g} s for {LARGE_SIDE}x{LARGE_SIDE}"
    return Row(f"one picture of {side}x{side}, photos", seconds, "the aim", aim, "s", 1.0, note=note)


def write_large(folder: Path, side: int) -> None:
    """One smooth JPEG of side x side pixels."""
    folder.mkdir()
    small = np.random.default_rng(0).integers(0, 256, (64, 64, 3), np.uint8)
    Image.fromarray(small).resize((side, side), Image.Resampling.BICUBIC).save(folder / "large.jpg")


def write_pictures(folder: Path, count: int, side: int = SIDE) -> None:
    """Characters as PNG files; a few drawings, each many times in another brightness."""
    folder.mkdir(parents=True)
    drawings = [draw(choose(0, index), side) for index in range(10)]
    for index in range(count):
        darker = drawings[index % 10] * np.float32(1 - index / (4 * count))
        Image.fromarray(darker.astype(np.uint8)).save(folder / f"{index:05d}.png")


def _batch(entry: ModelEntry, source: Path, target: Path) -> float:
    started = time.perf_counter()
    batch.run(BatchJob(source, target, entry, pattern="{name}", asked="cpu"))
    return time.perf_counter() - started


def _costs(entry: ModelEntry, source: Path, target: Path) -> dict[str, float]:
    """Seconds of processor time that each stage of a batch takes for a picture, one picture after another."""
    job = BatchJob(source, target, entry, pattern="{name}", asked="cpu")
    model = BatchModel(Autoencoder(entry.require(), "cpu", THREADS_OF_EACH))
    rule, budget = model.autoencoder.info.size, work.Budget(batch.BUDGET_BYTES)
    spent = dict.fromkeys(("reading", "model", "writing"), 0.0)
    items = plan(job).items
    target.mkdir()
    for item in items:
        began = time.process_time()
        loaded = work.load(job, item, rule, budget)
        read = time.process_time()
        reconstruction = model.reconstruct(loaded.prepared, False, lambda *_: None)
        computed = time.process_time()
        work.write(job, loaded, reconstruction)
        written = time.process_time()
        budget.give_back(loaded.taken)
        for name, seconds in zip(spent, (read - began, computed - read, written - computed)):
            spent[name] += seconds / len(items)
    return spent


def _files_alone(source: Path, results: Path, target: Path) -> float:
    """Reading every picture and writing what the model made of it, on as many threads as there are cores."""
    target.mkdir()
    made = {path.name: pictures.read(path).pixels for path in results.glob("*.png")}

    def copy(path: Path) -> None:
        pictures.read(path)
        picture_writer.save_png(target / path.name, made[path.name])

    started = time.perf_counter()
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        list(pool.map(copy, source.iterdir()))
    return time.perf_counter() - started


def _model_alone(entry: ModelEntry, source: Path) -> float:
    """Encoding and decoding every picture, one by one, from memory."""
    engine = Autoencoder(entry.require(), "cpu")
    frame = framing.frame(SIDE, SIDE, engine.info.size)
    prepared = [frame.prepare(pictures.read(path).pixels) for path in source.iterdir()]
    started = time.perf_counter()
    for each in prepared:
        engine.decode(engine.encode(each[None]))
    return time.perf_counter() - started
