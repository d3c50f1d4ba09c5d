"""What the window asks for, and what it is given."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from desktop.engine.library import ModelEntry
from desktop.engine.pictures import Picture
from desktop.engine.rendering import Renderer
from desktop.engine.scene import FileFrame, PictureSource, RandomCode, Request, file_of, number_of
from desktop.engine.sliders.steering import Origin, Steering
from tests.pictures import gradient

FILE = Path("a.png")
PIXELS = gradient(4, 4)


@pytest.mark.parametrize(
    ("source", "file", "number"),
    [
        (None, None, 0),
        (FILE, FILE, 0),
        (FileFrame(FILE, 3), FILE, 3),
        (Picture("a", PIXELS, file=FILE), FILE, 0),
        (Picture("a", PIXELS), None, 0),
        (RandomCode(1), None, 0),
    ],
)
def test_a_source_knows_its_file_and_place(source: PictureSource | None, file: Path | None, number: int) -> None:
    """Where there is a file at all; the number is that of a frame or page."""
    assert (file_of(source), number_of(source)) == (file, number)


def test_a_result_has_the_size_and_alpha_of_the_part_that_was_seen(entry: ModelEntry) -> None:
    """Of a picture twice as wide as high the middle is saved, at its own size, with the middle's alpha."""
    alpha = np.repeat(np.arange(80, dtype=np.uint8)[None], 40, axis=0)
    picture = Picture("wide", gradient(40, 80), alpha)
    pixels, seen = Renderer("cpu").render(Request(entry, picture)).result()
    assert pixels.shape == (40, 40, 3)
    assert seen is not None
    assert np.array_equal(seen, alpha[:, 20:60])


def test_what_was_not_made_from_the_picture_is_not_compared_with_it(entry: ModelEntry, photo: Path) -> None:
    """A latent that was drawn has no original, no difference and no PSNR, and its picture alone is saved."""
    renderer = Renderer("cpu")
    own = renderer.render(Request(entry, photo))
    drawn = Steering(own.subject.model.samplers.draw("gaussian", 0), Origin("sample"))
    scene = renderer.render(Request(entry, photo, drawn))
    assert own.is_of_picture
    assert not own.steered
    assert scene.steered
    assert (scene.original, scene.difference, scene.psnr_db) == (None, None, None)
    assert np.array_equal(scene.result()[0], scene.output)
