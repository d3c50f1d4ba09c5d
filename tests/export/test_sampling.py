"""The choice of the pictures that are measured, and their batches."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from export import sampling
from export.sampling import batch_size, batches, spread
from trainer.data.pictures import Pictures


@given(total=st.integers(0, 5000), limit=st.integers(1, 600))
def test_a_sample_is_spread_over_all(total: int, limit: int) -> None:
    """No more than asked for, each picture once, in order, with gaps that are nearly equal."""
    found = spread(total, limit)
    assert len(found) == min(total, limit)
    if total:
        assert found[0] == 0
        assert found[-1] < total
    gaps = np.diff(found)
    assert len(gaps) == 0 or (gaps.min() >= 1 and gaps.max() - gaps.min() <= 1)


@pytest.mark.parametrize(("side", "size"), [(32, 512), (128, 32), (1024, 1), (2048, 1)])
def test_batches_have_a_bounded_number_of_pixels(side: int, size: int) -> None:
    """And always one picture."""
    assert batch_size(side, side) == size


def test_batches_hold_the_pictures_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    """In their order; the last one may be shorter."""
    monkeypatch.setattr(sampling, "BATCH_PIXELS", 3 * 4)
    pixels = np.arange(10, dtype=np.uint8)[:, None, None, None] * np.ones((1, 2, 2, 3), np.uint8)
    pictures = Pictures(pixels, np.arange(10)[::-1].copy())
    found = [batch[:, 0, 0, 0].tolist() for batch in batches(pictures, np.array([0, 2, 4, 9]))]
    assert found == [[9, 7, 5], [0]]
