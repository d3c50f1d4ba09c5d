"""The bar that says how many pictures are selected."""

from __future__ import annotations

import numpy as np
from PySide6.QtGui import QAction
from pytestqt.qtbot import QtBot

from desktop.inspect.selection import Selection
from desktop.inspect.selection_bar import SelectionBar


def test_actions_work_while_something_is_selected(qtbot: QtBot) -> None:
    """The count is said, and Clear selects nothing."""
    selection, actions = Selection(), [QAction("Move"), QAction("Export")]
    for name, action in zip(("move", "export"), actions):
        action.setObjectName(name)
    bar = SelectionBar(selection, actions)
    qtbot.addWidget(bar)
    assert (bar.said.text(), [action.isEnabled() for action in actions]) == ("Nothing selected", [False, False])
    selection.select(np.arange(1200))
    assert bar.said.text() == "1,200 selected:"
    assert all(action.isEnabled() for action in actions)
    bar.show_only(actions[:1])
    assert [bar.buttons[name].isHidden() for name in ("move", "export")] == [False, True]
    bar.clear.click()
    assert len(selection.rows) == 0
    assert not actions[0].isEnabled()
