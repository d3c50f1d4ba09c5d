"""One sentence in the window, in the way of nothing."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel

from desktop import theme
from desktop.widgets.labels import button


class MessageBar(QFrame):
    """A line of text with a button that puts it away; hidden while there is nothing to say.

    Signals:
        folder_asked(path): The user wants to see the file that the message is about.
    """

    folder_asked = Signal(object)

    def __init__(self) -> None:
        """Hidden at first."""
        super().__init__()
        self.setObjectName("message")
        self._text = QLabel()
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        self._text.setWordWrap(True)
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._path: Path | None = None
        self.folder_button = button("Show in folder", "Open the folder that the file is in")
        self.folder_button.clicked.connect(lambda: self.folder_asked.emit(self._path))
        self.dismiss_button = button("Dismiss", "Put this message away")
        self.dismiss_button.clicked.connect(self.hide)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.GAP, theme.GAP_SMALL, theme.GAP_SMALL, theme.GAP_SMALL)
        row.addWidget(self._text, 1)
        row.addWidget(self.folder_button)
        row.addWidget(self.dismiss_button)
        self.hide()

    @property
    def text(self) -> str:
        """The sentence shown last."""
        return self._text.text()

    def show_problem(self, text: str) -> None:
        """Says what went wrong."""
        self._say(text, problem=True)

    def show_news(self, text: str, path: Path | None = None) -> None:
        """Says what was done, and offers to show the file that it is about."""
        self._say(text, problem=False, path=path)

    def _say(self, text: str, problem: bool, path: Path | None = None) -> None:
        self._text.setText(text)
        self._path = path
        self.folder_button.setVisible(path is not None)
        self.setProperty("problem", problem)
        self.style().unpolish(self)  # the theme's colour depends on the property
        self.style().polish(self)
        self.show()
