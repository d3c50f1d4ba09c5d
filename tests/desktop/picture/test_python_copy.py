"""*Copy as Python*, in the real window."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
from PIL import Image
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from desktop.engine import library
from desktop.morph.page import MorphPage
from desktop.qt_images import to_pixels
from export.bundle import Bundle
from tests import bundles
from tests.desktop.windows import open_window, scene_of


def test_what_both_pages_show_is_copied(qtbot: QtBot, vector: Bundle, photo: Path, tmp_path: Path) -> None:
    """The open picture, and the step at which a morph stands: run elsewhere, the lines give its pixels."""
    window = open_window(qtbot, library.open_entry(bundles.enriched(vector).folder), photo)
    expected = scene_of(window).output
    for page in ("picture", "morph"):
        if page == "morph":
            window.show_page("morph")
            morph = window.page("morph")
            assert isinstance(morph, MorphPage)
            for index in range(2):
                morph.gallery.chosen.emit(index)
            with qtbot.waitSignal(morph.player.shown):
                morph.position.setValue(3)
            assert morph.view.image is not None
            expected = to_pixels(morph.view.image)
        with qtbot.waitSignal(window.services.told):
            window.actions_by_name[f"{page}.python"].trigger()
        assert "lines of Python are on the clipboard" in window.message.text
        code = QGuiApplication.clipboard().text()
        subprocess.run([sys.executable, "-I", "-c", code], cwd=tmp_path, check=True, timeout=60)
        assert np.array_equal(np.asarray(Image.open(tmp_path / "picture.png")), expected)
    window.close()


def test_without_a_picture_there_is_nothing_to_copy(qtbot: QtBot, vector: Bundle) -> None:
    """A morph without pictures says so."""
    window = open_window(qtbot, library.open_entry(vector.folder))
    window.show_page("morph")
    window.actions_by_name["morph.python"].trigger()
    assert window.message.text == "There is no picture yet to copy as Python."
    window.close()
