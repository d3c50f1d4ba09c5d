"""What a score is given to look at."""

from __future__ import annotations

import numpy as np
import pytest

from desktop.engine.anomaly.scores.base import Seen, peak
from desktop.engine.folder.maps import STORED, residual_scores

RANDOM = np.random.default_rng(0)
ORIGINALS, RECONSTRUCTIONS = RANDOM.integers(0, 256, (2, 3, 32, 48, 3), np.uint8)
CODES = RANDOM.standard_normal((3, 2, 4, 6)).astype(np.float32)
SEEN = Seen.of(CODES, ORIGINALS, RECONSTRUCTIONS)


def test_what_an_index_keeps_is_worked_out() -> None:
    """Each stored score has the column of its name."""
    expected = residual_scores(ORIGINALS, RECONSTRUCTIONS)
    for column, name in enumerate(STORED):
        assert SEEN.stored[name].tolist() == expected[:, column].tolist()


def test_a_part_is_the_same_rectangle_of_pixels_and_cells() -> None:
    """With the cells that the rectangle touches, and without the scores of whole pictures."""
    part = SEEN.part((8, 17), (16, 32), 8)
    assert np.array_equal(part.pixels, ORIGINALS[:, 8:17, 16:32])
    assert np.array_equal(part.codes, CODES[:, :, 1:3, 2:4])
    assert part.reconstruction is not None
    assert np.array_equal(part.reconstruction, RECONSTRUCTIONS[:, 8:17, 16:32])
    assert part.stored == {}


def test_some_pictures_are_taken_with_all_that_is_known_of_them() -> None:
    """In the order asked for."""
    some = SEEN.take(np.array([2, 0]))
    assert np.array_equal(some.pixels, ORIGINALS[[2, 0]])
    assert np.array_equal(some.flat_codes, CODES[[2, 0]].reshape(2, -1))
    assert some.stored["error"].tolist() == SEEN.stored["error"][[2, 0]].tolist()


def test_pixels_that_were_not_gathered_are_no_empty_picture() -> None:
    """A score that asks for them without saying so in its need is wrong."""
    with pytest.raises(AssertionError, match="gathered without pixels"):
        _ = Seen(CODES, {}).pixels


def test_the_peak_is_the_largest_of_each_map() -> None:
    """One number for each picture."""
    assert peak(np.arange(12, dtype=np.float32).reshape(2, 2, 3)).tolist() == [5, 11]
