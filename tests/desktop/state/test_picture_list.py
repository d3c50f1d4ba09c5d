"""Many pictures at once, in the real window."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QGuiApplication, QImage
from pytestqt.qtbot import QtBot

from desktop import mime
from desktop.engine import picture_writer
from desktop.engine.library import ModelEntry
from desktop.qt_images import to_qimage
from desktop.window import Window
from tests.desktop.windows import open_window
from tests.pictures import gradient


@pytest.fixture
def window(qtbot: QtBot, entry: ModelEntry) -> Iterator[Window]:
    """A window that shows the mean of the tiny model."""
    window = open_window(qtbot, entry)
    yield window
    window.close()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Three pictures, the second of them broken."""
    folder = tmp_path / "pictures"
    folder.mkdir()
    for number in (1, 3):
        picture_writer.save_png(folder / f"{number}.png", gradient(30 + number, 48))
    (folder / "2.png").write_text("words")
    return folder


def title(window: Window) -> str:
    """The name of the picture that is shown."""
    return window.picture_page.compare.title.text()


def test_one_picture_needs_no_strip(qtbot: QtBot, window: Window, photo: Path) -> None:
    """The strip is there only where there is something to pick."""
    with qtbot.waitSignal(window.session.rendered):
        window.open_paths([photo])
    assert not window.picture_page.compare.strip.isVisible()


def test_a_folder_fills_the_strip(qtbot: QtBot, window: Window, folder: Path) -> None:
    """It is searched away from the window; its pictures get thumbnails, the broken one a cross and its reason."""
    with qtbot.waitSignal(window.session.rendered):
        window.open_paths([folder])
    strip, pictures = window.picture_page.compare.strip, window.services.pictures
    assert strip.isVisible()
    assert title(window) == "1.png"
    assert strip.currentIndex().row() == 0
    qtbot.waitUntil(lambda: pictures.problem(1) is not None)
    qtbot.waitUntil(lambda: isinstance(pictures.index(2).data(Qt.ItemDataRole.DecorationRole), QImage))
    assert "2.png is not a picture" in str(pictures.index(1).data(Qt.ItemDataRole.ToolTipRole))


def test_keys_and_clicks_pick_pictures(qtbot: QtBot, window: Window, folder: Path) -> None:
    """The arrow keys go from one to the next wherever nothing else wants them; a broken one is said, and passed."""
    with qtbot.waitSignal(window.session.rendered):
        window.open_paths([folder])
    canvas = window.picture_page.compare.comparison.stage
    with qtbot.waitSignal(window.session.failed):
        qtbot.keyClick(canvas, Qt.Key.Key_Right)
    assert "2.png is not a picture" in window.message.text
    assert title(window) == "1.png"
    with qtbot.waitSignal(window.session.rendered):
        qtbot.keyClick(canvas, Qt.Key.Key_Right)
    assert title(window) == "3.png"
    strip = window.picture_page.compare.strip
    with qtbot.waitSignal(window.session.rendered):
        qtbot.mouseClick(
            strip.viewport(), Qt.MouseButton.LeftButton, pos=strip.visualRect(strip.model().index(0, 0)).center()
        )
    assert title(window) == "1.png"
    with qtbot.waitSignal(window.session.failed):
        qtbot.keyClick(window, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)


def test_an_arrow_on_a_slider_moves_the_slider(qtbot: QtBot, window: Window, folder: Path) -> None:
    """Keys that a widget uses itself pick no picture."""
    with qtbot.waitSignal(window.session.rendered):
        window.open_paths([folder])
    slider = window.picture_page.compare.comparison.heat_scale.slider
    before = slider.value()
    qtbot.keyClick(slider, Qt.Key.Key_Right)
    assert slider.value() == before + 1
    assert window.picture_page.compare.strip.currentIndex().row() == 0


def test_a_picture_of_the_list_keeps_the_list(qtbot: QtBot, window: Window, folder: Path, photo: Path) -> None:
    """Opened again by itself it is marked; another picture, alone in its folder, joins it."""
    with qtbot.waitSignal(window.session.rendered):
        window.open_paths([folder])
    with qtbot.waitSignal(window.session.rendered):
        window.open_paths([folder / "3.png"])
    assert window.picture_page.compare.strip.currentIndex().row() == 2
    with qtbot.waitSignal(window.session.rendered):
        window.open_paths([photo])
    assert window.services.pictures.paths == [*sorted(folder.iterdir()), photo]


def test_an_empty_folder_is_said(qtbot: QtBot, window: Window, tmp_path: Path) -> None:
    """And what was shown stays."""
    empty = tmp_path / "empty"
    empty.mkdir()
    before = window.session.scene
    with qtbot.waitSignal(window.services.warned):
        window.open_paths([empty])
    assert f"neither a model nor a picture in {empty}" in window.message.text
    assert window.session.scene is before


def _urls(*addresses: str) -> QMimeData:
    data = QMimeData()
    data.setUrls([QUrl(address) for address in addresses])
    return data


def test_addresses_elsewhere_are_left_out_by_name(qtbot: QtBot, window: Window, photo: Path) -> None:
    """Of a list from a browser the local file is opened, and the rest named in a sentence."""
    QGuiApplication.clipboard().setMimeData(_urls("https://example.org/a.png", photo.as_uri()))
    with qtbot.waitSignal(window.session.rendered):
        window.intake.paste()
    assert title(window) == "photo.png"
    assert window.message.text == "Only files of this computer are opened; left out: https://example.org/a.png."
    QGuiApplication.clipboard().setMimeData(_urls(*(f"https://example.org/{n}.png" for n in range(5))))
    window.intake.paste()
    assert "2.png, …." in window.message.text
    assert title(window) == "photo.png"


def test_a_picture_dragged_from_a_browser_is_taken_as_it_is() -> None:
    """Where the pixels come with the address, the address is not missed."""
    data = _urls("https://example.org/a.png")
    data.setImageData(to_qimage(gradient(8, 8)))
    assert mime.elsewhere(data) == []
    assert mime.content(data) is not None
