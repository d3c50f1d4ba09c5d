"""Where a film goes, and in which format."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop.engine.film import films
from desktop.films import dialog
from desktop.widgets import save_dialog


def test_the_format_is_that_of_the_kind_chosen(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    """Kinds that cannot be written here are offered as such; a dialog that is cancelled gives nothing."""
    parent, offered = QWidget(), list[save_dialog.FileKind]()
    qtbot.addWidget(parent)
    monkeypatch.setattr(films, "kinds", lambda: ("gif", "apng", "frames"))

    def ask(_parent: QWidget, _title: str, _name: str, kinds: list[save_dialog.FileKind], _warn: object) -> object:
        offered[:] = kinds
        return Path("a.png"), kinds[1]

    monkeypatch.setattr(save_dialog, "ask", ask)
    assert dialog.ask_for_film(parent, print) == (Path("a.png"), "apng")
    assert len(offered) == len(dialog.TEXTS)
    monkeypatch.setattr(save_dialog, "ask", lambda *_: None)
    assert dialog.ask_for_film(parent, print) is None
