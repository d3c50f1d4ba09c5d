"""A filmstrip under a slider."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from desktop.qt_images import to_qimage
from desktop.widgets.filmstrip import FRAMES, Filmstrip
from desktop.widgets.track import HANDLE_RADIUS
from tests.pictures import gradient


@pytest.fixture
def strip(qtbot: QtBot) -> Filmstrip:
    """A strip, shown at a width of 300 pixels."""
    strip = Filmstrip()
    qtbot.addWidget(strip)
    strip.resize(300, strip.height())
    strip.show()
    return strip


def test_the_frame_under_the_mouse_is_chosen(qtbot: QtBot, strip: Filmstrip) -> None:
    """Each has its share of the track; what lies outside the track chooses nothing."""
    told: list[int] = []
    strip.chosen.connect(told.append)
    share = (strip.width() - 2 * HANDLE_RADIUS) / FRAMES
    for index in range(FRAMES):
        place = QPoint(int(HANDLE_RADIUS + (index + 0.5) * share), 20)
        qtbot.mouseClick(strip, Qt.MouseButton.LeftButton, pos=place)
    qtbot.mouseClick(strip, Qt.MouseButton.LeftButton, pos=QPoint(1, 20))
    qtbot.mouseClick(strip, Qt.MouseButton.RightButton, pos=QPoint(150, 20))
    assert told == list(range(FRAMES))


def test_pictures_are_painted_in_their_places(strip: Filmstrip) -> None:
    """A strip with pictures looks different from a blank one, and one of no size is not shown."""
    blank = strip.grab().toImage()
    strip.set_images([to_qimage(gradient(16, 24))] * FRAMES)
    assert strip.grab().toImage() != blank
    strip.set_side(0)
    assert not strip.isVisible()
