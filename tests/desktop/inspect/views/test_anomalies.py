"""The anomalies on the Inspect page: found, sorted and kept."""

from __future__ import annotations

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from desktop.engine.library import ModelEntry
from desktop.inspect.page import InspectPage
from desktop.qt_images import to_pixels
from desktop.state.settings import Settings
from desktop.window import Window
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
    assert "Chance of a good picture that is as anomalous" in page.chosen.facts.text()
