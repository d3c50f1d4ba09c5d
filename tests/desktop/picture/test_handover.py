"""The decoded picture for other programs."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from desktop.engine import picture_writer, pictures
from desktop.picture.handover import THUMBNAIL_SIDE, Handover, Parcel
from desktop.qt_images import to_pixels
from desktop.window import Window
from tests.desktop.windows import scene_of


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder in which temporary ones are made."""
    (tmp_path / "temporary").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temporary"))
    return tmp_path / "temporary"


@pytest.fixture
def handover(window: Window, temporary: Path) -> Iterator[Handover]:
    """One that has made nothing yet."""
    assert not any(temporary.iterdir())
    handover = Handover(window)
    yield handover
    handover.stop()


def handed(qtbot: QtBot, window: Window, handover: Handover, as_file: bool) -> Parcel:
    """The parcel of the scene that is shown."""
    with qtbot.waitSignal(handover.ready) as ready:
        handover.ask(scene_of(window), as_file)
    assert ready.args[1] == as_file
    parcel = ready.args[0]
    assert isinstance(parcel, Parcel)
    return parcel


def test_a_folder_is_made_for_a_file_alone_and_goes_at_the_end(
    qtbot: QtBot, window: Window, handover: Handover, temporary: Path
) -> None:
    """An image for the clipboard needs none; the file that is dragged out is the picture that is shown."""
    copied = handed(qtbot, window, handover, as_file=False)
    assert copied.file is None
    assert np.array_equal(to_pixels(copied.image), scene_of(window).output)
    assert max(copied.thumbnail.width(), copied.thumbnail.height()) <= THUMBNAIL_SIDE
    assert list(temporary.iterdir()) == []
    dragged = handed(qtbot, window, handover, as_file=True)
    assert dragged.file is not None
    assert dragged.file.name == "mean-tiny.png"
    assert np.array_equal(pictures.read(dragged.file).pixels, scene_of(window).output)
    assert len(list(temporary.iterdir())) == 1
    handover.stop()
    assert list(temporary.iterdir()) == []


def test_what_was_made_is_handed_over_again(
    qtbot: QtBot, window: Window, handover: Handover, monkeypatch: pytest.MonkeyPatch
) -> None:
    """At once and without a second save, until another scene is shown or somebody took the file away."""
    saved, save = list[Path](), picture_writer.save
    monkeypatch.setattr(
        picture_writer, "save", lambda path, *rest, **more: saved.append(path) or save(path, *rest, **more)
    )
    first = handed(qtbot, window, handover, as_file=True)
    assert handed(qtbot, window, handover, as_file=True) is first
    assert len(saved) == 1
    assert first.file is not None
    first.file.unlink()
    assert handed(qtbot, window, handover, as_file=True) is not first
    handover.forget()
    handed(qtbot, window, handover, as_file=True)
    assert len(saved) == 3


def test_a_disk_that_refuses_is_one_sentence(
    qtbot: QtBot, window: Window, handover: Handover, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Nothing is handed over, and the window says why."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "gone"))
    with qtbot.assertNotEmitted(handover.ready), qtbot.waitSignal(handover.failed) as failed:
        handover.ask(scene_of(window), as_file=True)
    assert "gone" in failed.args[0]
