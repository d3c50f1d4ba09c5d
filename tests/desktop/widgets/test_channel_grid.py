"""What each channel of a map looks like."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from desktop.widgets.channel_grid import ChannelGrid


@pytest.fixture
def grid(qtbot: QtBot) -> ChannelGrid:
    """Ten channels, four in a row."""
    grid = ChannelGrid()
    qtbot.addWidget(grid)
    grid.resize(4 * 44, 100)
    grid.show()
    grid.show_levels(np.arange(10, dtype=np.uint8)[:, None, None] * np.full((1, 3, 5), 20, np.uint8))
    return grid


def test_it_is_as_high_as_its_rows(grid: ChannelGrid) -> None:
    """Three rows of four; wider, it needs fewer; without channels it has no height."""
    high = grid.height()
    grid.resize(12 * 44, high)
    assert grid.height() < high
    assert (grid.images[3].width(), grid.images[3].height()) == (5, 3)
    grid.show_levels(None)
    assert grid.height() == 0


def test_channels_are_chosen_by_mouse_and_keyboard(qtbot: QtBot, grid: ChannelGrid) -> None:
    """The keys go along rows and columns, and stop at the ends."""
    with qtbot.waitSignal(grid.chosen) as chosen:
        qtbot.mouseClick(grid, Qt.MouseButton.LeftButton, pos=QPoint(44 + 10, 44 + 10))
    assert chosen.args == [5]
    for key, current in ((Qt.Key.Key_Up, 1), (Qt.Key.Key_Left, 0), (Qt.Key.Key_Left, 0), (Qt.Key.Key_Down, 4)):
        qtbot.keyClick(grid, key)
        assert grid.current == current
    with qtbot.waitSignal(grid.chosen) as chosen:
        qtbot.keyClick(grid, Qt.Key.Key_Return)
    assert chosen.args == [4]
