"""Pictures and models on their way into the real window, good and broken."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.engine import library
from desktop.engine.autoencoder import Autoencoder, Latents
from desktop.engine.errors import ModelError
from desktop.engine.library import ModelEntry
from desktop.engine.pictures import Picture
from desktop.morph.page import MorphPage
from desktop.window import Window
from export.bundle import Bundle
from tests import bundles
from tests.desktop.windows import drop, files, scene_of, slider_of
from tests.pictures import gradient


def test_a_broken_picture_changes_nothing(qtbot: QtBot, window: Window, photo: Path, tmp_path: Path) -> None:
    """The file is named in the message bar; the picture before it stays, and its sliders still work."""
    with qtbot.waitSignal(window.session.rendered):
        drop(window, files(photo))
    broken = tmp_path / "broken.png"
    broken.write_text("words")
    before = scene_of(window)
    with qtbot.waitSignal(window.session.failed):
        drop(window, files(broken))
    assert str(broken) in window.message.text
    assert not window.message.isHidden()
    assert window.session.scene is before
    with qtbot.waitSignal(window.session.rendered):
        qtbot.mouseClick(window.picture_page.explore.start.random, Qt.MouseButton.LeftButton)
    assert scene_of(window).subject is before.subject


def test_a_dropped_model_is_listed_and_used(qtbot: QtBot, window: Window, free: Bundle, photo: Path) -> None:
    """A folder joins the list, and the picture dropped with it goes through it, steered by what can steer its size."""
    with qtbot.waitSignal(window.session.rendered):
        drop(window, files(free.folder, photo))
    assert window.model_list.count() == 2
    assert window.model_list.currentRow() == 1
    assert scene_of(window).output.shape == (40, 48, 3)
    assert slider_of(window).isEnabled()
    with qtbot.waitSignal(window.session.rendered):
        window.model_list.setCurrentRow(0)
    assert scene_of(window).output.shape == (32, 32, 3)
    assert slider_of(window).isEnabled()


def test_add_model_opens_files_and_folders(
    qtbot: QtBot, window: Window, free: Bundle, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A packed model, and the `bundle.json` of one in a folder, join the list and are used."""
    packed = bundles.vector_bundle(tmp_path / "packed.convae", name="packed").path
    for row, chosen in enumerate((packed, free.folder / "bundle.json"), start=1):
        monkeypatch.setattr(
            "PySide6.QtWidgets.QFileDialog.getOpenFileName", lambda *_, chosen=chosen: (str(chosen), "")
        )
        with qtbot.waitSignal(window.session.rendered):
            qtbot.mouseClick(window.sidebar.add_button, Qt.MouseButton.LeftButton)
        assert window.model_list.currentRow() == row
    assert window.session.model is not None
    assert window.session.model.folder == free.folder


def _cut(bundle: Bundle) -> None:
    (bundle.folder / "encoder.onnx").unlink()


def _alter(bundle: Bundle) -> None:
    (bundle.folder / "encoder.onnx").write_bytes(b"altered")


def _spoil(bundle: Bundle) -> None:
    bundles.rewrite(bundle, encoder_onnx=b"garbage")


@pytest.mark.parametrize(
    ("spoil", "text"),
    [(_cut, "encoder.onnx is missing"), (_alter, "was altered"), (_spoil, "encoder.onnx: the graph is not a readable")],
)
def test_a_broken_model_changes_nothing(
    qtbot: QtBot, window: Window, free: Bundle, photo: Path, spoil: object, text: str
) -> None:
    """A missing file, an altered one or a graph that is none is said; the model before it goes on."""
    with qtbot.waitSignal(window.session.rendered):
        drop(window, files(photo))
    before = scene_of(window)
    spoil(free)  # type: ignore[operator]
    with qtbot.waitSignal(window.session.failed):
        drop(window, files(free.folder))
    assert text in window.message.text
    assert window.session.scene is before
    assert window.model_list.currentRow() == 0
    with qtbot.waitSignal(window.session.rendered):
        qtbot.mouseClick(window.picture_page.explore.start.random, Qt.MouseButton.LeftButton)
    assert scene_of(window).request.model is before.request.model


