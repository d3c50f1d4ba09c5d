"""How far the code is from anything seen in training, in words and as a bar."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.widgets.labels import label

BAR_HEIGHT = 6


class Meter(QWidget):
    """A sentence over a bar from the most ordinary to beyond everything seen."""

    def __init__(self) -> None:
        """Nothing to say yet."""
        super().__init__()
        self._text, self._bar = label("", "number"), _Bar()
        self._text.setWordWrap(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self._bar)
        column.addWidget(self._text)

    @property
    def text(self) -> str:
        """The sentence."""
        return self._text.text()

    def set_reading(self, text: str, share: float | None, alarming: bool) -> None:
        """The sentence, the filled share of the bar in [0, 1] (None hides it), and whether it is a warning."""
        self._text.setText(text)
        self.setAccessibleName(text)
        self._bar.set(share, alarming)


class _Bar(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self._share: float | None = None
        self._alarming = False
        self.setFixedHeight(BAR_HEIGHT)

    def set(self, share: float | None, alarming: bool) -> None:
        if (share, alarming) != (self._share, self._alarming):
            self._share, self._alarming = share, alarming
            self.update()
        self.setVisible(share is not None)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        whole, colours = QRectF(self.rect()), self.palette()
        filled = QRectF(whole)
        filled.setWidth(whole.width() * min(1.0, max(0.0, self._share or 0.0)))
        painter.setPen(colours.color(colours.ColorRole.Mid))
        painter.setBrush(colours.alternateBase())
        painter.drawRoundedRect(whole.adjusted(0.5, 0.5, -0.5, -0.5), BAR_HEIGHT / 2, BAR_HEIGHT / 2)
        painter.setPen(colours.color(colours.ColorRole.Mid))
        painter.setBrush(colours.brightText() if self._alarming else colours.highlight())
        if filled.width() >= BAR_HEIGHT:
            painter.drawRoundedRect(filled.adjusted(0.5, 0.5, -0.5, -0.5), BAR_HEIGHT / 2, BAR_HEIGHT / 2)
