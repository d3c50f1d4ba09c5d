"""The panel of sliders."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop.widgets.slider_panel import SliderPanel


@pytest.fixture
def panel(qtbot: QtBot) -> SliderPanel:
    """A panel of five sliders that start at 0, 0.1, 0.2, ..."""
    panel = SliderPanel()
    qtbot.addWidget(panel)
    panel.set_axes([-2.0] * 5, [2.0] * 5, [9.0] * 5)
    panel.set_start(np.arange(5) / 10)
    return panel


def test_an_empty_panel_cannot_be_used(qtbot: QtBot) -> None:
    """Without axes there is nothing to press."""
    panel = SliderPanel()
    qtbot.addWidget(panel)
    assert not panel.random_button.isEnabled()
    assert not panel.reset_button.isEnabled()


def test_one_slider_moves_one_coordinate(qtbot: QtBot, panel: SliderPanel) -> None:
    """The signal has every coordinate, the moved one changed and the others as they were."""
    with qtbot.waitSignal(panel.moved) as moved:
        panel.sliders[2].track.setValue(150)
    assert moved.args is not None
    assert moved.args[0] == pytest.approx([0.0, 0.1, 1.5, 0.3, 0.4])


def test_many_sliders_move_with_one_signal(panel: SliderPanel) -> None:
    """Random positions ask for one decode, not for one each."""
    signals: list[np.ndarray] = []
    panel.moved.connect(signals.append)
    panel.move_to([1.0] * 5)
    assert [signal.tolist() for signal in signals] == [[1.0] * 5]


def test_reset_all_goes_back_to_the_start(qtbot: QtBot, panel: SliderPanel) -> None:
    """Every slider stands at its own start again, exactly."""
    panel.move_to([1.0] * 5)
    with qtbot.waitSignal(panel.moved) as moved:
        qtbot.mouseClick(panel.reset_button, Qt.MouseButton.LeftButton)
    assert moved.args is not None
    assert np.array_equal(moved.args[0], np.arange(5) / 10)


def test_new_axes_replace_the_old(panel: SliderPanel) -> None:
    """Another model's sliders stand in their place, at the mean."""
    panel.set_axes([-1.0] * 64, [1.0] * 64, [1.0] * 64)
    assert [slider.value for slider in panel.sliders] == [0.0] * 64
