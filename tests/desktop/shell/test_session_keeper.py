"""Sessions of one start, found again at the next."""

from __future__ import annotations

import dataclasses
import shutil
from pathlib import Path

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from desktop.engine import session_file
from desktop.engine.library import ModelEntry
from desktop.engine.session_file import NamedCode, SavedSession, SessionFileError, read_session, write_session
from desktop.engine.sliders.steering import Knob
from desktop.morph.page import MorphPage
from desktop.window import Window
from export.bundle import Bundle
from tests.desktop.shell.starts import Start, shown


def test_picture_and_sliders_come_back(qtbot: QtBot, start: Start, photo: Path) -> None:
    """Model, picture and every steered number are as they were, to the pixel."""
    first = start()
    with qtbot.waitSignal(first.session.rendered):
        first.open(first.services.models[0], photo)
    with qtbot.waitSignal(first.session.rendered):
        first.services.actions["explore.random"].trigger()
    before = shown(first)
    second = start()
    assert second.keeper.open_last()
    qtbot.waitUntil(lambda: second.session.scene is not None and shown(second).steered)
    assert shown(second).request.picture == photo
    assert np.array_equal(shown(second).code, before.code)
    assert np.array_equal(shown(second).output, before.output)


def test_snapshots_and_morph_come_back(qtbot: QtBot, start: Start) -> None:
    """Both with their pictures, code for code; another model empties them, and a session without them too."""
    first = start()
    with qtbot.waitSignal(first.session.rendered):
        first.open(first.services.models[0])
    pane, row = first.picture_page.explore, morph_of(first)
    for name in ("A", "B", "with a hat"):
        with qtbot.waitSignal(first.session.rendered):
            first.services.actions["explore.random"].trigger()
        pane.starts.take_snapshot(name)
        row.add_present()
    before = first.services.kept
    second = start()
    assert second.keeper.open_last()
    strip = second.picture_page.explore.start.snapshots
    qtbot.waitUntil(lambda: strip.names == ["A", "B", "with a hat"])
    assert [each.name for each in second.services.kept.morph] == ["Snapshot 1", "Snapshot 2", "Snapshot 3"]
    page = morph_of(second)  # made only now
    qtbot.waitUntil(lambda: len(page.row.keys) == 3)
    assert all(np.array_equal(code, second.services.kept.snapshots[name]) for name, code in before.snapshots.items())
    for kept, key, code in zip(before.morph, page._keys.values(), second.services.kept.morph, strict=True):
        assert np.array_equal(kept.code, key.code)
        assert np.array_equal(kept.code, code.code)
    with qtbot.waitSignal(second.session.rendered):
        second.picture_page.explore.starts.recall_snapshot("A")
    assert np.array_equal(shown(second).code, before.snapshots["A"])
    second.show_page("morph")
    page.services.actions["morph.clear"].trigger()
    assert second.services.kept.morph == []
    second.services.kept.clear()
    assert strip.names == []


def test_codes_of_another_model_are_not_brought_back(
    qtbot: QtBot, start: Start, tmp_path: Path, entry: ModelEntry
) -> None:
    """A session whose snapshots do not fit its model says so, and shows the rest."""
    path = tmp_path / "other.json"
    anomalous = np.zeros(3, np.float32)
    write_session(path, SavedSession(entry.folder, None, snapshots={"A": anomalous}, morph=[NamedCode("x", anomalous)]))
    window = start()
    with qtbot.waitSignal(window.session.rendered):
        window.keeper.open(path)
    assert "do not fit this model" in window.message.text
    assert (window.services.kept.snapshots, window.services.kept.morph) == ({}, [])


def test_codes_of_the_model_before_are_not_saved_for_the_next(
    qtbot: QtBot, start: Start, free: Bundle, tmp_path: Path, photo: Path
) -> None:
    """Saved while another model opens, a session names that model, and holds no code of the one still shown."""
    window = start()
    with pytest.raises(SessionFileError, match="nothing to save yet"):
        window.keeper.save(tmp_path / "nothing.json")
    with qtbot.waitSignal(window.session.rendered):
        window.open(window.services.models[0], photo)
    with qtbot.waitSignal(window.session.rendered):
        window.services.actions["explore.random"].trigger()
    window.picture_page.explore.starts.take_snapshot("A")
    window.open_paths([free.folder])
    window.keeper.save(tmp_path / "s.json")
    saved = read_session(tmp_path / "s.json")
    assert (saved.model, saved.picture) == (free.folder, photo)
    assert (saved.arrays, saved.snapshots) == ({}, {})


