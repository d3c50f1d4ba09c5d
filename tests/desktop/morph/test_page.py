"""The Morph page, in the real window."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QMimeData, QPointF, Qt
from PySide6.QtGui import QDropEvent
from pytestqt.qtbot import QtBot

from desktop.engine import library, picture_writer
from desktop.engine.autoencoder import Autoencoder
from desktop.engine.errors import ModelError
from desktop.engine.film import films
from desktop.engine.pictures import Pixels
from desktop.morph.page import MorphPage
from desktop.qt_images import to_pixels
from desktop.window import Window
from export.bundle import Bundle
from tests import bundles
from tests.desktop.windows import open_window
from tests.pictures import gradient
from tests.threads import thread_count


@pytest.fixture
def window(qtbot: QtBot, vector: Bundle) -> Iterator[Window]:
    """A window that shows the mean of a model with a gallery."""
    entry = library.open_entry(bundles.enriched(vector).folder)
    window = open_window(qtbot, entry)
    yield window
    window.close()


@pytest.fixture
def page(window: Window) -> MorphPage:
    """Its Morph page, with three pictures of the gallery, six frames from one to the next."""
    window.show_page("morph")
    page = window.page("morph")
    assert isinstance(page, MorphPage)
    page.settings.frames.setValue(6)
    for index in range(3):
        page.gallery.chosen.emit(index)
    return page


def shown(page: MorphPage) -> Pixels:
    """The picture on the screen."""
    assert page.view.image is not None
    return to_pixels(page.view.image)


def test_an_empty_page_says_what_to_do(window: Window) -> None:
    """Nothing plays and nothing is saved without pictures."""
    window.show_page("morph")
    actions = window.services.actions
    assert not actions["morph.play"].isEnabled()
    assert not actions["morph.save"].isEnabled()
    assert not actions["morph.cancel"].isEnabled()


def test_files_dropped_join_the_row(qtbot: QtBot, window: Window, page: MorphPage, photo: Path) -> None:
    """They are encoded in the background; a broken one is named and the others join."""
    broken = photo.with_name("broken.png")
    broken.write_text("words")
    assert page.take([broken, photo])
    qtbot.waitUntil(lambda: page.row.count() == 4)
    assert page.row.item(3).text() == "photo.png"
    assert "broken.png" in window.message.text
    assert page.player.length == 4 * 6


def test_the_present_picture_joins_the_row(window: Window, page: MorphPage) -> None:
    """With the code that the Picture page shows."""
    window.services.actions["morph.present"].trigger()
    assert page.row.count() == 4
    assert np.array_equal(page._codes()[3], window.services.steering.code)  # type: ignore[arg-type]


def test_it_plays_and_pauses(qtbot: QtBot, window: Window, page: MorphPage, monkeypatch: pytest.MonkeyPatch) -> None:
    """Frames follow one another, decoded away from the GUI thread; leaving the page pauses."""
    threads = set()
    decode = Autoencoder.decode

    def watched(self: Autoencoder, latents: np.ndarray) -> Pixels:
        threads.add(threading.current_thread())
        return decode(self, latents)

    monkeypatch.setattr(Autoencoder, "decode", watched)
    frames: list[int] = []
    page.player.shown.connect(lambda frame, _pixels: frames.append(frame))
    page.settings.per_second.setValue(60)
    window.services.actions["morph.play"].trigger()
    assert window.services.actions["morph.play"].text() == "Pause"
    qtbot.waitUntil(lambda: {0, 5, 17} <= set(frames))
    assert threading.main_thread() not in threads
    window.show_page("picture")
    assert not page.player.is_playing


def test_a_picture_of_the_row_is_gone_to(qtbot: QtBot, page: MorphPage) -> None:
    """A click on the third picture shows the frame that is it."""
    page.row.pointed_at.emit(2)
    assert page.player.frame == 12
    codes, model = page._codes(), page._steering.model
    assert model is not None
    wanted = model.autoencoder.decode(codes[2][None])[0]
    qtbot.waitUntil(lambda: page.view.image is not None and np.array_equal(shown(page), wanted))
    assert page.view.title == "Training picture 3"


def test_the_row_is_reordered_by_dragging(page: MorphPage) -> None:
    """Dropped on the left of the first picture, the third becomes the first; the film follows."""
    before = page._codes()
    page.row.setCurrentRow(2)
    here = QPointF(page.row.visualItemRect(page.row.item(0)).topLeft()) + QPointF(2, 20)
    event = QDropEvent(
        here, Qt.DropAction.MoveAction, QMimeData(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    event.source = lambda: page.row  # type: ignore[method-assign]
    page.row.dropEvent(event)
    after = page._codes()
    assert [np.array_equal(one, other) for one, other in zip(after, (before[2], before[0], before[1]))] == [True] * 3


def test_keys_move_and_remove(qtbot: QtBot, page: MorphPage) -> None:
    """Ctrl with an arrow moves a picture, Delete takes it out of the film."""
    keys = page.row.keys
    page.row.setCurrentRow(0)
    qtbot.keyClick(page.row, Qt.Key.Key_Right, Qt.KeyboardModifier.ControlModifier)
    assert page.row.keys == [keys[1], keys[0], keys[2]]
    qtbot.keyClick(page.row, Qt.Key.Key_Delete)
    assert page.row.keys == [keys[1], keys[2]]
    assert page.player.length == 12


def test_a_film_is_saved_the_same_every_time(qtbot: QtBot, window: Window, page: MorphPage, tmp_path: Path) -> None:
    """Twice saved, the files are equal; the frames are those that play."""
    paths = [tmp_path / "first.png", tmp_path / "second.png"]
    for path in paths:
        with qtbot.waitSignal(page.saving.export.finished):
            page.save(path, "apng")
    assert paths[0].read_bytes() == paths[1].read_bytes()
    assert window.message.text == f"Saved {paths[1]}."
    page.player.seek(7)
    qtbot.waitUntil(lambda: page.view.facts == "frame 8 of 18")
    with Image.open(paths[0]) as film:
        film.seek(7)
        assert np.array_equal(np.array(film.convert("RGB")), shown(page))


def test_saving_is_cancelled(qtbot: QtBot, window: Window, page: MorphPage, tmp_path: Path) -> None:
    """Esc leaves no file and no thread at work, and a film can be saved after it."""
    page.settings.frames.setValue(600)
    with qtbot.waitSignal(page.saving.export.stopped):
        page.save(tmp_path / "film.gif", "gif")
        assert window.services.actions["morph.cancel"].isEnabled()
        assert not page.saving.isHidden()
        qtbot.waitUntil(lambda: page.saving.progress.bar.value() > 3)
        window.services.actions["morph.cancel"].trigger()
    assert list(tmp_path.glob("*film*")) == []
    assert page.saving.isHidden()
    page.settings.frames.setValue(2)
    with qtbot.waitSignal(page.saving.export.finished):
        page.save(tmp_path / "film.gif", "gif")


def test_a_decoder_that_fails_is_said(
    qtbot: QtBot, window: Window, page: MorphPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Playing and saving both end with a sentence."""

    def fail(*_: object) -> Pixels:
        raise ModelError("The decoder failed.")

    monkeypatch.setattr(Autoencoder, "decode", fail)
    with qtbot.waitSignal(page.saving.export.failed):
        page.save(tmp_path / "film.gif", "gif")
    assert window.message.text == "The decoder failed."
    assert not (tmp_path / "film.gif").exists()


