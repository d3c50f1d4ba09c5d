"""Ways to take a foreign pair of graphs."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from export.errors import AdoptError, GraphError
from export.foreign.reading import IMAGENET, Reading, as_input, as_levels, given_range, scaling, take_latent, to_grey

READING = Reading("NCHW", "0..1", "-1..1", "latent", False, "image")
PICTURES = np.random.default_rng(0).integers(0, 256, (2, 4, 6, 3), dtype=np.uint8)


@pytest.mark.parametrize("layout", ["NCHW", "NHWC"])
@pytest.mark.parametrize("name", ["0..1", "-1..1", "0..255", IMAGENET, "mean 0.1 0.2 0.3 std 1 2 3"])
@pytest.mark.parametrize("channels", ["rgb", "bgr", "rgba"])
def test_pixels_come_back_from_every_range(name: str, channels: str, layout: str) -> None:
    """What goes in by one range, order and layout comes out by the same, to the level."""
    reading = replace(
        READING, layout=layout, input_range=name, output_range=name, input_channels=channels, output_channels=channels
    )
    assert np.array_equal(as_levels(as_input(reading, PICTURES), reading), PICTURES)


def test_grey_pairs_give_three_equal_channels() -> None:
    """By the weights that make grey of colours."""
    reading = replace(READING, output_range="0..1", input_channels="grey", output_channels="grey")
    assert reading.is_grey
    assert np.abs(as_levels(as_input(reading, PICTURES), reading).astype(int) - to_grey(PICTURES)).max() <= 1


def test_the_latent_is_the_first_half_scaled_and_shifted() -> None:
    """As the contract lays it out."""
    outputs = {"latent": np.arange(8, dtype=np.float32).reshape(1, 1, 1, 8)}
    reading = replace(READING, layout="NHWC", half=True, factor=2.0, shift=1.0)
    assert take_latent(outputs, reading).ravel().tolist() == [1, 3, 5, 7]
    assert str(reading) == "NHWC pixels 0..1 in, latent the first half of latent times 2 plus 1, -1..1 out"


def test_what_is_no_picture_is_refused() -> None:
    """Another number of channels, or values that are not finite."""
    for values in (np.zeros((1, 2, 4, 4)), np.full((1, 3, 4, 4), np.nan)):
        with pytest.raises(GraphError, match="no pictures"):
            as_levels(values, READING)


def test_a_range_of_ones_own_must_be_finite() -> None:
    """And every deviation above 0."""
    assert scaling(given_range((0.5, 0.5, 0.5), (0.5, 0.5, 0.5))).scale == pytest.approx((1 / 127.5,) * 3)
    for std in ((1.0, 1.0, 0.0), (1.0, 1.0, float("nan"))):
        with pytest.raises(AdoptError, match="above 0"):
            given_range((0.0, 0.0, 0.0), std)
