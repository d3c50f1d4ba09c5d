"""Fields to type a number in."""

from __future__ import annotations

from PySide6.QtWidgets import QDoubleSpinBox, QSpinBox
from pytestqt.qtbot import QtBot

from desktop import theme
from desktop.widgets.fields import inset


def test_the_text_stands_as_far_in_as_in_other_fields(qtbot: QtBot) -> None:
    """Of whole numbers and of others; the number stays what it is."""
    for field in (QSpinBox(), QDoubleSpinBox()):
        qtbot.addWidget(field)
        field.setValue(7)
        inset(field)
        assert field.lineEdit().textMargins().left() == theme.FIELD_INSET
        assert field.value() == 7
