"""The anomalies on the Inspect page: found, sorted and kept."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from desktop.engine.library import ModelEntry
from desktop.engine.picture_writer import save_png
from desktop.inspect.page import InspectPage
from desktop.qt_images import to_pixels
from desktop.state.settings import Settings
from desktop.window import Window
from tests.desktop.engine.conftest import varied
from tests.desktop.inspect.conftest import find_anomalies, marked, names, page_of


def test_the_anomalies_come_first_and_are_marked(qtbot: QtBot, page: InspectPage) -> None:
    """A smaller false-alarm rate marks fewer, another score sorts anew."""
    find_anomalies(qtbot, page)
    assert {name.split("/")[0] for name in names(page)[:4]} == {"bad"}
    assert "AUROC 1.000" in page.panels.anomalies.said.text()
    before = marked(page)
    assert before >= 4
    page.panels.anomalies.rate.setValue(page.panels.anomalies.rate.maximum())
    assert marked(page) > before
    order = names(page)
    page.panels.anomalies.score.setCurrentIndex(page.panels.anomalies.score.findData("mean_picture"))
    assert names(page) != order
    assert sorted(names(page)) == sorted(order)


def test_what_was_scored_is_there_again(qtbot: QtBot, page: InspectPage, window: Window, entry: ModelEntry) -> None:
    """Another window with the model and the folder shows the same anomalies, at the rate and by the score chosen."""
    find_anomalies(qtbot, page)
    page.panels.anomalies.rate.setValue(page.panels.anomalies.rate.maximum())
    page.panels.anomalies.score.setCurrentIndex(page.panels.anomalies.score.findData("scales"))
    with qtbot.waitSignal(page.inspection.outputs.detector_kept):
        page.panels.anomalies.rate.sliderReleased.emit()
    shown, count = names(page), marked(page)
    window.close()
    again = Window([entry], "cpu", Settings())
    qtbot.addWidget(again)
    again.open(entry)
    again.show_page("inspect")
    other = page_of(again)
    other.panels.tabs.click("anomalies")
    other.bar.folder.set_path(page.inspection.reader().folder)
    with qtbot.waitSignals([other.inspection.indexed, other.inspection.scored]):
        other.index()
    assert other.panels.anomalies.false_alarm_rate == pytest.approx(0.5)
    assert other.panels.anomalies.chosen_score == "scales"
    assert (names(other), marked(other)) == (shown, count)
    again.close()


def test_the_chosen_picture_shows_where_it_is_anomalous(qtbot: QtBot, page: InspectPage) -> None:
    """The heat is in the black corner, beside it the picture as the model reconstructs it."""
    find_anomalies(qtbot, page)
    with qtbot.waitSignal(page.inspection.looks.picture_seen):
        page.panels.grid.setCurrentIndex(page.panels.grid.pictures.index(0))
    assert page.chosen.picture.title == "Where it is anomalous"
    assert page.chosen.picture.image is not None
    colour = np.ptp(to_pixels(page.chosen.picture.image).astype(int), axis=2)
    assert colour[:8, :8].mean() > colour[16:, 16:].mean()
    assert page.chosen.reconstruction.image is not None
    assert page.chosen.facts.text().startswith("bad/")
    assert "Chance that a good picture is as anomalous" in page.chosen.facts.text()


def test_the_heat_map_has_the_size_of_the_picture(qtbot: QtBot, page: InspectPage, folder: Path) -> None:
    """A picture of three times the model's size and another aspect, with a defect in it: both are as large as it is."""
    pixels = np.repeat(np.repeat(varied(3), 3, axis=0), 4, axis=1)
    pixels[:24, 40:60] = 0
    save_png(folder / "bad" / "large.png", pixels)
    with qtbot.waitSignal(page.inspection.indexed):
        page.index_action.trigger()
    find_anomalies(qtbot, page)
    with qtbot.waitSignal(page.inspection.looks.picture_seen) as seen:
        page.panels.grid.setCurrentIndex(page.panels.grid.pictures.index(names(page).index("bad/large.png")))
    look = seen.args[0]
    assert look.original.shape == pixels.shape
    assert look.heat.shape == pixels.shape


def test_the_scores_of_the_selected_are_exported(
    qtbot: QtBot, page: InspectPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A line for each of them and no more; before there are scores it is said."""
    find_anomalies(qtbot, page)
    rows = page.panels.grid.pictures.rows[:3]
    page.panels.grid.select(rows)
    assert page.selected.said.text() == "3 selected:"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "some.csv"), ""))
    with qtbot.waitSignal(page.inspection.outputs.written):
        page.selected.buttons["inspect.export_selected"].click()
    lines = (tmp_path / "some.csv").read_text("utf-8").splitlines()
    assert [line.split(",")[0] for line in lines[1:]] == names(page)[:3]
    page.selected.clear.click()
    assert len(page.panels.grid.selected_rows) == 0
    assert not page.files.export_selected.isEnabled()
