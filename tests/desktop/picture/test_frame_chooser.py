"""The widget that chooses one of several pictures of a file."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from desktop.picture.frame_chooser import FrameChooser


@pytest.fixture
def chooser(qtbot: QtBot) -> FrameChooser:
    """Shown with the second of five."""
    chooser = FrameChooser()
    qtbot.addWidget(chooser)
    chooser.show_place(1, 5)
    return chooser


def test_showing_a_place_asks_for_nothing(qtbot: QtBot, chooser: FrameChooser) -> None:
    """And one picture alone needs no choice."""
    assert (chooser.number.value(), chooser.slider.value(), chooser.count.text()) == (2, 2, "of 5")
    with qtbot.assertNotEmitted(chooser.chosen):
        chooser.show_place(4, 5)
        chooser.show_place(0, 1)
    assert chooser.isHidden()


def test_number_and_slider_choose_alike(chooser: FrameChooser) -> None:
    """Each follows the other, one choice is told once, and no number outside the file can be chosen."""
    told: list[int] = []
    chooser.chosen.connect(told.append)
    chooser.number.setValue(3)
    chooser.slider.setValue(5)
    chooser.number.setValue(9)
    assert told == [2, 4]
    assert chooser.number.value() == chooser.slider.value() == 5
