"""A map of thumbnails as a picture."""

from __future__ import annotations

import io

import numpy as np
from PIL import Image

from desktop.engine.embedding import thumbnail_map


def jpeg(level: int) -> bytes:
    """A grey thumbnail."""
    content = io.BytesIO()
    Image.fromarray(np.full((96, 48, 3), level, np.uint8)).save(content, "JPEG")
    return content.getvalue()


def test_pictures_stand_where_their_points_are() -> None:
    """Up is up; thumbnails are whole and outlined in colour, a dot is where there is none."""
    points = np.array([[0, 0], [10, 5], [5, 2.5]], np.float32)
    colours = np.array([[255, 0, 0], [0, 0, 255], [0, 128, 0]], np.uint8)
    drawn = thumbnail_map.draw(points, colours, lambda place: jpeg(60 + 100 * place) if place < 2 else None, 300, 200)
    assert drawn.shape == (200, 300, 3)
    assert (drawn[5, 5] == thumbnail_map.GROUND).all()
    assert drawn[100, 150].tolist() == [0, 128, 0]
    for grey, upper, colour in ((60, False, [255, 0, 0]), (160, True, [0, 0, 255])):
        rows, columns = np.nonzero((np.abs(drawn.astype(int) - grey) < 6).all(axis=2))
        assert len(rows) > 0.8 * 44 * 22
        assert (rows.mean() < 100) == upper
        assert drawn[round(rows.mean()), columns.min() - 1].tolist() == colour


def test_one_thumbnail_for_each_square_of_room() -> None:
    """Of a thousand pictures in one place the first in the order has it."""
    places = np.full((1000, 2), 30, np.float32)
    places[999] = 200
    assert thumbnail_map.with_room(places, np.arange(1000)[::-1]) == [998, 999]
