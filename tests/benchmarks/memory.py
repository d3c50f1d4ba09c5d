"""Peak memory of whole programs, and whether it grows with the size of a picture or the size of a set."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from tests.benchmarks import networks
from tests.benchmarks.batch import write_large, write_pictures
from tests.benchmarks.measure import Row, Settings
from tests.benchmarks.runs import short_run
from tests.bundles import map_bundle
from trainer.options.config import TrainConfig

MOST_GROWTH = 1.1
BYTES_OF_A_PIXEL = 12  # the picture, what the model sees of it, what it gives, and what is put back
SMALL = 1_000
WATCH = (
    "import runpy, sys; from tests.memory import peak_mib; sys.argv = sys.argv[1:]\n"
    "try: runpy.run_module(sys.argv[0], run_name='__main__', alter_sys=True)\n"
    "finally: print('PEAK', peak_mib())"
)


def run(settings: Settings) -> Iterator[Row]:
    """Batches of few and many pictures, and of small and large ones; then the other programs, beside a bare Python."""
    with tempfile.TemporaryDirectory() as scratch:
        yield from _sets(Path(scratch), *((20, 120) if settings.quick else (50, 1_000)))
        yield from _sizes(Path(scratch), 4_000 if settings.quick else 8_000)
        yield from _programs(Path(scratch))


def _sets(folder: Path, few: int, many: int) -> Iterator[Row]:
    write_pictures(folder / "few", few)
    write_pictures(folder / "many", many)
    for entry in networks.shipped():
        peak = {
            name: _peak(_batch(folder / name, folder / f"{name}-{entry.name}", str(entry.folder)))
            for name in ("few", "many")
        }
        yield Row(
            f"batch of {many}, {entry.name}", peak["many"], f"of {few}", peak["few"], "MiB", 1 / MOST_GROWTH,
            note="flat: at most a tenth more",
        )  # fmt: skip


def _sizes(folder: Path, large: int) -> Iterator[Row]:
    """Through a map in tiles: a linear one, so that what is measured is the program's and not a network's."""
    bundle = map_bundle(folder / "map")
    peak = {}
    for side in (SMALL, large):
        write_large(folder / str(side), side)
        peak[side] = _peak(_batch(folder / str(side), folder / f"out-{side}", str(bundle.path)))
    pixels = (large**2 - SMALL**2) / 2**20
    least = peak[SMALL] + BYTES_OF_A_PIXEL * pixels
    yield Row(
        f"one picture of {large}x{large} in tiles", peak[large], f"of {SMALL}x{SMALL}, and 12 bytes a pixel", least,
        "MiB", 1.0, note="12 bytes: the picture, what the model sees of it, what it gives, and what is put back",
    )  # fmt: skip


def _programs(folder: Path) -> Iterator[Row]:
    bare = _peak(["json.tool", "--help"])
    yield Row("the window drawn", _peak(["desktop", "--screenshot", str(folder / "a.png")]), "Python", bare, "MiB")
    training = ["--characters", "200", "--steps", "2", "--size", "128", "--out", str(folder / "run")]
    yield Row("a training, compact, batch 32", _peak(["trainer.train", *training]), "Python", bare, "MiB")
    config = TrainConfig.of(size=64, batch_size=8, characters=200)
    short_run(config, folder / "short")
    export = ["export.to_onnx", str(folder / "short"), "--out", str(folder / "bundle")]
    yield Row("an export, compact", _peak(export), "Python", bare, "MiB")


def _batch(source: Path, target: Path, model: str) -> list[str]:
    return ["desktop.batch", str(source), str(target), "--model", model]


def _peak(command: Sequence[str]) -> float:
    """Largest resident memory in MiB of `python -m` of the command.

    Raises:
        RuntimeError: The program failed, and what it said last.
    """
    done = subprocess.run([sys.executable, "-c", WATCH, *command], capture_output=True, text=True)
    if done.returncode or "PEAK" not in done.stdout:
        last = done.stderr.strip().splitlines() or ["without a word"]
        raise RuntimeError(f"python -m {command[0]} failed ({last[-1]})")
    return float(done.stdout.rsplit("PEAK", 1)[1])
