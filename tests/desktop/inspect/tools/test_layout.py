"""What the tools of the Inspect page have in common."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from desktop.inspect.tools.layout import caption, column


def test_a_column_has_no_margins_and_captions_give_way(qtbot: QtBot) -> None:
    """Rows reach from edge to edge, and a long caption asks for no width of its own."""
    widget = QWidget()
    qtbot.addWidget(widget)
    rows = column(widget)
    name = caption("A very long name of a control that nobody should have to widen the window for")
    rows.addWidget(name)
    rows.addWidget(QLabel("below"))
    widget.resize(80, 100)
    widget.show()
    assert (name.x(), name.width()) == (0, 80)
    assert rows.itemAt(1).widget().y() > name.geometry().bottom()
