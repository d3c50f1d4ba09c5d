"""Films saved from the Morph page, in the real window."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from pytestqt.qtbot import QtBot

from desktop.engine import library
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
from tests.threads import new_threads, threads


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
    assert page.view.image is not None
    with Image.open(paths[0]) as film:
        film.seek(7)
        assert np.array_equal(np.array(film.convert("RGB")), to_pixels(page.view.image))


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


def test_closing_ends_a_film_that_is_being_saved(qtbot: QtBot, vector: Bundle, tmp_path: Path) -> None:
    """No thread is left, and no file."""
    entry = library.open_entry(bundles.enriched(vector).folder)
    window = open_window(qtbot, entry)
    page = window.page("morph")
    assert isinstance(page, MorphPage)
    before = threads()
    for index in range(2):
        page.gallery.chosen.emit(index)
    page.settings.frames.setValue(600)
    page.save(tmp_path / "film.gif", "gif")
    window.close()
    assert not new_threads(before)
    assert list(tmp_path.glob("*film*")) == []
