"""A few buttons side by side, of which one is down."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QPushButton, QWidget

from desktop.widgets.labels import button


class SegmentFrame(QFrame):
    """A track that holds buttons of which one is down; they are put into it with `add`."""

    def __init__(self) -> None:
        """An empty track."""
        super().__init__()
        self.setProperty("role", "segments")
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(2, 2, 2, 2)
        self._row.setSpacing(2)

    def add(self, button: QWidget) -> None:
        """One more, at the right."""
        button.setProperty("role", "segment")
        self._row.addWidget(button)


class Segments(SegmentFrame):
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
            each.setCheckable(True)
            each.clicked.connect(lambda _=False, name=name: self.chosen.emit(name))
            group.addButton(each)
            self.add(each)
            self.buttons[name] = each
        self.choose(choices[0][0])

    def choose(self, name: str) -> None:
        """Puts a button down, without a signal."""
        self.buttons[name].setChecked(True)
