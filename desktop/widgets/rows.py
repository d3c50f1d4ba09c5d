"""Widgets beside one another."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop import theme


def row(*widgets: QWidget | None, gap: int = theme.GAP_SMALL) -> QHBoxLayout:
    """The widgets from left to right, a small gap apart; None stands for room that grows."""
    result = QHBoxLayout()
    result.setContentsMargins(0, 0, 0, 0)
    result.setSpacing(gap)
    for widget in widgets:
        if widget is None:
            result.addStretch(1)
        else:
            result.addWidget(widget)
    return result
