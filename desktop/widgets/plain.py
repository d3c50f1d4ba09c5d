"""Names from outside as text: Qt takes a tooltip that looks like markup for markup, and would read what it names."""

from __future__ import annotations

from PySide6.QtGui import Qt


def tip(text: str) -> str:
    """The text for a tooltip that shows it as it is; escaped where Qt would take it for markup."""
    return Qt.convertFromPlainText(text) if Qt.mightBeRichText(text) else text