def test_a_good_picture_with_a_broken_model_is_shown(qtbot: QtBot, window: Window, free: Bundle, photo: Path) -> None:
    """Dropped together, the model is refused, and the picture goes through the model that is there."""
    _spoil(free)
    with qtbot.waitSignals([window.session.failed, window.session.rendered]):
        drop(window, files(free.folder, photo))
    assert window.picture_page.compare.title.text() == "photo.png"
    assert scene_of(window).request.model.name == "tiny"
    assert "not a readable ONNX file" in window.message.text


def test_without_a_model_a_picture_waits_for_one(qtbot: QtBot, entry: ModelEntry, photo: Path) -> None:
    """The empty window says what to do, keeps the picture, and shows it once a model is dropped."""
    window = Window([], "cpu")
    qtbot.addWidget(window)
    window.show()
    assert not window.picture_page.compare.save_button.isEnabled()
    drop(window, files(photo))
    assert "drop a model folder" in window.message.text
    with qtbot.waitSignal(window.session.rendered):
        drop(window, files(entry.folder))
    assert window.picture_page.compare.title.text() == "photo.png"


def test_broken_models_are_listed(qtbot: QtBot, tmp_path: Path) -> None:
    """A folder that is no bundle has a line that says so."""
    window = Window([library.open_entry(tmp_path)], "cpu")
    qtbot.addWidget(window)
    assert window.model_list.count() == 1
    assert "bundle.json" in window.model_list.item(0).toolTip()


