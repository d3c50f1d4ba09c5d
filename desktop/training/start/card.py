"""A card that can be pressed: a title, and a muted text below it."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QLabel, QPushButton, QSizePolicy, QVBoxLayout

from desktop import theme
from desktop.i18n import bind
from desktop.widgets.labels import label

LEAST_WIDTH = 150


class Card(QPushButton):
    """A button as large as its texts, which wrap."""

    def __init__(self, checkable: bool = False) -> None:
        """Without texts; one that is checkable shows whether it is chosen."""
        super().__init__()
        self.setCheckable(checkable)
        self.setProperty("role", "card")
        self.title, self.about = label("", "heading"), label("", "muted")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(theme.GAP, theme.GAP, theme.GAP, theme.GAP)
        self._column.setSpacing(theme.GAP_SMALL // 2)
        for text in (self.title, self.about):
            text.setWordWrap(True)
            text.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            text.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
            self._column.addWidget(text)
        self._column.addStretch(1)
        self.setMinimumWidth(LEAST_WIDTH)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def bind_texts(self, title: str, about: str) -> None:
        """Constant texts, which follow the language."""
        for text, source in ((self.title, title), (self.about, about)):
            bind(text, text.setText, source)
        bind(self, self.setAccessibleName, title)
        bind(self, self.setAccessibleDescription, about)

    def show_texts(self, title: str, about: str) -> None:
        """Texts made from values."""
        self.title.setText(title)
        self.about.setText(about)
        self.setAccessibleName(title)
        self.setAccessibleDescription(about)
        self.updateGeometry()

    def hasHeightForWidth(self) -> bool:
        """Narrower texts are higher."""
        return True

    def heightForWidth(self, width: int) -> int:
        """As high as the texts are at that width, which a button knows nothing of."""
        inside = max(1, width - 2 * theme.GAP)
        return 2 * theme.GAP + self._column.spacing() + _wrapped(self.title, inside) + _wrapped(self.about, inside)

    def sizeHint(self) -> QSize:
        """That of a card among others."""
        return QSize(2 * LEAST_WIDTH, self.heightForWidth(2 * LEAST_WIDTH))

    def minimumSizeHint(self) -> QSize:
        """The height comes from the width."""
        return QSize(LEAST_WIDTH, 2 * theme.GAP + 2 * self.fontMetrics().height())


def _wrapped(text: QLabel, width: int) -> int:
    """How high a text is at a width."""
    return max(text.heightForWidth(width), text.fontMetrics().height())
