"""The odd ones on the Inspect page: found, kept, exported, moved and given away."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from desktop.engine.anomaly.detector_store import JUDGE_FILE
from desktop.engine.library import ModelEntry
from desktop.inspect.page import InspectPage
from desktop.qt_images import to_pixels
from desktop.state.settings import Settings
from desktop.window import Window
from export.bundle import read_bundle
from tests.desktop.inspect.page.conftest import judge, marked, names, page_of


def test_the_odd_ones_come_first_and_are_marked(qtbot: QtBot, page: InspectPage) -> None:
    """A smaller false-alarm rate marks fewer, another score sorts anew."""
    judge(qtbot, page)
    assert {name.split("/")[0] for name in names(page)[:4]} == {"bad"}
    assert "AUROC 1.000" in page.odd.said.text()
    before = marked(page)
    assert before >= 4
    page.odd.rate.setValue(page.odd.rate.maximum())
    assert marked(page) > before
    order = names(page)
    page.odd.score.setCurrentIndex(page.odd.score.findData("mean_picture"))
    assert names(page) != order
    assert sorted(names(page)) == sorted(order)


def test_what_was_judged_is_there_again(qtbot: QtBot, page: InspectPage, window: Window, entry: ModelEntry) -> None:
    """Another window with the model and the folder shows the same odd ones, at the rate and by the score chosen."""
    judge(qtbot, page)
    page.odd.rate.setValue(page.odd.rate.maximum())
    page.odd.score.setCurrentIndex(page.odd.score.findData("scales"))
    with qtbot.waitSignal(page.inspection.looked):
        page.odd.rate.sliderReleased.emit()
    shown, count = names(page), marked(page)
    window.close()
    again = Window([entry], "cpu", Settings())
    qtbot.addWidget(again)
    again.open(entry)
    again.show_page("inspect")
    other = page_of(again)
    other.folder.set_path(page.inspection.reader().folder)
    with qtbot.waitSignals([other.inspection.found] * 2):
        other.index()
    assert other.odd.false_alarm_rate == pytest.approx(0.5)
    assert other.odd.chosen_score == "scales"
    assert (names(other), marked(other)) == (shown, count)
    again.close()


def test_a_model_is_given_away_with_its_judge(qtbot: QtBot, page: InspectPage, window: Window, tmp_path: Path) -> None:
    """The copy holds the judge, and it is said where it is."""
    judge(qtbot, page)
    with qtbot.waitSignal(page.inspection.found):
        page.inspection.give(tmp_path / "given.convae")
    assert "given.convae" in window.message.text
    assert JUDGE_FILE in read_bundle(tmp_path / "given.convae").info.sha256


def test_the_chosen_picture_shows_where_it_is_odd(qtbot: QtBot, page: InspectPage) -> None:
    """The heat is in the black corner, beside it the picture as the model rebuilds it."""
    judge(qtbot, page)
    with qtbot.waitSignal(page.inspection.looked):
        page.grid.setCurrentIndex(page.grid.pictures.index(0))
    assert page.seen.title == "Where it is odd"
    assert page.seen.image is not None
    colour = np.ptp(to_pixels(page.seen.image).astype(int), axis=2)
    assert colour[:8, :8].mean() > colour[16:, 16:].mean()
    assert page.rebuilt.image is not None
    assert page.facts.text().startswith("bad/")
    assert "Chance of a good picture so odd" in page.facts.text()


def test_odd_ones_are_moved_and_taken_back(qtbot: QtBot, page: InspectPage, folder: Path, tmp_path: Path) -> None:
    """The marked ones go, the index follows, and Take back brings every one of them home."""
    judge(qtbot, page)
    before = {path.relative_to(folder) for path in folder.rglob("*.png")}
    rows = page.files.chosen_rows()
    assert len(rows) == marked(page)
    with qtbot.waitSignal(page.inspection.found):
        page.files.move_to(rows, tmp_path / "away")
    assert not list((folder / "bad").iterdir())
    assert len(names(page)) == 25 - len(rows)
    with qtbot.waitSignal(page.inspection.found):
        page.files.undo.trigger()
    assert {path.relative_to(folder) for path in folder.rglob("*.png")} == before


def test_scores_are_exported(qtbot: QtBot, page: InspectPage, window: Window, tmp_path: Path) -> None:
    """A line for each picture; before there are scores it is said."""
    page.files.export_to(tmp_path / "scores.csv")
    assert "find the odd ones first" in window.message.text
    judge(qtbot, page)
    page.files.export_to(tmp_path / "scores.csv")
    lines = (tmp_path / "scores.csv").read_text().splitlines()
    assert len(lines) == 26
    assert lines[1].startswith("bad/")
