"""The preferences, in the real window."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop.engine.folder import caches
from desktop.i18n import tr
from desktop.shell import preferences
from desktop.shell.preferences import Preferences
from desktop.window import Window


@pytest.fixture
def dialog(qtbot: QtBot, window: Window, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Preferences]:
    """Opened by keyboard; the caches are an index of 3 kB beside a detector, and an empty folder of training."""
    monkeypatch.setattr(caches, "data_folder", lambda: tmp_path / "inspect")
    monkeypatch.setenv("CONVAE_CACHE", str(tmp_path / "cache"))
    (tmp_path / "inspect" / "key" / "folder").mkdir(parents=True)
    (tmp_path / "inspect" / "key" / "folder" / caches.INDEX_FILE).write_bytes(b"0" * 3000)
    (tmp_path / "inspect" / "judges").mkdir()
    (tmp_path / "inspect" / "judges" / "kept.npz").write_bytes(b"1")
    qtbot.keyClick(window, Qt.Key.Key_Comma, Qt.KeyboardModifier.ControlModifier)
    dialog = window.preferences.dialog
    assert dialog is not None
    qtbot.waitUntil(lambda: len(dialog.caches) == 2)
    yield dialog
    dialog.reject()


def choose(dialog: Preferences, name: str, key: str) -> None:
    """What a user does with a box."""
    box = dialog.boxes[name]
    box.setCurrentIndex(box.findData(key))
    box.activated.emit(box.currentIndex())


def test_looks_and_language_hold_at_once(qtbot: QtBot, window: Window, dialog: Preferences) -> None:
    """And are remembered, as by the View menu."""
    choose(dialog, "theme", "dark")
    choose(dialog, "language", "zh_CN")
    assert (window.appearance.theme.choice, window.services.settings.theme) == ("dark", "dark")
    qtbot.waitUntil(lambda: window.services.actions["page.picture"].text() == "图片")
    assert window.services.actions["theme.dark"].isChecked()
    qtbot.waitUntil(lambda: dialog.windowTitle() == "首选项")
    assert dialog.boxes["provider"].itemText(0) == tr("Choose automatically") != "Choose automatically"
    assert dialog.boxes["theme"].currentData() == "dark"
    assert dialog.sizes["indexes"].text() == "3 kB"
    choose(dialog, "language", "en")
    choose(dialog, "theme", "light")


def test_provider_and_defaults_are_remembered(window: Window, dialog: Preferences) -> None:
    """The provider is the one that is offered; the fit and the start hold for the next time too."""
    assert dialog.boxes["provider"].currentData() == "cpu"
    choose(dialog, "provider", "auto")
    choose(dialog, "fit", "fit")
    choose(dialog, "start", "fresh")
    settings = window.services.settings
    assert (settings.provider, settings.text("fit"), settings.text("start")) == ("auto", "fit", "fresh")
    assert window.session.fit == "fit"


def test_a_cache_is_emptied_and_what_is_kept_stays(qtbot: QtBot, dialog: Preferences, tmp_path: Path) -> None:
    """Its size is said; the indexes go, detectors and notes do not; an empty cache has nothing to empty."""
    assert dialog.sizes["indexes"].text() == "3 kB"
    assert not dialog._empty_buttons["training"].isEnabled()
    dialog._empty_buttons["indexes"].click()
    qtbot.waitUntil(lambda: dialog.sizes["indexes"].text() == "0 kB")
    assert not (tmp_path / "inspect" / "key" / "folder").exists()
    assert (tmp_path / "inspect" / "judges" / "kept.npz").exists()


def test_sizes_are_said_as_people_say_them() -> None:
    """In kB, MB and GB."""
    texts = [preferences.size_text(size) for size in (1500, 2_345_678, 50_000_000_000)]
    assert texts == ["2 kB", "2.3 MB", "50.0 GB"]
