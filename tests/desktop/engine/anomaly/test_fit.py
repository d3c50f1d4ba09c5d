"""What a fit keeps of the good pictures."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from desktop.engine.anomaly.fit import thinned


@given(st.integers(1, 5000), st.integers(1, 700))
def test_some_pixels_of_a_map_do_not_keep_all_of_it(length: int, count: int) -> None:
    """They are evenly spread, as many as wanted or up to twice that, and lie in memory of their own: else the maps of
    all good pictures would stay in memory."""
    values = np.arange(length, dtype=np.float32)
    some = thinned(values, count)
    assert some.base is None
    assert min(length, count) <= len(some) < max(2 * count, 2)
    assert len(set(np.diff(some))) <= 1
