"""One sentence of advice, and one button that follows it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton

from desktop import theme
from desktop.i18n import bind, mark
from desktop.widgets.glyphs import GlyphButton
from desktop.widgets.labels import label


class AdviceBar(QFrame):
    """Hidden until there is advice.

    Signals:
        followed(): The button was pressed.
    """

    followed = Signal()

    def __init__(self) -> None:
        """No advice."""
        super().__init__()
        self.setObjectName("advice")
        self._text, self.button = label("", "plain"), QPushButton()
        self._text.setWordWrap(True)
        self.away = GlyphButton("remove", mark("Put away"), checkable=False)
        line = QHBoxLayout(self)
        line.setContentsMargins(theme.GAP_SMALL, theme.GAP_SMALL // 2, theme.GAP_SMALL, theme.GAP_SMALL // 2)
        line.setSpacing(theme.GAP_SMALL)
        line.addWidget(self._text, 1)
        line.addWidget(self.button)
        line.addWidget(self.away)
        bind(self.button, self.button.setAccessibleName, "Follow the advice")
        self.button.clicked.connect(self.followed)
        self.away.clicked.connect(self.hide)
        self.hide()

    @property
    def text(self) -> str:
        """What is said."""
        return self._text.text()

    def advise(self, text: str, action: str) -> None:
        """Says something; the button is called `action`."""
        self._text.setText(text)
        self.button.setText(action)
        self.button.setAccessibleName(action)
        self.show()
