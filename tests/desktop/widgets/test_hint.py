"""Two lines in the middle of an empty widget."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter, QPalette
from pytestqt.qtbot import QtBot

from desktop.engine.pictures import Pixels
from desktop.qt_images import to_pixels
from desktop.widgets.hint import paint_hint


def painted(first: str, second: str) -> Pixels:
    """The hint in red over blue, on white."""
    image, palette = QImage(200, 120, QImage.Format.Format_RGB32), QPalette()
    image.fill(QColor("white"))
    palette.setColor(QPalette.ColorRole.Text, QColor("red"))
    palette.setColor(QPalette.ColorRole.PlaceholderText, QColor("blue"))
    painter = QPainter(image)
    paint_hint(painter, QRectF(0, 0, 200, 120), palette, (first, second))
    painter.end()
    return to_pixels(image)


def test_the_first_line_is_above_the_middle_and_the_second_below(qtbot: QtBot) -> None:
    """Each in its own colour, and neither in the other's half."""
    assert qtbot
    for texts, channel, half in ((("What is missing", ""), 0, slice(0, 60)), (("", "What to do"), 2, slice(60, 120))):
        inked = (painted(*texts)[..., 1] < 128).any(axis=1)
        rows = np.flatnonzero(inked)
        assert len(rows)
        assert rows.min() >= half.start
        assert rows.max() < half.stop
        dark = painted(*texts)[painted(*texts)[..., 1] < 128]
        assert (dark[:, channel] > 128).all()


def test_a_long_second_line_wraps(qtbot: QtBot) -> None:
    """It takes up more rows than a short one, and none of it lies outside."""
    assert qtbot
    rows = [np.ptp(np.flatnonzero((painted("", text)[..., 1] < 200).any(axis=1))) for text in ("word", "word " * 12)]
    assert rows[1] > 1.5 * rows[0]
