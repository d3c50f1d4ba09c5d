"""Facts under a name, in two columns; as a card it follows the mouse and takes no clicks."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QWidget

from desktop import theme
from desktop.widgets.labels import label

VALUE_WIDTH = 280  # device-independent pixels


class FactsTable(QFrame):
    """Names at the left, values, which may take several lines, at the right."""

    def __init__(self, parent: QWidget | None = None, is_selectable: bool = True) -> None:
        """No facts."""
        super().__init__(parent)
        self._is_selectable = is_selectable
        self.facts: Sequence[tuple[str, str]] = ()
        self._grid = QGridLayout(self)
        self._grid.setHorizontalSpacing(theme.GAP)
        self._grid.setVerticalSpacing(theme.GAP_SMALL)
        self._grid.setColumnStretch(1, 1)

    def show_facts(self, title: str, facts: Sequence[tuple[str, str]]) -> None:
        """Other facts in place of all; a title where there is one."""
        self.facts = facts
        while (item := self._grid.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.deleteLater()
        if title:
            head = label("", "heading")
            head.setText(title)
            self._grid.addWidget(head, 0, 0, 1, 2)
        for row, (name, value) in enumerate(facts, start=1):
            left, right = label("", "muted"), QLabel(value)
            left.setText(name)
            right.setTextFormat(Qt.TextFormat.PlainText)
            right.setWordWrap(True)
            right.setMinimumWidth(VALUE_WIDTH)
            if self._is_selectable:
                right.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            self._grid.addWidget(left, row, 0, Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(right, row, 1, Qt.AlignmentFlag.AlignTop)


class FactsCard(FactsTable):
    """Shown beside what is pointed at."""

    def __init__(self, parent: QWidget) -> None:
        """Hidden."""
        super().__init__(parent, is_selectable=False)
        self.setWindowFlags(Qt.WindowType.ToolTip)
        self.setProperty("role", "popover")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._grid.setContentsMargins(theme.GAP, theme.GAP, theme.GAP, theme.GAP)

    def show_at(self, place: QPoint, title: str, facts: Sequence[tuple[str, str]]) -> None:
        """At a place of the screen."""
        self.show_facts(title, facts)
        self.adjustSize()
        self.move(place)
        self.show()
