"""A window with a model that has a gallery, and its Morph page."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from desktop.engine import library
from desktop.morph.page import MorphPage
from desktop.window import Window
from export.bundle import Bundle
from tests import bundles
from tests.desktop.windows import open_window


@pytest.fixture
def window(qtbot: QtBot, vector: Bundle) -> Iterator[Window]:
    """A window that shows the mean of a model with a gallery."""
    entry = library.open_entry(bundles.enriched(vector).folder)
    window = open_window(qtbot, entry)
    yield window
    window.close()


@pytest.fixture
def page(window: Window) -> MorphPage:
    """Its Morph page, with three pictures of the gallery, six frames from one to the next."""
    window.show_page("morph")
    page = window.page("morph")
    assert isinstance(page, MorphPage)
    page.settings.frames.setValue(6)
    for index in range(3):
        page.gallery.chosen.emit(index)
    return page
