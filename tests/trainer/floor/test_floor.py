"""The floors of a run are what linear codes reach on its held-out pictures."""

from __future__ import annotations

import itertools
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from trainer.data import Pictures
from trainer.floor.floor import (
    FLOORS_FILE,
    Floors,
    floors_text,
    map_floors,
    numbers_per_block,
    read_floors,
    vector_floors,
)


def _pictures(count: int, size: int = 32) -> Pictures:
    random = np.random.default_rng(0)
    smooth = np.cumsum(np.cumsum(random.normal(size=(count, size, size, 3)), axis=1), axis=2) * 3 + 128
    return Pictures(smooth.clip(0, 255).astype(np.uint8), np.arange(count))


def _psnr(reconstruction: NDArray[np.float64], original: NDArray[np.uint8]) -> float:
    return float(np.mean(-10 * np.log10(np.square(reconstruction - original / 255).mean(axis=(1, 2, 3)))))


def test_a_vector_has_one_floor() -> None:
    """It is the mean PSNR of whole pictures through PCA, with as many numbers as there can be."""
    pictures = _pictures(20)
    train, holdout = Pictures(pictures.pixels, np.arange(15)), Pictures(pictures.pixels, np.arange(15, 20))
    floors = vector_floors(train, holdout, 4)
    (floor,) = floors.measured
    flat = pictures.pixels.reshape(20, -1) / 255
    mean = flat[:15].mean(axis=0)
    axes = np.linalg.svd(flat[:15] - mean, full_matrices=False)[2][:4]
    expected = ((flat[15:] - mean) @ axes.T @ axes + mean).clip(0, 1).reshape(5, 32, 32, 3)
    assert floor.psnr_db == pytest.approx(_psnr(expected, pictures.pixels[15:]), abs=1e-3)
    assert (floor.name, floor.numbers, floors.highest) == ("whole", 4, floor)
    assert vector_floors(train, holdout, 64).measured[0].numbers == 14


def test_a_map_has_two_and_the_fit_can_be_ended() -> None:
    """Overlapping windows are better than blocks, and even one round of their fit is measured."""
    pictures = _pictures(14, 64)
    train, holdout = Pictures(pictures.pixels, np.arange(10)), Pictures(pictures.pixels, np.arange(10, 14))
    asked = itertools.count()
    floors = map_floors(train, holdout, 3.9, lambda: next(asked) >= 1)
    blocks, lapped = floors.measured
    assert (blocks.name, blocks.numbers, lapped.name) == ("blocks", 3, "lapped")
    assert lapped.psnr_db > blocks.psnr_db + 0.2
    assert floors.highest == lapped
    assert next(asked) == 2
    assert map_floors(train, holdout, 3, lapped=False).measured == (blocks,)


def test_numbers_of_a_block() -> None:
    """A map that has a cell for 32x32 pixels has a sixteenth of its channels for each 8x8 of them."""
    assert numbers_per_block(16, 8) == 16
    assert numbers_per_block(512, 32) == 32


def test_they_are_read_back(tmp_path: Path) -> None:
    """Floors come back from a run folder as they were written; a run without them, or with broken ones, has none."""
    pictures = _pictures(6)
    measured = vector_floors(pictures, pictures, 2).measured
    assert read_floors(tmp_path) == ()
    (tmp_path / FLOORS_FILE).write_text(floors_text(measured))
    assert read_floors(tmp_path) == measured
    assert "PCA of whole pictures, 2 numbers: " in measured[0].words
    for broken in ("[", "{}", '[{"name": "other", "numbers": 1, "psnr_db": 1}]', "[1]", "[" * 5_000):
        (tmp_path / FLOORS_FILE).write_text(broken)
        assert read_floors(tmp_path) == ()
    assert Floors(()).highest is None
