"""Which pictures are selected on the Inspect page."""

from __future__ import annotations

import numpy as np
from pytestqt.qtbot import QtBot

from desktop.inspect.selection import Selection


def test_only_a_change_is_told(qtbot: QtBot) -> None:
    """The same pictures selected again, or the same one chosen again, are no news."""
    selection = Selection()
    with qtbot.waitSignal(selection.changed):
        selection.select(np.array([3, 1]))
    with qtbot.assertNotEmitted(selection.changed):
        selection.select(np.array([3, 1]))
    with qtbot.waitSignal(selection.changed):
        selection.select(np.array([1, 3]))  # another order is another selection
    with qtbot.waitSignal(selection.current_changed) as chosen:
        selection.choose(3)
    assert chosen.args == [3]
    with qtbot.assertNotEmitted(selection.current_changed):
        selection.choose(3)


def test_clearing_leaves_nothing(qtbot: QtBot) -> None:
    """Neither selected nor chosen; both are told."""
    selection = Selection()
    selection.select(np.array([1]))
    selection.choose(1)
    with qtbot.waitSignals([selection.changed, selection.current_changed]):
        selection.clear()
    assert (len(selection.rows), selection.current) == (0, -1)
