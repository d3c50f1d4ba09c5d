"""Nothing that is asked of an inspection is dropped, however busy it is."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QPointF, SignalInstance
from pytestqt.qtbot import QtBot

from desktop.engine.anomaly import detector_store
from desktop.engine.anomaly.detector import Detector
from desktop.inspect.inspector import Inspector
from desktop.inspect.page import InspectPage
from desktop.window import Window
from tests.desktop.inspect.conftest import find_anomalies

ANSWERS = ("scored", "duplicates_found", "laid_out", "failed")
OUTPUTS = ("detector_kept", "concept_made", "latent_saved", "written")
LOOKS = ("picture_seen", "point_decoded", "similar_found", "latent_opened")


@pytest.fixture
def held(monkeypatch: pytest.MonkeyPatch) -> Iterator[threading.Event]:
    """Comparing pictures takes until the event is set."""
    go_on, compare = threading.Event(), Inspector.copies

    def slow(*arguments: Any) -> Any:
        assert go_on.wait(20)
        return compare(*arguments)

    monkeypatch.setattr(Inspector, "copies", slow)
    yield go_on
    go_on.set()


def kept(page: InspectPage) -> Detector:
    """The detector on the disk."""
    place = page.inspection.place
    assert place is not None
    with place.index() as index:
        found = detector_store.find(index, place.entry.require())
    assert found is not None
    return found


def count(signal: SignalInstance) -> list[tuple[Any, ...]]:
    """What a signal says from now on."""
    told: list[tuple[Any, ...]] = []
    signal.connect(lambda *values: told.append(values))
    return told


def test_every_request_of_the_window_is_answered_while_the_worker_is_busy(
    qtbot: QtBot, page: InspectPage, window: Window, tmp_path: Path, held: threading.Event
) -> None:
    """All of them at once while pictures are compared: each ends in what was asked for, and none in silence."""
    find_anomalies(qtbot, page)
    with qtbot.waitSignal(page.inspection.laid_out):
        page.views.show("map")
    assert page.inspection.rows is not None
    with qtbot.waitSignal(page.inspection.looks.picture_seen):
        page.selection.choose(int(page.inspection.rows[1]))
    page.panels.plane.painted.emit([QPointF(-0.2, 0), QPointF(0, 0), QPointF(0.2, 0.1)])
    page.views.leave()
    inspection, rows = page.inspection, page.inspection.rows
    assert rows is not None
    plane = inspection.plane
    assert plane is not None
    entry = window.services.session.model
    assert entry is not None
    answers = {
        name: count(getattr(owner, name))
        for owner, names in ((inspection, ANSWERS), (inspection.outputs, OUTPUTS), (inspection.looks, LOOKS))
        for name in names
    }
    with qtbot.waitSignal(inspection.outputs.latent_saved):
        inspection.outputs.save_latent(int(rows[0]), tmp_path / "first.cvae")
    requests: list[Callable[[], object]] = [
        lambda: page.panels.tabs.click("duplicates"),
        page.finds.anomalies.trigger,
        lambda: page.panels.anomalies.rate.setValue(page.panels.anomalies.rate.value() - 10),
        lambda: page.panels.map.layout_chosen.emit("pca"),
        lambda: inspection.looks.look(int(rows[1])),
        page.finds.similar.trigger,
        lambda: inspection.looks.decode(plane[1].code(0.0, 0.0)),
        lambda: inspection.looks.open_latent(entry, tmp_path / "first.cvae"),
        lambda: inspection.outputs.export(tmp_path / "scores.csv"),
        lambda: inspection.outputs.save_model(tmp_path / "given.convae"),
        lambda: inspection.outputs.make_concept("more", rows[:4], rows[4:9]),
        lambda: inspection.outputs.save_latent(int(rows[2]), tmp_path / "second.cvae"),
        lambda: page.panels.map_view.save_film(tmp_path / "film", "frames"),
    ]
    for request in requests:
        request()
    held.set()
    qtbot.waitUntil(lambda: not inspection.busy, timeout=20_000)
    qtbot.waitUntil(lambda: bool(answers["latent_opened"] and answers["similar_found"] and answers["point_decoded"]))
    assert {path.name for (path,) in answers["written"]} == {"scores.csv", "given.convae", "film"}
    assert all((tmp_path / name).exists() for name in ("scores.csv", "given.convae", "film", "second.cvae"))
    once = ("scored", "duplicates_found", "laid_out", "concept_made", "detector_kept")
    assert {name: len(answers[name]) for name in once} == dict.fromkeys(once, 1)
    assert len(answers["latent_saved"]) == 2
    assert answers["picture_seen"]
    assert answers["failed"] == []


def test_a_threshold_is_kept_while_the_worker_is_busy(qtbot: QtBot, page: InspectPage, held: threading.Event) -> None:
    """The false-alarm rate is moved while pictures are compared, and another picture is chosen at once: it is saved."""
    find_anomalies(qtbot, page)
    page.views.show("duplicates")
    with qtbot.waitSignal(page.inspection.outputs.detector_kept):
        page.panels.anomalies.rate.setValue(page.panels.anomalies.rate.maximum())
        for row in page.inspection.rows if page.inspection.rows is not None else ():
            page.inspection.looks.look(int(row))
    assert page.inspection.busy
    assert kept(page).origin.false_alarm_rate == pytest.approx(0.5)
    held.set()


def test_a_threshold_that_is_moved_while_scores_are_made_holds_for_them(qtbot: QtBot, page: InspectPage) -> None:
    """The new detector has the rate that was chosen meanwhile, in the window and on the disk."""
    find_anomalies(qtbot, page)
    with qtbot.waitSignals([page.inspection.scored, page.inspection.outputs.detector_kept]):
        page.finds.anomalies.trigger()
        page.panels.anomalies.rate.setValue(page.panels.anomalies.rate.maximum())
    assert page.panels.anomalies.rate.value() == page.panels.anomalies.rate.maximum()
    assert kept(page).origin.false_alarm_rate == pytest.approx(0.5)


def test_files_are_written_before_the_window_has_closed(
    qtbot: QtBot, page: InspectPage, window: Window, tmp_path: Path
) -> None:
    """Three files that were asked for just before are there, and so is the threshold."""
    find_anomalies(qtbot, page)
    rows = page.inspection.rows
    assert rows is not None
    for name in "abc":
        page.inspection.outputs.save_latent(int(rows[0]), tmp_path / f"{name}.cvae")
    page.panels.anomalies.rate.setValue(page.panels.anomalies.rate.maximum())
    window.close()
    assert [(tmp_path / f"{name}.cvae").exists() for name in "abc"] == [True] * 3
    assert kept(page).origin.false_alarm_rate == pytest.approx(0.5)


def test_what_cannot_be_done_says_why(qtbot: QtBot, window: Window, page: InspectPage, tmp_path: Path) -> None:
    """Without scores, and while the folder is indexed: a sentence each, and never silence."""
    inspection, rows = page.inspection, page.inspection.rows
    assert rows is not None
    told = count(inspection.failed)
    for request in (
        lambda: inspection.keep(0.1, "combined"),
        lambda: inspection.outputs.export(tmp_path / "scores.csv"),
        lambda: inspection.outputs.save_model(tmp_path / "given.convae"),
    ):
        request()
    assert [text for (text,) in told] == ["There are no scores yet: find the anomalies first."] * 3
    told.clear()
    with qtbot.waitSignal(inspection.indexed):
        page.index()
        inspection.outputs.make_concept("more", rows[:4], rows[4:9])
        inspection.outputs.save_latent(int(rows[0]), tmp_path / "a.cvae")
        inspection.outputs.move(rows[:1], tmp_path / "away")
    assert {text for (text,) in told} == {"The folder is being indexed and may change; try again once that is done."}
    assert len(told) == 3
    assert window.message.text in {text for (text,) in told}


def test_before_a_folder_is_indexed_every_view_says_so(window: Window) -> None:
    """Turning to a view of nothing is one sentence and one button."""
    page = window.page("inspect")
    assert isinstance(page, InspectPage)
    for view in ("similar", "duplicates", "map"):
        page.panels.tabs.click(view)
        assert page.views.surfaces.currentWidget() is page.views.blank
        assert page.views.blank.sentence.text().startswith("Choose a folder of pictures, or drop one here")
        assert page.views.blank.button.text() == "Choose folder…"


def test_findings_that_an_index_ends_are_made_again(qtbot: QtBot, page: InspectPage, held: threading.Event) -> None:
    """Indexing anew while pictures are compared ends that, and does it afterwards, as nothing is dropped."""
    told = count(page.inspection.failed)
    page.views.show("duplicates")
    with qtbot.waitSignal(page.inspection.duplicates_found):
        page.index()
        held.set()
    assert told == []
    assert page.inspection.copies is not None
    assert np.array_equal(page.inspection.copies[0], page.inspection.rows)
