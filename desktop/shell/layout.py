"""How the window was left, and is found at the next start."""

from __future__ import annotations

from PySide6.QtWidgets import QSplitter, QWidget

from desktop.state.settings import Settings


def restore(settings: Settings, window: QWidget, splitter: QSplitter) -> None:
    """Place, size and divider as they were."""
    window.restoreGeometry(settings.layout("window"))
    splitter.restoreState(settings.layout("picture"))


def keep(settings: Settings, window: QWidget, splitter: QSplitter, page: str) -> None:
    """Remembers them, and which page is shown."""
    settings.set_layout("window", window.saveGeometry())
    settings.set_layout("picture", splitter.saveState())
    settings.page = page
