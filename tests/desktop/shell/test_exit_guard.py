"""The real window is closed: nothing is lost, and nothing stays behind."""

from __future__ import annotations

import threading
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.batch.page import BatchPage
from desktop.engine import pictures
from desktop.engine.library import ModelEntry
from desktop.morph.page import MorphPage
from desktop.widgets import question
from desktop.window import Window
from tests.desktop.windows import scene_of
from tests.threads import new_threads, threads


def test_closing_shows_nothing_more(qtbot: QtBot, entry: ModelEntry, photo: Path) -> None:
    """A window closed in the middle of its work ends without another picture."""
    window = Window([entry], "cpu")
    qtbot.addWidget(window)
    window.open(entry, photo)
    with qtbot.assertNotEmitted(window.session.rendered, wait=100):
        window.close()


def test_closed_windows_leave_no_thread(qtbot: QtBot, entry: ModelEntry, photo: Path) -> None:
    """Windows opened and closed one after another leave no thread that the first of them did not leave."""
    kept = None
    for _ in range(3):
        window = Window([entry], "cpu")
        with qtbot.waitSignal(window.session.rendered):
            window.open(entry, photo)
        busy = threads()
        window.close()
        window.deleteLater()
        del window
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        if kept is not None:
            assert busy - kept
            assert not new_threads(kept)
        kept = threads()


def test_queued_saves_are_finished_before_the_window_closes(
    qtbot: QtBot, window: Window, tmp_path: Path, held_save: threading.Event
) -> None:
    """Closed with three pictures to save, the window stays, says why, and closes once all of them are there."""
    paths = [tmp_path / f"{number}.png" for number in range(3)]
    for path in paths:
        window.picture_page.compare.save_output(path)
    window.close()
    assert window.isVisible()
    assert "3 pictures are still to be saved" in window.message.text
    held_save.set()
    qtbot.waitUntil(lambda: not window.isVisible())
    assert all(np.array_equal(pictures.read(path).pixels, scene_of(window).output) for path in paths)


def test_a_save_that_fails_on_leaving_keeps_the_window(
    qtbot: QtBot, window: Window, tmp_path: Path, held_save: threading.Event
) -> None:
    """So that the picture can be saved elsewhere."""
    (tmp_path / "a-file").touch()
    window.picture_page.compare.save_output(tmp_path / "a-file" / "1.png")
    window.close()
    with qtbot.waitSignal(window.services.warned):
        held_save.set()
    qtbot.wait(50)
    assert window.isVisible()
    assert "1.png cannot be written" in window.message.text


@pytest.mark.parametrize("answer", [True, False])
def test_closed_twice_it_asks(
    window: Window,
    tmp_path: Path,
    held_save: threading.Event,
    monkeypatch: pytest.MonkeyPatch,
    answer: bool,
) -> None:
    """Who does not want to wait for what is being saved may go."""
    asked: list[str] = []

    def ask(_parent: object, text: str, _deed: str) -> bool:
        asked.append(text)
        held_save.set()  # the thread ends with the window
        return answer

    monkeypatch.setattr(question, "agrees", ask)
    for number in range(2):
        window.picture_page.compare.save_output(tmp_path / f"{number}.png")
    window.close()
    window.close()
    assert asked == ["Pictures are still being saved. Close without them?"]
    assert window.isVisible() != answer


def test_a_film_that_is_being_saved_is_asked_about(
    qtbot: QtBot, window: Window, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And so is a batch that runs: without a yes the window stays."""
    asked: list[str] = []
    monkeypatch.setattr(question, "agrees", lambda _parent, text, _deed: asked.append(text))
    morph, batch = window.page("morph"), window.page("batch")
    assert isinstance(morph, MorphPage)
    assert isinstance(batch, BatchPage)
    go_on = threading.Event()
    for runner in (morph.saving.export._runner, batch.runner):
        runner.start("waits", lambda *_: go_on.wait(10), lambda _: None, lambda _: None)
        window.close()
        assert window.isVisible()
        go_on.set()
        qtbot.waitUntil(lambda runner=runner: not runner.busy)
        go_on.clear()
    assert ["film" in asked[0], "batch" in asked[1]] == [True, True]
