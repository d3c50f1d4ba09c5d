"""Labels and buttons in the roles that the theme knows."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QLabel, QPushButton, QSizePolicy

Role = Literal["title", "heading", "muted", "number"]


def label(text: str, role: Role) -> QLabel:
    """A label of plain text (file names are never taken for markup) that may be narrower than its text."""
    result = QLabel(text)
    result.setProperty("role", role)
    result.setTextFormat(Qt.TextFormat.PlainText)
    result.setMinimumWidth(1)
    result.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
    return result


def button(
    text: str, tip: str, keys: QKeySequence.StandardKey | str | None = None, primary: bool = False
) -> QPushButton:
    """A button with a tooltip that names its shortcut."""
    result = QPushButton(text)
    if primary:
        result.setProperty("role", "primary")
    if keys is not None:
        result.setShortcut(keys)
        tip = f"{tip} ({result.shortcut().toString(QKeySequence.SequenceFormat.NativeText)})"
    result.setToolTip(tip)
    return result
