"""Parts of pictures, their hashes, and how the edges of a part are found."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image

from desktop.engine.errors import StoppedError
from desktop.engine.pictures import Pixels
from desktop.engine.similarity import copies, crops, hashes
from tests.desktop.engine.similarity.test_copies import scene


def resized(picture: Pixels, side: int) -> Pixels:
    """A square of a side."""
    return np.asarray(Image.fromarray(picture).resize((side, side), Image.Resampling.BOX))


def test_a_part_has_the_hash_of_its_crop() -> None:
    """Up to three signs of coefficients that are almost nothing, for every part."""
    picture = resized(scene(4), crops.SIDE)
    told = crops.part_hashes([picture])[0]
    for box, known in zip(crops.parts(), told):
        left, top, right, bottom = (edge * crops.SIDE for edge in box)
        part = Image.fromarray(picture).resize(
            (hashes.SIDE, hashes.SIDE), Image.Resampling.BOX, box=(left, top, right, bottom)
        )
        assert np.bitwise_count(known ^ hashes.packed(hashes.signs(np.asarray(part)))) <= 3


def test_the_edges_of_a_part_are_found() -> None:
    """From a first guess that is off by a twentieth, to two hundredths."""
    picture, wanted = resized(scene(2), 96), (0.11, 0.04, 0.93, 0.86)
    other = crops.taken(picture, wanted)
    left, box = crops.fit_part(picture, other, (0.15, 0.0, 0.95, 0.8), 0, copies.left_over)
    assert left < 0.01
    assert np.abs(np.subtract(box, wanted)).max() < 0.02


def test_near_parts_name_the_picture_and_its_part(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same whatever fits into a step; a picture is no part of itself; and it can be stopped."""
    pictures = [resized(scene(number), crops.SIDE) for number in range(5)]
    cut = resized(crops.taken(pictures[3], crops.parts()[7]), crops.SIDE)
    every = hashes.hash_of([resized(each, hashes.SIDE) for each in (*pictures, cut)])
    wholes = crops.part_hashes([*pictures, cut])
    found = crops.near_parts(wholes, every)
    assert (3, 5) in {pair[:2] for pair in found}
    assert all(one != other for one, other, _ in found)
    monkeypatch.setattr(crops, "LARGEST_STEP", 1)
    assert crops.near_parts(wholes, every) == found
    with pytest.raises(StoppedError):
        crops.near_parts(wholes, every, stopped=lambda: True)
