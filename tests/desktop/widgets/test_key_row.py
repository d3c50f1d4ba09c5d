"""The row of a morph's pictures: moved, removed and pointed at."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from desktop.qt_images import to_qimage
from desktop.widgets.key_row import KeyRow
from tests.pictures import gradient


@pytest.fixture
def row(qtbot: QtBot) -> KeyRow:
    """Three pictures, of which the second is the current one."""
    row = KeyRow()
    qtbot.addWidget(row)
    for key in (1, 2, 3):
        row.add(key, f"<b>{key}</b>", to_qimage(gradient(8, 8)))
    row.setCurrentRow(1)
    return row


def test_ctrl_and_an_arrow_move_the_current_picture(qtbot: QtBot, row: KeyRow) -> None:
    """As far as there is room; it stays the current one."""
    told: list[list[int]] = []
    row.reordered.connect(told.append)
    for key in (Qt.Key.Key_Left, Qt.Key.Key_Left, Qt.Key.Key_Right):
        qtbot.keyClick(row, key, Qt.KeyboardModifier.ControlModifier)
    assert told == [[2, 1, 3], [1, 2, 3]]
    assert row.currentRow() == 1


def test_delete_removes_the_current_picture(qtbot: QtBot, row: KeyRow) -> None:
    """And tells which are left; in an empty row it does nothing."""
    with qtbot.waitSignal(row.reordered) as told:
        qtbot.keyClick(row, Qt.Key.Key_Delete)
    assert told.args == [[1, 3]]
    row.clear()
    with qtbot.assertNotEmitted(row.reordered):
        qtbot.keyClick(row, Qt.Key.Key_Backspace)


def test_a_click_points_at_a_place_and_names_are_no_markup(qtbot: QtBot, row: KeyRow) -> None:
    """The place in the row, not the picture's number."""
    with qtbot.waitSignal(row.pointed_at) as told:
        qtbot.mouseClick(row.viewport(), Qt.MouseButton.LeftButton, pos=row.visualItemRect(row.item(2)).center())
    assert told.args == [2]
    assert "<b>" not in row.item(0).toolTip()
    assert row.item(0).text() == "<b>1</b>"


def test_a_low_row_is_lower(row: KeyRow) -> None:
    """And as high as before afterwards."""
    high = row.height()
    row.set_low(True)
    assert row.height() < high
    row.set_low(False)
    assert row.height() == high


def test_the_menu_of_a_picture(qtbot: QtBot) -> None:
    """It goes there, moves it where there is room, and removes it."""
    row = KeyRow()
    qtbot.addWidget(row)
    for key in range(3):
        row.add(key, f"picture {key}", QImage(8, 8, QImage.Format.Format_RGB32))
    row.setCurrentRow(0)
    menu = row.menu(0)
    go, left, right, _, remove = menu.actions()
    assert (left.isEnabled(), right.isEnabled()) == (False, True)
    with qtbot.waitSignal(row.pointed_at) as pointed:
        go.trigger()
    assert pointed.args == [0]
    right.trigger()
    assert row.keys == [1, 0, 2]
    remove.trigger()
    assert row.keys == [1, 2]
