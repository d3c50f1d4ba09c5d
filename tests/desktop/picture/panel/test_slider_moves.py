"""What the user does on a slider."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from desktop.engine.sliders.steering import Knob
from desktop.picture.explore import ExplorePane
from desktop.window import Window
from tests.desktop.windows import settled, slider_of

LEFT = Qt.MouseButton.LeftButton


def test_locked_sliders_are_left_alone(qtbot: QtBot, rich: Window, pane: ExplorePane) -> None:
    """A locked slider does not move by hand, by reset or at random."""
    qtbot.keyClick(slider_of(rich).track, Qt.Key.Key_End)
    value = slider_of(rich).value
    qtbot.mouseClick(slider_of(rich).lock, LEFT)
    assert not slider_of(rich).track.isEnabled()
    qtbot.mouseClick(pane.start.random, LEFT)
    settled(qtbot, rich)
    assert slider_of(rich).value == pytest.approx(value, abs=1e-3)
    rich.services.actions["explore.reset"].trigger()
    assert slider_of(rich).value == pytest.approx(value, abs=1e-3)


def test_a_soloed_slider_acts_alone(qtbot: QtBot, rich: Window, pane: ExplorePane) -> None:
    """The picture shows one slider's work; switched off, all of them act again."""
    for index in (0, 1):
        qtbot.keyClick(pane.sliders.row(Knob("axes", index)).track, Qt.Key.Key_End)
    both = settled(qtbot, rich)
    qtbot.keyClick(slider_of(rich).track, Qt.Key.Key_S)
    assert not np.array_equal(settled(qtbot, rich), both)
    qtbot.keyClick(slider_of(rich).track, Qt.Key.Key_S)
    assert np.array_equal(settled(qtbot, rich), both)


def test_a_slider_plays_until_it_is_touched(qtbot: QtBot, rich: Window, pane: ExplorePane) -> None:
    """Play sweeps the slider; a press of the mouse stops it, and all of it is one step to undo."""
    slider, start = slider_of(rich), slider_of(rich).value
    qtbot.mouseClick(slider.play, LEFT)
    qtbot.waitUntil(lambda: abs(slider.value - start) > 0.2)
    assert slider.play.isChecked()
    qtbot.mousePress(slider.track, LEFT, pos=QPoint(slider.track.width() // 2, 5))
    qtbot.mouseRelease(slider.track, LEFT)
    assert pane.sliders.sweep.knob is None
    assert not slider.play.isChecked()
    stack = rich.services.steering.undo_stack
    stack.undo()
    stack.undo()
    assert slider_of(rich).value == start
