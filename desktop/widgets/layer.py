"""A picture ready to be painted at any scale, small or of many millions of pixels."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QImage, QPainter

SMALL_PIXELS = 4_000_000  # up to here an image is kept in Qt's fastest format
BLOCKS_FROM = 2.0  # device pixels for each of the picture's: from here on pixels are shown as what they are


@dataclasses.dataclass(frozen=True, eq=False)
class Raster:
    """Pixels for the screen: uint8 `[H, W, 3]`, or `[H, W]` to be looked up in a table of colours.

    Attributes:
        pixels: At full size.
        reduced: At a whole fraction of it, for when much of a large picture is seen at once; None for a small one.
        table: 256 colours as 0xAARRGGBB for pixels of one channel; empty for colours.
    """

    pixels: NDArray[np.uint8]
    reduced: NDArray[np.uint8] | None = None
    table: Sequence[int] = ()


class Layer:
    """One picture and the place that it covers, in the coordinates of the picture that the viewport shows."""

    def __init__(self, raster: Raster, place: QRectF) -> None:
        """Small pictures are copied; of a large one the pixels are used where they are."""
        self.place = place
        reduced = None if raster.reduced is None else np.ascontiguousarray(raster.reduced)
        self.raster = Raster(np.ascontiguousarray(raster.pixels), reduced, raster.table)  # the images live on these
        self.image = _image(self.raster.pixels, raster.table)
        self._reduced = None if reduced is None else _image(reduced, raster.table)
        self._kept: tuple[QRect, QSize, QImage] | None = None

    def value_at(self, x: float, y: float) -> tuple[int, ...] | None:
        """The pixel's levels under a point of the viewport's picture; None outside."""
        height, width = self.raster.pixels.shape[:2]
        column = int((x - self.place.left()) / self.place.width() * width // 1)
        row = int((y - self.place.top()) / self.place.height() * height // 1)
        if not (0 <= column < width and 0 <= row < height):
            return None
        return tuple(int(level) for level in np.atleast_1d(self.raster.pixels[row, column]))

    def paint(self, painter: QPainter, target: QRectF, canvas: QRectF, ratio: float, crisp: bool) -> None:
        """Paints what of it lies on the canvas.

        Args:
            painter: In device-independent pixels.
            target: Where the layer's place lies.
            canvas: What of it is to be painted.
            ratio: Device pixels for each device-independent one.
            crisp: Whether enlarged pixels may be shown as blocks.
        """
        scale = target.width() / self.image.width() * ratio
        image = self.image
        if self._reduced is not None and scale <= self._reduced.width() / image.width():
            image = self._reduced
            scale = target.width() / image.width() * ratio
        source = _source(image, target, target.intersected(canvas))
        if source.isEmpty():
            return
        across, down = target.width() / image.width(), target.height() / image.height()
        part = QRectF(
            target.left() + source.left() * across,
            target.top() + source.top() * down,
            source.width() * across,
            source.height() * down,
        )
        if scale < 1:
            painter.drawImage(part, self._shrunk(image, source, (part.size() * ratio).toSize()))
            return
        blocks = crisp and scale >= BLOCKS_FROM
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, not blocks)
        painter.drawImage(part, image, QRectF(source))

    def _shrunk(self, image: QImage, source: QRect, size: QSize) -> QImage:
        """A part made smaller with care, and kept for the next paint."""
        size = size.expandedTo(QSize(1, 1))
        if self._kept is None or self._kept[:2] != (source, size):
            part = image if source == image.rect() else image.copy(source)
            if part.format() == QImage.Format.Format_Indexed8:
                part = part.convertToFormat(_fastest(part))
            smooth = Qt.TransformationMode.SmoothTransformation
            self._kept = (source, size, part.scaled(size, Qt.AspectRatioMode.IgnoreAspectRatio, smooth))
        return self._kept[2]


def _image(pixels: NDArray[np.uint8], table: Sequence[int]) -> QImage:
    """A QImage over a contiguous array that must outlive it; when small, of its own memory in Qt's fastest format."""
    height, width = pixels.shape[:2]
    kind = QImage.Format.Format_Indexed8 if table else QImage.Format.Format_RGB888
    image = QImage(pixels.data, width, height, pixels.strides[0], kind)
    if table:
        image.setColorTable(list(table))
    return image.convertToFormat(_fastest(image)) if width * height <= SMALL_PIXELS else image


def _fastest(image: QImage) -> QImage.Format:
    """The format in which Qt paints an image fastest."""
    return QImage.Format.Format_ARGB32_Premultiplied if image.hasAlphaChannel() else QImage.Format.Format_RGB32


def _source(image: QImage, target: QRectF, seen: QRectF) -> QRect:
    """The whole pixels of the image that cover what is seen of the target."""
    if seen.isEmpty():
        return QRect()
    across, down = image.width() / target.width(), image.height() / target.height()
    part = QRectF(
        (seen.left() - target.left()) * across,
        (seen.top() - target.top()) * down,
        seen.width() * across,
        seen.height() * down,
    )
    return part.adjusted(-1, -1, 1, 1).toAlignedRect().intersected(image.rect())
