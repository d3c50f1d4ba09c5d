"""The bar under the pictures that says how many are selected, and what can be done with them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame

from desktop import theme
from desktop.i18n import tr
from desktop.inspect.selection import Selection
from desktop.widgets.labels import ActionButton, button, label
from desktop.widgets.rows import row


class SelectionBar(QFrame):
    """Always there, so that nothing moves under the mouse when the first picture is selected."""

    def __init__(self, selection: Selection, actions: Sequence[QAction]) -> None:
        """Nothing is selected yet."""
        super().__init__()
        self.setObjectName("selection")
        self._selection, self._actions = selection, list(actions)
        self.said, self.clear = label("", "heading"), button("Clear", "Select nothing")
        self.buttons = {action.objectName(): ActionButton(action) for action in actions}
        for each in (*self.buttons.values(), self.clear):
            each.setProperty("role", "small")
        layout = row(self.said, *self.buttons.values(), None, self.clear)
        layout.setContentsMargins(theme.GAP, theme.GAP_SMALL, theme.GAP_SMALL, theme.GAP_SMALL)
        self.setLayout(layout)
        self.clear.clicked.connect(selection.clear)
        selection.changed.connect(self._follow)
        self._follow()

    def changeEvent(self, event: QEvent) -> None:
        """Says everything again in another language."""
        if event.type() == QEvent.Type.LanguageChange:
            self._follow()
        super().changeEvent(event)

    def show_only(self, actions: Sequence[QAction]) -> None:
        """What means nothing in the view that is shown has no button."""
        for action in self._actions:
            self.buttons[action.objectName()].setVisible(action in actions)

    @Slot()
    def _follow(self) -> None:
        count = len(self._selection.rows)
        self.said.setText(tr("{n:,} selected:", n=count) if count else tr("Nothing selected"))
        self.said.setMinimumWidth(self.said.sizeHint().width())
        for action in self._actions:
            action.setEnabled(count > 0)
        self.clear.setEnabled(count > 0)
