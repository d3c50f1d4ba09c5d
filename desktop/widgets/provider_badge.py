"""Says where the model runs, and lets another place be chosen."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QToolButton

from desktop.i18n import bind, tr
from desktop.widgets import plain


class ProviderBadge(QToolButton):
    """A line of text in the status bar; pressed, it opens the choice.

    Signals:
        chosen(key): The user wants to compute there: "auto", or a provider's key.
        doctor_asked(): The user wants to know what is the matter.
    """

    chosen = Signal(str)
    doctor_asked = Signal()

    def __init__(self) -> None:
        """Says nothing yet."""
        super().__init__()
        self.setProperty("role", "badge")
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
        bind(self, self.setAccessibleName, "Where the model runs")
        self._menu = QMenu(self)
        self._group = QActionGroup(self)
        self._group.triggered.connect(self._choose)
        self._shown: tuple[tuple[tuple[str, str], ...], str, str] = ((), "", "")
        self.setMenu(self._menu)
        self.hide()

    def show_running(self, text: str, tip: str, problem: bool) -> None:
        """What is in use, the long story, and whether it is not what was asked for."""
        self.setText(text)
        self.setToolTip(plain.tip(tip))
        if self.property("problem") != problem:
            self.setProperty("problem", problem)
            self.style().unpolish(self)  # the theme's colour depends on the property
            self.style().polish(self)
        self.show()

    def set_choices(self, choices: Sequence[tuple[str, str]], current: str) -> None:
        """The key and name of each provider to choose from, and the key that was asked for."""
        shown = (tuple(choices), current, tr("Doctor…"))
        if shown == self._shown:
            for action in self._group.actions():
                action.setChecked(action.data() == current)
            return
        self._shown = shown
        self._menu.clear()
        for action in self._group.actions():
            self._group.removeAction(action)
        for key, name in (("auto", tr("Choose automatically")), *choices):
            action = QAction(name, self._menu)
            action.setData(key)
            action.setCheckable(True)
            action.setChecked(key == current)
            self._group.addAction(action)
            self._menu.addAction(action)
        self._menu.addSeparator()
        doctor = QAction(tr("Doctor…"), self._menu)
        doctor.triggered.connect(self.doctor_asked)
        self._menu.addAction(doctor)

    @property
    def choices(self) -> list[str]:
        """The keys to choose from."""
        return [action.data() for action in self._group.actions()]

    def choose(self, key: str) -> None:
        """Presses the entry of that key."""
        next(action for action in self._group.actions() if action.data() == key).trigger()

    @Slot(QAction)
    def _choose(self, action: QAction) -> None:
        self.chosen.emit(action.data())
