"""Filmstrips of the sliders, in the real window."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from desktop.engine import library
from desktop.engine.autoencoder import Autoencoder
from desktop.engine.pictures import Picture
from desktop.engine.sliders.steering import Knob
from desktop.picture.explore import ExplorePane
from desktop.window import Window
from export.bundle import Bundle
from tests import bundles
from tests.desktop.windows import open_window, settled, slider_of
from tests.pictures import gradient

LEFT = Qt.MouseButton.LeftButton


def test_filmstrips_of_a_large_picture_wait_for_its_scene(qtbot: QtBot, free: Bundle) -> None:
    """Its small picture is that of the latent as it is steered now, so what is shown before does not serve."""
    window = open_window(qtbot, library.open_entry(free.folder), Picture("large", gradient(128, 192)))
    filmstrips, steering = window.picture_page.explore.sliders.filmstrips, window.services.steering
    assert filmstrips._has_picture()
    steering.move(Knob("numbers", 0), 2.0)
    assert not filmstrips._has_picture()
    settled(qtbot, window)
    assert filmstrips._has_picture()
    window.close()


def test_filmstrips_are_made_for_what_is_in_sight(qtbot: QtBot, rich: Window, pane: ExplorePane) -> None:
    """Sliders in sight get five pictures each, the others none; they change with the picture, and can be put away."""
    pane.sliders.filmstrips._rest.setInterval(1)
    knob = pane.sliders.concepts.visible_knobs[0]
    row = pane.sliders.row(knob)
    qtbot.waitUntil(lambda: len(row.strip.images) == 5)
    assert len({image.constBits().tobytes() for image in row.strip.images}) > 1
    assert len(pane.sliders.stack.rows) < 8
    before: list[QImage] = list(row.strip.images)
    qtbot.mouseClick(pane.start.random, LEFT)
    qtbot.waitUntil(lambda: row.strip.images != before)
    rich.services.actions["explore.filmstrips"].trigger()
    assert not row.strip.isVisible()


def test_opening_decodes_filmstrips_for_what_is_in_sight_alone(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of 64 axes only those in sight get pictures, five each; scrolled on, only the new ones are added."""
    entry = library.open_entry(bundles.vector_bundle(tmp_path / "many", numbers=64).folder)
    window = open_window(qtbot, entry)
    calls, decode = [], Autoencoder.decode
    monkeypatch.setattr(Autoencoder, "decode", lambda self, codes: calls.append(len(codes)) or decode(self, codes))
    pane = window.picture_page.explore
    qtbot.wait(100)  # until everything is laid out
    calls.clear()
    seen = set(pane.sliders.stack.visible_knobs)
    with qtbot.waitSignal(pane.sliders.filmstrips.finished):
        pane.sliders.filmstrips.hurry()
    assert 0 < len(seen) < 10
    assert sum(calls) == 5 * len(seen)
    with qtbot.waitSignal(pane.sliders.filmstrips.finished):
        bar = pane._scroll.verticalScrollBar()
        bar.setValue(bar.maximum())
    seen |= set(pane.sliders.stack.visible_knobs)
    assert sum(calls) == 5 * len(seen)
    window.close()


def test_moves_drop_filmstrips_that_wait(qtbot: QtBot, rich: Window, pane: ExplorePane) -> None:
    """While a slider moves no filmstrip is begun, and those of the old code are not shown."""
    filmstrips = pane.sliders.filmstrips
    shown: list[object] = []
    filmstrips.hurry()
    filmstrips.ready.connect(lambda knob, _images: shown.append(knob))
    slider_of(rich).track.setValue(150)
    settled(qtbot, rich)
    qtbot.waitUntil(lambda: not filmstrips._making)
    assert shown == []
    with qtbot.waitSignal(filmstrips.finished):
        filmstrips.hurry()
    assert set(shown) == {*pane.sliders.concepts.visible_knobs, *pane.sliders.stack.visible_knobs}
