"""The list of every shortcut."""

from __future__ import annotations

from PySide6.QtWidgets import QDialogButtonBox, QLabel
from pytestqt.qtbot import QtBot

from desktop.shell.shortcut_list import ShortcutList

SHORTCUTS = [("Picture", "Undo", "Ctrl+Z"), ("Picture", "Random", "R"), ("Batch", "Pause", "Ctrl+P")]


def test_each_heading_stands_once_above_its_own(qtbot: QtBot) -> None:
    """In the order given, each text with its keys beside it, and Close closes."""
    shown = ShortcutList(SHORTCUTS)
    qtbot.addWidget(shown)
    shown.show()
    placed = sorted(
        (label.mapTo(shown, label.rect().topLeft()).toTuple()[::-1], label.text())
        for label in shown.findChildren(QLabel)
    )
    said = [text for _, text in placed]
    assert [text for text in said if text in ("Picture", "Batch")] == ["Picture", "Batch"]
    assert said.index("Picture") < said.index("Undo") < said.index("Random") < said.index("Batch") < said.index("Pause")
    rows = {text: place[0] for place, text in placed}
    assert all(abs(rows[text] - rows[keys]) <= 4 for _, text, keys in SHORTCUTS)
    shown.findChild(QDialogButtonBox).button(QDialogButtonBox.StandardButton.Close).click()
    assert not shown.isVisible()
