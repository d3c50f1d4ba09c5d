"""The user's verdicts: said by button and key, kept with the detector, and undone."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop.engine.anomaly import detector_store
from desktop.engine.anomaly.detector import Detector
from desktop.inspect.page import InspectPage
from desktop.widgets.thumbnail_grid import MARK_ROLE
from desktop.window import Window
from tests.desktop.inspect.conftest import find_anomalies, names


def kept(page: InspectPage) -> Detector:
    """The detector on the disk."""
    assert page.inspection.place is not None
    with page.inspection.place.index() as index:
        found = detector_store.find(index, page.inspection.place.entry.require())
    assert found is not None
    return found


def select(page: InspectPage, name: str) -> None:
    """Chooses one picture in the grid."""
    page.panels.grid.setCurrentIndex(page.panels.grid.pictures.index(names(page).index(name)))


def mark_of(page: InspectPage, name: str) -> tuple[str, bool]:
    """The caption of a picture, and whether it is outlined."""
    model = page.panels.grid.pictures
    index = model.index(names(page).index(name))
    return str(model.data(index, Qt.ItemDataRole.DisplayRole)), bool(model.data(index, MARK_ROLE))


def test_a_verdict_is_said_kept_and_undone(qtbot: QtBot, page: InspectPage) -> None:
    """A false alarm is no anomaly any more, here and on the disk, and Undo makes it one again."""
    find_anomalies(qtbot, page)
    assert mark_of(page, "bad/00.png") == ("00.png", True)
    before = page.inspection.report
    select(page, "bad/00.png")
    with qtbot.waitSignal(page.inspection.scored):
        page.selected.buttons["inspect.normal"].click()
    assert mark_of(page, "bad/00.png") == ("not an anomaly", False)
    assert kept(page).corrections.bad.tolist() == [False]
    with qtbot.waitSignal(page.inspection.scored):
        page.moves.undo.trigger()
    assert mark_of(page, "bad/00.png") == ("00.png", True)
    assert len(kept(page).corrections.bad) == 0
    assert before is not None
    assert page.inspection.report is not None
    assert np.array_equal(before.verdicts.scores["combined"], page.inspection.report.verdicts.scores["combined"])


def test_verdicts_in_a_row_all_count(qtbot: QtBot, page: InspectPage, window: Window) -> None:
    """Keys as fast as one types them: none is dropped, and the second kind is learnt with the first."""
    find_anomalies(qtbot, page)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    for name, key in (("good/03.png", Qt.Key.Key_M), ("bad/01.png", Qt.Key.Key_N), ("good/05.png", Qt.Key.Key_M)):
        select(page, name)
        qtbot.keyClick(window, key)
    qtbot.waitUntil(lambda: len(page.inspection.corrected()) == 3)
    qtbot.waitUntil(lambda: not page.inspection.busy)
    assert kept(page).corrections.bad.tolist() == [True, False, True]
    assert mark_of(page, "good/03.png") == ("missed", True)
    assert mark_of(page, "bad/01.png") == ("not an anomaly", False)


def test_a_verdict_before_there_are_scores_says_why(page: InspectPage, window: Window) -> None:
    """One sentence, and nothing else."""
    select(page, "good/03.png")
    page.verdicts.missed.trigger()
    assert window.message.text == "There are no scores yet: find the anomalies first."


def test_what_would_be_found_follows_the_rate(qtbot: QtBot, page: InspectPage) -> None:
    """A larger false-alarm rate finds no fewer of the made-up defects; the alignment is said beside it."""
    find_anomalies(qtbot, page)
    rate, trust = page.panels.anomalies.rate, page.panels.anomalies.trust
    found = []
    for value in (rate.minimum(), rate.maximum()):
        rate.setValue(value)
        lines = trust.toolTip().split("<br>") if "<br>" in trust.toolTip() else trust.toolTip().split("\n")
        counts = [line.rpartition(": ")[2].split(" / ") for line in lines if " / " in line]
        found.append(sum(int(count[0]) for count in counts))
        assert "aligned" in trust.text()
    assert found[0] < found[1]
