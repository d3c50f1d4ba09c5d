"""A picture file as a model sees it, by the shorter way where there is one.

A model of fixed size sees little of a large photograph, and a JPEG can be decoded at a fraction of its size. So the
trainer prepares its pictures, and the same picture has to give the same code here; a test holds the two together.
"""

from __future__ import annotations

from pathlib import Path

from desktop.engine import framing, pictures
from desktop.engine.errors import PictureError
from desktop.engine.framing import FitMode, Frame
from desktop.engine.pictures import Picture, Pixels, Reserve
from export.bundle import SizeRule

SMALLEST_FACTOR = 2  # by which a JPEG can be decoded smaller


def prepare(picture: Picture, rule: SizeRule, mode: FitMode = "crop") -> tuple[Frame, Pixels]:
    """How a picture stands in what a model sees, and the model's input, uint8 `[height, width, 3]`."""
    height, width, _ = picture.pixels.shape
    frame = framing.frame(height, width, rule, mode)
    reduced = None
    is_first = picture.facts is None or picture.facts.frame == 0  # the only one that a file can give smaller
    is_large = min(height, width) >= SMALLEST_FACTOR * _least(rule)  # else the file would be opened in vain
    if picture.file is not None and rule.kind == "fixed" and is_first and is_large:
        try:
            reduced = pictures.read_reduced(picture.file, _least(rule))
        except PictureError:
            reduced = None  # gone or changed since it was read
    if reduced is None or reduced.whole != (width, height):
        return frame, frame.prepare(picture.pixels)
    return frame, frame.prepare(reduced.pixels, reduced.factor)


def read_prepared(
    path: Path, rule: SizeRule, mode: FitMode = "crop", reserve: Reserve = lambda _pixels: None, number: int = 0
) -> tuple[Frame, Pixels]:
    """As `prepare`, from a file whose own pixels are not needed; `reserve` is told how many are decoded all the same.

    `number` is which picture of the file is meant, from 0.

    Raises:
        PictureError: It cannot be read.
    """
    is_first = rule.kind == "fixed" and number == 0
    reduced = pictures.read_reduced(path, _least(rule), reserve) if is_first else None
    if reduced is None:
        pixels = pictures.read(path, reserve, number).pixels
        frame = framing.frame(pixels.shape[0], pixels.shape[1], rule, mode)
        return frame, frame.prepare(pixels)
    width, height = reduced.whole
    frame = framing.frame(height, width, rule, mode)
    return frame, frame.prepare(reduced.pixels, reduced.factor)


def _least(rule: SizeRule) -> int:
    """Pixels that either side of a picture keeps at least."""
    return framing.REDUCED * max(rule.height, rule.width)
