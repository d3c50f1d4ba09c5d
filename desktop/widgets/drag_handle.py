"""A handle by which a picture is dragged out of the window."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QMimeData, QPointF, Qt
from PySide6.QtGui import QDrag, QMouseEvent, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QApplication, QPushButton

from desktop.i18n import bind

GRIP_WIDTH = 18


class DragHandle(QPushButton):
    """Pressed and moved, it begins a drag of what `content` gives: data, and a small picture of it."""

    def __init__(self, content: Callable[[], tuple[QMimeData, QPixmap] | None]) -> None:
        """`content` is asked when a drag begins; None: there is nothing to drag."""
        super().__init__()
        bind(self, self.setText, "Drag out")
        bind(self, self.setToolTip, "Drag the decoded picture from here into another program")
        self.setProperty("role", "handle")
        self.setCursor(Qt.CursorShape.OpenHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._content = content
        self._pressed: QPointF | None = None

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Takes hold."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._pressed = event.position()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Begins the drag once the mouse has moved far enough."""
        if self._pressed is None:
            return
        if (event.position() - self._pressed).manhattanLength() >= QApplication.startDragDistance():
            self._pressed = None
            self._begin()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Lets go."""
        self._pressed = None

    def paintEvent(self, event: QPaintEvent) -> None:
        """The button, with a grip of six dots at its left."""
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self.palette().placeholderText())
        for column in (0, 1):
            for row in (-1, 0, 1):
                painter.drawEllipse(QPointF(12 + 5 * column, self.height() / 2 + 5 * row), 1.4, 1.4)

    def _begin(self) -> None:
        content = self._content()
        if content is None:
            return
        drag = QDrag(self)
        drag.setMimeData(content[0])
        drag.setPixmap(content[1])
        drag.exec(Qt.DropAction.CopyAction)
