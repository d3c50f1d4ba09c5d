"""Saving a film without waiting for it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from pytestqt.qtbot import QtBot

from desktop.films.export import FilmExport


def spare(job: Callable[[], object], done: Callable[..., object], failed: Callable[..., object]) -> None:
    """Spare work that is done at once."""
    try:
        result = job()
    except Exception as error:
        failed(error)
    else:
        done(result)


def frame(number: int) -> np.ndarray:
    """A picture of its number."""
    return np.full((8, 8, 3), 20 * number, np.uint8)


def test_a_film_is_written_frame_by_frame(qtbot: QtBot, tmp_path: Path) -> None:
    """And each is told of."""
    export, told = FilmExport(spare), list[int]()
    export.progressed.connect(lambda _, done, __: told.append(done))
    with qtbot.waitSignal(export.finished) as finished:
        export.start(tmp_path / "a.gif", "gif", frame, 4, 10)
        assert export.is_busy
    assert finished.args == [tmp_path / "a.gif"]
    with Image.open(tmp_path / "a.gif") as film:
        assert getattr(film, "n_frames", 1) == 4
    assert sorted(set(told)) == [0, 1, 2, 3]
    export.stop()


@pytest.mark.parametrize("cancelled", [True, False])
def test_nothing_is_left_of_a_film_that_ends_early(qtbot: QtBot, tmp_path: Path, cancelled: bool) -> None:
    """Whether it was cancelled or a frame could not be decoded."""
    export = FilmExport(spare)

    def broken(number: int) -> np.ndarray:
        if number == 2 and not cancelled:
            raise ValueError("broken")
        if number == 2:
            export.cancel()
        return frame(number)

    with qtbot.waitSignal(export.stopped if cancelled else export.failed):
        export.start(tmp_path / "a.gif", "gif", broken, 50, 10)
    assert list(tmp_path.iterdir()) == []
    export.stop()