def test_every_model_comes_back_as_it_was_left(
    qtbot: QtBot, start: Start, free: Bundle, photo: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Sliders, locks, snapshots and morph of a model that was left, two starts later and in a saved session."""
    first = start()
    with qtbot.waitSignal(first.session.rendered):
        first.open(first.services.models[0], photo)
    with qtbot.waitSignal(first.session.rendered):
        first.services.actions["explore.random"].trigger()
    first.picture_page.explore.starts.take_snapshot("A")
    morph_of(first).add_present()
    first.services.steering.set_locked(Knob("axes", 1), locked=True)
    before = shown(first)
    with qtbot.waitSignal(first.session.rendered):
        first.open_paths([free.folder])
    first.services.steering.set_locked(Knob("numbers", 0), locked=True)
    first.keeper.save(tmp_path / "s.json")
    for path in (None, None, tmp_path / "s.json"):
        window = start()
        assert window.keeper.open_last() if path is None else window.keeper.open(path) is None
        qtbot.waitUntil(lambda window=window: window.session.scene is not None)
        assert shown(window).request.model.folder == free.folder
        assert window.services.kept.snapshots == {}
        assert window.services.steering.locked == {Knob("numbers", 0)}
    window.open(window.services.models[0])
    qtbot.waitUntil(lambda: np.array_equal(shown(window).code, before.code))
    assert np.array_equal(shown(window).output, before.output)
    assert np.array_equal(window.services.kept.snapshots["A"], before.code)
    assert [each.name for each in window.services.kept.morph] == ["Snapshot 1"]
    assert window.services.steering.locked == {Knob("axes", 1)}
    window.open_paths([free.folder])
    assert read_back(window, tmp_path / "again.json").others[0].snapshots.keys() == {"A"}
    monkeypatch.setattr(session_file, "LARGEST_BYTES", (tmp_path / "again.json").stat().st_size - 1)
    assert read_back(window, tmp_path / "small.json").others == []
    assert "keeps the current model alone" in window.message.text


def read_back(window: Window, path: Path) -> SavedSession:
    """The session as it is saved now."""
    window.keeper.save(path)
    return read_session(path)


def morph_of(window: Window) -> MorphPage:
    """The Morph page."""
    page = window.page("morph")
    assert isinstance(page, MorphPage)
    return page


def test_marks_are_those_that_the_model_has(qtbot: QtBot, start: Start, tmp_path: Path) -> None:
    """Opening a session locks and solos its sliders, in place of others; of groups and places not there, nothing."""
    window = start()
    with qtbot.waitSignal(window.session.rendered):
        window.open(window.services.models[0])
    window.services.steering.set_locked(Knob("axes", 1), locked=True)
    saved = read_back(window, tmp_path / "s.json")
    marks = [("axes", 0), ("numbers", 10_000), ("local", 0), ("none", 0)]
    for solo, expected in ((("axes", 1), Knob("axes", 1)), (("local", 0), None)):
        write_session(tmp_path / "s.json", dataclasses.replace(saved, locked=marks, solo=solo))
        with qtbot.waitSignal(window.session.rendered):
            window.keeper.open(tmp_path / "s.json")
        assert (window.services.steering.locked, window.services.steering.solo) == ({Knob("axes", 0)}, expected)


def test_on_the_first_day_there_is_nothing_to_bring_back(start: Start) -> None:
    """Nor after everything was forgotten."""
    assert not start().keeper.open_last()


def test_a_name_that_no_disk_could_have_is_said(start: Start, tmp_path: Path) -> None:
    """A session of a model and a picture with names of 4,000 letters is one sentence."""
    path = tmp_path / "s.json"
    write_session(path, SavedSession(Path("/", "m" * 4000), Path("/", "p" * 4000)))
    window = start()
    with pytest.raises(SessionFileError, match="no longer there"):
        window.keeper.open(path)


def test_what_is_gone_is_said(qtbot: QtBot, start: Start, photo: Path) -> None:
    """Where the picture was deleted since, the model is shown without it."""
    first = start()
    with qtbot.waitSignal(first.session.rendered):
        first.open(first.services.models[0], photo)
    second_path = photo.with_name("session.json")
    first.keeper.save(second_path)
    photo.unlink()
    second = start()
    with qtbot.waitSignal(second.session.rendered):
        second.keeper.open(second_path)
    assert "photo.png is no longer there" in second.message.text
    assert second.session.picture is None


def test_a_session_of_a_model_elsewhere_opens_it(
    qtbot: QtBot, start: Start, free: Bundle, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Through the dialogs: saved, and opened in a program that did not list the model; gone, it is one sentence."""
    path = tmp_path / "mine.json"
    monkeypatch.setattr("PySide6.QtWidgets.QFileDialog.getSaveFileName", lambda *_: (str(tmp_path / "mine"), ""))
    monkeypatch.setattr("PySide6.QtWidgets.QFileDialog.getOpenFileName", lambda *_: (str(path), ""))
    first = start()
    with qtbot.waitSignal(first.session.rendered):
        first.open_paths([free.folder])
    first.services.actions["session.save"].trigger()
    assert "Saved" in first.message.text
    second = start()
    assert second.model_list.count() == 1
    with qtbot.waitSignal(second.session.rendered):
        second.services.actions["session.open"].trigger()
    assert shown(second).request.model.name == "tiny-map"
    assert second.model_list.currentRow() == 1
    shutil.rmtree(free.folder)
    third = start()
    third.services.actions["session.open"].trigger()
    assert "no longer there" in third.message.text
