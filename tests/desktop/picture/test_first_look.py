"""The very first start, in the real window."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop.engine import library
from desktop.picture import first_look
from desktop.window import Window
from export.bundle import Bundle
from tests import bundles
from tests.desktop.windows import open_window


def animate(monkeypatch: pytest.MonkeyPatch, window: Window, milliseconds: int) -> None:
    """A system whose animations last so long; 0 for none."""
    target = type(window.picture_page.first_look.target)
    monkeypatch.setattr(target, "style", lambda _: SimpleNamespace(styleHint=lambda _: milliseconds))


@pytest.fixture
def window(qtbot: QtBot, vector: Bundle, monkeypatch: pytest.MonkeyPatch) -> Iterator[Window]:
    """A window with a model that has training pictures, on a system that animates, slowly enough to look at it."""
    monkeypatch.setattr(first_look, "SECONDS", 600.0)
    window = open_window(qtbot, library.open_entry(bundles.enriched(vector).folder))
    animate(monkeypatch, window, 200)
    yield window
    window.close()


def test_a_training_picture_moves_until_there_is_input(qtbot: QtBot, window: Window) -> None:
    """It is no step of its own but the start; any key ends it, and the sliders are where they were."""
    look, steering = window.picture_page.first_look, window.services.steering
    window.greet()
    assert look.target.isVisible()
    assert look.is_moving
    assert steering.state is not None
    assert steering.state.origin.kind == "gallery"
    still = steering.code
    assert still is not None
    qtbot.waitUntil(lambda: not np.array_equal(window.session.scene.code, still))  # type: ignore[union-attr]
    qtbot.keyClick(window, Qt.Key.Key_Shift)
    assert not look.is_moving
    qtbot.waitUntil(lambda: np.array_equal(window.session.scene.code, still))  # type: ignore[union-attr]
    assert look.target.isVisible()


def test_a_picture_takes_the_place_away(qtbot: QtBot, window: Window, photo: Path) -> None:
    """Once a picture is opened, the place to drop one is gone, and does not come back."""
    window.greet()
    with qtbot.waitSignal(window.services.session.subject_changed):
        window.open(picture=photo)
    look = window.picture_page.first_look
    qtbot.waitUntil(lambda: not look.target.isVisible())
    assert not look.is_moving
    with qtbot.waitSignal(window.session.rendered):
        window.services.actions["explore.mean"].trigger()
    assert not look.target.isVisible()


def test_nothing_moves_where_animations_are_reduced(window: Window, monkeypatch: pytest.MonkeyPatch) -> None:
    """The picture and the place to drop one are there all the same."""
    look = window.picture_page.first_look
    animate(monkeypatch, window, 0)
    window.greet()
    assert look.target.isVisible()
    assert not look.is_moving
