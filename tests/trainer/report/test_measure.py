"""Measurements of a trained network beyond the curves."""

from __future__ import annotations

import numpy as np
import pytest

from trainer.report.measure import spectrum


def test_the_spectrum_is_shares_of_the_variance() -> None:
    """Latents that vary in two directions, one twice as wide, have four fifths of their variance in the first."""
    random = np.random.default_rng(0)
    latents = random.standard_normal((20_000, 2)) * (2, 1)
    turned = latents @ np.array([[0.6, 0.8, 0], [-0.8, 0.6, 0]])
    assert spectrum(turned) == pytest.approx([0.8, 0.2], abs=0.02)
    assert len(spectrum(np.ones((5, 3)))) == 0
