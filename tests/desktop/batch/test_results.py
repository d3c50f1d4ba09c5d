"""What is said before, during and after a batch, on its page."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from desktop.batch import words
from desktop.batch.page import BatchPage
from desktop.batch.results import LEFT, RIGHT, Result, ResultTable
from desktop.engine.batch import run
from desktop.engine.batch.work import Loaded
from desktop.engine.library import ModelEntry
from desktop.window import Window
from tests.desktop.windows import open_window
from tests.pictures import gradient


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Four pictures, of which the last has the most detail, and a broken one."""
    root = tmp_path / "in"
    root.mkdir()
    for index in range(4):
        Image.fromarray(gradient(40, 40) // (4 - index)).save(root / f"{index}.png")
    (root / "broken.png").write_text("words")
    return root


@pytest.fixture
def page(qtbot: QtBot, entry: ModelEntry) -> Iterator[BatchPage]:
    """The Batch page of a window with a model."""
    window = open_window(qtbot, entry)
    window.show_page("batch")
    page = window.page("batch")
    assert isinstance(page, BatchPage)
    yield page
    window.close()


def window_of(page: BatchPage) -> Window:
    """The window that the page is in."""
    window = page.window()
    assert isinstance(window, Window)
    return window


def test_a_dropped_folder_has_a_count_a_time_and_a_place(qtbot: QtBot, page: BatchPage, folder: Path) -> None:
    """One drop and the batch can start: how many pictures, about how long, and a folder beside it to write to."""
    assert page.take([folder])
    assert page.form.target.path == folder.with_name("in-tiny")
    assert page.begin.isEnabled()
    qtbot.waitUntil(lambda: page.estimate_label.text() == "5 pictures, about 1 s")
    page.form.target.set_path(folder.with_name("mine"))
    page.form.source.set_path(folder.parent)
    assert page.form.target.path == folder.with_name("mine")


def test_results_are_sorted_and_opened(qtbot: QtBot, page: BatchPage, folder: Path) -> None:
    """What failed first, then the worst; a double click, or Enter, shows the picture on its page."""
    page.take([folder])
    with qtbot.waitSignal(page.finished):
        page.start()
    scores = [result.psnr_db for result in page.table.results.results if result.psnr_db is not None]
    assert len(scores) == 4
    assert page.table.names[0] == "broken.png"
    best = {result.psnr_db: result.name for result in page.table.results.results}
    assert page.table.names[1:] == [best[score] for score in sorted(scores)]
    page.table.sortByColumn(0, Qt.SortOrder.DescendingOrder)
    assert page.table.names == ["broken.png", "3.png", "2.png", "1.png", "0.png"]
    page.table.setCurrentIndex(page.table.model().index(1, 0))
    with qtbot.waitSignal(window_of(page).session.rendered):
        qtbot.keyClick(page.table, Qt.Key.Key_Return)
    assert window_of(page).picture_page.compare.title.text() == "3.png"
    assert window_of(page).picture_page.isVisible()


def test_batches_wait_for_their_turn(
    qtbot: QtBot, page: BatchPage, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Started while another one runs they are listed, can be given up, and begin by themselves."""
    load, held = run.load, threading.Event()

    def wait(*arguments: Any) -> Loaded:
        assert held.wait(10)
        return load(*arguments)

    monkeypatch.setattr(run, "load", wait)
    page.take([folder])
    page.start()
    assert page.begin.text() == "Add to the queue"
    for name in ("second", "third"):
        page.form.target.set_path(tmp_path / name)
        page.start()
    assert page.waiting.list.count() == 2
    assert "second" in page.waiting.list.item(0).text()
    page.waiting.list.setCurrentRow(1)
    qtbot.keyClick(page.waiting.list, Qt.Key.Key_Delete)
    with qtbot.waitSignals([page.finished, page.finished]):
        held.set()
    assert page.waiting.isHidden()
    assert (tmp_path / "second" / "scores.csv").exists()
    assert not (tmp_path / "third").exists()
    assert page.begin.text() == "Start the batch"


def test_the_picture_in_work_is_shown(qtbot: QtBot, page: BatchPage, folder: Path) -> None:
    """Small, with its name, while the batch runs."""
    seen: list[str] = []
    page.progressed.connect(lambda _: seen.append(page.work.name.text()))
    page.take([folder])
    with qtbot.waitSignal(page.finished):
        page.start()
    assert any(name.endswith(".png") for name in seen)
    qtbot.waitUntil(page.work.isHidden)


@pytest.mark.parametrize(
    ("count", "seconds", "text"),
    [
        (None, None, "Looking for pictures…"),
        (0, None, "There is no picture in that folder."),
        (1, 0.2, "1 picture, about 1 s"),
        (500, 62.0, "500 pictures, about 1 min 2 s"),
        (90_000, 7300.0, "90,000 pictures, about 2 h 1 min"),
    ],
)
def test_an_estimate_in_words(count: int | None, seconds: float | None, text: str) -> None:
    """A count, and a time as people say it."""
    assert words.estimate(count, seconds) == text


def test_the_menu_of_a_result(qtbot: QtBot) -> None:
    """It opens the picture of the row as it is sorted, and says where its file is; a column's head stands over it."""
    table = ResultTable()
    qtbot.addWidget(table)
    for name, psnr in (("good.png", 40.0), ("bad.png", 20.0)):
        table.results.add(Result(Path("/pictures") / name, name, psnr))
    header, alignment = table.results.headerData, Qt.ItemDataRole.TextAlignmentRole
    across = Qt.Orientation.Horizontal
    assert [header(column, across, alignment) for column in (0, 1)] == [LEFT, RIGHT]
    assert table.results.data(table.results.index(0, 1), alignment) == RIGHT
    menu = table.menu(0)
    assert [action.text() for action in menu.actions()] == ["Open this picture", "Show in folder", "Copy path"]
    with qtbot.waitSignal(table.opened) as opened:
        menu.actions()[0].trigger()
    assert opened.args == [Path("/pictures/bad.png")]
    menu.actions()[2].trigger()
    assert QGuiApplication.clipboard().text() == str(Path("/pictures/bad.png"))
