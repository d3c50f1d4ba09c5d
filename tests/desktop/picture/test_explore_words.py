"""The words beside the sliders."""

from __future__ import annotations

import math

import pytest

from desktop.engine.sliders.familiarity import Familiarity
from desktop.picture import explore_words


@pytest.mark.parametrize(
    ("percentile", "off_axis", "text", "warns"),
    [
        (0.2, None, "as average as can be", False),
        (50.0, 1.0, "Familiar: farther from the mean latent than 50 % of", False),
        (94.9, None, "Familiar: farther from the mean latent than 94 % of", False),
        (95.0, None, "Unusual: farther from the mean latent than 95 % of", True),
        (99.9, None, "Unusual: farther from the mean latent than 99 % of", True),
        (math.inf, None, "Unfamiliar: farther from the mean latent than every", True),
        (50.0, 3.0, "space of the components is 3.0 times the usual one", True),
    ],
)
def test_the_meters_colour_and_words_follow_its_meaning(
    percentile: float, off_axis: float | None, text: str, warns: bool
) -> None:
    """The fuller the bar the less familiar; nearly full it warns, and no rounding says 100 %."""
    told, share, alarming = explore_words.meter(Familiarity(1.0, percentile, off_axis))
    assert text in told
    assert "100 %" not in told
    assert alarming == warns
    assert share == pytest.approx(0.0 if percentile < 1 else min(percentile / 100, 1.0))
