"""The left edge of the window: the pages above, the models below."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop import theme
from desktop.widgets.labels import ActionButton, label
from desktop.widgets.model_list import ModelList


class Sidebar(QWidget):
    """A button for each page, the list of models, and a button to add one."""

    def __init__(self, pages: Iterable[QAction], add_model: QAction) -> None:
        """`pages` are checkable actions, of which one is checked at a time."""
        super().__init__()
        self.setObjectName("sidebar")
        self.setFixedWidth(theme.SIDEBAR_WIDTH)
        self.models = ModelList()
        self.add_button = ActionButton(add_model, role="quiet")
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.GAP, theme.GAP, theme.GAP, theme.GAP)
        column.setSpacing(theme.GAP_SMALL // 2)
        for page in pages:
            column.addWidget(_page_button(page))
        column.addSpacing(theme.GAP)
        column.addWidget(label("Models", "heading"))
        column.addWidget(self.models, 1)
        column.addWidget(self.add_button)


def _page_button(page: QAction) -> ActionButton:
    return ActionButton(page, role="page")
