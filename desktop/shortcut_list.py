"""The list of every shortcut."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QFrame, QGridLayout, QScrollArea, QVBoxLayout, QWidget

from desktop import theme
from desktop.i18n import bind
from desktop.widgets.labels import label


class ShortcutList(QDialog):
    """What can be done by keyboard, menu by menu."""

    def __init__(self, shortcuts: Iterable[tuple[str, str, str]], parent: QWidget | None = None) -> None:
        """`shortcuts` are menu, text and keys, as `Actions.shortcuts` gives them."""
        super().__init__(parent)
        bind(self, self.setWindowTitle, "Shortcuts")
        self.resize(420, 520)
        inside = QWidget()
        grid = QGridLayout(inside)
        grid.setHorizontalSpacing(theme.GAP_LARGE)
        grid.setColumnStretch(0, 1)
        menu_before = None
        for menu, text, keys in shortcuts:
            if menu != menu_before:
                grid.addWidget(_said(menu, "heading"), grid.rowCount(), 0)
                menu_before = menu
            row = grid.rowCount()
            grid.addWidget(_said(text, "muted"), row, 0)
            grid.addWidget(_said(keys, "number"), row, 1)
        grid.setRowStretch(grid.rowCount(), 1)
        scroll = QScrollArea()
        scroll.setWidget(inside)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        close = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        close.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.addWidget(scroll, 1)
        column.addWidget(close)


def _said(text: str, role: theme.Role) -> QWidget:
    result = label("", role)
    result.setText(text)
    return result
