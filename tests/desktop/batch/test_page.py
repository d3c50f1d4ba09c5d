"""The Batch page: what the command does, from the window."""

from __future__ import annotations

import itertools
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop.batch import command, words
from desktop.batch.page import BatchPage
from desktop.engine import library
from desktop.engine.batch import run
from desktop.engine.batch.progress import Progress
from desktop.engine.batch.run import Failure, Summary
from desktop.engine.batch.work import Loaded
from desktop.engine.library import ModelEntry
from desktop.state.settings import Settings
from desktop.widgets import question
from desktop.window import Window
from export.bundle import Bundle
from tests.desktop.windows import open_window
from tests.pictures import gradient


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Four pictures."""
    root = tmp_path / "in"
    root.mkdir()
    for index in range(4):
        Image.fromarray(gradient(30 + index, 50)).save(root / f"{index}.png")
    return root


@pytest.fixture
def window(qtbot: QtBot, entry: ModelEntry, tmp_path: Path) -> Iterator[Window]:
    """A window on its Batch page, with a model."""
    window = open_window(qtbot, entry, settings=Settings(tmp_path / "config" / "settings.json"))
    window.show_page("batch")
    yield window
    window.close()


def page_of(window: Window) -> BatchPage:
    """The Batch page."""
    page = window.page("batch")
    assert isinstance(page, BatchPage)
    return page


def fill_in(page: BatchPage, source: Path, target: Path) -> None:
    """Both folders, and latents with scores."""
    page.form.source.set_path(source)
    page.form.target.set_path(target)
    for kind, box in page.form.boxes.items():
        box.setChecked(kind in ("latent", "score"))


def test_it_does_what_the_command_does(
    qtbot: QtBot, window: Window, folder: Path, tmp_path: Path, entry: ModelEntry
) -> None:
    """The same files, byte for byte."""
    page = page_of(window)
    fill_in(page, folder, tmp_path / "page")
    with qtbot.waitSignal(page.finished):
        qtbot.keyClick(window, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    arguments = ["--model", str(entry.folder), "--out", "latent,score", "--provider", "cpu"]
    assert command.main([str(folder), str(tmp_path / "command"), *arguments]) == 0
    written = sorted(path.name for path in (tmp_path / "command").glob("[!.]*"))
    assert len(written) == 5
    for name in written:
        assert (tmp_path / "page" / name).read_bytes() == (tmp_path / "command" / name).read_bytes()
    assert page.state.text() == "4 pictures written · by tiny"
    assert page.bar.value() == page.bar.maximum()


def test_it_cannot_begin_without_folders(window: Window, folder: Path) -> None:
    """The button waits until it is known what to do, and the page says what is missing."""
    page = page_of(window)
    assert not page.begin.isEnabled()
    assert "drop one here" in page.state.text()
    fill_in(page, folder, folder.parent / "out")
    assert page.begin.isEnabled()
    for box in page.form.boxes.values():
        box.setChecked(False)
    assert not page.begin.isEnabled()


def test_a_dropped_folder_is_the_source(window: Window, folder: Path, entry: ModelEntry, photo: Path) -> None:
    """A folder of pictures is; a model and a picture are not."""
    page = page_of(window)
    assert page.take([folder])
    assert page.form.source.path == folder
    assert not page.take([entry.folder])
    assert not page.take([photo])


def test_broken_pictures_are_listed(qtbot: QtBot, window: Window, folder: Path, tmp_path: Path) -> None:
    """At the end, each with its reason."""
    (folder / "broken.png").write_text("words")
    page = page_of(window)
    fill_in(page, folder, tmp_path / "out")
    with qtbot.waitSignal(page.finished):
        page.start()
    assert page.state.text() == "4 pictures written · 1 failed · by tiny"
    assert page.failures.isVisible()
    assert "broken.png" in page.failures.item(0).text()


def test_overwriting_is_asked_for(
    qtbot: QtBot, window: Window, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A No leaves everything; a Yes replaces it."""
    page, out = page_of(window), tmp_path / "out"
    out.mkdir()
    (out / "0-latent.npz").write_text("mine")
    fill_in(page, folder, out)
    asked: list[str] = []

    def answer(agrees: bool) -> None:
        monkeypatch.setattr(question, "agrees", lambda *given: (asked.append(given[1]), agrees)[1])

    answer(False)
    with qtbot.waitSignal(page.failed):
        page.start()
    assert "1 of the files" in asked[0]
    assert (out / "0-latent.npz").read_text() == "mine"
    answer(True)
    with qtbot.waitSignal(page.finished):
        page.start()
    assert (out / "0-latent.npz").read_bytes()[:2] == b"PK"


