"""A row of small pictures to choose from."""

from __future__ import annotations

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop.qt_images import to_qimage
from desktop.widgets.picture_strip import PictureStrip
from tests.pictures import gradient


def test_a_click_or_enter_chooses(qtbot: QtBot) -> None:
    """By the place in the row; each picture has a name for a screen reader, which is no markup."""
    strip, told = PictureStrip(), list[int]()
    qtbot.addWidget(strip)
    strip.set_pictures([to_qimage(gradient(8, 8))] * 3, ["<i>1</i>", "2", "3"])
    strip.show()
    strip.chosen.connect(told.append)
    place = strip.visualItemRect(strip.item(1)).center()
    qtbot.mouseClick(strip.viewport(), Qt.MouseButton.LeftButton, pos=place)
    strip.setCurrentRow(2)
    strip.activated.emit(strip.currentIndex())
    assert told == [1, 2]
    assert strip.item(0).data(Qt.ItemDataRole.AccessibleTextRole) == "<i>1</i>"
    assert "<i>" not in strip.item(0).toolTip()


def test_a_low_strip_is_lower(qtbot: QtBot) -> None:
    """And other pictures take the place of those before."""
    strip = PictureStrip()
    qtbot.addWidget(strip)
    strip.set_pictures([to_qimage(gradient(8, 8))] * 2, "ab")
    strip.set_pictures([to_qimage(gradient(8, 8))], "c")
    assert strip.count() == 1
    high = strip.height()
    strip.set_low(True)
    assert strip.height() < high
