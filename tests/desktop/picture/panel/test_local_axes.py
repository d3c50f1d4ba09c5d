"""Local components, in the real window."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPointF, Qt
from pytestqt.qtbot import QtBot

from desktop.engine import library
from desktop.engine.pictures import Picture
from desktop.engine.sliders.steering import Knob
from desktop.picture.sliders import Sliders
from desktop.window import Window
from export.bundle import Bundle
from tests import bundles
from tests.desktop.windows import open_window, settled
from tests.pictures import gradient


@pytest.fixture(autouse=True)
def _soon(monkeypatch: pytest.MonkeyPatch) -> None:
    """Axes are found as soon as the sliders rest."""
    monkeypatch.setattr("desktop.picture.panel.local_axes.REST_MS", 1)


@pytest.fixture
def maps(qtbot: QtBot, free: Bundle) -> Iterator[Window]:
    """A window on a picture of another size than the trained one."""
    window = open_window(qtbot, library.open_entry(bundles.enriched(free).folder), Picture("p", gradient(48, 64)))
    yield window
    window.close()


def choose(qtbot: QtBot, window: Window, text: str) -> Sliders:
    """Picks a group of sliders by its name, with the keyboard."""
    sliders = window.picture_page.explore.sliders
    sliders.kind.setFocus()
    place = sliders.kind.findText(text)
    qtbot.keyClick(sliders.kind, Qt.Key.Key_Home)
    for _ in range(place):
        qtbot.keyClick(sliders.kind, Qt.Key.Key_Down)
    sliders.kind.activated.emit(place)
    return sliders


def local_row(qtbot: QtBot, window: Window) -> Sliders:
    """The local components, once they are found."""
    sliders = choose(qtbot, window, "Local components")
    qtbot.waitUntil(lambda: bool(sliders.stack._specs) and not sliders.finder.is_busy)
    return sliders


@pytest.mark.parametrize("kind", ["vector", "map"])
def test_they_steer_the_picture(qtbot: QtBot, vector: Bundle, free: Bundle, photo: Path, kind: str) -> None:
    """Found in the background; the first one moves the picture, one undo brings it back, and so do its filmstrips."""
    bundle, picture = (vector, photo) if kind == "vector" else (free, Picture("p", gradient(48, 64)))
    window = open_window(qtbot, library.open_entry(bundle.folder), picture)
    before = settled(qtbot, window)
    sliders = local_row(qtbot, window)
    assert sliders.stack._specs[0].name == "Local 1"
    row = sliders.row(Knob("local", 0))
    assert "levels of 255" in row.toolTip()
    qtbot.keyClick(row.track, Qt.Key.Key_End)
    assert not np.array_equal(settled(qtbot, window), before)
    assert window.services.steering.undo_stack.undoText() == "Move Local 1"
    assert sliders.row(Knob("local", 0)) is row
    window.picture_page.explore._scroll.ensureWidgetVisible(row)
    with qtbot.waitSignal(sliders.filmstrips.finished):
        sliders.filmstrips.hurry()
    assert len(row.strip.images) == 5
    window.services.actions["explore.undo"].trigger()
    assert np.array_equal(settled(qtbot, window), before)
    window.close()


def test_other_sliders_have_them_found_anew(qtbot: QtBot, maps: Window) -> None:
    """After another slider the axes are those of the new latent, at 0; what they did before stays done."""
    sliders, steering = local_row(qtbot, maps), maps.services.steering
    steering.move(Knob("local", 0), 0.5)
    settled(qtbot, maps)
    first = steering.state.local if steering.state else None
    with qtbot.waitSignal(sliders.finder.found):
        steering.move(Knob("concepts", 0), 1.0)
    moved = steering.code
    assert steering.state is not None
    assert steering.state.local is not first
    positions = steering.positions("local")
    assert positions is not None
    assert not positions.any()
    settled(qtbot, maps)
    assert steering.code == pytest.approx(moved, abs=1e-6)
    steering.reset_all()
    assert steering.state.drift is None


def test_within_the_region(qtbot: QtBot, maps: Window) -> None:
    """With a region painted, what a local component changes lies in it."""
    mask = np.zeros((6, 8), np.float32)
    mask[1:3, 1:4] = 1.0
    maps.services.steering.set_mask(mask)
    before, sliders = settled(qtbot, maps).astype(int), local_row(qtbot, maps)
    qtbot.keyClick(sliders.row(Knob("local", 0)).track, Qt.Key.Key_End)
    changed = (settled(qtbot, maps) != before).any(axis=2).reshape(6, 8, 8, 8).any(axis=(1, 3))
    assert changed.any()
    assert not changed[mask == 0].any()


def test_a_slider_never_waits_for_them(qtbot: QtBot, maps: Window) -> None:
    """Moving a slider gives up what is being found, and what runs is cut off."""
    sliders = choose(qtbot, maps, "Local components")
    sliders.finder.renew()
    work = sliders.finder._work
    assert work is not None
    maps.services.steering.move(Knob("numbers", 0), 1.0)
    assert work.stop.is_set()
    settled(qtbot, maps)
    qtbot.waitUntil(lambda: not sliders.finder.is_busy)
    assert sliders.stack._specs


def test_on_a_large_picture_they_come_from_a_small_one(qtbot: QtBot, free: Bundle) -> None:
    """A latent of many times the trained size is not decoded 64 times; its axes are found on a small picture."""
    window = open_window(qtbot, library.open_entry(free.folder), Picture("large", gradient(128, 256)))
    sliders = local_row(qtbot, window)
    state = window.services.steering.state
    assert state is not None
    assert state.local is not None
    assert state.local.vectors.shape[1:] == (4, 2, 4)
    window.picture_page.explore._scroll.ensureWidgetVisible(sliders.row(Knob("local", 0)))
    with qtbot.waitSignal(sliders.filmstrips.finished):
        sliders.filmstrips.hurry()
    assert len(sliders.row(Knob("local", 0)).strip.images) == 5
    before = settled(qtbot, window)
    qtbot.keyClick(sliders.row(Knob("local", 0)).track, Qt.Key.Key_End)
    assert not np.array_equal(settled(qtbot, window), before)
    window.close()


def test_channels_show_what_they_look_like(qtbot: QtBot, maps: Window) -> None:
    """The group of channels, the last one, has a small picture of each; a click goes to the channel's slider."""
    sliders = maps.picture_page.explore.sliders
    assert sliders.kind.itemText(sliders.kind.count() - 1) == "Channels"
    assert sliders.channels.isHidden()
    choose(qtbot, maps, "Channels")
    grid = sliders.channels
    assert len(grid.images) == 4
    assert (grid.images[0].width(), grid.images[0].height()) == (8, 6)
    before = grid.images[2].copy()
    maps.services.steering.move(Knob("numbers", 2), 2.5)
    assert grid.images[2] != before
    qtbot.mouseClick(grid, Qt.MouseButton.LeftButton, pos=grid._place(3).center().toPoint())
    assert sliders.row(Knob("numbers", 3)).track.hasFocus()
    grid.setFocus()
    qtbot.keyClick(grid, Qt.Key.Key_Left)
    qtbot.keyClick(grid, Qt.Key.Key_Return)
    assert sliders.row(Knob("numbers", 2)).track.hasFocus()
    assert grid._at(QPointF(-5, -5)) is None
