"""The panel in which a square is chosen."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from desktop.xray.panel import Panel
from tests.pictures import gradient


@pytest.fixture
def panel(qtbot: QtBot) -> Panel:
    """A picture of 20 x 10 in squares of 4 x 2, shown 200 wide."""
    made = Panel()
    qtbot.addWidget(made)
    made.resize(204, 204)
    made.show_pixels(gradient(10, 20), (2, 4), (0, 0))
    return made


def test_a_click_chooses_the_square_under_it(qtbot: QtBot, panel: Panel) -> None:
    """Beside the picture it chooses nothing."""
    chosen = []
    panel.chosen.connect(lambda row, column: chosen.append((row, column)))
    qtbot.mouseClick(panel, Qt.MouseButton.LeftButton, pos=QPoint(150, 90))
    qtbot.mouseClick(panel, Qt.MouseButton.LeftButton, pos=QPoint(150, 190))
    assert chosen == [(1, 2)]


def test_arrow_keys_go_to_the_next_square(qtbot: QtBot, panel: Panel) -> None:
    """And not beyond the edge."""
    chosen = []
    panel.chosen.connect(lambda row, column: chosen.append((row, column)))
    qtbot.keyClick(panel, Qt.Key.Key_Right)
    qtbot.keyClick(panel, Qt.Key.Key_Up)
    qtbot.keyClick(panel, Qt.Key.Key_Down)
    assert chosen == [(0, 1), (1, 0)]


def test_what_is_marked_is_outlined(panel: Panel) -> None:
    """In white, over the picture."""
    image = panel.grab().toImage()
    corner = panel._square(0, 0).bottomRight().toPoint()
    assert image.pixelColor(corner).lightness() > 200
