"""The left edge of the window."""

from __future__ import annotations

from PySide6.QtGui import QAction
from pytestqt.qtbot import QtBot

from desktop.widgets.labels import ActionButton
from desktop.widgets.sidebar import Sidebar


def test_there_is_a_button_for_each_page_and_one_to_add_a_model(qtbot: QtBot) -> None:
    """In their order; a press does what the action does, and a page that is shown is marked."""
    pages, add = [QAction(name) for name in ("Picture", "Morph")], QAction("Add model…")
    for page in pages:
        page.setCheckable(True)
    sidebar = Sidebar(pages, add)
    qtbot.addWidget(sidebar)
    buttons = [each for each in sidebar.findChildren(ActionButton) if each is not sidebar.add_button]
    assert [each.text() for each in buttons] == ["Picture", "Morph"]
    with qtbot.waitSignal(pages[1].triggered):
        buttons[1].click()
    assert buttons[1].isChecked()
    assert not buttons[0].isChecked()
    with qtbot.waitSignal(add.triggered):
        sidebar.add_button.click()
