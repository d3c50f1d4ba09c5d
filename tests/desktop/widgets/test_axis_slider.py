"""One slider."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.widgets.axis_slider import AxisSlider


@pytest.fixture
def slider(qtbot: QtBot) -> AxisSlider:
    """A slider from -2 to 3, shown, 400 pixels wide."""
    slider = AxisSlider(1, -2.0, 3.0, 12.0)
    qtbot.addWidget(slider)
    slider.resize(400, 30)
    slider.show()
    qtbot.waitExposed(slider)
    return slider


def turn_wheel(slider: AxisSlider) -> QWheelEvent:
    """Sends one notch of the wheel to the track."""
    centre = QPointF(slider.track.rect().center())
    event = QWheelEvent(
        centre,
        slider.track.mapToGlobal(centre),
        QPoint(),
        QPoint(0, 120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(slider.track, event)
    return event


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(start=st.floats(-10, 10))
def test_start_is_kept_exactly(slider: AxisSlider, start: float) -> None:
    """A start between two ticks, or beyond the ends, is given back to the last bit, also after a reset."""
    slider.set_start(start)
    assert slider.value == start
    slider.set_value(0.5)
    slider.reset()
    assert slider.value == start


@pytest.mark.parametrize(
    ("value", "text"), [(0.0, "0.00"), (-0.001, "0.00"), (1.25, "+1.25"), (-0.5, "−0.50"), (0.004, "0.00")]
)
def test_the_number_is_shown_with_its_sign(slider: AxisSlider, value: float, text: str) -> None:
    """Two decimals, a true minus, and no sign at the mean."""
    slider.set_value(value)
    assert slider.text == text


def test_setting_is_silent_and_reset_is_not(qtbot: QtBot, slider: AxisSlider) -> None:
    """Only what the user does emits `moved`."""
    with qtbot.assertNotEmitted(slider.moved):
        slider.set_start(1.0)
        slider.set_value(2.0)
    with qtbot.waitSignal(slider.moved):
        slider.reset()


def test_a_press_goes_to_where_the_mouse_is(qtbot: QtBot, slider: AxisSlider) -> None:
    """Pressed at its middle, the track goes to the middle of its range."""
    with qtbot.waitSignal(slider.moved):
        qtbot.mousePress(slider.track, Qt.MouseButton.LeftButton, pos=slider.track.rect().center())
    assert slider.value == pytest.approx(0.5, abs=0.05)


def test_the_mouse_cannot_leave_the_range(qtbot: QtBot, slider: AxisSlider) -> None:
    """Dragged beyond its end, the slider stays at its end."""
    qtbot.mousePress(slider.track, Qt.MouseButton.LeftButton, pos=QPoint(100, 10))
    qtbot.mouseMove(slider.track, QPoint(5000, 10))
    assert slider.value == 3.0
    qtbot.mouseRelease(slider.track, Qt.MouseButton.LeftButton)
    qtbot.mouseMove(slider.track, QPoint(100, 10))
    assert slider.value == 3.0


@pytest.mark.parametrize(
    ("key", "value"),
    [(Qt.Key.Key_Right, 0.05), (Qt.Key.Key_PageUp, 0.5), (Qt.Key.Key_Home, -2.0), (Qt.Key.Key_End, 3.0)],
)
def test_the_keyboard_moves_it(qtbot: QtBot, slider: AxisSlider, key: Qt.Key, value: float) -> None:
    """Arrows move finely, pages coarsely, Home and End to the ends."""
    qtbot.keyClick(slider.track, key)
    assert slider.value == pytest.approx(value)


def test_the_wheel_moves_the_focused_slider_alone(slider: AxisSlider) -> None:
    """Without the focus the wheel is left to the list; with it, the slider moves."""
    slider.track.clearFocus()
    assert not turn_wheel(slider).isAccepted()
    assert slider.value == 0.0
    slider.activateWindow()
    slider.track.setFocus()
    assert slider.track.hasFocus()
    turn_wheel(slider)
    assert slider.value > 0.0
