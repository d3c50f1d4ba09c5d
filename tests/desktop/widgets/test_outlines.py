"""Outlines that are seen on any picture."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath, QPen

from desktop.widgets.outlines import stroke


@pytest.mark.parametrize("level", [0, 128, 255])
def test_an_outline_differs_from_any_ground(level: int) -> None:
    """By half of the range or nearly so, somewhere across the line; the painter is as it was."""
    image = QImage(40, 40, QImage.Format.Format_RGB32)
    image.fill(QColor(level, level, level))
    painter, path = QPainter(image), QPainterPath()
    path.moveTo(5, 20)
    path.lineTo(35, 20)
    painter.setPen(QPen(QColor("red"), 7))
    stroke(painter, path)
    assert (painter.pen().widthF(), painter.brush().style()) == (7, Qt.BrushStyle.NoBrush)
    painter.end()
    across = [image.pixelColor(20, row).red() for row in range(15, 26)]
    assert max(abs(each - level) for each in across) >= 100
    assert image.pixelColor(20, 2).red() == level
