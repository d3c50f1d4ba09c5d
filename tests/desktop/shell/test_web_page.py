"""*Share as web page*, in the real window."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from desktop.shell import web_page
from desktop.window import Window

FAIL = "import sys; print('error: the disk is full.', file=sys.stderr); sys.exit(2)"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder that the dialog gives, not there yet."""
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "page"), ""))
    return tmp_path / "page"


def test_the_page_is_written_by_the_command(qtbot: QtBot, window: Window, folder: Path) -> None:
    """One file that names the model; the action waits while it is made, and the message bar says where it is."""
    action = window.actions_by_name["model.share"]
    with qtbot.waitSignal(window.services.written) as written:
        action.trigger()
        assert not action.isEnabled()
    assert written.args == [folder / "index.html"]
    assert [path.name for path in folder.iterdir()] == ["index.html"]
    assert "<title>tiny" in (folder / "index.html").read_text(encoding="utf-8")
    assert action.isEnabled()


def test_a_command_that_fails_says_why(
    qtbot: QtBot, window: Window, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its own sentence, in the window's."""
    monkeypatch.setattr(web_page, "_command", lambda: ["-c", FAIL])
    with qtbot.waitSignal(window.services.warned):
        window.actions_by_name["model.share"].trigger()
    assert window.message.text == "No web page was made: the disk is full."
    assert not folder.exists()
