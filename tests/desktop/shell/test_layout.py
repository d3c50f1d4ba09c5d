"""How the window was left."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QByteArray
from PySide6.QtWidgets import QSplitter, QWidget
from pytestqt.qtbot import QtBot

from desktop.shell import layout
from desktop.state.settings import Settings


def made(qtbot: QtBot) -> tuple[QWidget, QSplitter]:
    """A window with two parts."""
    window = QWidget()
    splitter = QSplitter(window)
    for _ in range(2):
        splitter.addWidget(QWidget())
    qtbot.addWidget(window)
    splitter.resize(400, 100)
    return window, splitter


def test_it_comes_back_as_it_was_left(qtbot: QtBot, tmp_path: Path) -> None:
    """Size, divider and page, through the file."""
    window, splitter = made(qtbot)
    window.show()
    window.resize(432, 321)
    splitter.setSizes([300, 100])
    left = Settings(tmp_path / "settings.json")
    layout.keep(left, window, splitter, "inspect")
    left.flush()
    settings, (again, divided) = Settings(tmp_path / "settings.json"), made(qtbot)
    layout.restore(settings, again, divided)
    assert again.size() == window.size()
    assert divided.sizes() == splitter.sizes()
    assert settings.page == "inspect"


def test_settings_without_a_layout_change_nothing(qtbot: QtBot, tmp_path: Path) -> None:
    """Neither where nothing was kept, nor where what was kept is no layout."""
    window, splitter = made(qtbot)
    window.resize(432, 321)
    sizes = splitter.sizes()
    settings = Settings(tmp_path / "settings.json")
    layout.restore(settings, window, splitter)
    settings.set_layout("window", QByteArray(b"nonsense"))
    layout.restore(settings, window, splitter)
    assert (window.width(), window.height(), splitter.sizes()) == (432, 321, sizes)
