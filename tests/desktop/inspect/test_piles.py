"""What the Inspect page makes for the Picture page: sliders from examples, and small files."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from pytestqt.qtbot import QtBot

from desktop.engine.latent_file import codec
from desktop.engine.sliders import own_concepts
from desktop.inspect.page import InspectPage
from desktop.window import Window


def test_a_concept_becomes_a_slider(qtbot: QtBot, page: InspectPage, window: Window) -> None:
    """Three pictures on each side and a name: the slider is in Explore, with its evidence said."""
    all_rows = page.panels.grid.pictures.rows
    assert not page.concepts.make.isEnabled()
    for pile, rows in (("more", all_rows[:4]), ("less", all_rows[4:9])):
        page.panels.grid.select(rows)
        page.selected.buttons[f"inspect.{pile}"].click()
    assert page.concepts.said.text() == "More: 4 · less: 5"
    page.concepts.name.setText("dark corner")
    with qtbot.waitSignals([page.inspection.outputs.concept_made, window.session.model_changed]):
        page.concepts.make.click()
    assert "dark corner is a slider now" in window.message.text
    space = window.services.steering.space
    assert space is not None
    assert [each.name for each in space.labels] == ["dark corner"]
    assert len(own_concepts.read_directions(window.services.models[0].require().info)) == 1


def test_a_small_file_is_saved_and_opened(qtbot: QtBot, page: InspectPage, window: Window, tmp_path: Path) -> None:
    """Bytes and JPEG are said; opened again, its code is what the sliders stand at."""
    path = tmp_path / "a.cvae"
    with qtbot.waitSignal(page.inspection.outputs.latent_saved):
        page.inspection.outputs.save_latent(int(page.panels.grid.pictures.rows[0]), path)
    assert "bits per pixel" in window.message.text
    entry = window.services.session.model
    assert entry is not None
    with qtbot.waitSignal(window.session.rendered):
        page.inspection.looks.open_latent(entry, path)
    space = window.services.steering.space
    assert space is not None
    expected = codec.restore(codec.read_small(path, entry.require().info), space)
    assert np.array_equal(window.services.steering.code, expected)
