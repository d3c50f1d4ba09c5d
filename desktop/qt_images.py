"""Pictures between numpy and Qt."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPainter

from desktop.engine.pictures import Pixels


def to_qimage(pixels: Pixels) -> QImage:
    """A QImage of its own memory from uint8 RGB `[H, W, 3]`."""
    height, width, _ = pixels.shape
    content = np.ascontiguousarray(pixels).tobytes()
    return QImage(content, width, height, 3 * width, QImage.Format.Format_RGB888).copy()


def to_pixels(image: QImage) -> Pixels:
    """uint8 RGB `[H, W, 3]` from any QImage; what is transparent is laid on white."""
    flat = QImage(image.size(), QImage.Format.Format_RGB888)
    flat.fill(Qt.GlobalColor.white)
    source = QImage(image)
    source.setDevicePixelRatio(1.0)
    painter = QPainter(flat)
    painter.drawImage(0, 0, source)
    painter.end()
    rows = np.frombuffer(flat.constBits(), np.uint8).reshape(flat.height(), flat.bytesPerLine())
    return rows[:, : 3 * flat.width()].reshape(flat.height(), flat.width(), 3).copy()
