"""What the tests of the desktop share."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from desktop.engine import picture_writer
from desktop.engine.anomaly import fit, patch_features
from desktop.engine.anomaly.scores import learnt
from desktop.engine.library import ModelEntry
from desktop.widgets import question
from desktop.window import Window
from tests.desktop.windows import open_window


@pytest.fixture(autouse=True)
def _filmstrips_at_rest(monkeypatch: pytest.MonkeyPatch) -> None:
    """Filmstrips wait for longer than any test: what is decoded is what a test asks for."""
    monkeypatch.setattr("desktop.picture.filmstrips.REST_MS", 3_600_000)


@pytest.fixture(autouse=True)
def _nobody_to_ask(monkeypatch: pytest.MonkeyPatch) -> None:
    """A question that a test does not answer itself gets a yes, rather than wait for ever."""
    monkeypatch.setattr(question, "agrees", lambda *_: True)


@pytest.fixture(scope="session", autouse=True)
def _empty_clipboard_at_the_end() -> Iterator[None]:
    """What a test put on the clipboard goes while Python is still there; Qt ends later, and would crash freeing it."""
    yield
    if isinstance(QGuiApplication.instance(), QGuiApplication):
        QGuiApplication.clipboard().clear()


@pytest.fixture
def window(qtbot: QtBot, entry: ModelEntry) -> Iterator[Window]:
    """A window that shows the mean of the tiny model."""
    window = open_window(qtbot, entry)
    yield window
    window.close()


@pytest.fixture
def held_save(monkeypatch: pytest.MonkeyPatch) -> Iterator[threading.Event]:
    """Every save waits until the event is set."""
    save, go_on = picture_writer.save, threading.Event()

    def slow(*arguments: Any) -> None:
        assert go_on.wait(10)
        save(*arguments)

    monkeypatch.setattr(picture_writer, "save", slow)
    yield go_on
    go_on.set()


@pytest.fixture(scope="session", autouse=True)
def few_made_up_defects() -> Iterator[None]:
    """Detectors are fitted in a fraction of a second; what they choose by so few defects is not tested by this."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(learnt, "DEFECTS", 20)
        patch.setattr(patch_features, "SAMPLE", 1000)
        patch.setattr(fit, "MADE_UP", 20)
        yield
