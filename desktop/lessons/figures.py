"""What lessons measure: figures and pictures read from the folders of finished runs."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from desktop.engine import pictures
from trainer.run.contract import GRIDS_FOLDER, read_status
from trainer.run.contract.tables import Curves, points

LARGEST_BYTES = 1 << 20  # of a JSON file or a table of epochs
Pixels = NDArray[np.uint8]


def best_psnr(run: Path) -> float:
    """The highest held-out PSNR, in dB."""
    return max(value for _, value in points(_columns(run), "holdout_psnr"))


def last_psnr(run: Path) -> float:
    """The last held-out PSNR, in dB; 0 where none was measured."""
    return (points(_columns(run), "holdout_psnr") or [(0, 0.0)])[-1][1]


def steps(run: Path) -> float:
    """How many steps were done."""
    return float(len(_columns(run)["step"]))


def diverged(run: Path) -> float:
    """1 where the training gave up, else 0."""
    status = read_status(run)
    return float(status is not None and status.state == "failed")


def highest_loss(after: int) -> Callable[[Path], float]:
    """The figure: the highest loss after so many steps."""
    return lambda run: max(value for step, value in points(_columns(run), "loss") if step > after)


def epoch_figure(name: str) -> Callable[[Path], float]:
    """The figure: the last value of a column of `epochs.csv`."""

    def figure(run: Path) -> float:
        with (run / "epochs.csv").open(newline="", encoding="utf-8") as file:
            return float(list(csv.DictReader(file.read(LARGEST_BYTES).splitlines()))[-1][name])

    return figure


def floor_psnr(run: Path) -> float:
    """PSNR in dB of principal components with as many numbers as the latent has, on the same held-out pictures."""
    return float(_json(run / "floors.json")[0]["psnr_db"])


def sampler_distance(name: str) -> Callable[[Path], float]:
    """The figure: how far latents of a sampler are from those of pictures."""
    return lambda run: next(float(each["distance"]) for each in _json(run / "samplers.json") if each["name"] == name)


def probed(name: str) -> Callable[[Path], float]:
    """The figure of that name in `probe.json`."""
    return lambda run: float(_json(run / "probe.json")[name])


def file_picture(name: str) -> Callable[[Path], Pixels]:
    """The picture: a file of the run's folder."""
    return lambda run: pictures.read(run / name).pixels


def last_grid(run: Path) -> Pixels:
    """Held-out pictures above their reconstructions at the end, with what was damaged between them."""
    return pictures.read(max((run / GRIDS_FOLDER).glob("*.png"))).pixels


def damaged_psnr(run: Path) -> float:
    """PSNR in dB of the damaged pictures of the last grid, against the whole ones above them."""
    whole, damaged, _ = np.split(last_grid(run).astype(np.float64) / 255, 3)
    side = len(whole)
    errors = np.square(whole - damaged).reshape(side, -1, side, 3).mean(axis=(0, 2, 3))
    return float((-10 * np.log10(errors)).mean())


def _columns(run: Path) -> dict[str, list[float]]:
    curves = Curves(run)
    curves.read_on()
    return curves.columns


def _json(path: Path) -> Any:
    with path.open(encoding="utf-8") as file:
        return json.loads(file.read(LARGEST_BYTES))
