"""Files written whole or not at all, by one helper that everything in the desktop uses."""

from __future__ import annotations

import contextlib
import os
import re
import stat
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from desktop.engine import picture_writer
from desktop.engine.disk import file_writer
from desktop.engine.disk.file_writer import new_file, new_folder, write_file
from desktop.engine.errors import DesktopError, InspectionError, PictureError
from desktop.engine.film import films
from desktop.engine.session_file import SavedSession, write_session
from export.bundle import leftovers

DESKTOP = Path(file_writer.__file__).parents[2]
WRITES = re.compile(r"write_bytes\(|write_text\(|\.partial\b|\.open\(\"[wax]|FileIO\(")
# A file of codes grows in its place, a move has rules of its own, and a log grows in a folder that vanishes.
EXCEPTIONS = {
    "engine/disk/files.py",
    "engine/disk/leftovers.py",
    "engine/folder/index.py",
    "engine/folder/file_move.py",
    "engine/machine/priority.py",  # a number into /proc, which is no file
    "supervised/supervisor.py",
}


def names(folder: Path) -> list[str]:
    """What is in a folder."""
    return sorted(path.name for path in folder.iterdir())


def test_a_block_that_raises_leaves_the_old_file_and_nothing_else(tmp_path: Path) -> None:
    """What was there stays whole, whatever is raised."""
    path = tmp_path / "a.bin"
    write_file(path, b"old", PictureError)
    with contextlib.suppress(KeyboardInterrupt), new_file(path, PictureError) as file:
        file.write(b"new")
        raise KeyboardInterrupt
    assert path.read_bytes() == b"old"
    assert names(tmp_path) == ["a.bin"]


def test_content_and_folder_reach_the_disk_around_the_rename(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The content is synced before the rename and the folder after it."""
    events, replace, fsync = list[str](), Path.replace, os.fsync
    monkeypatch.setattr(os, "fsync", lambda handle: (events.append(kind(handle)), fsync(handle)))
    monkeypatch.setattr(Path, "replace", lambda old, new: (events.append("rename"), replace(old, new)))
    write_file(tmp_path / "a.bin", b"x")
    assert events == ["file", "rename", "folder"]


def kind(handle: int) -> str:
    """Whether an open file is a folder."""
    return "folder" if stat.S_ISDIR(os.fstat(handle).st_mode) else "file"


def save_scores(path: Path) -> None:
    """As every table is written."""
    write_file(path, b"file\n")


def save_session(path: Path) -> None:
    """A session without a model."""
    write_session(path, SavedSession(None, None, "crop", ("kept", ""), {}))


def save_picture(path: Path) -> None:
    """A small PNG."""
    picture_writer.save_png(path, np.zeros((4, 4, 3), np.uint8))


def save_film(path: Path) -> None:
    """A film of two frames."""
    films.write(path, "gif", [np.zeros((4, 4, 3), np.uint8), np.full((4, 4, 3), 9, np.uint8)], 2, 10)


@pytest.mark.parametrize("save", [save_scores, save_session, save_picture, save_film])
def test_a_planted_link_is_not_followed(tmp_path: Path, save: Callable[[Path], None]) -> None:
    """A link under the name that the file beside used to have, or under any that it takes, does not lead out."""
    victim, path = tmp_path / "victim", tmp_path / "out" / "a.bin"
    victim.write_text("mine")
    path.parent.mkdir()
    (path.parent / ".a.bin.partial").symlink_to(victim)
    save(path)
    assert victim.read_text() == "mine"
    assert path.stat().st_size > 0


def test_a_name_that_is_guessed_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Even a link under the random name itself is refused, and what it points to stays."""
    victim = tmp_path / "victim"
    victim.write_text("mine")
    monkeypatch.setattr(leftovers.secrets, "token_hex", lambda _: "guessed")
    (tmp_path / ".convae-guessed.partial").symlink_to(victim)
    with pytest.raises(InspectionError, match="cannot be written"):
        write_file(tmp_path / "a.bin", b"x")
    assert victim.read_text() == "mine"


@pytest.mark.parametrize("target", ["stream", "pipe", ".", "a\0b", "x" * 300, "half\ud800"])
def test_what_is_no_file_is_refused_in_one_sentence(tmp_path: Path, target: str) -> None:
    """A pipe, a device and the link to a stream stay what they are, a folder too, and an impossible name is told."""
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "stream").symlink_to("/proc/self/fd/1")
    with pytest.raises(InspectionError, match="cannot be written"):
        write_file(tmp_path / target, b"x")
    assert names(tmp_path) == ["pipe", "stream"]
    assert (tmp_path / "stream").is_symlink()


def test_a_folder_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    """It appears when its block is through; one that is there already is refused."""
    with contextlib.suppress(DesktopError), new_folder(tmp_path / "out", PictureError) as folder:
        (folder / "a").touch()
        raise DesktopError("given up")
    assert names(tmp_path) == []
    with new_folder(tmp_path / "out", PictureError) as folder:
        (folder / "a").touch()
        assert names(tmp_path) != ["out"]
    assert names(tmp_path / "out") == ["a"]
    with pytest.raises(PictureError, match="exists already"), new_folder(tmp_path / "out", PictureError):
        pass


def test_nothing_in_the_desktop_writes_past_the_helper() -> None:
    """No other module opens a file for writing or names a file beside another."""
    found = {
        path.relative_to(DESKTOP).as_posix()
        for path in DESKTOP.rglob("*.py")
        if WRITES.search(path.read_text(encoding="utf-8").replace("functools.partial", ""))
    }
    assert found <= EXCEPTIONS
