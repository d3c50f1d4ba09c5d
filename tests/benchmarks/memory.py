"""Peak memory of whole processes, and whether it grows with the size of a picture or the size of a set."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
from PIL import Image

from tests.benchmarks import networks
from tests.benchmarks.batch import write_pictures
from tests.benchmarks.measure import Row, Settings

MOST_GROWTH = 1.1
WATCH = (
    "import runpy, sys; from tests.memory import peak_mib; sys.argv = sys.argv[1:]\n"
    "try: runpy.run_module(sys.argv[0], run_name='__main__', alter_sys=True)\n"
    "finally: print('PEAK', peak_mib())"
)


def run(settings: Settings) -> Iterator[Row]:
    """Batches of few and many pictures, and of small and large ones; a short training and the window beside them."""
    few, many = (20, 200) if settings.quick else (50, 1_000)
    large = 4_000 if settings.quick else 8_000
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        write_pictures(folder / "few", few)
        write_pictures(folder / "many", many)
        _write_large(folder / "small", 1_000)
        _write_large(folder / "large", large)
        for entry in networks.shipped():
            peak = {
                name: _peak(_batch(folder / name, folder / f"{name}-{entry.name}", str(entry.folder)))
                for name in ("few", "many", "small", "large")
            }
            yield Row(
                f"batch of {many}, {entry.name}", peak["many"], f"of {few}", peak["few"], "MiB", 1 / MOST_GROWTH,
                note="flat: at most a tenth more",
            )  # fmt: skip
            pixels_mib = large * large * 3 / 2**20
            yield Row(
                f"one picture of {large}x{large}, {entry.name}", peak["large"], "of 1000x1000", peak["small"], "MiB",
                note=f"its pixels alone are {pixels_mib:.0f} MiB",
            )  # fmt: skip
        bare = _peak(["json.tool", "--help"])
        yield Row("the window drawn", _peak(["desktop", "--screenshot", str(folder / "a.png")]), "Python", bare, "MiB")
        training = ["trainer.train", "--characters", "200", "--steps", "3", "--out", str(folder / "run")]
        yield Row("a training, compact, batch 32", _peak(training), "Python", bare, "MiB")


def _batch(source: Path, target: Path, model: str) -> list[str]:
    return ["desktop.batch", str(source), str(target), "--model", model]


def _peak(command: Sequence[str]) -> float:
    """Largest resident memory in MiB of `python -m` of the command."""
    arguments = [sys.executable, "-c", WATCH, *command]
    done = subprocess.run(arguments, check=True, capture_output=True, text=True)
    return float(done.stdout.rsplit("PEAK", 1)[1])


def _write_large(folder: Path, side: int) -> None:
    """One smooth JPEG of side x side pixels."""
    folder.mkdir()
    small = np.random.default_rng(0).integers(0, 256, (64, 64, 3), np.uint8)
    Image.fromarray(small).resize((side, side), Image.Resampling.BICUBIC).save(folder / "large.jpg")
