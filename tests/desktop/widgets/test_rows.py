"""Widgets beside one another."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from desktop.widgets.rows import row


def test_room_grows_where_it_is_asked_for(qtbot: QtBot) -> None:
    """None stands for it: what follows lies at the right end."""
    outer, left, right = QWidget(), QLabel("a"), QLabel("b")
    qtbot.addWidget(outer)
    outer.setLayout(row(left, None, right, gap=3))
    outer.resize(300, 30)
    outer.show()
    assert left.geometry().left() == 0
    assert right.geometry().right() == 299
    assert outer.layout().spacing() == 3
