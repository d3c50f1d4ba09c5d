"""The cells of a map's code, painted over the picture."""

from __future__ import annotations

import math

from PySide6.QtCore import QEvent, QObject, QPointF, QRectF, QSizeF, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from desktop.engine.sliders.directions import Floats
from desktop.engine.sliders.regions import erased, painted, stamp
from desktop.i18n import bind
from desktop.widgets import outlines
from desktop.widgets.viewport import Viewport

TINT, GRID = 110, 60  # alpha
SMALLEST_CELL = 6  # device-independent pixels: a finer grid would hide the picture


class RegionOverlay(QWidget):
    """Lies over a canvas and shows the region; while it is active, the mouse and the keyboard paint it.

    The left button adds; the right one, or the left with Alt, takes away. Arrows move a cell cursor, Space toggles.

    Signals:
        changed(mask): Painted: float32 `[h, w]`, or None where nothing is left.
        ended(): The button was let go: the stroke is whole.
    """

    changed = Signal(object)
    ended = Signal()

    def __init__(self, canvas: QWidget, viewport: Viewport) -> None:
        """Over a canvas that shows what the viewport sees; hidden until there is a grid."""
        super().__init__(canvas)
        self._canvas = canvas
        self.region_mask: Floats | None = None
        self.radius, self.softness = 1.0, 1.0  # in cells
        self._viewport = viewport
        self._grid: tuple[int, int] = (0, 0)
        self._place = QRectF()
        self._active = self._erases = self._strokes = False
        self._brush: QPointF | None = None  # in cells
        self.setMouseTracking(True)
        bind(self, self.setAccessibleName, "Region: arrows move over the cells, Space marks one")
        canvas.installEventFilter(self)
        viewport.changed.connect(self.update)
        self.set_active(False)
        self.hide()

    def set_grid(self, rows: int, columns: int, place: QRectF) -> None:
        """So many cells over this part of the viewport's picture; none hides it."""
        self._grid, self._place = (rows, columns), place
        self.setVisible(rows * columns > 0)
        self.setGeometry(self._canvas.rect())
        self.update()

    def set_mask(self, mask: Floats | None) -> None:
        """The region, `[rows, columns]`; no signal."""
        self.region_mask = mask
        self.update()

    def set_active(self, active: bool) -> None:
        """Whether it is painted on, or only seen."""
        self._active = active
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents, not active)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if active else Qt.FocusPolicy.NoFocus)
        self.setCursor(Qt.CursorShape.CrossCursor) if active else self.unsetCursor()
        self._brush = self._brush if active else None
        self.update()

    def cell_at(self, position: QPointF) -> QPointF:
        """Where a point lies in cells: x is the column, y the row."""
        point = self._viewport.to_picture(position, QSizeF(self.size())) - self._place.topLeft()
        rows, columns = self._grid
        return QPointF(point.x() / self._place.width() * columns, point.y() / self._place.height() * rows)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """As large as its canvas."""
        if event.type() == QEvent.Type.Resize:
            self.setGeometry(self._canvas.rect())
        return False

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A stroke begins; other buttons are the canvas's."""
        if event.button() not in (Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton):
            event.ignore()
            return
        self._erases = event.button() == Qt.MouseButton.RightButton or bool(
            event.modifiers() & Qt.KeyboardModifier.AltModifier
        )
        self._strokes = True
        self._stroke(self.cell_at(event.position()))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """The brush follows; a hand that is quick leaves no gaps."""
        before, self._brush = self._brush, self.cell_at(event.position())
        if self._strokes:
            way = QPointF(0, 0) if before is None else self._brush - before
            steps = max(1, math.ceil(math.hypot(way.x(), way.y()) / max(0.5, self.radius)))
            for step in range(1, steps + 1):
                self._stroke(self._brush - way * (1 - step / steps))
        self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """The stroke ends."""
        if self._strokes:
            self._strokes = False
            self.ended.emit()

    def leaveEvent(self, event: QEvent) -> None:
        """No brush is shown."""
        self._brush = None
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows move from cell to cell, Space toggles the one under the brush."""
        steps = {Qt.Key.Key_Left: (-1, 0), Qt.Key.Key_Right: (1, 0), Qt.Key.Key_Up: (0, -1), Qt.Key.Key_Down: (0, 1)}
        rows, columns = self._grid
        here = self._brush or QPointF(columns / 2, rows / 2)
        key = Qt.Key(event.key())
        if key in steps:
            across, down = steps[key]
            column = min(max(int(here.x()) + across, 0), columns - 1)
            row = min(max(int(here.y()) + down, 0), rows - 1)
            self._brush = QPointF(column + 0.5, row + 0.5)
            self.update()
        elif key == Qt.Key.Key_Space:
            row, column = int(here.y()), int(here.x())
            self._erases = self.region_mask is not None and bool(self.region_mask[row, column] > 0.5)
            self._stroke(QPointF(column + 0.5, row + 0.5), radius=0.5, softness=0.0)
            self.ended.emit()
        else:
            super().keyPressEvent(event)

    def _stroke(self, cell: QPointF, radius: float | None = None, softness: float | None = None) -> None:
        cover = stamp(
            self._grid,
            cell.y(),
            cell.x(),
            self.radius if radius is None else radius,
            self.softness if softness is None else softness,
        )
        self.region_mask = erased(self.region_mask, cover) if self._erases else painted(self.region_mask, cover)
        self.update()
        self.changed.emit(self.region_mask)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The region tinted while it is painted, outlined otherwise; grid and brush while it is active."""
        if not self._active and self.region_mask is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        whole = self._on_screen()
        rows, columns = self._grid
        width, height = whole.width() / columns, whole.height() / rows
        if self._active and min(width, height) >= SMALLEST_CELL:
            self._paint_grid(painter, whole)
        if self.region_mask is not None:
            self._paint_mask(painter, whole, width, height)
        if self._active and self._brush is not None:
            middle = QPointF(whole.left() + self._brush.x() * width, whole.top() + self._brush.y() * height)
            circle = QPainterPath()
            circle.addEllipse(middle, self.radius * width, self.radius * height)
            outlines.stroke(painter, circle)

    def _paint_mask(self, painter: QPainter, whole: QRectF, width: float, height: float) -> None:
        assert self.region_mask is not None
        tint, outline = QColor(self.palette().highlight().color()), QPainterPath()
        for row in range(self.region_mask.shape[0]):
            for column in range(self.region_mask.shape[1]):
                share = float(self.region_mask[row, column])
                cell = QRectF(whole.left() + column * width, whole.top() + row * height, width, height)
                if share > 0 and self._active:
                    tint.setAlpha(round(TINT * share))
                    painter.fillRect(cell, tint)
                if share >= 0.5:
                    outline.addRect(cell)
        outlines.stroke(painter, outline.simplified())

    def _paint_grid(self, painter: QPainter, whole: QRectF) -> None:
        rows, columns = self._grid
        painter.setPen(QPen(QColor(255, 255, 255, GRID), 1))
        for column in range(1, columns):
            x = whole.left() + column * whole.width() / columns
            painter.drawLine(QPointF(x, whole.top()), QPointF(x, whole.bottom()))
        for row in range(1, rows):
            y = whole.top() + row * whole.height() / rows
            painter.drawLine(QPointF(whole.left(), y), QPointF(whole.right(), y))

    def _on_screen(self) -> QRectF:
        """Where the grid lies on the canvas."""
        size = QSizeF(self.size())
        target, scale = self._viewport.target(size), self._viewport.scale(size)
        return QRectF(target.topLeft() + self._place.topLeft() * scale, self._place.size() * scale)
