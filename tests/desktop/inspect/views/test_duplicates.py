"""Duplicates, driven as a user drives them."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop.engine.folder.notes import read_notes
from desktop.engine.similarity import approximate, neighbours
from desktop.inspect import targets
from desktop.inspect.page import InspectPage
from desktop.window import Window
from tests.desktop.inspect.conftest import grouped


def compare(qtbot: QtBot, page: InspectPage) -> None:
    """Turns to the groups of near latents, and waits until the best of each is known."""
    page.panels.duplicates.show_near()
    page.panels.tabs.click("duplicates")
    page.panels.duplicates.slider.setValue(0)
    qtbot.waitUntil(lambda: page.inspection.duplicates is not None and not page.inspection.busy)


def test_duplicates_are_grouped_by_the_slider(qtbot: QtBot, page: InspectPage) -> None:
    """At 0 the copy alone is a duplicate; a larger limit joins more, without another search."""
    compare(qtbot, page)
    assert grouped(page) == [["good/07.png", "good/copy.png"]]
    assert page.panels.tabs.tabText(3) == "Duplicates · 1"
    page.panels.duplicates.slider.setValue(page.panels.duplicates.slider.maximum())
    assert sum(map(len, grouped(page))) > 2
    assert not page.inspection.is_asked("duplicates")


def test_copies_come_first_and_near_latents_one_click_later(qtbot: QtBot, page: InspectPage) -> None:
    """The copy is found by what it shows, and the slider is not there; with near latents it is, and it counts."""
    tools = page.panels.duplicates
    with qtbot.waitSignal(page.inspection.qualities_found):
        page.panels.tabs.click("duplicates")
    assert ["good/07.png", "good/copy.png"] in grouped(page)
    assert tools.slider.isHidden()
    assert tools.said.text().startswith(f"{len(grouped(page)):,} group")
    tools.kinds.buttons["near"].click()
    qtbot.waitUntil(lambda: page.inspection.duplicates is not None and not page.inspection.busy)
    assert not tools.slider.isHidden()
    assert tools.said.text().startswith("0.100 · ")
    tools.kinds.buttons["copies"].click()
    assert ["good/07.png", "good/copy.png"] in grouped(page)
    assert not page.inspection.is_asked("copies")


def test_it_is_said_where_the_limit_of_duplicates_fell(
    qtbot: QtBot, page: InspectPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Beyond the pairs that are held, the slider says how far they reach; below, nothing is said."""
    monkeypatch.setattr(neighbours, "LARGEST_PAIRS", 4)
    page.panels.duplicates.show_near()
    with qtbot.waitSignal(page.inspection.duplicates_found):
        page.panels.tabs.click("duplicates")
    assert page.inspection.duplicates is not None
    reached = page.inspection.duplicates[1].limit
    page.panels.duplicates.slider.setValue(page.panels.duplicates.slider.maximum())
    assert reached < page.panels.duplicates.limit
    assert page.panels.duplicates.said.text().startswith(f"{reached:.3f} · ")
    assert "up to 0.500 are not shown" in page.panels.duplicates.said.text()
    page.panels.duplicates.slider.setValue(0)
    assert "not shown" not in page.panels.duplicates.said.text()


def test_it_is_said_where_lists_gave_the_nearest_alone(
    qtbot: QtBot, page: InspectPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of more pictures than are compared pair by pair, the window says that each met its 16 nearest; of fewer, not."""
    pytest.importorskip("faiss")
    compare(qtbot, page)
    assert "nearest only" not in page.panels.duplicates.said.text()
    monkeypatch.setattr(approximate, "LARGEST_COMPARED", 1)
    with qtbot.waitSignal(page.inspection.duplicates_found):
        page.inspection.find_duplicates(0.5)
    assert (
        "each picture was compared with its 16 nearest only; some may be missing" in page.panels.duplicates.said.text()
    )


def test_the_best_of_each_is_kept_and_undone(
    qtbot: QtBot, page: InspectPage, window: Window, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The larger copy is marked with its size; one action moves the other one away, and Undo brings it back."""
    with Image.open(folder / "good" / "07.png") as small:
        small.resize((small.width * 3, small.height * 3), Image.Resampling.NEAREST).save(folder / "good" / "copy.png")
    with qtbot.waitSignal(page.inspection.indexed):
        page.index_action.trigger()
    compare(qtbot, page)
    page.panels.duplicates.slider.setValue(20)
    qtbot.waitUntil(lambda: not page.inspection.busy)
    model = page.panels.groups.groups
    line = next(line for line, group in enumerate(grouped(page)) if "good/copy.png" in group)
    assert page.inspection.name_of(model.best_of(line)) == "good/copy.png"
    place = grouped(page)[line].index("good/copy.png")
    assert "96 × 96" in str(model.data(model.index(line, place), Qt.ItemDataRole.ToolTipRole))
    monkeypatch.setattr(targets, "ask", lambda *_: pytest.fail("a move that can be undone is not asked about"))
    with qtbot.waitSignal(page.inspection.indexed):
        page.moves.keep_best.trigger()
    away = tmp_path / "parts-duplicates"
    assert not (folder / "good" / "07.png").exists()
    assert "were moved to" in window.message.text or "was moved to" in window.message.text
    assert (away / "good" / "07.png").exists()
    assert (folder / "good" / "copy.png").exists()
    with qtbot.waitSignal(page.inspection.indexed):
        window.message.undo_button.click()
    assert (folder / "good" / "07.png").exists()


def test_where_no_folder_can_be_made_one_is_asked_for(
    qtbot: QtBot, page: InspectPage, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Beside a folder whose parent may not be written to nothing can be made."""
    compare(qtbot, page)
    monkeypatch.setattr(targets.os, "access", lambda path, _: path != folder.parent)
    monkeypatch.setattr(targets, "ask", lambda _parent, _count, _proposal: tmp_path / "elsewhere")
    with qtbot.waitSignal(page.inspection.outputs.moved):
        page.moves.keep_best.trigger()
    assert len(list((tmp_path / "elsewhere").rglob("*.png"))) == 1


def test_a_pair_told_apart_stays_so_and_is_undone(qtbot: QtBot, page: InspectPage, folder: Path) -> None:
    """It is no group any more, not in a new comparison either and not on the disk; Undo makes it one again."""
    compare(qtbot, page)
    page.panels.groups.setCurrentIndex(page.panels.groups.groups.index(0, 1))
    page.selected.buttons["inspect.apart"].click()
    assert grouped(page) == []
    assert page.views.surfaces.currentWidget() is page.views.blank
    assert page.views.blank.sentence.text() == "No two pictures are that near to each other."
    qtbot.waitUntil(lambda: not page.inspection.busy)
    assert read_notes(folder).apart == {("good/07.png", "good/copy.png")}
    with qtbot.waitSignal(page.inspection.duplicates_found):
        page.index_action.trigger()
    assert grouped(page) == []
    page.moves.undo.trigger()
    assert grouped(page) == [["good/07.png", "good/copy.png"]]
    qtbot.waitUntil(lambda: not page.inspection.busy)
    assert read_notes(folder).apart == set()