def test_a_model_that_fails_on_a_picture_keeps_the_one_before(
    qtbot: QtBot, window: Window, free: Bundle, photo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where every encoder fails, another model and picture are both given up, each after one try."""
    before, problems = scene_of(window), list[str]()

    def fail(*_: object) -> Latents:
        raise ModelError("The encoder failed.")

    monkeypatch.setattr(Autoencoder, "encode", fail)
    window.session.failed.connect(problems.append)
    drop(window, files(free.folder, photo))
    qtbot.waitUntil(lambda: len(problems) == 2)
    qtbot.wait(100)
    assert len(problems) == 2
    assert window.session.scene is before
    assert (window.session.model, window.session.picture) == (before.request.model, None)


def test_an_unforeseen_error_is_shown_and_logged(
    qtbot: QtBot, window: Window, photo: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """A fault of the program itself is neither silent nor fatal: the sliders still work after it."""
    before = scene_of(window)
    monkeypatch.setattr(Autoencoder, "encode", lambda *_: 1 / 0)
    with qtbot.waitSignal(window.session.failed):
        window.open_paths([photo])
    with qtbot.assertNotEmitted(window.session.failed, wait=100):
        assert window.session.scene is before
    assert "ZeroDivisionError" in window.message.text
    assert "ZeroDivisionError" in caplog.text
    with qtbot.waitSignal(window.session.rendered):
        qtbot.mouseClick(window.picture_page.explore.start.random, Qt.MouseButton.LeftButton)


def test_undo_while_another_model_opens(qtbot: QtBot, window: Window, free: Bundle, photo: Path) -> None:
    """Undo goes back to the picture before with the model that it was seen through; the other one is not waited for."""
    with qtbot.waitSignal(window.session.rendered):
        window.open(picture=photo)
    with qtbot.waitSignal(window.session.rendered):
        window.services.actions["explore.random"].trigger()
    with qtbot.waitSignal(window.session.rendered):
        window.open(picture=Picture("another", gradient(32, 32)))
    with qtbot.assertNotEmitted(window.session.failed):
        window.open(library.open_entry(free.folder))
        window.picture_page.explore.undo.trigger()
        qtbot.waitUntil(lambda: scene_of(window).subject.source is photo)
    assert scene_of(window).request.model.name == "tiny"
    assert scene_of(window).steered
    assert np.array_equal(scene_of(window).code, window.services.steering.code)
    assert [window.model_list.currentRow(), window.services.steering.undo_stack.index()] == [0, 2]


def test_a_model_comes_back_with_all_that_was_done(qtbot: QtBot, window: Window, free: Bundle, photo: Path) -> None:
    """Two clicks, there and back: sliders, snapshots, the morph's row and undo are as they were."""
    with qtbot.waitSignal(window.session.rendered):
        window.open_paths([photo])
    pane, morph = window.picture_page.explore, window.page("morph")
    assert isinstance(morph, MorphPage)
    with qtbot.waitSignal(window.session.rendered):
        window.services.actions["explore.random"].trigger()
    pane.starts.take_snapshot("A")
    morph.add_present()
    code, snapshot = window.services.steering.code, window.services.kept.snapshots["A"]
    with qtbot.waitSignal(window.session.rendered):
        window.open_paths([free.folder])
    assert (window.services.kept.snapshots, morph.row.keys, pane.start.snapshots.names) == ({}, [], [])
    pane.starts.take_snapshot("B")
    with qtbot.waitSignal(window.session.rendered):
        window.model_list.setCurrentRow(0)
    assert scene_of(window).request.model.name == "tiny"
    assert np.array_equal(scene_of(window).code, code)
    assert np.array_equal(window.services.steering.code, code)
    assert window.services.kept.snapshots["A"] is snapshot
    qtbot.waitUntil(lambda: len(morph.row.keys) == 1 and pane.start.snapshots.names == ["A"])
    stack = window.services.steering.undo_stack
    texts = [stack.text(index) for index in range(stack.count())]
    assert texts == ["Open a picture", "Draw a random latent", "Change the model", "Change the model"]
    for name in ("tiny-map", "tiny"):
        with qtbot.waitSignal(window.session.rendered):
            pane.undo.trigger()
        assert scene_of(window).request.model.name == name
    assert np.array_equal(scene_of(window).code, code)


def test_a_right_click_on_a_model_changes_nothing(qtbot: QtBot, window: Window, free: Bundle) -> None:
    """It asks what to do with that model; what is chosen there is done."""
    window.services.models = [*window.services.models, library.open_entry(free.folder)]
    window.services.models_changed.emit()
    shown = scene_of(window)
    place = window.model_list.visualItemRect(window.model_list.item(1)).center()
    with qtbot.waitSignal(window.model_list.menu_asked) as asked:
        qtbot.mouseClick(window.model_list.viewport(), Qt.MouseButton.RightButton, pos=place)
        QApplication.sendEvent(
            window.model_list.viewport(), QContextMenuEvent(QContextMenuEvent.Reason.Mouse, place, place)
        )
    assert asked.args is not None
    assert asked.args[0] == 1
    assert (window.model_list.currentRow(), window.session.model) == (0, window.services.models[0])
    assert window.session.scene is shown
    menu = window.model_menu.menu(window.services.models[1])
    actions = {action.text(): action for action in menu.actions()}
    with qtbot.waitSignal(window.session.rendered):
        actions["Use this model"].trigger()
    assert window.model_list.currentRow() == 1
    assert not actions["Use this model"].menu()
    with qtbot.waitSignal(window.session.rendered):
        window.model_list.setCurrentRow(0)
    removed = {action.text(): action for action in window.model_menu.menu(window.services.models[1]).actions()}
    removed["Remove…"].trigger()
    assert window.model_list.count() == 1
    assert free.folder.exists()


def test_sliders_moved_in_vain_are_shown_after_all(qtbot: QtBot, window: Window, photo: Path, tmp_path: Path) -> None:
    """Moved while a picture opened that cannot be, they act on the one that stays."""
    with qtbot.waitSignal(window.session.rendered):
        window.open(picture=photo)
    with qtbot.waitSignal(window.session.failed):
        window.open(picture=tmp_path / "gone.png")
        track = slider_of(window).track
        track.setValue(track.value() + 150)
    qtbot.waitUntil(lambda: np.array_equal(scene_of(window).code, window.services.steering.code))
    assert scene_of(window).steered
