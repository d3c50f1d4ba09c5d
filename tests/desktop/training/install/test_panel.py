"""What is not installed, and the button that installs it."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QAction
from pytestqt.qtbot import QtBot

from desktop.training import launch
from desktop.training.install import environment
from desktop.training.install.panel import InstallPanel
from desktop.widgets import question
from tests.desktop.training.install.stand_in import install_stand_in

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the stand-in is a script of other systems")


@pytest.fixture
def panel(qtbot: QtBot) -> Iterator[InstallPanel]:
    """A panel that says that torch is missing."""
    action = QAction("Install…")
    made = InstallPanel(action)
    made.setProperty("action", action)  # which lives as long as the panel
    qtbot.addWidget(made)
    made.show_missing(["torch"])
    yield made
    made.stop()


def test_it_says_what_is_needed_and_how_large_it_is(panel: InstallPanel) -> None:
    """With the one command; it is gone where nothing is missing."""
    assert f"torch: about {environment.GIGABYTES} GB" in panel.needs.text()
    assert panel.command.text() == launch.INSTALL
    assert not panel.isHidden()
    panel.show_missing([])
    assert panel.isHidden()


def test_nothing_is_installed_without_a_yes(panel: InstallPanel, monkeypatch: pytest.MonkeyPatch) -> None:
    """The question names the folder and the size."""
    asked = list[str]()

    def declines(_parent: object, text: str, deed: str) -> bool:
        asked.extend((text, deed))
        return False

    monkeypatch.setattr(question, "agrees", declines)
    panel.ask()
    assert not panel.installer.busy
    assert str(environment.data_folder()) in asked[0]
    assert "GB" in asked[0]
    assert asked[1] == "Install"


def test_it_installs_shows_how_far_it_is_and_can_be_cancelled(
    qtbot: QtBot, panel: InstallPanel, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Cancel brings back what the panel said; a failure is told; a success too, once."""
    install_stand_in(tmp_path, monkeypatch, "waits")
    panel.ask()
    assert not panel.progress.isHidden()
    qtbot.waitUntil(lambda: panel.command.text() == "Downloading torch", timeout=20_000)
    with qtbot.waitSignal(panel.installer.failed, timeout=20_000):
        panel.progress.cancelled.emit()
    assert panel.progress.isHidden()
    assert panel.command.text() == launch.INSTALL
    install_stand_in(tmp_path, monkeypatch, "fails")
    with qtbot.waitSignal(panel.failed, timeout=20_000):
        panel.ask()
    install_stand_in(tmp_path, monkeypatch, "works")
    with qtbot.waitSignal(panel.installed, timeout=20_000):
        panel.ask()
    assert environment.python() is not None
