"""One sentence in the window, in the way of nothing."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel

from desktop import theme
from desktop.widgets.labels import button


class MessageBar(QFrame):
    """A line of text with a button that puts it away; hidden while there is nothing to say."""

    def __init__(self) -> None:
        """Hidden at first."""
        super().__init__()
        self.setObjectName("message")
        self._text = QLabel()
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        self._text.setWordWrap(True)
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        dismiss = button("Dismiss", "Put this message away")
        dismiss.clicked.connect(self.hide)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.GAP, theme.GAP_SMALL, theme.GAP_SMALL, theme.GAP_SMALL)
        row.addWidget(self._text, 1)
        row.addWidget(dismiss)
        self.hide()

    @property
    def text(self) -> str:
        """The sentence shown last."""
        return self._text.text()

    def show_problem(self, text: str) -> None:
        """Says what went wrong."""
        self._say(text, problem=True)

    def show_news(self, text: str) -> None:
        """Says what was done."""
        self._say(text, problem=False)

    def _say(self, text: str, problem: bool) -> None:
        self._text.setText(text)
        self.setProperty("problem", problem)
        self.style().unpolish(self)  # the theme's colour depends on the property
        self.style().polish(self)
        self.show()
