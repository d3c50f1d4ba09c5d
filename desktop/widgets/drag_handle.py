"""A handle by which a picture is dragged out of the window."""

from __future__ import annotations

from PySide6.QtCore import QMimeData, QPointF, Qt, Signal
from PySide6.QtGui import QDrag, QMouseEvent, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QApplication, QPushButton

from desktop.i18n import bind

NARROW_WIDTH = 28
QWIDGETSIZE_MAX = (1 << 24) - 1  # Qt's own, for "no limit"


class DragHandle(QPushButton):
    """Pressed and moved, it begins a drag, as soon as what is dragged was given to it.

    Signals:
        wanted(): It was taken hold of; `give` shall follow, soon or late.
    """

    wanted = Signal()

    def __init__(self) -> None:
        """Nothing to drag yet."""
        super().__init__()
        self._is_narrow = False
        bind(self, self._set_text, "Drag out")
        bind(self, self.setAccessibleName, "Drag out")
        bind(self, self.setToolTip, "Drag the decoded picture from here into another program")
        self.setProperty("role", "handle")
        self.setCursor(Qt.CursorShape.OpenHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._pressed: QPointF | None = None
        self._is_pulled = False
        self._content: tuple[QMimeData, QPixmap] | None = None

    @property
    def is_held(self) -> bool:
        """Whether the mouse holds it, and no drag has begun."""
        return self._pressed is not None

    def give(self, data: QMimeData, picture: QPixmap) -> None:
        """What is dragged, and a small picture of it; the drag begins now if the mouse has pulled already."""
        if self.is_held:
            self._content = (data, picture)
            self._begin_when_pulled()

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
            self._pressed, self._is_pulled, self._content = event.position(), False, None
            self.wanted.emit()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Begins the drag once the mouse has moved far enough and there is something to drag."""
        if self._pressed is not None:
            distance = (event.position() - self._pressed).manhattanLength()
            self._is_pulled = self._is_pulled or distance >= QApplication.startDragDistance()
            self._begin_when_pulled()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Lets go."""
        self._let_go()

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

    def _begin_when_pulled(self) -> None:
        if self._is_pulled and self._content is None:
            self.setCursor(Qt.CursorShape.BusyCursor)
        elif self._is_pulled and self._content is not None:
            drag = QDrag(self)
            drag.setMimeData(self._content[0])
            drag.setPixmap(self._content[1])
            self._let_go()
            drag.exec(Qt.DropAction.CopyAction)

    def _let_go(self) -> None:
        self._pressed, self._is_pulled, self._content = None, False, None
        self.setCursor(Qt.CursorShape.OpenHandCursor)
