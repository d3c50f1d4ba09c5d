"""Fields to type a number in."""

from __future__ import annotations

from PySide6.QtWidgets import QAbstractSpinBox

from desktop import theme


def inset(field: QAbstractSpinBox) -> None:
    """Sets the text as far in as that of other fields; style sheets have no say in where a spin box puts its text."""
    field.lineEdit().setTextMargins(theme.FIELD_INSET, 0, 0, 0)
