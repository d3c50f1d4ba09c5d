"""The layers in the X-ray, by the real export in its process."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from desktop.training import launch
from desktop.xray.layers_view import LayersView
from tests import bundles
from tests.pictures import gradient

LONG_MS = 120_000


@pytest.fixture
def view(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[LayersView]:
    """Of a model with a layer of four units in either graph; temporary folders are the test's own."""
    folder = bundles.rectified_bundle(tmp_path / "model").path
    (tmp_path / "temporary").mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "temporary"))
    made = LayersView()
    qtbot.addWidget(made)
    made.show_model(folder, gradient(32, 32))
    made.show()
    yield made
    made.stop()


def test_layers_are_written_looked_at_and_switched(qtbot: QtBot, view: LayersView, tmp_path: Path) -> None:
    """One button, then a picture of each unit; a unit that is clicked is off, and the picture changes until all are on.

    Nothing is left when the window closes.
    """
    assert "written once more" in view.note.text()
    with qtbot.waitSignal(view.looked, timeout=LONG_MS):
        view.begin.click()
    assert [view.layer.itemText(at) for at in range(view.layer.count())] == ["Encoder, layer 1", "Decoder, layer 1"]
    assert len(view.grid.images) == 4
    assert view.seen is not None
    before = view.seen.picture
    busiest = int(next(iter(view.seen.layers.values())).sum(axis=(1, 2)).argmax())
    with qtbot.waitSignal(view.looked, timeout=LONG_MS):
        view.grid.chosen.emit(busiest)
    assert not np.array_equal(view.seen.picture, before)
    assert view.facts.text().startswith("1 unit")
    assert "the picture changed by" in view.facts.text()
    with qtbot.waitSignal(view.looked, timeout=LONG_MS):
        view.all_on.click()
    assert np.array_equal(view.seen.picture, before)
    view.layer.setCurrentIndex(1)
    view.stop()
    assert not list((tmp_path / "temporary").iterdir())


def test_without_export_it_says_how_to_get_it(view: LayersView, monkeypatch: pytest.MonkeyPatch) -> None:
    """The button cannot be pressed, and the command is there."""
    monkeypatch.setattr(launch, "missing", lambda: ["onnx"])
    view.show_model(view._bundle or Path(), gradient(32, 32))
    assert not view.begin.isEnabled()
    assert launch.INSTALL in view.note.text()


def test_a_model_that_is_gone_is_told(qtbot: QtBot, view: LayersView, tmp_path: Path) -> None:
    """In the export's own sentence."""
    view.show_model(tmp_path / "nothing", gradient(32, 32))
    view.begin.click()
    qtbot.waitUntil(lambda: "nothing" in view.note.text(), timeout=LONG_MS)
