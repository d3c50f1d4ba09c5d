"""Defects made up in good pictures."""

from __future__ import annotations

import numpy as np
import pytest

from desktop.engine.anomaly.defects import KINDS, VISIBLE, WHOLE_KINDS, make_defect
from desktop.engine.pictures import Pixels


def stripes(seed: int, grey: bool = False) -> Pixels:
    """A picture with detail: uint8 `[48, 64, 3]`."""
    random = np.random.default_rng(seed)
    rows, columns = np.mgrid[:48, :64]
    plain = (
        128 + 60 * np.sin(columns / 3 + rows / 7 + seed)[..., None] + random.normal(0, 8, (48, 64, 1 if grey else 3))
    )
    return np.broadcast_to(plain.clip(0, 255), (48, 64, 3)).astype(np.uint8)


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_changes_what_its_mask_says(kind: str) -> None:
    """The good picture is as it was; the other differs visibly within the mask alone, and only kinds of whole pictures
    everywhere."""
    good, random = stripes(1), np.random.default_rng(3)
    before = good.copy()
    for _ in range(10):
        defect = make_defect(good, [stripes(2)], random, kind)
        assert defect is not None
        assert defect.kind == kind
        differs = np.abs(defect.pixels.astype(int) - good).max(axis=2) >= VISIBLE
        assert np.array_equal(differs, defect.mask)
        assert 0 < defect.mask.mean() < (1.01 if kind in WHOLE_KINDS else 0.9)
    assert np.array_equal(good, before)


@pytest.mark.parametrize("kind", KINDS)
def test_grey_pictures_stay_grey(kind: str) -> None:
    """No kind of defect gives itself away by a colour that no picture has."""
    defect = make_defect(stripes(1, grey=True), [stripes(2, grey=True)], np.random.default_rng(0), kind)
    assert defect is not None
    assert np.ptp(defect.pixels.astype(int), axis=2).max() <= 1


def test_what_cannot_be_seen_is_no_defect() -> None:
    """A plain picture blurred is the same picture."""
    plain = np.full((32, 32, 3), 90, np.uint8)
    assert make_defect(plain, [plain], np.random.default_rng(0), "blur") is None
    assert make_defect(plain, [plain], np.random.default_rng(0), "spot") is not None
