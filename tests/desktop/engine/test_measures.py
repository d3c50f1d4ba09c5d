"""Distances between pictures."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.engine import measures


def test_equal_pictures_have_infinite_psnr() -> None:
    """No error is an infinite ratio, not a division by zero."""
    picture = np.full((4, 4, 3), 7, np.uint8)
    assert measures.psnr_db(picture, picture) == math.inf


@pytest.mark.parametrize(("error", "expected"), [(255, 0.0), (51, 13.979), (1, 48.131)])
def test_psnr_of_a_known_error(error: int, expected: float) -> None:
    """A uniform error of e levels gives 20 log10(255 / e) dB."""
    black = np.zeros((4, 4, 3), np.uint8)
    assert measures.psnr_db(black, black + np.uint8(error)) == pytest.approx(expected, abs=0.001)


@given(first=st.integers(0, 255), second=st.integers(0, 255))
def test_difference_does_not_wrap(first: int, second: int) -> None:
    """The difference of two levels is their distance, whichever is larger."""
    one, other = np.full((1, 1, 3), first, np.uint8), np.full((1, 1, 3), second, np.uint8)
    assert measures.absolute_difference(one, other).tolist() == [[[abs(first - second)] * 3]]
