"""The list of models."""

from __future__ import annotations

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop.widgets.model_list import BROKEN_ROLE, ModelLine, ModelList

MODELS = [
    ModelLine("one", "64 px", "Shipped"),
    ModelLine("two", "any size", "Yours"),
    ModelLine("three", "Broken", "a file is missing", is_broken=True),
]


def test_a_click_chooses_a_model(qtbot: QtBot) -> None:
    """The row under the mouse is emitted; listing and focus alone choose nothing."""
    models = ModelList()
    qtbot.addWidget(models)
    models.show()
    with qtbot.assertNotEmitted(models.chosen):
        models.set_models(MODELS, -1)
        models.setFocus()
    place = models.visualItemRect(models.item(1)).center()
    with qtbot.waitSignal(models.chosen) as chosen:
        qtbot.mouseClick(models.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert chosen.args == [1]


def test_the_keyboard_chooses_a_model(qtbot: QtBot) -> None:
    """An arrow goes to the next model."""
    models = ModelList()
    qtbot.addWidget(models)
    models.set_models(MODELS, 0)
    with qtbot.waitSignal(models.chosen) as chosen:
        qtbot.keyClick(models, Qt.Key.Key_Down)
    assert chosen.args == [1]


def test_a_broken_model_says_why(qtbot: QtBot) -> None:
    """The problem is the tooltip of its line."""
    models = ModelList()
    qtbot.addWidget(models)
    models.set_models(MODELS, 0)
    assert models.item(2).toolTip() == "a file is missing"
    assert models.item(2).data(BROKEN_ROLE)
    assert models.item(0).toolTip() == "Shipped"
    assert not models.item(0).data(BROKEN_ROLE)
