"""A large picture, before its scene is there, in the real window."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from pytestqt.qtbot import QtBot

from desktop.engine import model_input
from desktop.engine.errors import PictureError
from desktop.window import Window
from tests.desktop.windows import scene_of
from tests.pictures import gradient


@pytest.fixture
def large(tmp_path: Path) -> Path:
    """A JPEG of 2,400,000 pixels."""
    path = tmp_path / "holiday.jpg"
    Image.fromarray(gradient(120, 200)).resize((2000, 1200)).save(path)
    return path


@pytest.fixture
def held(monkeypatch: pytest.MonkeyPatch) -> Iterator[threading.Event]:
    """No picture reaches the model before the event is set."""
    prepare, go_on = model_input.prepare, threading.Event()

    def slow(*arguments: Any) -> Any:
        assert go_on.wait(20)
        return prepare(*arguments)

    monkeypatch.setattr(model_input, "prepare", slow)
    yield go_on
    go_on.set()


def test_name_and_original_are_there_at_once(qtbot: QtBot, window: Window, large: Path, held: threading.Event) -> None:
    """While the model works on it, its name, size and original are seen, and the sliders wait; then all is as ever."""
    page = window.picture_page
    window.open(picture=large)
    qtbot.waitUntil(lambda: page.early_look.is_shown)
    assert page.compare.title.text() == "holiday.jpg"
    assert page.compare.subtitle.text() == "2000 × 1200"
    comparison = page.compare.comparison
    assert comparison.stage.isVisible()
    shown = comparison.stage.left.layers
    assert shown[0].place.width() == 2000
    assert shown[0].image.width() < 2000
    assert not page.explore.sliders.isEnabled()
    held.set()
    with qtbot.waitSignal(window.session.rendered):
        pass
    assert scene_of(window).request.picture is large
    assert page.explore.sliders.isEnabled()
    assert not page.early_look.is_shown


def test_small_pictures_need_none(qtbot: QtBot, window: Window, photo: Path, held: threading.Event) -> None:
    """They are there soon enough."""
    held.set()
    with qtbot.waitSignal(window.session.rendered):
        window.open(picture=photo)
    assert not window.picture_page.early_look.is_shown


def test_what_cannot_be_opened_gives_way_to_what_was_shown(
    qtbot: QtBot, window: Window, large: Path, held: threading.Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The title and the sliders are those of the picture before."""
    page, before = window.picture_page, window.picture_page.compare.title.text()
    window.open(picture=large)
    qtbot.waitUntil(lambda: page.early_look.is_shown)

    def broken(*_: object) -> None:
        raise PictureError("{path} is broken.", path=large)

    monkeypatch.setattr("desktop.engine.framing.frame", broken)
    with qtbot.waitSignal(window.session.failed):
        held.set()
    qtbot.waitUntil(lambda: page.compare.title.text() == before)
    assert page.explore.sliders.isEnabled()
