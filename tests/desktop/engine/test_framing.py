"""How pictures of any size stand in what a model sees."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from desktop.engine import framing
from export.bundle import SizeRule
from tests.pictures import gradient

SIDES = st.integers(1, 70)


@given(height=SIDES, width=SIDES)
def test_crop_is_what_the_trainer_does(height: int, width: int) -> None:
    """For a fixed square: the middle square, resized by Lanczos, in one call of Pillow's."""
    pixels = np.random.default_rng(height * 71 + width).integers(0, 256, (height, width, 3), np.uint8)
    side = min(height, width)
    left, top = (width - side) // 2, (height - side) // 2
    expected = Image.fromarray(pixels).resize(
        (16, 16), Image.Resampling.LANCZOS, box=(left, top, left + side, top + side)
    )
    prepared = framing.frame(height, width, SizeRule("fixed", 1, 16, 16)).prepare(pixels)
    assert np.array_equal(prepared, np.asarray(expected))


@given(height=SIDES, width=SIDES, multiple=st.sampled_from([1, 4, 8, 32]))
def test_free_sizes_keep_every_pixel(height: int, width: int, multiple: int) -> None:
    """For a free size: the next multiple, the picture untouched within it, and back to the pixel."""
    pixels = np.random.default_rng(1).integers(0, 256, (height, width, 3), np.uint8)
    rule = SizeRule("multiple", multiple, 32, 32)
    frame = framing.frame(height, width, rule)
    prepared = frame.prepare(pixels)
    assert rule.accepts(*prepared.shape[:2])
    assert prepared.shape[0] - height < multiple
    assert prepared.shape[1] - width < multiple
    assert np.array_equal(frame.visible(prepared), pixels)
    assert np.array_equal(frame.at_own_size(frame.visible(prepared)), pixels)


def test_free_sizes_continue_the_picture() -> None:
    """What is added is the picture's mirror image, so that there is no edge for the model to see."""
    pixels = gradient(6, 7)
    prepared = framing.frame(6, 7, SizeRule("multiple", 8, 32, 32)).prepare(pixels)
    assert np.array_equal(prepared[6], prepared[4])
    assert np.array_equal(prepared[:, 7], prepared[:, 5])


@given(height=SIDES, width=SIDES, mode=st.sampled_from(framing.FIT_MODES))
def test_fixed_sizes_always_come_back_to_their_size(height: int, width: int, mode: framing.FitMode) -> None:
    """Whatever the picture's size, the input has the model's, and the answer that of what was seen."""
    pixels = np.full((height, width, 3), 90, np.uint8)
    frame = framing.frame(height, width, SizeRule("fixed", 1, 24, 16), mode)
    prepared = frame.prepare(pixels)
    assert prepared.shape == (24, 16, 3)
    assert (prepared == 90).all()
    back = frame.at_own_size(np.full_like(frame.visible(prepared), 200))
    assert back.shape == frame.seen.cut(pixels).shape
    assert (back == 200).all()


def test_fit_shows_the_whole_picture() -> None:
    """A wide picture lies within the model's square, its edge drawn out above and below it."""
    pixels = gradient(20, 40)
    frame = framing.frame(20, 40, SizeRule("fixed", 1, 32, 32), "fit")
    prepared = frame.prepare(pixels)
    assert frame.visible(prepared).shape == (16, 32, 3)
    assert np.array_equal(prepared[0], prepared[8])
    assert np.array_equal(prepared[-1], prepared[23])
    back = frame.at_own_size(frame.visible(prepared))
    assert np.abs(back.astype(int) - pixels).mean() < 2


def test_crop_gives_the_middle_back() -> None:
    """Of a wide picture the square in the middle comes back at its own size, and nothing of what was not seen."""
    frame = framing.frame(20, 40, SizeRule("fixed", 1, 32, 32), "crop")
    assert (frame.seen.left, frame.seen.right) == (10, 30)
    assert frame.at_own_size(np.zeros((32, 32, 3), np.uint8)).shape == (20, 20, 3)


@pytest.mark.parametrize("mode", framing.FIT_MODES)
def test_the_models_aspect_is_kept(mode: framing.FitMode) -> None:
    """Squares stay squares in a model that is no square itself."""
    frame = framing.frame(60, 60, SizeRule("fixed", 1, 10, 20), mode)
    assert frame.seen.width / frame.seen.height == frame.placed.width / frame.placed.height
