"""Sorting what was named."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop.engine import inputs
from desktop.engine.errors import PictureError
from desktop.engine.inputs import Gathered
from export.bundle import Bundle


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of pictures with a folder below it, and with what is none."""
    folder = tmp_path / "pictures"
    (folder / "below").mkdir(parents=True)
    (folder / ".hidden").mkdir()
    for name in ("b.JPG", "a.png", "notes.txt", ".c.png", "below/d.webp", ".hidden/e.png"):
        (folder / name).touch()
    return folder


def test_a_folder_stands_for_its_pictures(folder: Path) -> None:
    """By name, those below it last; neither hidden files nor what is no picture."""
    assert inputs.needs_search([folder])
    expected = tuple(folder / name for name in ("a.png", "b.JPG", "below/d.webp"))
    assert inputs.gather([folder]) == Gathered((), expected)


def test_models_and_pictures_are_told_apart(vector: Bundle, folder: Path, photo: Path) -> None:
    """A model's folder is not searched; a picture that is named twice is there once."""
    gathered = inputs.gather([vector.folder, photo, folder, photo])
    assert gathered.models == (vector.folder,)
    assert gathered.pictures[0] == photo
    assert len(gathered.pictures) == 4
    assert not inputs.needs_search([vector.folder, photo])


def test_an_empty_folder_is_named(tmp_path: Path) -> None:
    """One sentence says that there is neither a model nor a picture."""
    with pytest.raises(PictureError, match=f"neither a model nor a picture in {tmp_path}"):
        inputs.gather([tmp_path])


def test_a_folder_without_end_is_cut_short(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No more pictures are taken than can be offered, and no more files looked at."""
    monkeypatch.setattr(inputs, "MOST_PICTURES", 2)
    assert len(inputs.gather([folder]).pictures) == 2
    monkeypatch.setattr(inputs, "MOST_ENTRIES", 1)
    assert len(inputs.gather([folder]).pictures) == 1
