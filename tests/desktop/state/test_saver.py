"""Pictures written to files one after another."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from PIL import Image
from pytestqt.qtbot import QtBot

from desktop.state.saver import Saver
from tests.pictures import gradient


def test_pictures_are_written_in_their_order(qtbot: QtBot, tmp_path: Path) -> None:
    """Each is told once it is there."""
    saver, told = Saver(), list[Path]()
    saver.saved.connect(told.append)
    for name in ("a.png", "b.png"):
        saver.save(tmp_path / name, lambda: (gradient(4, 6), None))
    assert saver.names == ["a.png", "b.png"]
    qtbot.waitUntil(lambda: saver.waiting == 0)
    assert told == [tmp_path / "a.png", tmp_path / "b.png"]
    assert np.array_equal(np.asarray(Image.open(told[0])), gradient(4, 6))
    saver.stop()


def test_a_folder_that_is_gone_is_not_made_anew(qtbot: QtBot, tmp_path: Path) -> None:
    """It was there when it was chosen, on a disk that may have been taken out; the next picture is written."""
    saver, failed = Saver(), list[str]()
    saver.failed.connect(failed.append)
    saver.save(tmp_path / "gone" / "a.png", lambda: (gradient(4, 6), None))
    with qtbot.waitSignal(saver.saved):
        saver.save(tmp_path / "b.png", lambda: (gradient(4, 6), None))
    assert "a.png cannot be written" in failed[0]
    assert not (tmp_path / "gone").exists()
    saver.stop()
