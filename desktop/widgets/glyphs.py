"""Small drawn signs on flat buttons: no image files, sharp at every scale, in the palette's colours."""

from __future__ import annotations

import math
from typing import Literal

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QAction, QKeySequence, QPainter, QPainterPath, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QAbstractButton

from desktop.i18n import bind

Glyph = Literal["play", "solo", "lock", "star", "pad", "drag", "remove"]
SIDE, SWITCH_SIDE = 20, 28


class GlyphButton(QAbstractButton):
    """A sign that is muted until it is pointed at, and in the accent's colour while it is on."""

    def __init__(self, glyph: Glyph, name: str, checkable: bool = True) -> None:
        """`name` is its accessible name and tooltip, in English; empty where its owner sets them."""
        super().__init__()
        self._glyph = glyph
        self.setCheckable(checkable)
        self.setFixedSize(SIDE, SIDE)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        if name:
            bind(self, self.setAccessibleName, name)
            bind(self, self.setToolTip, name)

    def sizeHint(self) -> QSize:
        """A square."""
        return QSize(SIDE, SIDE)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The sign, with an outline while it has the focus."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colours = self.palette()
        colour = colours.placeholderText().color()
        if self.isChecked():
            colour = colours.highlight().color()
        elif self.underMouse() or self.isDown():
            colour = colours.text().color()
        elif not self.isEnabled():
            colour = colours.mid().color()
        if self.hasFocus():
            painter.setPen(QPen(colours.highlight(), 1))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
        painter.translate(QRectF(self.rect()).center())
        pen = QPen(colour, 1.4, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)
        painter.setPen(pen)
        painter.drawPath(_outline(self._glyph, self.isChecked()))
        painter.fillPath(_filling(self._glyph, self.isChecked()), colour)


def switch(glyph: Glyph, action: QAction) -> GlyphButton:
    """A sign that shows and turns an action that can be checked; its tooltip is the action's, with the shortcut."""
    button = GlyphButton(glyph, "")
    button.setFixedSize(SWITCH_SIDE, SWITCH_SIDE)

    def follow() -> None:
        keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        button.setAccessibleName(action.text())
        button.setToolTip(f"{action.text()}: {action.toolTip()} ({keys})")
        button.setEnabled(action.isEnabled())
        button.setChecked(action.isChecked())

    button.clicked.connect(action.trigger)
    action.changed.connect(follow)
    follow()
    return button


def _outline(glyph: Glyph, on: bool) -> QPainterPath:
    """The lines of a sign about (0, 0), within 12 pixels."""
    path = QPainterPath()
    if glyph == "lock":
        path.addRoundedRect(QRectF(-4.5, -1, 9, 6.5), 1.5, 1.5)
        path.moveTo(-3, -1)
        path.lineTo(-3, -3)
        path.arcTo(QRectF(-3, -6, 6, 6), 180, -180)
        if on:
            path.lineTo(3, -1)
    elif glyph == "solo":
        path.addEllipse(QPointF(0, 0), 5, 5)
    elif glyph == "star":
        path.addPolygon(_star())
    elif glyph == "pad":
        path.addRoundedRect(QRectF(-5.5, -5.5, 11, 11), 2, 2)
        path.addEllipse(QPointF(1.5, -1.5), 1.8, 1.8)
    elif glyph == "drag":
        path.addEllipse(QPointF(-3.5, 3.5), 2.2, 2.2)
        path.moveTo(-1.5, 1.5)
        path.lineTo(5, -5)
        path.moveTo(0.5, -5)
        path.lineTo(5, -5)
        path.lineTo(5, -0.5)
    elif glyph == "remove":
        path.moveTo(-4, -4)
        path.lineTo(4, 4)
        path.moveTo(4, -4)
        path.lineTo(-4, 4)
    return path


def _filling(glyph: Glyph, on: bool) -> QPainterPath:
    path = QPainterPath()
    if glyph == "play" and on:
        path.addRect(QRectF(-4, -4.5, 3, 9))
        path.addRect(QRectF(1, -4.5, 3, 9))
    elif glyph == "play":
        path.moveTo(-3.5, -5)
        path.lineTo(5, 0)
        path.lineTo(-3.5, 5)
        path.closeSubpath()
    elif glyph == "star" and on:
        path.addPolygon(_star())
    elif glyph == "lock" and on:
        path.addRect(QRectF(-4.5, -1, 9, 6.5))
    elif glyph == "solo":
        path.addEllipse(QPointF(0, 0), 2.2 if not on else 5, 2.2 if not on else 5)
    return path


def _star() -> QPolygonF:
    """Five points, closed."""
    corners = [(6.0 if turn % 2 == 0 else 2.6, math.pi * (turn / 5 - 0.5)) for turn in range(11)]
    return QPolygonF([QPointF(radius * math.cos(angle), radius * math.sin(angle)) for radius, angle in corners])
