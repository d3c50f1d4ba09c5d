"""Where in a folder a picture is, and the folder's order."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.widgets.folder_bar import FolderBar

ORDERS = [("name", "By name"), ("date", "By date"), ("psnr", "By PSNR")]


@pytest.fixture
def bar(qtbot: QtBot) -> FolderBar:
    """A bar of three orders."""
    bar = FolderBar(ORDERS)
    qtbot.addWidget(bar)
    return bar


@pytest.mark.parametrize(
    ("number", "total", "text", "back", "on"),
    [
        (1, 1, "1 of 1", False, False),
        (1, 500, "1 of 500", False, True),
        (1234, 5000, "1,234 of 5,000", True, True),
        (500, 500, "500 of 500", True, False),
        (0, 1, "1 picture", False, True),
        (0, 12, "12 pictures", False, True),
    ],
)
def test_the_place_is_said_and_steps_end_at_the_ends(
    bar: FolderBar, number: int, total: int, text: str, back: bool, on: bool
) -> None:
    """Nothing comes before the first nor after the last, and from none of them the first can be reached."""
    bar.show_place(number, total)
    assert bar.place.text() == text
    assert (bar.back.isEnabled(), bar.on.isEnabled()) == (back, on)


def test_arrows_step_and_the_list_sorts(qtbot: QtBot, bar: FolderBar) -> None:
    """By one each; an order that is shown because it holds already is no wish of the user's."""
    bar.show_place(2, 3)
    steps = list[int]()
    bar.stepped.connect(steps.append)
    for button in (bar.back, bar.on):
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert steps == [-1, 1]
    with qtbot.assertNotEmitted(bar.sorted):
        bar.choose("psnr")
    assert bar.order.currentText() == "By PSNR"
    with qtbot.waitSignal(bar.sorted) as chosen:
        bar.order.activated.emit(1)
    assert chosen.args == ["date"]


def test_another_language_keeps_the_order(qtbot: QtBot, bar: FolderBar) -> None:
    """The texts are said anew, and nothing is sorted by that."""
    bar.choose("date")
    with qtbot.assertNotEmitted(bar.sorted):
        QApplication.sendEvent(bar, QEvent(QEvent.Type.LanguageChange))
    assert bar.order.currentIndex() == 1
    assert bar.order.count() == 3
