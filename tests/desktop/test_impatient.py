"""An impatient user: whatever is done in whatever order, nothing breaks, and the window is right when it rests."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.engine import library
from desktop.state.settings import Settings
from desktop.window import Window
from export.bundle import Bundle
from tests import bundles
from tests.pictures import gradient

MOVES = 120
ELSEWHERE = ("file.", "session.", "model.", "help.", "picture.save", "morph.save", "morph.files", "inspect.")


@pytest.fixture
def finds(tmp_path: Path) -> list[Path]:
    """What a user may drop: good pictures of many kinds, broken ones, and no pictures at all."""
    folder = tmp_path / "finds"
    folder.mkdir()
    sizes = {"a.png": (40, 48), "b.jpg": (32, 32), "thin.png": (3, 200), "one.png": (1, 1)}
    for name, (height, width) in sizes.items():
        Image.fromarray(gradient(height, width)).save(folder / name)
    Image.fromarray(np.random.default_rng(0).random((20, 20)).astype(np.float32)).save(folder / "float.tiff")
    (folder / "cut.png").write_bytes((folder / "a.png").read_bytes()[:60])
    (folder / "empty.jpg").write_bytes(b"")
    (folder / "notes.txt").write_text("no picture")
    (folder / "nothing").mkdir()
    return [*sorted(folder.iterdir()), folder / "gone.png", folder]


@pytest.mark.parametrize("seed", [1, 2])
def test_nothing_breaks(
    qtbot: QtBot, vector: Bundle, free: Bundle, finds: list[Path], tmp_path: Path, seed: int
) -> None:
    """Random moves faster than the model answers; then code, picture, undo stack and model belong together."""
    entries = [library.open_entry(bundles.enriched(each).folder) for each in (vector, free)]
    window = Window(entries, "cpu", Settings(tmp_path / "settings.json"))
    qtbot.addWidget(window)
    window.show()
    told: list[str] = []
    window.services.warned.connect(told.append)
    window.session.failed.connect(told.append)
    window.open(entries[0])
    chance = random.Random(seed)
    moves = _moves(window, chance, finds, tmp_path)
    for _ in range(MOVES):
        chance.choice(moves)()
        qtbot.wait(chance.choice((0, 1, 10)))
    window.services.saver.cancel()
    session, steering = window.session, window.services.steering
    qtbot.waitUntil(lambda: session.scene is not None and not session._is_opening() and not window.services.saver.names)
    qtbot.waitUntil(lambda: np.array_equal(_shown_code(window), steering.code), timeout=10_000)
    assert session.scene is not None
    assert session.scene.request.model is session.model
    assert steering._picture is session.picture
    assert [text for text in told if "inside the program" in text] == []
    window.appearance.theme.choose(None)
    window.appearance.languages.choose("en")
    QApplication.sendPostedEvents(None, QEvent.Type.LanguageChange)
    window.close()


def _shown_code(window: Window) -> np.ndarray:
    assert window.session.scene is not None
    return window.session.scene.code


def _moves(window: Window, chance: random.Random, finds: list[Path], folder: Path) -> list[Callable[[], object]]:
    """What is done, the commonest several times."""
    actions, explore = window.services.actions, window.picture_page.explore
    harmless = [name for name in actions._actions if not name.startswith(ELSEWHERE)]

    def slide() -> None:
        rows = [row for row in explore.sliders.stack.rows.values() if row.isEnabled()]
        if rows:
            track = chance.choice(rows).track
            track.setValue(chance.randint(track.minimum(), track.maximum()))

    def keep() -> None:
        if window.session.scene is not None:
            window.keeper.save(folder / "session.json")

    def bring_back() -> None:
        if (folder / "session.json").exists():
            window.keeper.open(folder / "session.json")

    return [
        *[slide] * 4,
        *[lambda: actions[chance.choice(harmless)].trigger()] * 3,
        *[lambda: window._take([chance.choice(finds)])] * 3,
        *[lambda: window.model_list.setCurrentRow(chance.randrange(2))] * 2,
        *[lambda: chance.choice((explore.undo, explore.undo, explore.redo)).trigger()] * 3,
        lambda: window.show_page(chance.choice(("picture", "morph", "batch"))),
        lambda: window.resize(chance.choice((860, 1024, 1600)), chance.choice((560, 640, 900))),
        lambda: explore.starts.take_snapshot(chance.choice("AB")),
        lambda: explore.starts.recall_snapshot(chance.choice("AB")),
        lambda: explore.start.track.setValue(chance.randint(0, 100)),
        lambda: window.picture_page.compare.save_output(folder / chance.choice(("x.png", "x.jpg", "x.xyz"))),
        window.services.saver.cancel,
        keep,
        bring_back,
    ]