def test_it_names_the_model_that_it_runs_with(
    qtbot: QtBot, window: Window, folder: Path, tmp_path: Path, free: Bundle, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another model that is chosen meanwhile is named as the next batch's; what is replaced is written by the first."""
    page, held, out = page_of(window), threading.Event(), tmp_path / "out"
    out.mkdir()
    (out / "0-latent.npz").write_text("mine")
    fill_in(page, folder, out)
    load, models = run.load, list[str]()

    def wait(*arguments: Any) -> Loaded:
        assert held.wait(10)
        return load(*arguments)

    def agree(*_: object) -> bool:
        window.open(library.open_entry(free.folder))
        return True

    monkeypatch.setattr(run, "load", wait)
    monkeypatch.setattr(question, "agrees", agree)
    page.progressed.connect(lambda _: models.append(page.model.text()))
    with qtbot.waitSignals([page.failed, window.session.model_changed]):
        page.start()
    assert page.model.text() == "Runs with tiny; the next batch would run with tiny-map"
    with qtbot.waitSignal(page.finished):
        held.set()
    assert set(models) == {"Runs with tiny; the next batch would run with tiny-map"}
    assert page.state.text() == "4 pictures written · by tiny"
    assert page.model.text() == "Model: tiny-map"
    with np.load(out / "0-latent.npz") as written:
        assert written["latent"].shape == (8,)


def test_pause_resume_and_cancel(
    qtbot: QtBot, window: Window, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While paused nothing moves and the page says so; cancelled, Start goes on from there."""
    monkeypatch.setattr(run, "AHEAD", 1)
    page = page_of(window)
    fill_in(page, folder, tmp_path / "out")
    load, begun, paused = run.load, itertools.count(), threading.Event()

    def held(*arguments: Any) -> Loaded:
        if next(begun):  # the first is done before another one is read
            assert paused.wait(10)
        return load(*arguments)

    def pause_once(progress: Progress) -> None:
        if progress.done == 1 and not paused.is_set():
            page.pause.trigger()
            paused.set()

    monkeypatch.setattr(run, "load", held)
    page.progressed.connect(pause_once)
    page.start()
    assert page.begin.text() == "Add to the queue"
    qtbot.waitUntil(lambda: page.paused)
    assert "paused" in page.state.text()
    page.pause.trigger()
    assert not page.paused
    page.set_paused(True)
    with qtbot.waitSignal(page.finished):
        page.cancel.trigger()
    before = page._summary
    assert before is not None
    with qtbot.waitSignal(page.finished):
        page.start()
    assert page._summary is not None
    assert page._summary.kept == before.written
    assert page._summary.kept + page._summary.written == 4


def test_bad_use_is_said(qtbot: QtBot, window: Window, tmp_path: Path) -> None:
    """In the message bar, and the form can be filled in anew."""
    page = page_of(window)
    fill_in(page, tmp_path / "missing", tmp_path / "out")
    with qtbot.waitSignal(page.failed):
        page.start()
    assert "is not a folder" in window.message.text
    assert page.form.isEnabled()


def test_the_form_is_remembered(window: Window, folder: Path, tmp_path: Path, qtbot: QtBot, entry: ModelEntry) -> None:
    """Folders, outputs and names; never that files may be replaced."""
    page = page_of(window)
    fill_in(page, folder, tmp_path / "out")
    page.form._pattern.setText("{number}-{kind}")
    page.form._overwrite.setChecked(True)
    window.close()
    again = Window([entry], "cpu", Settings(tmp_path / "config" / "settings.json"))
    qtbot.addWidget(again)
    form = page_of(again).form
    assert (form.source.path, form.target.path, form.pattern) == (folder, tmp_path / "out", "{number}-{kind}")
    assert form.outputs == ("latent", "score")
    assert not form.overwrite
    again.close()


def test_closing_ends_a_batch(qtbot: QtBot, window: Window, folder: Path, tmp_path: Path) -> None:
    """A window closed while a batch is paused ends; nothing hangs."""
    page = page_of(window)
    fill_in(page, folder, tmp_path / "out")
    page.start()
    page.set_paused(True)
    with qtbot.assertNotEmitted(page.finished, wait=50):
        window.close()


@pytest.mark.parametrize(
    ("now", "paused", "text"),
    [
        (Progress(0, 0, 1234, None), False, "0 of 1,234 pictures"),
        (Progress(4, 1, 9, 2.0), False, "5 of 9 pictures · 1 failed · 2.0 per second · 0:02 left"),
        (Progress(4, 0, 9, 2.0), True, "4 of 9 pictures · paused"),
        (Progress(0, 0, 90000, 2.0), False, "0 of 90,000 pictures · 2.0 per second · 12:30:00 left"),
    ],
)
def test_progress_in_words(now: Progress, paused: bool, text: str) -> None:
    """How many, how fast, for how long yet."""
    assert words.progress(now, paused) == text


def test_a_summary_in_words() -> None:
    """Everything that came of it."""
    failures = (Failure(Path("a.png"), "It is broken."),)
    assert (
        words.summary(Summary(3, 2, failures, 9, True, "CPU"), "tiny")
        == "3 pictures written · 2 were done before · 1 failed · stopped: Start continues from here · by tiny"
    )
