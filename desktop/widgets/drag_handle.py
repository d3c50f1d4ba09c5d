"""A handle by which a picture is dragged out of the window."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QMimeData, QPointF, Qt
from PySide6.QtGui import QDrag, QMouseEvent, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QApplication, QPushButton

from desktop.i18n import bind

NARROW_WIDTH = 28
QWIDGETSIZE_MAX = (1 << 24) - 1  # Qt's own, for "no limit"


class DragHandle(QPushButton):
    """Pressed and moved, it begins a drag of what `content` gives: data, and a small picture of it."""

    def __init__(self, content: Callable[[], tuple[QMimeData, QPixmap] | None]) -> None:
        """`content` is asked when a drag begins; None: there is nothing to drag."""
        super().__init__()
        self._is_narrow = False
        bind(self, self._set_text, "Drag out")
        bind(self, self.setAccessibleName, "Drag out")
        bind(self, self.setToolTip, "Drag the decoded picture from here into another program")
        self.setProperty("role", "handle")
        self.setCursor(Qt.CursorShape.OpenHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._content = content
        self._pressed: QPointF | None = None

    def set_narrow(self, is_narrow: bool) -> None:
        """Shows the grip alone where there is little room."""
        self._is_narrow = is_narrow
        self.setText("" if is_narrow else self._text)
        self.setMinimumWidth(NARROW_WIDTH if is_narrow else 0)
        self.setMaximumWidth(NARROW_WIDTH if is_narrow else QWIDGETSIZE_MAX)

    def _set_text(self, text: str) -> None:
        self._text = text
        self.setText("" if self._is_narrow else text)

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
