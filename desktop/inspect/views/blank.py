"""The place of a view that has nothing to show: one sentence, and one button."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from desktop import theme
from desktop.inspect.views.view import Blank
from desktop.widgets.rows import row

WIDTH = 420  # of the sentence, in device-independent pixels


class BlankPage(QWidget):
    """A sentence in the middle, and the button under it."""

    def __init__(self) -> None:
        """Empty."""
        super().__init__()
        self.sentence, self.button = QLabel(), QPushButton()
        self.sentence.setTextFormat(Qt.TextFormat.PlainText)
        self.sentence.setProperty("role", "muted")
        self.sentence.setWordWrap(True)
        self.sentence.setMaximumWidth(WIDTH)
        self.sentence.setMinimumWidth(WIDTH // 2)
        self.sentence.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.button.setProperty("role", "primary")
        self._act: Callable[[], object] = lambda: None
        column = QVBoxLayout(self)
        column.setSpacing(theme.GAP)
        column.addStretch(2)
        line = row(self.sentence)
        line.insertStretch(0, 1)
        line.addStretch(1)
        line.setStretch(1, 1000)  # as wide as it may be, and as high as its lines then are
        column.addLayout(line)
        column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)
        self.button.clicked.connect(self._do)

    def show_blank(self, blank: Blank) -> None:
        """Says why there is nothing, and offers what to do."""
        self._act = blank.act
        self.sentence.setText(blank.sentence)
        self.button.setText(blank.deed)
        self.button.setVisible(bool(blank.deed))

    @Slot()
    def _do(self) -> None:
        self._act()
