"""What each channel of a map looks like: a small picture of its cells."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QHelpEvent, QImage, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from desktop.i18n import bind, tr

SMALLEST_SIDE, GAP = 40, 4  # device-independent pixels


class ChannelGrid(QWidget):
    """Pictures of the channels in rows, dark where a cell is below the channel's mean, light where it is above.

    Signals:
        chosen(index): One was clicked, or Return was pressed on it.
    """

    chosen = Signal(int)

    def __init__(self) -> None:
        """Empty."""
        super().__init__()
        self.images: list[QImage] = []
        self.current = 0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        bind(self, self.setAccessibleName, "Channels of the latent: arrows move among them, Return goes to the slider")

    def show_levels(self, levels: NDArray[np.uint8] | None) -> None:
        """The channels, uint8 `[C, h, w]`; None for none."""
        self.images = [] if levels is None else [_grey(channel) for channel in levels]
        self._fit()
        self.update()

    def sizeHint(self) -> QSize:
        """As high as its rows."""
        return QSize(200, self.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """As many beside one another as there is room for."""
        super().resizeEvent(event)
        self._fit()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Chooses the one under the mouse."""
        index = self._at(event.position())
        if event.button() == Qt.MouseButton.LeftButton and index is not None:
            self.current = index
            self.chosen.emit(index)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows move, Return chooses."""
        steps = {
            Qt.Key.Key_Left: -1,
            Qt.Key.Key_Right: 1,
            Qt.Key.Key_Up: -self._columns(),
            Qt.Key.Key_Down: self._columns(),
        }
        key = Qt.Key(event.key())
        if key in steps and self.images:
            self.current = min(max(self.current + steps[key], 0), len(self.images) - 1)
            self.update()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and self.images:
            self.chosen.emit(self.current)
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        """Says which channel is under the mouse."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            index = self._at(QPointF(event.pos()))
            text = "" if index is None else tr("Channel {number}", number=index + 1)
            QToolTip.showText(event.globalPos(), text, self)
            return True
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The pictures, and an outline around the current one while the keyboard is here."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, on=False)
        for index, image in enumerate(self.images):
            place = self._place(index)
            shown = QRectF(
                QPointF(), QSize(image.size()).scaled(place.size().toSize(), Qt.AspectRatioMode.KeepAspectRatio)
            )
            shown.moveCenter(place.center())
            painter.drawImage(shown, image)
            if self.hasFocus() and index == self.current:
                painter.setPen(QPen(self.palette().highlight(), 2))
                painter.drawRect(shown)

    def _columns(self) -> int:
        return max(1, min(len(self.images) or 1, (self.width() + GAP) // (SMALLEST_SIDE + GAP)))

    def _side(self) -> float:
        return (self.width() + GAP) / self._columns() - GAP

    def _place(self, index: int) -> QRectF:
        step = self._side() + GAP
        return QRectF(index % self._columns() * step, index // self._columns() * step, self._side(), self._side())

    def _at(self, position: QPointF) -> int | None:
        return next((index for index in range(len(self.images)) if self._place(index).contains(position)), None)

    def _fit(self) -> None:
        rows = -(-len(self.images) // self._columns())
        self.setFixedHeight(round(rows * (self._side() + GAP)))


def _grey(levels: NDArray[np.uint8]) -> QImage:
    height, width = levels.shape
    contiguous = np.ascontiguousarray(levels)
    return QImage(contiguous.tobytes(), width, height, width, QImage.Format.Format_Grayscale8).copy()
