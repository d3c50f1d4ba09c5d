"""The page alone, on the whole screen."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QMainWindow, QWidget

from desktop.state.actions import Actions


class FullScreen(QObject):
    """Adds F11: everything around the page is put away, and comes back with F11 or Escape."""

    def __init__(self, actions: Actions, window: QMainWindow, around: Sequence[QWidget]) -> None:
        """`around` is what is put away, the menu bar and the status bar besides."""
        super().__init__(window)
        self._window, self._around = window, [*around, window.menuBar(), window.statusBar()]
        self._escape = QShortcut(QKeySequence(Qt.Key.Key_Escape), window)
        self._escape.setEnabled(False)
        self._escape.activated.connect(self.leave)
        name, keys = "view.full-screen", "F11"
        self.action = actions.add(
            name, "view", "Full screen", self._toggle, keys=keys, checkable=True, separated=True, last=True
        )

    def leave(self) -> None:
        """The window as it was."""
        self.action.setChecked(False)

    def _toggle(self, full: bool) -> None:
        self._escape.setEnabled(full)
        for widget in self._around:
            widget.setHidden(full)
        state = self._window.windowState() & ~Qt.WindowState.WindowFullScreen
        self._window.setWindowState(state | Qt.WindowState.WindowFullScreen if full else state)
