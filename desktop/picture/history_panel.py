"""Every step of the window, to jump to."""

from __future__ import annotations

from PySide6.QtWidgets import QUndoView, QVBoxLayout, QWidget

from desktop import theme
from desktop.i18n import bind
from desktop.state.services import Services
from desktop.widgets.labels import label

SMALLEST_WIDTH = 180


class HistoryPanel(QWidget):
    """The undo stack as a list; hidden until its action shows it."""

    def __init__(self, services: Services) -> None:
        """Of the whole window's steps."""
        super().__init__()
        self.view = QUndoView(services.steering.undo_stack)
        self.setMinimumWidth(SMALLEST_WIDTH)
        bind(self.view, self.view.setEmptyLabel, "Start")
        bind(self.view, self.view.setAccessibleName, "Steps: choose one to go back or forward to it")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, theme.SCROLL_BAR, 0)
        column.setSpacing(theme.GAP_SMALL)
        column.addWidget(label("History", "heading"))
        column.addWidget(self.view, 1)
        self.action = services.actions.add(
            "picture.history",
            "view",
            "History",
            self.setVisible,
            keys="Ctrl+H",
            tip="Every step, to jump to",
            page="picture",
            checkable=True,
        )
        self.hide()
