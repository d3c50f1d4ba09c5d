"""The X-ray in a window, from the Model menu, on the tiny models."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop.engine import library
from desktop.engine.pictures import Picture
from desktop.engine.xray import fields
from desktop.window import Window
from desktop.xray.window import XrayWindow
from tests import bundles
from tests.desktop.windows import open_window
from tests.pictures import gradient


@pytest.fixture
def of_map(qtbot: QtBot, tmp_path: Path) -> Iterator[Window]:
    """A window with a map that sees two cells around itself, and a picture."""
    entry = library.open_entry(bundles.blurry_bundle(tmp_path / "blurry").folder)
    window = open_window(qtbot, entry, Picture("gradient", gradient(64, 48)))
    yield window
    window.close()


def opened(qtbot: QtBot, window: Window) -> XrayWindow:
    """It, once it has looked through the model and has painted."""
    window.actions_by_name["model.xray"].trigger()
    dialog = window.xray.dialog
    assert dialog is not None
    qtbot.waitUntil(lambda: dialog.painted.image is not None)
    return dialog


def test_a_pixel_of_a_map_is_clicked(qtbot: QtBot, of_map: Window) -> None:
    """The cell over it is looked at; the sentence says how many cells it moves, and from where that one reads."""
    dialog = opened(qtbot, of_map)
    found = dialog.found
    assert found is not None
    dialog.picture.chosen.emit(3, 11)
    assert dialog.cell == (0, 1)
    height, width = found.reads_px((0, 1))
    half = found.half_px((0, 1))
    assert f"reads from {height} × {width} pixels, half of it from {half} × {half}," in dialog.facts.text()
    assert "row 1, column 2" in dialog.facts.text()
    qtbot.keyClick(dialog.latent, Qt.Key.Key_Down)
    assert dialog.cell == (1, 1)
    assert dialog.pixel == (3, 11)


def test_a_cell_is_switched_off(qtbot: QtBot, of_map: Window) -> None:
    """The reconstruction without it is shown."""
    dialog = opened(qtbot, of_map)
    found, scene = dialog.found, of_map.session.scene
    assert found is not None
    assert scene is not None
    space = scene.subject.model.space
    mean, std = (each.reshape(found.code.shape) for each in (space.mean, space.std))
    expected = fields.changed(scene.subject.model.autoencoder, found.code, mean, std, dialog.cell, "off")
    dialog.off.click()
    qtbot.waitUntil(lambda: dialog._after is not None and (dialog._after == expected).all())


def test_the_numbers_of_a_vector_are_looked_at(qtbot: QtBot, window: Window) -> None:
    """Of a model of a vector, without a picture: a pixel leads to the number that it moves most, and a click to any."""
    dialog = opened(qtbot, window)
    found = dialog.found
    assert found is not None
    assert dialog.cell == (int(found.moved_by(16, 16).argmax()),)
    dialog.latent.chosen.emit(0, 5)
    assert "Number 6 reads from" in dialog.facts.text()
    dialog.latent.chosen.emit(9, 5)
    assert dialog.cell == (5,)


def test_another_picture_is_looked_at_anew(qtbot: QtBot, of_map: Window) -> None:
    """The window follows the one that it was opened from, and closes with it."""
    dialog = opened(qtbot, of_map)
    before = dialog.found
    of_map.open(picture=Picture("gradient", gradient(32, 64)))
    qtbot.waitUntil(lambda: dialog.found is not None and dialog.found is not before)
    of_map.close()
    assert not dialog.isVisible()
