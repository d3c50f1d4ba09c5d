"""A window on the Picture page with everything that a model can have."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from desktop.engine import library
from desktop.picture.explore import ExplorePane
from desktop.window import Window
from export.bundle import Bundle
from tests import bundles
from tests.desktop.windows import open_window


@pytest.fixture
def rich(qtbot: QtBot, vector: Bundle, photo: Path) -> Iterator[Window]:
    """A window that shows a photo through a model that has everything."""
    entry = library.open_entry(bundles.enriched(vector).folder)
    window = open_window(qtbot, entry, photo)
    yield window
    window.close()


@pytest.fixture
def pane(rich: Window) -> ExplorePane:
    """The right-hand side of that window."""
    return rich.picture_page.explore
