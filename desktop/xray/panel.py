"""A picture of squares in which one square is chosen, by mouse or by arrow keys."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QImage, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.engine.pictures import Pixels
from desktop.qt_images import to_qimage

SMALLEST = 200  # device-independent pixels
STEPS = {
    Qt.Key.Key_Left: (0, -1),
    Qt.Key.Key_Right: (0, 1),
    Qt.Key.Key_Up: (-1, 0),
    Qt.Key.Key_Down: (1, 0),
}


class Panel(QWidget):
    """Shows a picture as large as there is room, its pixels as squares.

    Signals:
        chosen(row, column): A square was clicked or gone to; from 0, in squares of the grid.
    """

    chosen = Signal(int, int)

    def __init__(self) -> None:
        """Empty."""
        super().__init__()
        self.image: QImage | None = None
        self.grid, self.mark = (0, 0), (0, 0)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(SMALLEST, SMALLEST)
        self.setCursor(Qt.CursorShape.CrossCursor)

    def show_pixels(self, pixels: Pixels | None, grid: tuple[int, int], mark: tuple[int, int]) -> None:
        """Shows uint8 `[H, W, 3]`, divided into `grid` rows and columns of squares, with one of them marked."""
        self.image = None if pixels is None else to_qimage(pixels)
        self.grid, self.mark = grid, mark
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The picture, and a double outline around what is marked, which stands out on any ground."""
        if self.image is None:
            return
        painter = QPainter(self)
        place = self.place()
        painter.drawImage(place, self.image)
        if all(self.grid):
            square = self._square(*self.mark)
            for colour, width in ((QColor(Qt.GlobalColor.black), 4.0), (QColor(Qt.GlobalColor.white), 2.0)):
                painter.setPen(QPen(colour, width))
                painter.drawRect(square)
        if self.hasFocus():
            painter.setPen(QPen(self.palette().highlight().color(), 2.0))
            painter.drawRect(place)
        painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Chooses what is under the mouse."""
        self._choose_at(event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Goes on choosing while the button is held."""
        self._choose_at(event.position())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows go to the next square."""
        step = STEPS.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
            return
        row, column = self.mark[0] + step[0], self.mark[1] + step[1]
        if 0 <= row < self.grid[0] and 0 <= column < self.grid[1]:
            self.chosen.emit(row, column)

    def place(self) -> QRectF:
        """Where the picture is: in the middle, in its own aspect."""
        if self.image is None:
            return QRectF()
        scale = min((self.width() - 4) / self.image.width(), (self.height() - 4) / self.image.height())
        width, height = self.image.width() * scale, self.image.height() * scale
        return QRectF((self.width() - width) / 2, 2, width, height)

    def _square(self, row: int, column: int) -> QRectF:
        place = self.place()
        height, width = place.height() / max(1, self.grid[0]), place.width() / max(1, self.grid[1])
        return QRectF(place.left() + column * width, place.top() + row * height, width, height)

    def _choose_at(self, point: QPointF) -> None:
        place = self.place()
        if self.image is None or not all(self.grid) or not place.contains(point):
            return
        row = int((point.y() - place.top()) / place.height() * self.grid[0])
        column = int((point.x() - place.left()) / place.width() * self.grid[1])
        self.chosen.emit(min(row, self.grid[0] - 1), min(column, self.grid[1] - 1))
