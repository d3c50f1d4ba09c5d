"""A handle by which a picture is dragged out of the window."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt
from PySide6.QtGui import QDrag, QPixmap
from pytestqt.qtbot import QtBot

from desktop.widgets.drag_handle import NARROW_WIDTH, DragHandle

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def drags(monkeypatch: pytest.MonkeyPatch) -> list[QDrag]:
    """The drags that are begun, which the system would not let go of."""
    begun: list[QDrag] = []
    monkeypatch.setattr(QDrag, "exec", lambda drag, _action: begun.append(drag))
    return begun


@pytest.fixture
def handle(qtbot: QtBot) -> DragHandle:
    """A handle of its usual size."""
    handle = DragHandle()
    qtbot.addWidget(handle)
    handle.resize(100, 30)
    return handle


@pytest.mark.parametrize("gives_first", [True, False])
def test_a_drag_begins_once_it_is_pulled_and_given(
    qtbot: QtBot, handle: DragHandle, drags: list[QDrag], gives_first: bool
) -> None:
    """Whichever comes first; the content was asked for when the mouse took hold."""
    with qtbot.waitSignal(handle.wanted):
        qtbot.mousePress(handle, LEFT, pos=QPoint(10, 10))
    steps = [lambda: handle.give(QMimeData(), QPixmap(4, 4)), lambda: qtbot.mouseMove(handle, QPoint(60, 10))]
    for step in steps if gives_first else steps[::-1]:
        assert drags == []
        step()
    qtbot.waitUntil(lambda: len(drags) == 1)
    assert not handle.is_held


def test_what_comes_after_it_was_let_go_is_not_dragged(qtbot: QtBot, handle: DragHandle, drags: list[QDrag]) -> None:
    """Nor is a press without a pull a drag."""
    qtbot.mousePress(handle, LEFT, pos=QPoint(10, 10))
    handle.give(QMimeData(), QPixmap(4, 4))
    qtbot.mouseRelease(handle, LEFT, pos=QPoint(10, 10))
    handle.give(QMimeData(), QPixmap(4, 4))
    qtbot.mouseMove(handle, QPoint(60, 10))
    assert drags == []


def test_narrow_it_is_its_grip_alone(handle: DragHandle) -> None:
    """And has its name again where there is room."""
    handle.set_narrow(True)
    assert (handle.text(), handle.maximumWidth()) == ("", NARROW_WIDTH)
    handle.set_narrow(False)
    assert handle.text() == "Drag out"
    assert handle.maximumWidth() > 1000
