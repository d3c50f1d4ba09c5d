"""A few buttons, of which one is down."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from desktop.widgets.segments import Segments


def test_one_button_is_down_and_a_press_is_told(qtbot: QtBot) -> None:
    """The first at the beginning; what the program chooses is not told."""
    segments, told = Segments([("a", "A", "First"), ("b", "B", "Second"), ("c", "C", "Third")]), list[str]()
    qtbot.addWidget(segments)
    segments.chosen.connect(told.append)
    segments.choose("c")
    segments.buttons["b"].click()
    assert told == ["b"]
    assert [name for name, each in segments.buttons.items() if each.isChecked()] == ["b"]
