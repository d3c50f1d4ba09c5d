"""A folder is indexed, and what goes wrong on the way, in the real window."""

from __future__ import annotations

import shutil
import threading
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from desktop.engine import pictures
from desktop.engine.autoencoder import Autoencoder
from desktop.engine.machine.providers import Asked
from desktop.engine.picture_writer import save_png
from desktop.inspect.inspector import Inspector
from desktop.inspect.page import InspectPage
from desktop.qt_images import to_pixels
from desktop.window import Window
from export.bundle import Bundle
from tests.desktop.engine.conftest import varied
from tests.desktop.inspect.conftest import find_anomalies, names, page_of
from tests.threads import new_threads, threads


def test_an_empty_page_says_what_to_do(window: Window) -> None:
    """Nothing can be scored or selected yet, and asking to index nothing is a sentence."""
    page = page_of(window)
    assert page.chosen.isHidden()
    assert page.selected.isHidden()
    assert not page.finds.anomalies.isEnabled()
    page.index_action.trigger()
    assert window.message.text == "Choose a folder of pictures to inspect."


def test_a_folder_is_indexed(page: InspectPage, folder: Path) -> None:
    """Every picture is in the grid with its thumbnail, and the good folder is suggested."""
    assert page.state.text() == "25 pictures"
    assert page.panels.tabs.tabText(0) == "Overview · 25"
    assert names(page)[0] == "bad/00.png"
    thumbnail = page.panels.grid.pictures.data(page.panels.grid.pictures.index(0), Qt.ItemDataRole.DecorationRole)
    assert np.abs(to_pixels(thumbnail).astype(int) - pictures.read(folder / "bad" / "00.png").pixels).mean() < 8
    assert page.bar.good.path == folder / "good"


def test_a_dropped_folder_is_indexed(qtbot: QtBot, window: Window, folder: Path) -> None:
    """A picture that is dropped is left to the Picture page."""
    page = page_of(window)
    assert not page.take([folder / "good" / "00.png"])
    with qtbot.waitSignal(page.inspection.indexed):
        assert page.take([folder])
    assert len(names(page)) == 25


def test_the_provider_is_followed(qtbot: QtBot, page: InspectPage, window: Window) -> None:
    """Another one that is asked for while the program runs is what the next look is computed on."""
    used = list[str]()
    original = Autoencoder.__init__

    def noted(self: Autoencoder, bundle: Bundle, asked: Asked = "auto") -> None:
        used.append(asked)
        original(self, bundle, "cpu")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Autoencoder, "__init__", noted)
        window.session.asked = "auto"
        with qtbot.waitSignal(page.inspection.looks.picture_seen):
            page.inspection.looks.look(int(page.panels.grid.pictures.rows[0]))
    assert used == ["auto"]


def test_a_failure_is_one_sentence(qtbot: QtBot, page: InspectPage, window: Window, tmp_path: Path) -> None:
    """Too few good pictures: said, nothing lost, and the page works on."""
    few = tmp_path / "few"
    few.mkdir()
    save_png(few / "one.png", varied(1))
    page.bar.good.set_path(few)
    with qtbot.waitSignal(page.inspection.failed):
        page.finds.anomalies.trigger()
    assert "at least 10 are needed" in window.message.text
    assert len(names(page)) == 25
    page.bar.good.set_path(page.inspection.reader().folder / "good")
    find_anomalies(qtbot, page)


