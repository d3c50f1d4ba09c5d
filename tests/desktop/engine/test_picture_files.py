"""What is found in a folder, and what is said of the rest."""

from __future__ import annotations

import os
from collections import Counter
from pathlib import Path

import pytest

from desktop.engine.picture_files import Listing, list_pictures
from tests.desktop.engine.conftest import lock


def names(listing: Listing) -> list[str]:
    """The paths of the pictures."""
    return [each.path.as_posix() for each in listing.pictures]


def problems(listing: Listing) -> dict[str, str]:
    """What could not be looked at, and why."""
    return {path.as_posix(): reason for path, reason in listing.problems}


def make(folder: Path, *files: str) -> None:
    """Empty files."""
    for name in files:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).touch()


def test_pictures_are_found_by_their_endings_and_the_rest_is_counted(tmp_path: Path) -> None:
    """In order of their paths, hidden ones not at all, with the endings of what was passed over."""
    make(tmp_path, "b.JPG", "a/c.avif", ".h.png", ".hidden/d.png", "notes.txt", "more.txt", "raw.CR2")
    found = list_pictures(tmp_path)
    assert names(found) == ["a/c.avif", "b.JPG"]
    assert found.is_whole
    assert found.passed_over_words == "3 files were passed over by their endings (.txt, .cr2)"


def test_linked_folders_are_followed_once(tmp_path: Path) -> None:
    """A loop ends, a folder that is linked twice or is there itself counts once, and one from elsewhere is searched."""
    inside, outside = tmp_path / "in", tmp_path / "out"
    make(inside, "z/a.png")
    make(outside, "b.png", "below/c.png")
    (inside / "again").symlink_to(inside)
    (inside / "a link to z").symlink_to(inside / "z")
    (inside / "from elsewhere").symlink_to(outside)
    (inside / "from elsewhere too").symlink_to(outside)
    (outside / "loop").symlink_to(outside)
    found = list_pictures(inside)
    assert names(found) == ["from elsewhere/b.png", "from elsewhere/below/c.png", "z/a.png"]
    assert problems(found) == {}


def test_a_link_to_nowhere_is_told(tmp_path: Path) -> None:
    """It may be a folder whose disk is away, so that nothing may be taken for gone."""
    make(tmp_path, "a.png")
    (tmp_path / "disk").symlink_to(tmp_path / "nowhere")
    found = list_pictures(tmp_path)
    assert problems(found) == {"disk": "a link that leads nowhere"}
    assert not found.is_whole


def test_a_folder_that_cannot_be_listed_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With its name and the reason; the others are searched."""
    make(tmp_path, "a.png", "locked/b.png")
    lock(monkeypatch, tmp_path / "locked")
    found = list_pictures(tmp_path)
    assert names(found) == ["a.png"]
    assert problems(found) == {"locked": "Permission denied"}
    assert not found.is_whole


def test_what_is_no_file_is_named(tmp_path: Path) -> None:
    """A pipe with a picture's ending is told, and no reason to doubt the rest."""
    make(tmp_path, "a.png")
    os.mkfifo(tmp_path / "pipe.png")
    found = list_pictures(tmp_path)
    assert names(found) == ["a.png"]
    assert problems(found) == {"pipe.png": "it is no regular file"}
    assert found.is_whole


def test_names_of_any_bytes_are_found(tmp_path: Path) -> None:
    """A name that is no UTF-8 is one like any other."""
    path = os.fsencode(tmp_path) + b"/caf\xe9.png"
    Path(os.fsdecode(path)).touch()
    assert [os.fsencode(each.path) for each in list_pictures(tmp_path).pictures] == [b"caf\xe9.png"]


def test_many_endings_are_not_all_named() -> None:
    """Five are, and that there are more."""
    found = Listing(passed_over=Counter({f".{letter}": 2 for letter in "abcdef"}))
    assert found.passed_over_words == "12 files were passed over by their endings (.a, .b, .c, .d, .e, …)"