@pytest.mark.usefixtures("page")
def test_nothing_is_written_over_by_a_changed_suffix(
    window: Window, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The dialog asked about the name that was typed; what is there under the right suffix stays."""
    (tmp_path / "film.gif").write_bytes(b"before")
    answer = (str(tmp_path / "film"), "Animated GIF (*.gif)")
    monkeypatch.setattr("PySide6.QtWidgets.QFileDialog.getSaveFileName", lambda *_: answer)
    window.services.actions["morph.save"].trigger()
    assert "exists already" in window.message.text
    assert (tmp_path / "film.gif").read_bytes() == b"before"


def test_the_dialog_offers_what_can_be_written(
    qtbot: QtBot, window: Window, page: MorphPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The chosen kind is what is saved."""
    offered: list[str] = []

    def choose(*arguments: str) -> tuple[str, str]:
        offered.extend(arguments[3].split(";;"))
        return str(tmp_path / "film"), "Folder of PNG frames (*)"

    monkeypatch.setattr("PySide6.QtWidgets.QFileDialog.getSaveFileName", choose)
    with qtbot.waitSignal(page.saving.export.finished):
        window.services.actions["morph.save"].trigger()
    assert len(offered) == len(films.kinds())
    assert len(list((tmp_path / "film").iterdir())) == 18


@pytest.mark.usefixtures("page")
def test_a_typed_ending_decides_the_film(
    qtbot: QtBot, window: Window, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With "Animated GIF" in the list, a name that ends in .png is an animated PNG."""
    answer = (str(tmp_path / "film.png"), "Animated GIF (*.gif)")
    monkeypatch.setattr("PySide6.QtWidgets.QFileDialog.getSaveFileName", lambda *_: answer)
    with qtbot.waitSignal(window.services.written):
        window.services.actions["morph.save"].trigger()
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith("film")] == ["film.png"]
    assert (tmp_path / "film.png").read_bytes().startswith(b"\x89PNG")


def test_another_model_empties_the_row(qtbot: QtBot, window: Window, page: MorphPage, free: Bundle) -> None:
    """Codes of one model mean nothing to another."""
    with qtbot.waitSignal(window.session.rendered):
        window.open(library.open_entry(free.folder))
    assert page.row.count() == 0
    assert page.view.image is None
    assert page.gallery.isHidden()


def test_pictures_of_different_sizes_are_fitted_to_the_first(
    qtbot: QtBot, window: Window, free: Bundle, photo: Path
) -> None:
    """A morph has one size: files, the present picture, and what the gallery gives take that of the first."""
    with qtbot.waitSignal(window.session.rendered):
        window.open(library.open_entry(free.folder))
    window.show_page("morph")
    page = window.page("morph")
    assert isinstance(page, MorphPage)
    page.take([photo])
    qtbot.waitUntil(lambda: page.row.count() == 1)
    page.add_present()
    qtbot.waitUntil(lambda: page.row.count() == 2)
    first, second = page._codes()
    assert first.shape == second.shape
    page.take([photo])
    qtbot.waitUntil(lambda: page.row.count() == 3)
    assert np.array_equal(page._codes()[2], first)
    page.player.seek(0)
    qtbot.waitUntil(lambda: page.view.image is not None)


def test_a_folder_adds_its_pictures(qtbot: QtBot, window: Window, page: MorphPage, tmp_path: Path) -> None:
    """Dropped on the page, by name; a model's folder is left to the Picture page."""
    folder = tmp_path / "pictures"
    folder.mkdir()
    for number in (10, 2):
        picture_writer.save_png(folder / f"{number}.png", gradient(32, 32))
    before = page.row.count()
    assert page.take([folder])
    qtbot.waitUntil(lambda: page.row.count() == before + 2)
    assert [key.name for key in page._keys.values()][-2:] == ["2.png", "10.png"]
    assert not page.take([window.services.models[0].folder])


def test_pictures_are_marked_on_the_timeline(qtbot: QtBot, page: MorphPage) -> None:
    """A mark for each picture; Page down and Page up go from one to the next."""
    assert list(page.position.marks) == [0, 6, 12]
    page.position.setValue(0)
    qtbot.keyClick(page.position, Qt.Key.Key_PageDown)
    assert page.position.value() == 6
    qtbot.keyClick(page.position, Qt.Key.Key_PageUp)
    assert page.position.value() == 0
    places = [page.position.place_of(frame) for frame in page.position.marks]
    assert places == sorted(places)
    assert page.position.grab().width() == page.position.width()


def test_the_length_is_said_and_set_in_seconds(page: MorphPage) -> None:
    """Three pictures in a loop; a length that is typed changes the frames between them."""
    page.settings.per_second.setValue(10)
    assert page.settings.seconds.value() == pytest.approx(1.8)
    page.settings.seconds.setValue(9.0)
    page.settings.seconds.editingFinished.emit()
    assert page.settings.frames.value() == 30
    assert page.player.length == 90
    assert page.settings.seconds.value() == pytest.approx(9.0)


def test_closing_ends_a_film_that_is_being_saved(qtbot: QtBot, vector: Bundle, tmp_path: Path) -> None:
    """No thread is left, and no file."""
    entry = library.open_entry(bundles.enriched(vector).folder)
    window = open_window(qtbot, entry)
    page = window.page("morph")
    assert isinstance(page, MorphPage)
    before = thread_count()
    for index in range(2):
        page.gallery.chosen.emit(index)
    page.settings.frames.setValue(600)
    page.save(tmp_path / "film.gif", "gif")
    window.close()
    assert thread_count() <= before
    assert list(tmp_path.glob("*film*")) == []


def test_the_frame_is_named_in_another_language(qtbot: QtBot, window: Window, page: MorphPage) -> None:
    """The caption follows, with the same frame."""
    with qtbot.waitSignal(page.player.shown):
        page.player.seek(3)
    window.appearance.languages.choose("zh_CN")
    qtbot.waitUntil(lambda: page.view.facts.startswith("第 4 帧"))
    window.appearance.languages.choose("en")
    qtbot.waitUntil(lambda: page.view.facts.startswith("frame 4 of"))
