"""Outlines that are seen on any picture: a light line within a dark one."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen

DARK, LIGHT = QColor(0, 0, 0, 200), QColor(255, 255, 255)
WIDE, NARROW = 4.0, 1.8  # device-independent pixels


def stroke(painter: QPainter, path: QPainterPath) -> None:
    """Draws the outline; whatever is beneath differs from one of its two tones by half of the range or more."""
    painter.save()
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for colour, width in ((DARK, WIDE), (LIGHT, NARROW)):
        painter.setPen(QPen(colour, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin))
        painter.drawPath(path)
    painter.restore()
