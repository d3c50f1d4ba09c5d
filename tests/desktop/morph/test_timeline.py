"""The timeline of the Morph page."""

from __future__ import annotations

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop.morph.page import MorphPage


def test_pictures_are_marked_on_the_timeline(qtbot: QtBot, page: MorphPage) -> None:
    """A mark for each picture; Page down and Page up go from one to the next."""
    assert list(page.position.marks) == [0, 6, 12]
    page.position.setValue(0)
    qtbot.keyClick(page.position, Qt.Key.Key_PageDown)
    assert page.position.value() == 6
    qtbot.keyClick(page.position, Qt.Key.Key_PageUp)
    assert page.position.value() == 0
    places = [page.position.place_of(frame) for frame in page.position.marks]
    assert places == sorted(places)
    assert page.position.grab().width() == page.position.width()
