"""The score that is taught on made-up defects."""

from __future__ import annotations

import numpy as np
import pytest

from desktop.engine.anomaly.scores import learnt
from desktop.engine.anomaly.scores.base import Seen
from desktop.engine.pictures import Pixels


def weave(count: int, seed: int) -> Pixels:
    """Woven pictures, each from another corner: uint8 `[N, 64, 64, 3]`."""
    random = np.random.default_rng(seed)
    rows, columns = np.mgrid[:64, :64]
    starts = random.uniform(0, 9, (count, 2))
    pictures = [120 + 50 * np.sin((rows + top) / 1.5) * np.sin((columns + left) / 1.5) for top, left in starts]
    noisy = np.stack(pictures)[..., None] + random.normal(0, 4, (count, 64, 64, 3))
    return noisy.clip(0, 255).astype(np.uint8)


def seen(pixels: Pixels) -> Seen:
    """Pictures alone."""
    return Seen(np.zeros((len(pixels), 1), np.float32), {}, pixels)


def test_a_defect_unlike_those_taught_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """A patch of another weave in a random place scores above almost every good picture, and it is seen where it is, by
    the networks of two fits together."""
    monkeypatch.setattr(learnt, "DEFECTS", 80)
    good, bad = weave(12, 1), weave(12, 2)
    random, corners = np.random.default_rng(5), []
    rows, columns = np.mgrid[:16, :16]
    slanted = 120 + 50 * np.sin((rows + columns) / 2.1)
    for picture in bad:
        top, left = random.integers(4, 44, 2)
        picture[top : top + 16, left : left + 16] = slanted[..., None]
        corners.append((int(top), int(left)))
    first = learnt.fit_without(seen(good[::2]), ("turn",), 0)
    both = learnt.merge([first, learnt.fit_without(seen(good[1::2]), ("turn",), 1, first)])
    ordinary, wrong = both.scores(seen(weave(12, 3))), both.scores(seen(bad))
    assert (wrong[:, None] > ordinary).mean() > 0.95
    maps = both.maps(seen(bad))
    assert maps is not None
    for heat, (top, left) in zip(maps, corners):
        row, column = np.unravel_index(int(heat.argmax()), heat.shape)
        assert top - 12 <= 4 * row <= top + 28
        assert left - 12 <= 4 * column <= left + 28
