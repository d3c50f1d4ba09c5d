"""What the Inspect page does with files: exports, moves, and a copy of the model."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from desktop.engine.anomaly.detector_store import DETECTOR_FILE
from desktop.inspect import targets
from desktop.inspect.page import InspectPage
from desktop.window import Window
from export.bundle import read_bundle
from tests.desktop.inspect.conftest import find_anomalies, marked, names


def test_a_model_is_given_away_with_its_detector(
    qtbot: QtBot, page: InspectPage, window: Window, tmp_path: Path
) -> None:
    """The copy holds the detector, and it is said where it is."""
    find_anomalies(qtbot, page)
    with qtbot.waitSignal(page.inspection.outputs.written):
        page.inspection.outputs.save_model(tmp_path / "given.convae")
    assert "given.convae" in window.message.text
    assert DETECTOR_FILE in read_bundle(tmp_path / "given.convae").info.sha256


@pytest.mark.parametrize(("typed", "written"), [("mine", "mine.csv"), ("v1.2", "v1.2.csv"), ("mine.CSV", "mine.CSV")])
def test_a_missing_ending_is_added(
    qtbot: QtBot, page: InspectPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, typed: str, written: str
) -> None:
    """A typed name gets the ending of a table, and keeps all of what was typed."""
    find_anomalies(qtbot, page)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / typed), ""))
    with qtbot.waitSignal(page.inspection.outputs.written):
        page.files.export.trigger()
    assert (tmp_path / written).is_file()


def test_anomalies_are_moved_and_undone(
    qtbot: QtBot, page: InspectPage, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The marked ones go, the index follows, and Undo brings every one of them home."""
    find_anomalies(qtbot, page)
    before = {path.relative_to(folder) for path in folder.rglob("*.png")}
    count = marked(page)
    assert len(page.panels.anomalies_view.anomalous) == count
    monkeypatch.setattr(targets, "ask", lambda *_: pytest.fail("a move that can be undone is not asked about"))
    with qtbot.waitSignal(page.inspection.indexed):
        page.moves.move_anomalies.trigger()
    assert not list((folder / "bad").iterdir())
    assert len(list((tmp_path / "parts-anomalies").rglob("*.png"))) == count
    assert len(names(page)) == 25 - count
    with qtbot.waitSignal(page.inspection.indexed):
        page.moves.undo.trigger()
    assert {path.relative_to(folder) for path in folder.rglob("*.png")} == before


def test_scores_are_exported(qtbot: QtBot, page: InspectPage, window: Window, tmp_path: Path) -> None:
    """A line for each picture; before there are scores it is said."""
    page.inspection.outputs.export(tmp_path / "scores.csv")
    assert "find the anomalies first" in window.message.text
    find_anomalies(qtbot, page)
    with qtbot.waitSignal(page.inspection.outputs.written):
        page.inspection.outputs.export(tmp_path / "scores.csv")
    lines = (tmp_path / "scores.csv").read_text().splitlines()
    assert len(lines) == 26
    assert lines[1].startswith("bad/")
