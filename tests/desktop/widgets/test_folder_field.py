"""A folder that is typed or chosen."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from desktop.widgets.folder_field import FolderField


def test_what_is_typed_is_a_path(qtbot: QtBot) -> None:
    """Without the spaces around it, the home folder written out; nothing typed is no folder."""
    field = FolderField("Folder", "Drop a folder")
    qtbot.addWidget(field)
    assert field.path is None
    with qtbot.waitSignal(field.changed):
        field.line.setText("  ~/a b ")
    assert field.path == Path.home() / "a b"


def test_a_folder_is_asked_for(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The button asks; a dialog that is cancelled leaves what there was."""
    field, answers = FolderField("Folder", "Drop a folder"), [str(tmp_path), ""]
    qtbot.addWidget(field)
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: answers.pop(0))
    field.choose.click()
    field.choose.click()
    assert (field.path, answers) == (tmp_path, [])
