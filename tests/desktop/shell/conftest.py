"""The program, started again and again."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from desktop.engine.library import ModelEntry
from desktop.state.settings import Settings
from desktop.window import Window
from tests.desktop.shell.starts import Start


@pytest.fixture
def start(qtbot: QtBot, entry: ModelEntry, tmp_path: Path) -> Iterator[Start]:
    """Starts the program once more, with the settings of the time before."""
    opened: list[Window] = []

    def once_more() -> Window:
        for window in opened:
            window.close()
        window = Window([entry], "cpu", Settings(tmp_path / "config" / "settings.json"))
        qtbot.addWidget(window)
        opened.append(window)
        window.show()
        return window

    yield once_more
    for window in opened:
        window.close()
