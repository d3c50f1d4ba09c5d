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
    """A patch of another weave in a random place scores above almost every good picture, and it is seen where it is."""
    monkeypatch.setattr(learnt, "DEFECTS", 120)
    good, bad = weave(12, 1), weave(12, 2)
    random, corners = np.random.default_rng(5), []
    rows, columns = np.mgrid[:16, :16]
    slanted = 120 + 50 * np.sin((rows + columns) / 2.1)
    for picture in bad:
        top, left = random.integers(4, 44, 2)
        picture[top : top + 16, left : left + 16] = slanted[..., None]
        corners.append((int(top), int(left)))
    fitted = learnt.teach(seen(good), np.arange(12) // 3, lambda _: None).fit(None, ("turn",))
    ordinary, wrong = fitted.scores(seen(weave(12, 3))), fitted.scores(seen(bad))
    assert (wrong[:, None] > ordinary).mean() > 0.95
    maps = fitted.maps(seen(bad))
    assert maps is not None
    for heat, (top, left) in zip(maps, corners):
        row, column = np.unravel_index(int(heat.argmax()), heat.shape)
        assert top - 12 <= 4 * row <= top + 28
        assert left - 12 <= 4 * column <= left + 28


def test_pictures_that_are_held_out_score_as_new_ones_do(monkeypatch: pytest.MonkeyPatch) -> None:
    """What networks of the other folds give good pictures, and what the one of all gives new ones, is alike: of their
    pairs, new ones are higher in about half, so that a threshold from the first holds for the second."""
    monkeypatch.setattr(learnt, "DEFECTS", 240)
    good, folds = weave(24, 1), np.arange(24) // 6
    taught = learnt.teach(seen(good), folds, lambda _: None)
    held_out = np.concatenate([taught.fit(fold, ()).scores(seen(good[folds == fold])) for fold in range(4)])
    new = taught.fit(None, ()).scores(seen(weave(60, 7)))
    assert 0.3 < (new[:, None] > held_out).mean() < 0.7
