"""One slider."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.widgets.axis_slider import AxisSlider


@pytest.fixture
def slider(qtbot: QtBot) -> AxisSlider:
    """A slider from -2 to 3, shown, 400 pixels wide."""
    slider = AxisSlider(-2.0, 3.0)
    qtbot.addWidget(slider)
    slider.resize(400, 120)
    slider.show()
    qtbot.waitExposed(slider)
    return slider


def turn_wheel(
    slider: AxisSlider, delta: int = 120, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
) -> QWheelEvent:
    """Turns the wheel over the track; 120 is one notch."""
    centre = QPointF(slider.track.rect().center())
    event = QWheelEvent(
        centre,
        slider.track.mapToGlobal(centre),
        QPoint(),
        QPoint(0, delta),
        Qt.MouseButton.NoButton,
        modifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(slider.track, event)
    return event


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(start=st.floats(-10, 10), value=st.floats(-10, 10))
def test_positions_are_kept_exactly(slider: AxisSlider, start: float, value: float) -> None:
    """A value between two ticks, or beyond the ends, is given back to the last bit."""
    slider.set_position(start, value)
    assert slider.value == value


@pytest.mark.parametrize(
    ("value", "text"), [(0.0, "0.00"), (-0.001, "0.00"), (1.25, "+1.25"), (-0.5, "−0.50"), (0.004, "0.00")]
)
def test_the_number_is_shown_with_its_sign(slider: AxisSlider, value: float, text: str) -> None:
    """Two decimals, a true minus, and no sign at the mean."""
    slider.set_position(0.0, value)
    assert slider.text == text


def test_only_the_user_moves_it_with_a_signal(qtbot: QtBot, slider: AxisSlider) -> None:
    """Setting is silent; Delete and a double-click ask for a reset and move nothing themselves."""
    with qtbot.assertNotEmitted(slider.moved):
        slider.set_position(1.0, 2.0)
        slider.set_marks(True, True, True)
        slider.set_marks(False, False, False)
        with qtbot.waitSignal(slider.reset_asked):
            qtbot.keyClick(slider.track, Qt.Key.Key_Delete)
        with qtbot.waitSignal(slider.reset_asked):
            qtbot.mouseDClick(slider.track, Qt.MouseButton.LeftButton)


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


def test_the_wheel_with_ctrl_moves_the_slider_under_it_finely(slider: AxisSlider) -> None:
    """Without a click before; and its tooltip says so."""
    slider.track.clearFocus()
    assert turn_wheel(slider, modifier=Qt.KeyboardModifier.ControlModifier).isAccepted()
    assert slider.value == pytest.approx(0.01)
    slider.set_name("Axis 1", "", "The first")
    assert slider.track.toolTip().startswith("The first\nCtrl and the wheel")


def test_shift_makes_keys_and_wheel_finer(slider: AxisSlider) -> None:
    """A hundredth of a spread instead of a twentieth; a smooth wheel's small turns add up."""
    slider.activateWindow()
    slider.track.setFocus()
    QTest.keyClick(slider.track, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert slider.value == pytest.approx(0.01)
    turn_wheel(slider, modifier=Qt.KeyboardModifier.ShiftModifier)
    assert slider.value == pytest.approx(0.02)
    for _ in range(4):
        turn_wheel(slider, 12)
    assert slider.value == pytest.approx(0.04)


@pytest.mark.parametrize(
    ("key", "signal"), [(Qt.Key.Key_L, "locked"), (Qt.Key.Key_S, "soloed"), (Qt.Key.Key_Space, "played")]
)
def test_marks_have_keys(qtbot: QtBot, slider: AxisSlider, key: Qt.Key, signal: str) -> None:
    """L, S and Space press the marks of the slider that has the focus."""
    with qtbot.waitSignal(getattr(slider, signal)) as pressed:
        qtbot.keyClick(slider.track, key)
    assert pressed.args == [True]


def test_escape_keeps_the_name(qtbot: QtBot, slider: AxisSlider) -> None:
    """A name that is being typed is given up with Escape."""
    slider.set_name("Axis 1", "", "tip")
    slider.rename()
    assert slider._editor is not None
    with qtbot.assertNotEmitted(slider.renamed):
        qtbot.keyClicks(slider._editor, "Smile")
        qtbot.keyClick(slider._editor, Qt.Key.Key_Escape)
    assert slider.name == "Axis 1"
