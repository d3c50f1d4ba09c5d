"""Runs of `--latent vector --init random` give the curves that they gave before the trainer chose by the data."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from trainer import train
from trainer.run.metrics import Row, read_metrics

RECORDED = Path(__file__).parent / "recorded" / "vector_random.csv"
STEPS = 12


def test_the_curve_of_a_vector_from_random_weights(
    picture_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every loss, rate and held-out PSNR of a small run is the recorded one to six digits, as processors round."""
    words = "--latent vector --init random --size 32 --batch-size 4 --latent-size 8 --precision fp32 --device cpu"
    width = f"--width 0.25 --depth 0.5 --steps {STEPS} --data {picture_folder} --out {tmp_path / 'run'}"
    monkeypatch.setattr(sys, "argv", ["train", *words.split(), *width.split()])
    assert train.main() == 0
    found, recorded = _curve(read_metrics(tmp_path / "run")), np.loadtxt(RECORDED, delimiter=",")
    assert found.shape == recorded.shape == (STEPS, 4)
    np.testing.assert_allclose(found, recorded, rtol=1e-6)


def _curve(rows: list[Row]) -> NDArray[np.float64]:
    """Step, loss, learning rate and held-out PSNR, NaN where it was not measured: [steps, 4]."""
    cells = [(row.step, row.loss, row.learning_rate, row.holdout_psnr) for row in rows]
    return np.array(cells, dtype=np.float64)
