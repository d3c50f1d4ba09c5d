"""A real window, shown and filled."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from desktop.engine.library import ModelEntry
from desktop.engine.providers import Asked
from desktop.engine.rendering import PictureSource
from desktop.window import Window


def open_window(qtbot: QtBot, entry: ModelEntry, picture: PictureSource | None = None, asked: Asked = "cpu") -> Window:
    """A window, on the CPU at first, that shows a model's mean, or a picture; whoever asks for it closes it."""
    window = Window([entry], asked)
    qtbot.addWidget(window)
    window.show()
    with qtbot.waitSignal(window.session.rendered):
        window.open(entry, picture)
    return window
