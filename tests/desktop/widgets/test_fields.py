"""Fields to type a number in."""

from __future__ import annotations

from PySide6.QtWidgets import QAbstractSpinBox, QDoubleSpinBox, QSpinBox
from pytestqt.qtbot import QtBot

from desktop import theme
from desktop.pages import PAGES
from desktop.widgets.fields import inset
from desktop.window import Window


def test_the_text_stands_as_far_in_as_in_other_fields(qtbot: QtBot) -> None:
    """Of whole numbers and of others; the number stays what it is."""
    for field in (QSpinBox(), QDoubleSpinBox()):
        qtbot.addWidget(field)
        field.setValue(7)
        inset(field)
        assert field.lineEdit().textMargins().left() == theme.FIELD_INSET
        assert field.value() == 7


def test_no_field_of_a_page_was_forgotten(window: Window) -> None:
    """Every page's fields for numbers begin as far in as its other fields."""
    for spec in PAGES:
        window.show_page(spec.name)
    fields = window.findChildren(QAbstractSpinBox)
    assert fields
    assert {field.lineEdit().textMargins().left() for field in fields} == {theme.FIELD_INSET}
