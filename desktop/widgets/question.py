"""A question before something is lost: its button is named by the deed, and Cancel is what Enter presses."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox, QWidget

from desktop.i18n import tr


def box(parent: QWidget | None, text: str, deed: str) -> QMessageBox:
    """The question, with a button of that name beside Cancel."""
    made = QMessageBox(QMessageBox.Icon.Question, "ConvAE", text, QMessageBox.StandardButton.NoButton, parent)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.addButton(deed, QMessageBox.ButtonRole.AcceptRole)
    cancel = made.addButton(QMessageBox.StandardButton.Cancel)
    cancel.setText(tr("Cancel"))
    made.setDefaultButton(cancel)
    made.setEscapeButton(cancel)
    return made


def agrees(parent: QWidget | None, text: str, deed: str) -> bool:
    """Whether the user wants the deed done."""
    asked = box(parent, text, deed)
    asked.exec()
    chosen = asked.clickedButton()
    asked.deleteLater()
    return chosen is not None and asked.buttonRole(chosen) == QMessageBox.ButtonRole.AcceptRole
