"""Ramps of colours."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as some

from desktop.engine.colour_ramps import DIFFERENCE, HEAT, MAP, Ramp

RAMPS = [DIFFERENCE, HEAT, MAP]


@pytest.mark.parametrize("ramp", RAMPS)
def test_the_anchors_are_on_the_ramp(ramp: Ramp) -> None:
    """At equal distances from one end to the other; what lies beyond an end has its colour."""
    assert ramp.steps(len(ramp.anchors)) == list(ramp.anchors)
    assert ramp.at(np.array([-1.0, 2.0])).tolist() == [list(ramp.anchors[0]), list(ramp.anchors[-1])]


def luminance(colour: tuple[int, int, int]) -> float:
    """Relative luminance as WCAG 2.1 defines it."""
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in (level / 255 for level in colour)]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_larger_differences_are_lighter() -> None:
    """Luminance rises with every level, so the order is seen without colours too, from near black to near white."""
    values = [luminance(colour) for colour in DIFFERENCE.steps(256)]
    assert all(below < above for below, above in itertools.pairwise(values))
    assert values[0] < 0.01
    assert values[-1] > 0.9


@given(some.lists(some.floats(0, 1, width=32), min_size=1, max_size=20))
def test_a_colour_depends_on_its_share_alone(shares: list[float]) -> None:
    """However many are asked for at once, in whatever shape."""
    together = HEAT.at(np.array(shares))
    assert np.array_equal(together, np.stack([HEAT.at(np.array(share)) for share in shares]))
