"""Small sets are held out several times, and say how little one hold-out tells."""

from __future__ import annotations

import numpy as np

from trainer.data import Data, Pictures
from trainer.floor.repeated import ROUNDS, count_groups, repeat_holdout
from trainer.start.whole_pca import WholeCode, fit_whole


def _data(count: int, group: list[int] | None = None) -> Data:
    pixels = np.random.default_rng(0).integers(0, 256, (count, 32, 32, 3), dtype=np.uint8)
    rows = np.arange(count)
    numbers = None if group is None else np.array(group)
    return Data(Pictures(pixels, rows[2:]), Pictures(pixels, rows[:2]), "noise", (), None, group=numbers)


def test_no_group_is_on_both_sides() -> None:
    """Every round fits on whole groups, about three quarters of them, and the interval is around the mean."""
    fitted: list[set[int]] = []

    def fit(pictures: Pictures) -> WholeCode:
        fitted.append(set(pictures.rows.tolist()))
        return fit_whole(pictures, 2)

    # Positions count the training pictures first: rows 2 to 11, then 0 and 1.
    found = repeat_holdout(_data(12, [0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5]), fit)
    assert found is not None
    assert len(fitted) == ROUNDS
    assert len(set(map(frozenset, fitted))) > 1
    for rows in fitted:
        assert len(rows) == 8
        assert all((row in rows) == (row + 1 in rows) for row in range(0, 12, 2))
    assert found.half_width_db > 0
    assert f"{found.psnr_db:.1f} dB, 95 % interval" in found.words


def test_too_few_for_it() -> None:
    """Three pictures have no such hold-outs; pictures without groups count one by one."""
    assert repeat_holdout(_data(3), lambda pictures: fit_whole(pictures, 1)) is None
    assert count_groups(_data(5)) == 5
    assert count_groups(_data(4, [0, 0, 0, 1])) == 2
    assert repeat_holdout(_data(5), lambda pictures: fit_whole(pictures, 1)) is not None
