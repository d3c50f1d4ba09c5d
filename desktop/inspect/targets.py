"""Where pictures are to be moved: a folder is proposed, and another one can be chosen."""

from __future__ import annotations

import os
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

from desktop.i18n import tr
from desktop.widgets import question


def proposed(folder: Path, kind: str) -> Path:
    """A folder beside the inspected one, so that what is moved there is not found again."""
    return folder.with_name(f"{folder.name}-{kind}")


def can_be_made(folder: Path) -> bool:
    """Whether files can be moved to a folder that may not be there yet."""
    return os.access(folder if folder.exists() else folder.parent, os.W_OK)


def ask(parent: QWidget, count: int, proposal: Path) -> Path | None:
    """The folder that so many pictures are moved to; None where the user thinks better of it."""
    text = tr("Move {n:,} pictures to {folder}? Undo brings them back.", n=count, folder=proposal)
    asked = question.box(parent, text, tr("Move files"))
    other = asked.addButton(tr("Another folder…"), QMessageBox.ButtonRole.ActionRole)
    asked.exec()
    chosen = asked.clickedButton()
    role = asked.buttonRole(chosen) if chosen is not None else QMessageBox.ButtonRole.RejectRole
    wants_other = chosen is other
    asked.deleteLater()
    if wants_other:
        name = QFileDialog.getExistingDirectory(parent, tr("Move {n:,} pictures to…", n=count), str(proposal.parent))
        return Path(name) if name else None
    return proposal if role == QMessageBox.ButtonRole.AcceptRole else None
