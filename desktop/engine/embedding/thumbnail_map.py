"""Pictures laid out on a canvas: a dot for each, and thumbnails where there is room. The window draws by it too."""

from __future__ import annotations

import io
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from desktop.engine.embedding.colours import Colours
from desktop.engine.pictures import Pixels

THUMBNAIL, ROOM = 44, 52  # pixels of the canvas: a thumbnail's side, and of the square in which there is one
DOT = 2  # half the side of a dot
MARGIN = 0.06  # of the map's size, around it
GROUND = (250, 250, 250)
OUTLINE = 2

Points = NDArray[np.float32]


def scale_to_fit(points: Points, width: int, height: int) -> float:
    """Pixels for one unit of the map, so that all of `[N, 2]` is on a canvas of that size, thumbnails whole."""
    if not len(points):
        return 1.0
    extent = np.ptp(points, axis=0).clip(1e-6) * (1 + 2 * MARGIN)
    return float(min((width - THUMBNAIL) / float(extent[0]), (height - THUMBNAIL) / float(extent[1])))


def places_of(points: Points, centre: tuple[float, float], scale: float, width: int, height: int) -> Points:
    """Where each of `[N, 2]` is on the canvas, x to the right and y downwards; `centre` is in its middle."""
    offsets = (points - np.array(centre, np.float32)) * np.array([scale, -scale], np.float32)
    places: Points = offsets + np.array([width / 2, height / 2], np.float32)
    return places


def with_room(places: Points, order: NDArray[np.int64]) -> list[int]:
    """Of the positions in `order`, the first one in each square of room: those that have a thumbnail."""
    squares = places[order].astype(np.int64) // ROOM
    _, firsts = np.unique(squares[:, 0] * 100_000 + squares[:, 1], return_index=True)
    return [int(position) for position in order[firsts]]


def dots(places: Points, colours: Colours, width: int, height: int) -> NDArray[np.uint8]:
    """All dots as one picture, RGBA `[height, width, 4]`, transparent elsewhere: 100,000 take some milliseconds."""
    canvas = np.zeros((height, width, 4), np.uint8)
    columns, rows = places.astype(np.int64).T
    opaque = np.concatenate([colours, np.full((len(colours), 1), 255, np.uint8)], axis=1)
    for down in range(-DOT, DOT):
        for across in range(-DOT, DOT):
            canvas[(rows + down).clip(0, height - 1), (columns + across).clip(0, width - 1)] = opaque
    return canvas


def draw(points: Points, colours: Colours, thumbnail: Callable[[int], bytes | None], width: int, height: int) -> Pixels:
    """The whole map as a picture, uint8 `[height, width, 3]`.

    Args:
        points: `[N, 2]`.
        colours: uint8 `[N, 3]`, of dots and of thumbnails' outlines.
        thumbnail: The JPEG of a position; None where there is none.
        width, height: Of the canvas, more than a thumbnail.
    """
    middle = (points.min(axis=0) + points.max(axis=0)) / 2
    centre = float(middle[0]), float(middle[1])
    places = places_of(points, centre, scale_to_fit(points, width, height), width, height)
    canvas = Image.new("RGB", (width, height), GROUND)
    layer = Image.fromarray(dots(places, colours, width, height), "RGBA")
    canvas.paste(layer, mask=layer)
    pen = ImageDraw.Draw(canvas)
    for position in with_room(places, np.arange(len(points))):
        jpeg = thumbnail(position)
        if jpeg is not None:
            _paste(canvas, pen, jpeg, places[position], colours[position])
    return np.asarray(canvas)


def _paste(
    canvas: Image.Image, pen: ImageDraw.ImageDraw, jpeg: bytes, place: Points, colour: NDArray[np.uint8]
) -> None:
    with Image.open(io.BytesIO(jpeg)) as image:
        small = image.convert("RGB")
    share = THUMBNAIL / max(small.size)
    small = small.resize((max(1, round(small.width * share)), max(1, round(small.height * share))))
    left, top = (round(float(at) - side / 2) for at, side in zip(place, small.size))
    canvas.paste(small, (left, top))
    edge = (left - 1, top - 1, left + small.width, top + small.height)
    red, green, blue = colour.tolist()
    pen.rectangle(edge, outline=(red, green, blue), width=OUTLINE)