def test_work_can_be_cancelled(qtbot: QtBot, window: Window, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Cancel ends indexing at its next step, says so, and Index goes on."""
    monkeypatch.setattr("desktop.engine.folder.encoding.BATCH", 2)
    page = page_of(window)
    page.bar.folder.set_path(folder)

    def cancel(_text: str, done: int, _total: int) -> None:
        if done:
            page.progress.cancelled.emit()

    page.inspection.progressed.connect(cancel)
    with qtbot.waitSignal(page.inspection.indexed):
        page.index()
    assert "stopped; Index continues from here" in page.state.text()
    page.inspection.progressed.disconnect(cancel)
    with qtbot.waitSignal(page.inspection.indexed):
        page.index()
    assert page.state.text().startswith("25 pictures")


def test_closing_ends_every_thread(window: Window, folder: Path) -> None:
    """Also in the middle of indexing."""
    page = page_of(window)
    page.bar.folder.set_path(folder)
    before = threads()
    page.index()
    window.close()
    assert not new_threads(before)


def test_a_hundred_thousand_rows_load_only_what_is_seen(window: Window) -> None:
    """The grid asks for the thumbnails in sight and no others, at the top and in the middle."""
    page, asked = page_of(window), list[int]()

    def load(row: int) -> None:
        asked.append(row)

    page.views.surfaces.setCurrentWidget(page.panels.grid)
    page.panels.grid.pictures.set_source(load, str)
    page.panels.grid.pictures.show_rows(np.arange(100_000))
    page.panels.grid.repaint()
    assert 0 < len(asked) < 200
    first: Any = set(asked)
    page.panels.grid.scrollTo(page.panels.grid.pictures.index(50_000))
    page.panels.grid.repaint()
    assert len(asked) < 400
    assert 50_000 in set(asked) - first


def test_a_folder_without_pictures_has_nothing_to_compare(qtbot: QtBot, window: Window, tmp_path: Path) -> None:
    """Duplicates and map of an empty folder are one sentence each."""
    (tmp_path / "empty").mkdir()
    page = page_of(window)
    page.bar.folder.set_path(tmp_path / "empty")
    with qtbot.waitSignal(page.inspection.indexed):
        page.index_action.trigger()
    for view in ("duplicates", "map"):
        with qtbot.waitSignal(page.inspection.failed):
            page.views.show(view)
        assert window.message.text.endswith("empty has no picture that can be read.")


def test_another_folder_clears_what_was_found(qtbot: QtBot, page: InspectPage, folder: Path, tmp_path: Path) -> None:
    """While it is indexed, neither grid nor map shows rows of the folder before, whose thumbnails are gone."""
    with qtbot.waitSignal(page.inspection.laid_out):
        page.views.show("map")
    assert len(page.panels.plane.cloud) == 25
    shutil.copytree(folder / "good", tmp_path / "other")
    page.bar.folder.set_path(tmp_path / "other")
    with qtbot.waitSignal(page.inspection.indexed):
        page.index_action.trigger()
        assert len(page.panels.plane.cloud) == 0
        assert names(page) == []
        page.panels.plane.repaint()
    qtbot.waitUntil(lambda: len(page.panels.plane.cloud) == 21)


def test_what_was_found_is_said_in_another_language(qtbot: QtBot, page: InspectPage, window: Window) -> None:
    """What indexing did, whose look-alikes are shown, and what to do before a picture is chosen."""
    page.panels.grid.setCurrentIndex(page.panels.grid.pictures.index(0))
    page.views.show("similar")
    window.appearance.languages.choose("zh_CN")
    qtbot.waitUntil(lambda: page.state.text() == "25 张图片")
    assert "bad/00.png" in page.panels.similar.said.text()
    assert "Similar" not in page.panels.similar.said.text()
    window.appearance.languages.choose("en")
    qtbot.waitUntil(lambda: page.panels.similar.said.text() == "Similar to bad/00.png")


def test_thumbnails_are_there_before_the_index(
    qtbot: QtBot, window: Window, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While pictures are still being encoded the overview has all names and small pictures, and other views a sentence;
    what is asked for meanwhile is done afterwards."""
    go_on, update = threading.Event(), Inspector.update

    def slow(*arguments: Any) -> Any:
        assert go_on.wait(20)
        return update(*arguments)

    monkeypatch.setattr(Inspector, "update", slow)
    page = page_of(window)
    try:
        page.take([folder])
        qtbot.waitUntil(lambda: len(names(page)) == 25)
        qtbot.waitUntil(lambda: not page.panels.grid.pictures.thumbnail(3).isNull())
        assert page.panels.grid.isVisible()
        assert page.inspection.rows is None
        page.panels.grid.setCurrentIndex(page.panels.grid.pictures.index(3))
        assert page.selection.current == -1
        page.panels.tabs.click("map")
        assert "being encoded" in page.views.blank.sentence.text()
        page.views.blank.button.click()
        assert page.views.shown == "overview"
        page.inspection.find_duplicates(0.5)
    finally:
        go_on.set()
    qtbot.waitUntil(lambda: page.inspection.duplicates is not None)
    assert page.inspection.rows is not None


def test_the_good_folder_belongs_to_the_folder(qtbot: QtBot, page: InspectPage, folder: Path, tmp_path: Path) -> None:
    """One that is picked is there again after another folder, which has its own, was looked at."""
    shutil.copytree(folder / "good", folder / "fine")
    assert page.bar.good.text() == "Good: good"
    page.bar.good.pick(folder / "fine")
    assert page.bar.good.text() == "Good: fine"
    qtbot.waitUntil(lambda: not page.inspection.busy)
    shutil.copytree(folder / "bad", tmp_path / "other")
    with qtbot.waitSignal(page.inspection.indexed):
        page.take([tmp_path / "other"])
    assert page.bar.good.text() == "Good: all pictures"
    with qtbot.waitSignal(page.inspection.indexed):
        page.take([folder])
    assert page.bar.good.text() == "Good: fine"


def test_a_part_of_a_name_filters_the_overview(page: InspectPage) -> None:
    """Those with it are shown; where there are none, a sentence and a button that shows all."""
    page.panels.overview.filter.setText("BAD/")
    assert len(names(page)) == 4
    assert page.panels.overview.said.text() == "4 shown"
    page.panels.overview.filter.setText("nobody")
    assert page.views.blank.sentence.text() == "No picture has that in its name."
    page.views.blank.button.click()
    assert len(names(page)) == 25


def test_what_went_wrong_belongs_to_the_page(page: InspectPage, window: Window) -> None:
    """Said while another page is shown, it has this one's name; here it stands without."""

    def shown() -> list[str]:
        return [each.text() for each in window.findChildren(QLabel) if each.isVisible()]

    window.show_page("picture")
    page.inspection.failed.emit("Something of the folder went wrong.")
    assert "Inspect: Something of the folder went wrong." in shown()
    window.show_page("inspect")
    page.inspection.failed.emit("Something else went wrong.")
    assert "Something else went wrong." in shown()
