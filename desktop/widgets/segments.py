"""A few buttons side by side, of which one is down."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QPushButton, QWidget

from desktop.widgets.labels import button
from desktop.widgets.rows import row


class Segments(QWidget):
    """A few buttons, of which one is down.

    Signals:
        chosen(name): The user pressed another one.
    """

    chosen = Signal(str)

    def __init__(self, choices: Sequence[tuple[str, str, str]]) -> None:
        """Name, text and tip of each; the first is down."""
        super().__init__()
        self.buttons: dict[str, QPushButton] = {}
        group = QButtonGroup(self)
        for name, text, tip in choices:
            each = button(text, tip)
            each.setProperty("role", "segment")
            each.setCheckable(True)
            each.clicked.connect(lambda _=False, name=name: self.chosen.emit(name))
            group.addButton(each)
            self.buttons[name] = each
        self.setLayout(row(*self.buttons.values()))
        self.choose(choices[0][0])

    def choose(self, name: str) -> None:
        """Puts a button down, without a signal."""
        self.buttons[name].setChecked(True)
