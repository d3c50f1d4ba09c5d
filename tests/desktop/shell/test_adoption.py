"""Graphs of another tool, dropped on the real window."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from desktop.engine import library
from desktop.engine.picture_writer import save_png
from desktop.shell import adoption
from desktop.widgets import question
from desktop.window import Window
from export.bundle import Bundle
from tests.desktop.engine.conftest import varied
from tests.desktop.windows import drop, files, scene_of
from tests.export.foreign.pairs import linear_pair

COPY = "import shutil, sys; shutil.copytree({source!r}, sys.argv[sys.argv.index('--out') + 1])"
FAIL = "import sys; print('error: the encoder takes no pictures.', file=sys.stderr); sys.exit(2)"


@pytest.fixture
def graph(tmp_path: Path, free: Bundle, monkeypatch: pytest.MonkeyPatch) -> Path:
    """One of a pair of graphs beside one another; the dialog gives a folder of pictures."""
    folder = tmp_path / "other"
    folder.mkdir()
    for name in ("encoder.onnx", "decoder.onnx"):
        shutil.copy(free.folder / name, folder / name)
    monkeypatch.setattr(library, "user_folder", lambda: tmp_path / "models")
    monkeypatch.setattr("PySide6.QtWidgets.QFileDialog.getExistingDirectory", lambda *_: str(tmp_path))
    return folder / "decoder.onnx"


def test_a_pair_is_adopted(
    qtbot: QtBot, window: Window, graph: Path, free: Bundle, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Half of it, or the folder, is dropped: after a question the command runs, and its model is shown."""
    monkeypatch.setattr(adoption, "_command", lambda: ["-c", COPY.format(source=str(free.folder))])
    for number, path in enumerate((graph, graph.parent), start=1):
        with qtbot.waitSignal(window.session.model_changed):
            drop(window, files(path))
        name = "other" if number == 1 else "other-2"
        assert scene_of(window).request.model.folder == library.user_folder() / name
        assert not window.adoption.is_busy


@pytest.mark.slow
def test_the_real_command_adopts_a_pair(
    qtbot: QtBot, window: Window, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A pair of another tool, tried on pictures by the export itself, is shown as a model that reconstructs."""
    encoder, _ = linear_pair(tmp_path / "theirs", side=32)
    (tmp_path / "photos").mkdir()
    for number in range(24):
        save_png(tmp_path / "photos" / f"{number}.png", varied(number))
    monkeypatch.setattr(library, "user_folder", lambda: tmp_path / "models")
    monkeypatch.setattr("PySide6.QtWidgets.QFileDialog.getExistingDirectory", lambda *_: str(tmp_path / "photos"))
    with qtbot.waitSignal(window.session.model_changed, timeout=240_000):
        drop(window, files(encoder))
    scene = scene_of(window)
    assert scene.request.model.folder == tmp_path / "models" / "theirs"
    assert scene.subject.model.autoencoder.info.size.kind == "fixed"
    with qtbot.waitSignal(window.session.rendered):
        window.open(picture=tmp_path / "photos" / "0.png")
    assert (scene_of(window).psnr_db or 0) > 25


def test_a_command_that_fails_says_why(
    qtbot: QtBot, window: Window, graph: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its own sentence, in the window's; the model before stays."""
    before = scene_of(window)
    monkeypatch.setattr(adoption, "_command", lambda: ["-c", FAIL])
    with qtbot.waitSignal(window.services.warned):
        drop(window, files(graph))
    assert window.message.text == "No model was made from the two graphs: the encoder takes no pictures."
    assert window.session.scene is before


def test_who_says_no_is_not_asked_for_pictures(window: Window, graph: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing runs and nothing is listed."""
    monkeypatch.setattr(question, "agrees", lambda *_: False)
    drop(window, files(graph))
    assert not window.adoption.is_busy
    assert window.model_list.count() == 1


def test_a_graph_alone_is_told_what_a_model_is(window: Window, graph: Path, photo: Path) -> None:
    """Also beside a picture, which is shown."""
    (graph.parent / "encoder.onnx").unlink()
    drop(window, files(graph, photo))
    assert "decoder.onnx is a graph, and no model: a model is a .convae file" in window.message.text
    assert window.model_list.count() == 1


def test_without_the_export_the_command_is_named(window: Window, graph: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the desktop is installed alone, it says what to type."""
    monkeypatch.setattr(adoption, "NEEDED", ("no_such_package",))
    drop(window, files(graph))
    assert "python -m export.adopt" in window.message.text
    assert "--pictures FOLDER" in window.message.text
