"""Facts under a name, in two columns."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from desktop.widgets.facts_card import FactsCard, FactsTable


def texts(table: QWidget) -> list[str]:
    """What its labels say, by row and column."""
    labels = [label for label in table.findChildren(QLabel) if not label.isHidden()]
    return [label.text() for label in labels]


def test_other_facts_take_the_place_of_all(qtbot: QtBot) -> None:
    """A value that looks like markup is shown as it is, and can be selected."""
    table = FactsTable()
    qtbot.addWidget(table)
    table.show_facts("Model", [("Name", "<b>bold</b>"), ("Size", "32")])
    assert texts(table) == ["Model", "Name", "<b>bold</b>", "Size", "32"]
    value = next(label for label in table.findChildren(QLabel) if label.text() == "<b>bold</b>")
    assert value.textFormat() == Qt.TextFormat.PlainText
    assert value.textInteractionFlags() & Qt.TextInteractionFlag.TextSelectableByMouse
    table.show_facts("", [("Only", "one")])
    qtbot.waitUntil(lambda: texts(table) == ["Only", "one"])


def test_a_card_takes_no_clicks(qtbot: QtBot) -> None:
    """It lies where it was put, and what is under it still gets the mouse."""
    parent = QWidget()
    qtbot.addWidget(parent)
    card = FactsCard(parent)
    card.show_at(QPoint(40, 50), "Model", [("Name", "a")])
    assert card.isVisible()
    assert card.pos() == QPoint(40, 50)
    assert card.testAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
