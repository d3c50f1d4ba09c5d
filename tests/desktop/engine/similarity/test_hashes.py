"""Perceptual hashes in all turns and mirrors, and all near pairs among them."""

from __future__ import annotations

import numpy as np
import pytest

from desktop.engine.errors import StoppedError
from desktop.engine.similarity import hashes


@pytest.mark.parametrize("way", range(8))
def test_a_turned_picture_has_the_hash_that_was_told(way: int) -> None:
    """Its signs are those that follow from the picture's own, up to coefficients that are almost nothing."""
    picture = np.random.default_rng(way).integers(0, 256, (32, 32, 3), dtype=np.uint8)
    told = hashes.eight(hashes.signs(picture))[way]
    assert (told != hashes.signs(hashes.turned(picture, way))).sum() <= 1


def test_brightness_leaves_a_hash_as_it_is() -> None:
    """And so does contrast."""
    picture = np.random.default_rng(0).integers(60, 200, (32, 32, 3), dtype=np.uint8)
    darker = (picture * 0.7 + 5).round().astype(np.uint8)
    assert (hashes.signs(picture) != hashes.signs(darker)).sum() <= 1


def test_all_near_pairs_are_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """Those that looking at every pair finds, each once, whatever fits into a step."""
    random = np.random.default_rng(1)
    signs = random.integers(0, 2, (40, 8, 8)).astype(bool)
    for number in range(20, 40):  # copies in some way, with up to nine bits changed
        changed = hashes.eight(signs[number - 20])[random.integers(8)].copy()
        changed.reshape(-1)[random.integers(1, 64, random.integers(0, 10))] ^= True
        signs[number] = changed
    every = np.stack([hashes.packed(hashes.eight(each)) for each in signs])
    distances = np.bitwise_count(every[:, :, None] ^ every[None, None, :, 0])
    near = {(i, j) for i in range(40) for j in range(i + 1, 40) if distances[i, :, j].min() <= hashes.NEAREST}
    assert len(near) > 10
    for step in (1 << 20, 3):
        monkeypatch.setattr(hashes, "LARGEST_STEP", step)
        first, second, ways = hashes.near_hashes(every)
        pairs = list(zip(first.tolist(), second.tolist()))
        assert len(pairs) == len(set(pairs))
        assert set(pairs) == near
        for one, other, way in zip(first, second, ways):
            assert distances[one, way, other] <= hashes.NEAREST


def test_it_can_be_stopped() -> None:
    """Between two steps."""
    with pytest.raises(StoppedError):
        hashes.near_hashes(np.zeros((3, 8), np.uint64), stopped=lambda: True)
