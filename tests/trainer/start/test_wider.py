"""A code fitted on more than the pictures of a small set is taken where it is better, and only there."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from trainer.data import Pictures
from trainer.floor.floor import measure
from trainer.start import wider
from trainer.start.whole_pca import fit_whole
from trainer.start.wider import widest_code


def _drawn(pixels: NDArray[np.float64]) -> tuple[Pictures, Pictures]:
    """Two thirds to train on, and the others."""
    stack, first = pixels.clip(0, 255).astype(np.uint8), len(pixels) * 2 // 3
    return Pictures(stack, np.arange(first)), Pictures(stack, np.arange(first, len(stack)))


def _smooth() -> NDArray[np.float64]:
    """Soft spots in any place."""
    random, place = np.random.default_rng(1), np.arange(32)
    down, right = (np.exp(-((place - random.uniform(0, 32, (60, 1))) ** 2) / 60) for _ in range(2))
    return 230 * down[:, :, None, None] * right[:, None, :, None] * random.uniform(0.5, 1, (60, 1, 1, 3))


def _aligned() -> NDArray[np.float64]:
    """Mixtures of patterns of single pixels, which nothing moved or mirrored is like."""
    random = np.random.default_rng(2)
    return np.tensordot(random.dirichlet(np.ones(9), 60), random.uniform(0, 255, (9, 32, 32, 3)), 1)


def test_spots_in_any_place_start_better_than_their_components() -> None:
    """Mirrored and moved pictures show where else a spot could be: held-out ones are reconstructed better."""
    train, holdout = _drawn(_smooth())
    code = fit_whole(train, 12)
    plain, flipped, moved = (
        measure(each, holdout)
        for each in (
            code,
            widest_code(code, train, True, lambda found: measure(found, holdout)),
            widest_code(code, train, False, lambda found: measure(found, holdout)),
        )
    )
    assert flipped > plain + 0.1
    assert moved > plain


def test_pictures_with_everything_in_its_place_keep_their_components(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where moved pictures are not like the others the code stays; so it does without time, and for a large set."""
    train, holdout = _drawn(_aligned())
    code = fit_whole(train, 8)
    assert widest_code(code, train, True, lambda found: measure(found, holdout)) is code
    train, holdout = _drawn(_smooth())
    code = fit_whole(train, 12)
    assert widest_code(code, train, True, lambda found: measure(found, holdout), lambda _count: True) is code
    monkeypatch.setattr(wider, "LARGEST_SAMPLE", 2 * len(train) - 1)
    assert widest_code(code, train, True, lambda found: measure(found, holdout)) is code
