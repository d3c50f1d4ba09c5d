"""Runs of `--latent vector --init random` give the curves that they gave before the trainer chose by the data."""

from __future__ import annotations

import hashlib
import sys
from pathlib import Path

import numpy as np
import pytest
import torch
from numpy.typing import NDArray
from torch.nn import functional

from trainer import train
from trainer.run.metrics import Row, read_metrics

RECORDED = Path(__file__).parent / "recorded" / "vector_random.csv"
ARITHMETIC = "2dc3a6ef402aa8f0"
"""Of the machine that the curve was recorded on: others round differently."""
STEPS = 12


def test_the_curve_of_a_vector_from_random_weights(
    picture_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every loss, rate and held-out PSNR of a small run is the recorded one, to the last bit.

    A processor whose arithmetic differs from that of the recording rounds differently, and is held to six digits.
    """
    words = "--latent vector --init random --size 32 --batch-size 4 --latent-size 8 --precision fp32 --device cpu"
    width = f"--width 0.25 --depth 0.5 --steps {STEPS} --data {picture_folder} --out {tmp_path / 'run'}"
    monkeypatch.setattr(sys, "argv", ["train", *words.split(), *width.split()])
    assert train.main() == 0
    found, recorded = _curve(read_metrics(tmp_path / "run")), np.loadtxt(RECORDED, delimiter=",")
    assert found.shape == recorded.shape == (STEPS, 4)
    if _arithmetic() == ARITHMETIC:
        np.testing.assert_array_equal(found, recorded)
    else:
        np.testing.assert_allclose(found, recorded, rtol=1e-6)


def _curve(rows: list[Row]) -> NDArray[np.float64]:
    """Step, loss, learning rate and held-out PSNR, NaN where it was not measured: [steps, 4]."""
    cells = [(row.step, row.loss, row.learning_rate, row.holdout_psnr) for row in rows]
    return np.array(cells, dtype=np.float64)


def _arithmetic() -> str:
    """Tells apart processors and libraries that round differently."""
    values = torch.arange(3 * 32 * 32, dtype=torch.float32).mul(0.7310585).sin().reshape(1, 3, 32, 32)
    kernel = torch.arange(8 * 27, dtype=torch.float32).mul(0.2689414).cos().reshape(8, 3, 3, 3)
    features = functional.conv2d(values, kernel, padding=1).flatten(1)
    product = features.reshape(64, -1) @ features.reshape(64, -1).T
    return hashlib.sha256(product.numpy().tobytes() + features.numpy().tobytes()).hexdigest()[:16]
