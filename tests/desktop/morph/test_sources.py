"""Where the pictures of a morph come from, in the real window."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from pytestqt.qtbot import QtBot

from desktop.engine import library, picture_writer
from desktop.morph.page import MorphPage
from desktop.window import Window
from export.bundle import Bundle
from tests.pictures import gradient


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
