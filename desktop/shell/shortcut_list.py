"""The list of every shortcut."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QFrame, QGridLayout, QScrollArea, QVBoxLayout, QWidget

from desktop import theme
from desktop.i18n import bind
from desktop.widgets.labels import label


class ShortcutList(QDialog):
    """What can be done by keyboard, page by page."""

    def __init__(self, shortcuts: Iterable[tuple[str, str, str]], parent: QWidget | None = None) -> None:
        """`shortcuts` are heading, text and keys, those of one heading together."""
        super().__init__(parent)
        bind(self, self.setWindowTitle, "Shortcuts")
        self.resize(460, 560)
        inside = QWidget()
        grid = QGridLayout(inside)
        grid.setContentsMargins(0, 0, theme.SCROLL_BAR, 0)
        grid.setVerticalSpacing(theme.GAP_SMALL)
        grid.setHorizontalSpacing(theme.GAP_LARGE)
        grid.setColumnStretch(0, 1)
        heading_before = None
        for heading, text, keys in shortcuts:
            if heading != heading_before:
                if heading_before is not None:
                    grid.setRowMinimumHeight(grid.rowCount(), theme.GAP_SMALL)
                grid.addWidget(_said(heading, "heading"), grid.rowCount(), 0)
                heading_before = heading
            row = grid.rowCount()
            grid.addWidget(_said(text, "plain"), row, 0)
            grid.addWidget(_said(keys, "number"), row, 1)
        grid.setRowStretch(grid.rowCount(), 1)
        scroll = QScrollArea()
        scroll.setWidget(inside)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        close = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        close.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.GAP_LARGE, theme.GAP_LARGE, theme.GAP_LARGE - theme.GAP_SMALL, theme.GAP)
        column.setSpacing(theme.GAP)
        column.addWidget(scroll, 1)
        column.addWidget(close)


def _said(text: str, role: theme.Role) -> QWidget:
    result = label("", role)
    result.setText(text)
    return result
