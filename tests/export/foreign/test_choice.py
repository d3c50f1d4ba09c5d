"""Which reading of a foreign pair is chosen."""

from __future__ import annotations

from dataclasses import replace

import pytest

from export.errors import AdoptError
from export.foreign.choice import choose
from export.foreign.reading import IMAGENET, Reading

PLAIN = Reading("NCHW", "0..1", "0..1", "z", False, "y")
SYMMETRIC = replace(PLAIN, input_range="-1..1", output_range="-1..1")
LEVELS = replace(PLAIN, input_range="0..255", output_range="0..255")


def test_the_best_is_chosen_where_it_is_clearly_best() -> None:
    """By a decibel or more."""
    assert choose([(PLAIN, 30.0), (SYMMETRIC, 28.9)]) == PLAIN


@pytest.mark.parametrize("order", [[PLAIN, SYMMETRIC], [SYMMETRIC, PLAIN]])
def test_of_two_as_good_the_wider_range_is_chosen(order: list[Reading]) -> None:
    """A network for -1..1 takes 0..1 as well as its own range, but not the other way round."""
    assert choose([(order[0], 30.0), (order[1], 29.9)]) == SYMMETRIC


def test_ranges_that_are_mixed_and_as_good_are_left_to_the_user() -> None:
    """The sentence names both and the options that decide."""
    mixed = replace(PLAIN, input_range="-1..1", output_range="0..1")
    with pytest.raises(AdoptError, match=r"as good as one another.*--input-range"):
        choose([(PLAIN, 30.0), (mixed, 30.0)])


def test_nothing_is_chosen_that_does_not_give_the_pictures_back() -> None:
    """A network fed wrongly reaches no 15 dB."""
    with pytest.raises(AdoptError, match=r"comes to 14\.9 dB"):
        choose([(PLAIN, 14.9), (SYMMETRIC, 3.0)])


@pytest.mark.parametrize(
    ("rare", "margin"),
    [
        (replace(PLAIN, factor=0.18215), 3.0),
        (replace(PLAIN, input_range=IMAGENET, output_range=IMAGENET), 1.0),
        (replace(PLAIN, input_channels="bgr", output_channels="bgr"), 1.0),
    ],
)
def test_what_is_rare_must_win_by_its_margin(rare: Reading, margin: float) -> None:
    """A factor, ImageNet's scale and BGR are taken where they are that much better, and passed over otherwise."""
    assert choose([(rare, 30.0), (PLAIN, 30.0 - margin)]) == rare
    assert choose([(rare, 30.0), (PLAIN, 30.1 - margin)]) == PLAIN


def test_levels_are_the_last_to_be_chosen() -> None:
    """Where 0..1 and 0..255 do as well as one another, the graphs want 0..1."""
    assert choose([(LEVELS, 40.0), (PLAIN, 39.5)]) == PLAIN
