"""The plane to move two sliders in, by mouse and by keyboard."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from desktop.widgets.pad import INSET, STEPS, Pad

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def pad(qtbot: QtBot) -> Pad:
    """A pad whose sliders have other ends."""
    pad = Pad()
    qtbot.addWidget(pad)
    pad.resize(200, 180)
    pad.set_limits((-2, 2), (0, 10))
    pad.set_position((0, 5), (0, 5))
    return pad


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.floats(-50, 50), st.floats(-50, 50))
def test_a_position_has_its_place(pad: Pad, across: float, up: float) -> None:
    """Within the ends it goes there and back; beyond them it lies at the edge."""
    place, area = pad.place_of((across, up)), pad._area()
    assert area.left() <= place.x() <= area.right()
    assert area.top() <= place.y() <= area.bottom()
    moved = list[tuple[float, float]]()
    pad.moved.connect(lambda *values: moved.append(values))
    pad._follow(place)
    pad.moved.disconnect()
    assert moved[0] == (pytest.approx(min(max(across, -2), 2)), pytest.approx(min(max(up, 0), 10)))


def test_the_handle_follows_the_mouse_while_it_is_held(qtbot: QtBot, pad: Pad) -> None:
    """Pressed at the lower left and dragged to the upper right: from both lowest to both highest, one movement."""
    moved, grabbed = list[tuple[float, float]](), list[None]()
    pad.moved.connect(lambda *values: moved.append(values))
    pad.grabbed.connect(lambda: grabbed.append(None))
    low, high = QPoint(INSET, 180 - INSET), QPoint(200 - INSET, INSET)
    qtbot.mouseMove(pad, high)
    assert moved == []
    qtbot.mousePress(pad, LEFT, pos=low)
    qtbot.mouseMove(pad, high)
    qtbot.mouseRelease(pad, LEFT, pos=high)
    qtbot.mouseMove(pad, low)
    assert moved == [(-2, 0), (2, 10)]
    assert len(grabbed) == 2


@pytest.mark.parametrize(
    ("key", "fine", "wanted"),
    [
        (Qt.Key.Key_Left, False, (-4 / STEPS, 5)),
        (Qt.Key.Key_Right, True, (4 / STEPS / 5, 5)),
        (Qt.Key.Key_Up, False, (0, 5 + 10 / STEPS)),
        (Qt.Key.Key_Down, True, (0, 5 - 10 / STEPS / 5)),
    ],
)
def test_arrows_move(qtbot: QtBot, pad: Pad, key: Qt.Key, fine: bool, wanted: tuple[float, float]) -> None:
    """By a fortieth of the slider's length, with Shift by a fifth of that, and never beyond its end."""
    keys = Qt.KeyboardModifier.ShiftModifier if fine else Qt.KeyboardModifier.NoModifier
    with qtbot.waitSignal(pad.moved) as moved:
        qtbot.keyClick(pad, key, keys)
    assert moved.args == pytest.approx(list(wanted))
    pad.set_position((0, 5), (2, 10))
    with qtbot.waitSignal(pad.moved) as moved:
        qtbot.keyClick(pad, Qt.Key.Key_Right)
    assert moved.args == [2, 10]


def test_delete_and_a_double_click_reset(qtbot: QtBot, pad: Pad) -> None:
    """Each asks for the starts; what is not the pad's goes on to others."""
    with qtbot.waitSignal(pad.reset_asked):
        qtbot.keyClick(pad, Qt.Key.Key_Delete)
    with qtbot.waitSignal(pad.reset_asked):
        qtbot.mouseDClick(pad, LEFT, pos=QPoint(50, 50))
    with qtbot.assertNotEmitted(pad.moved), qtbot.assertNotEmitted(pad.reset_asked):
        qtbot.keyClick(pad, Qt.Key.Key_A)


def test_equal_ends_break_nothing(pad: Pad) -> None:
    """A slider that cannot move has its handle at the edge, and is painted."""
    pad.set_limits((1, 1), (0, 0))
    pad.set_position((1, 0), (1, 0))
    assert pad.place_of((1, 0)).x() == pad._area().left()
    assert not pad.grab().isNull()
