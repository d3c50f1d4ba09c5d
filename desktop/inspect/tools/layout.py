"""What the tools have in common: a column without margins, and names before controls."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from desktop import theme
from desktop.widgets.labels import label


def caption(text: str) -> QLabel:
    """A name before a control, which may be cut off where there is no room."""
    return label(text, "number")


def column(widget: QWidget) -> QVBoxLayout:
    """The widget's layout: one row under another, without margins."""
    result = QVBoxLayout(widget)
    result.setContentsMargins(0, 0, 0, 0)
    result.setSpacing(theme.GAP_SMALL)
    return result
