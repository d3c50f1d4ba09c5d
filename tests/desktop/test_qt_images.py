"""Pictures between numpy and Qt."""

from __future__ import annotations

import numpy as np
from PySide6.QtGui import QColor, QImage
from pytestqt.qtbot import QtBot

from desktop.qt_images import to_pixels, to_qimage
from tests.pictures import gradient


def test_pixels_survive_the_way_to_qt_and_back(qtbot: QtBot) -> None:  # noqa: ARG001  (a painter needs the application)
    """Of any width, as Qt pads the rows; the image has memory of its own."""
    for width in range(1, 9):
        pixels = gradient(3, width)
        image = to_qimage(pixels)
        expected = pixels.copy()
        pixels[:] = 0
        assert np.array_equal(to_pixels(image), expected)


def test_what_is_transparent_is_laid_on_white(qtbot: QtBot) -> None:  # noqa: ARG001
    """Whatever the scale of the screen that the image is for."""
    image = QImage(2, 1, QImage.Format.Format_ARGB32)
    image.setDevicePixelRatio(2.0)
    image.fill(QColor(0, 0, 0, 0))
    image.setPixelColor(1, 0, QColor(255, 0, 0))
    assert to_pixels(image).tolist() == [[[255, 255, 255], [255, 0, 0]]]
