"""The line of a slider: mouse, keys and wheel."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from pytestqt.qtbot import QtBot

from desktop.widgets.track import FINE_STEP, HANDLE_RADIUS, NOTCH, STEP, Track


@pytest.fixture
def track(qtbot: QtBot) -> Track:
    """From -300 to 300, 200 pixels wide, with the focus."""
    track = Track()
    qtbot.addWidget(track)
    track.setRange(-300, 300)
    track.setValue(0)
    track.resize(200, 24)
    track.show()
    track.setFocus()
    return track


def wheel(track: Track, turned: int, keys: Qt.KeyboardModifier) -> QWheelEvent:
    """The wheel turns over the track."""
    place, nothing = QPointF(100, 12), QPoint(0, 0)
    turn = QPoint(0, turned)
    event = QWheelEvent(place, place, nothing, turn, Qt.MouseButton.NoButton, keys, Qt.ScrollPhase.NoScrollPhase, False)
    track.wheelEvent(event)
    return event


def test_the_handle_goes_to_the_mouse(qtbot: QtBot, track: Track) -> None:
    """From end to end of the line."""
    qtbot.mousePress(track, Qt.MouseButton.LeftButton, pos=QPoint(HANDLE_RADIUS, 12))
    assert track.value() == -300
    qtbot.mouseMove(track, QPoint(200 - HANDLE_RADIUS, 12))
    qtbot.mouseRelease(track, Qt.MouseButton.LeftButton, pos=QPoint(200 - HANDLE_RADIUS, 12))
    assert track.value() == 300
    qtbot.mousePress(track, Qt.MouseButton.RightButton, pos=QPoint(100, 12))
    assert track.value() == 300


def test_arrows_move_and_delete_resets(qtbot: QtBot, track: Track) -> None:
    """With Shift by one tick."""
    qtbot.keyClick(track, Qt.Key.Key_Right)
    qtbot.keyClick(track, Qt.Key.Key_Left, Qt.KeyboardModifier.ShiftModifier)
    assert track.value() == STEP - FINE_STEP
    for ask in (lambda: qtbot.keyClick(track, Qt.Key.Key_Delete),
                lambda: qtbot.mouseDClick(track, Qt.MouseButton.LeftButton)):  # fmt: skip
        with qtbot.waitSignal(track.reset_asked):
            ask()


def test_the_wheel_moves_only_what_has_the_focus(track: Track) -> None:
    """Else it scrolls the list, unless Ctrl is held; a smooth wheel adds up."""
    for _ in range(2):
        wheel(track, NOTCH // 2, Qt.KeyboardModifier.NoModifier)
    assert track.value() == STEP
    track.clearFocus()
    assert not wheel(track, NOTCH, Qt.KeyboardModifier.NoModifier).isAccepted()
    assert track.value() == STEP
    wheel(track, NOTCH, Qt.KeyboardModifier.ControlModifier)
    assert track.value() == STEP + FINE_STEP
