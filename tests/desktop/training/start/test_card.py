"""A card that can be pressed."""

from __future__ import annotations

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop.training.start.card import LEAST_WIDTH, Card


def test_a_card_has_room_for_its_texts(qtbot: QtBot) -> None:
    """A narrow one is higher, as its texts wrap; a press anywhere, on a text too, is a press of the card."""
    card = Card(checkable=True)
    qtbot.addWidget(card)
    card.show_texts("Sliders", "One vector for a picture: faces, drawings of one kind, parts that are alike " * 3)
    assert card.heightForWidth(LEAST_WIDTH) > card.heightForWidth(600)
    card.resize(LEAST_WIDTH, card.heightForWidth(LEAST_WIDTH))
    card.show()
    assert card.about.geometry().bottom() <= card.height()
    assert card.accessibleName() == "Sliders"
    qtbot.mouseClick(card, Qt.MouseButton.LeftButton, pos=card.about.geometry().center())
    assert card.isChecked()
