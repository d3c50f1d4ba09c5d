"""The Morph page, in the real window."""

from __future__ import annotations

import threading

import numpy as np
import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt
from PySide6.QtGui import QDropEvent
from pytestqt.qtbot import QtBot

from desktop.engine import library
from desktop.engine.autoencoder import Autoencoder
from desktop.engine.pictures import Pixels
from desktop.morph.page import MorphPage
from desktop.qt_images import to_pixels
from desktop.window import Window
from export.bundle import Bundle


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


def test_another_model_empties_the_row(qtbot: QtBot, window: Window, page: MorphPage, free: Bundle) -> None:
    """Codes of one model mean nothing to another."""
    with qtbot.waitSignal(window.session.rendered):
        window.open(library.open_entry(free.folder))
    assert page.row.count() == 0
    assert page.view.image is None
    assert page.gallery.isHidden()


def test_the_length_is_said_and_set_in_seconds(page: MorphPage) -> None:
    """Three pictures in a loop; a length that is typed changes the frames between them."""
    page.settings.per_second.setValue(10)
    assert page.settings.seconds.value() == pytest.approx(1.8)
    page.settings.seconds.setValue(9.0)
    page.settings.seconds.editingFinished.emit()
    assert page.settings.frames.value() == 30
    assert page.player.length == 90
    assert page.settings.seconds.value() == pytest.approx(9.0)


def test_the_frame_is_named_in_another_language(qtbot: QtBot, window: Window, page: MorphPage) -> None:
    """The caption follows, with the same frame."""
    with qtbot.waitSignal(page.player.shown):
        page.player.seek(3)
    window.appearance.languages.choose("zh_CN")
    qtbot.waitUntil(lambda: page.view.facts.startswith("第 4 帧"))
    window.appearance.languages.choose("en")
    qtbot.waitUntil(lambda: page.view.facts.startswith("frame 4 of"))
