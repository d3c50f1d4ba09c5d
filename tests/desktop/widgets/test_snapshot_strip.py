"""The snapshots: named, in any order, and mixed by dragging one on another."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QImage
from pytestqt.qtbot import QtBot

from desktop.widgets.snapshot_strip import SnapshotStrip

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def strip(qtbot: QtBot) -> SnapshotStrip:
    """Three snapshots."""
    strip = SnapshotStrip()
    qtbot.addWidget(strip)
    strip.resize(400, 100)
    for name in "ABC":
        image = QImage(8, 8, QImage.Format.Format_RGB32)
        image.fill(QColor("red"))
        strip.set_snapshot(name, image)
    strip.show()
    return strip


def test_a_snapshot_keeps_its_place_when_it_changes(strip: SnapshotStrip) -> None:
    """Those that are not named are forgotten."""
    strip.set_snapshot("B", QImage(8, 8, QImage.Format.Format_RGB32))
    assert strip.names == ["A", "B", "C"]
    strip.forget(["A", "C"])
    assert strip.names == ["A", "C"]


@pytest.mark.parametrize("name", ["", "  ", "A"])
def test_a_name_that_is_taken_or_empty_is_not_taken(qtbot: QtBot, strip: SnapshotStrip, name: str) -> None:
    """The snapshot has its own name again; any other name is told."""
    with qtbot.assertNotEmitted(strip.renamed):
        strip.item(1).setText(name)
    assert strip.item(1).text() == "B"
    with qtbot.waitSignal(strip.renamed) as renamed:
        strip.item(1).setText(" Best ")
    assert renamed.args == ["B", "Best"]
    assert strip.names == ["A", "Best", "C"]


def test_the_keyboard_moves_mixes_and_removes(qtbot: QtBot, strip: SnapshotStrip) -> None:
    """The last one is mixed with the first; nothing moves beyond the ends."""
    strip.setCurrentRow(0)
    with qtbot.waitSignal(strip.reordered) as order:
        qtbot.keyClick(strip, Qt.Key.Key_Right, CONTROL)
    assert order.args == [["B", "A", "C"]]
    strip.setCurrentRow(2)
    with qtbot.assertNotEmitted(strip.reordered):
        qtbot.keyClick(strip, Qt.Key.Key_Right, CONTROL)
    with qtbot.waitSignal(strip.mixed) as mixed:
        qtbot.keyClick(strip, Qt.Key.Key_M)
    assert mixed.args == ["C", "B"]
    with qtbot.waitSignal(strip.removed) as removed:
        qtbot.keyClick(strip, Qt.Key.Key_Delete)
    assert (removed.args, strip.names) == (["C"], ["B", "A"])


def test_dropped_on_another_it_is_mixed_and_between_two_it_goes_there(qtbot: QtBot, strip: SnapshotStrip) -> None:
    """The middle of a picture is the picture; its edges are the gaps beside it."""
    first, last = (strip.visualItemRect(strip.item(place)) for place in (0, 2))
    strip.setCurrentRow(2)
    with qtbot.waitSignal(strip.mixed) as mixed:
        strip.drop_current(first.center())
    assert mixed.args == ["C", "A"]
    with qtbot.waitSignal(strip.reordered) as order:
        strip.drop_current(QPoint(first.left() + 2, first.center().y()))
    assert order.args == [["C", "A", "B"]]
    strip.setCurrentRow(0)
    strip.drop_current(QPoint(last.right() - 1, last.center().y()))
    assert strip.names == ["A", "B", "C"]


def test_the_menu_offers_every_other_one_to_mix_with(qtbot: QtBot, strip: SnapshotStrip) -> None:
    """And to go there, replace, rename or remove it."""
    menu = strip.menu("B")
    texts = [action.text() for action in menu.actions() if action.text()]
    assert texts == [
        "Go to this snapshot",
        "Replace it with the current picture",
        "Rename",
        "Mix with",
        "Remove snapshot",
    ]
    others = menu.actions()[3].menu()
    assert [action.text() for action in others.actions()] == ["A", "C"]  # type: ignore[attr-defined]
    with qtbot.waitSignal(strip.recalled) as recalled:
        menu.actions()[0].trigger()
    assert recalled.args == ["B"]
    menu.close()
