"""What the tests of comparing share: a window that shows a picture, and the pane in its centre."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from desktop.engine.library import ModelEntry
from desktop.picture.compare import ComparePane
from desktop.window import Window
from tests.desktop.windows import open_window


@pytest.fixture
def window(qtbot: QtBot, entry: ModelEntry, photo: Path) -> Iterator[Window]:
    """A window that shows a photograph of 48 x 40 through the model of 32 x 32."""
    window = open_window(qtbot, entry, photo)
    yield window
    window.close()


@pytest.fixture
def pane(window: Window) -> ComparePane:
    """The centre of its Picture page."""
    return window.picture_page.compare
