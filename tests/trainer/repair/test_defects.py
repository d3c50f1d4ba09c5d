"""Defects made up in good pictures."""

from __future__ import annotations

import numpy as np

from tests.trainer.repair.test_training import weave
from trainer.repair import defects


def test_every_kind_of_defect_is_made_and_marked() -> None:
    """Each changes what its mask marks and nothing else, at least in some of its tries."""
    random, (picture, other) = np.random.default_rng(1), weave(2, 1, 64)
    for kind in dict.fromkeys(defects.KINDS):
        before = picture.astype(np.float32)
        changes = [np.abs(kind(before, other.astype(np.float32), random) - before).max() for _ in range(8)]
        assert max(changes) >= defects.VISIBLE, kind.__name__
        assert np.isfinite(changes).all(), kind.__name__
    for _ in range(10):
        changed, mask = defects.make_defect(picture, other, random)
        assert changed.shape == picture.shape
        assert set(np.unique(mask)) <= {0, 1}
        assert not mask.any() or (changed != picture).any()
