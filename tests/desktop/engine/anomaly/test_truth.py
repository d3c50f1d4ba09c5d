"""Masks, and what scores are worth by them."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import pytest

from desktop.engine.anomaly.truth import Result, measure_pixels, read_masks, resized_mask
from desktop.engine.picture_writer import save_png
from export.bundle import SizeRule

SMALL = SizeRule("fixed", 1, 16, 16)


def write_masks(folder: Path, side: int, defect: tuple[slice, slice]) -> list[Path]:
    """Two masks, white on a defect, and the paths of bad pictures that they are of."""
    for number in range(2):
        mask = np.zeros((side, side, 3), np.uint8)
        mask[defect] = 255
        save_png(folder / "mask" / f"{number}.png", mask)
    return [folder / "bad" / f"{number}.png" for number in range(2)]


@pytest.mark.parametrize(
    ("masked", "reason"),
    [("nothing", "no mask marks a defect at the size looked at"), ("all", "no pixel of the masks is good")],
)
def test_masks_that_say_nothing_have_a_reason(tmp_path: Path, masked: str, reason: str) -> None:
    """A scratch of two pixels in 128 is gone at the model's 16: there are no figures, not `nan`, and it is said why."""
    (tmp_path / "mask").mkdir()
    bad = write_masks(tmp_path, 128, np.s_[40:42, :] if masked == "nothing" else np.s_[:, :])
    masks = read_masks(bad, tmp_path / "mask", SMALL, "white")
    assert all(mask.shape == (16, 16) for mask in masks)
    heats = {"error": [np.ones((16, 16), np.float32)] * 2}
    measured = measure_pixels(heats, masks, {"error": Result(0.9), "distance": Result(0.8)})
    assert measured == {"error": Result(0.9, reason=reason), "distance": Result(0.8, reason=reason)}
    whole = read_masks(bad, tmp_path / "mask", None, "white")
    if masked == "nothing":
        assert all(mask.sum() == 2 * 128 for mask in whole)  # the same masks mark it at their own size


def test_masks_that_mark_something_give_figures(tmp_path: Path) -> None:
    """A heat map that is the mask itself is perfect over pixels; a score without a map has none, and no reason."""
    (tmp_path / "mask").mkdir()
    bad = write_masks(tmp_path, 32, np.s_[:8, :8])
    masks = read_masks(bad, tmp_path / "mask", None)
    heats = {"error": [mask.astype(np.float32) for mask in masks]}
    measured = measure_pixels(heats, masks, {"error": Result(0.9), "distance": Result(0.8)})
    assert measured["error"].pixel_auroc == pytest.approx(1.0)
    assert measured["error"].pro is not None
    assert not math.isnan(measured["error"].pro)
    assert measured["distance"] == Result(0.8)


@pytest.mark.parametrize("side", [1, 3, 16])
def test_no_defect_vanishes_by_resizing(side: int) -> None:
    """One pixel of 64 x 64 marks one at any smaller size."""
    mask = np.zeros((64, 64), bool)
    mask[37, 11] = True
    assert resized_mask(mask, side, side).sum() >= 1
