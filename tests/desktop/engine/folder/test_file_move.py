"""One file moved so that at no moment its content is lost."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from desktop.engine.folder.file_move import move_file


def refuse(monkeypatch: pytest.MonkeyPatch, code: int, least: int = 0) -> None:
    """Second names are refused with this error, from the given try on."""
    link, tries = Path.hardlink_to, []

    def refused(self: Path, target: Path) -> None:
        tries.append(target)
        if len(tries) > least:
            raise OSError(code, os.strerror(code))
        link(self, target)

    monkeypatch.setattr(Path, "hardlink_to", refused)


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """A file, and nothing beside it."""
    path = tmp_path / "from" / "a.png"
    path.parent.mkdir()
    path.write_text("content")
    os.utime(path, (1, 1))
    return path


@pytest.mark.parametrize("code", [0, errno.EXDEV, errno.EPERM])
def test_a_file_goes_to_its_place_by_whatever_the_disks_can(
    source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int
) -> None:
    """By a second name, by a copy across disks, or by a rename on a disk without second names; its time stays."""
    if code:
        refuse(monkeypatch, code)
    if code == errno.EXDEV:
        monkeypatch.setattr("desktop.engine.folder.file_move.NO_SECOND_NAMES", (errno.EXDEV,))
    place = tmp_path / "to" / "b.png"
    move_file(source, place)
    assert not source.exists()
    assert (place.read_text(), place.stat().st_mtime) == ("content", 1)
    assert list(place.parent.iterdir()) == [place]


@pytest.mark.parametrize("code", [0, errno.EPERM])
def test_what_has_the_name_is_never_written_over(
    source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int
) -> None:
    """Both files are as they were."""
    if code:
        refuse(monkeypatch, code)
    place = tmp_path / "b.png"
    place.write_text("another")
    with pytest.raises(FileExistsError):
        move_file(source, place)
    assert (source.read_text(), place.read_text()) == ("content", "another")


def test_a_copy_that_fails_leaves_the_file_where_it_was(
    source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Across disks, on a full one: no half copy stays."""

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "the disk is full")

    refuse(monkeypatch, errno.EXDEV)
    monkeypatch.setattr("desktop.engine.folder.file_move.shutil.copyfileobj", full)
    with pytest.raises(OSError, match="the disk is full"):
        move_file(source, tmp_path / "to" / "b.png")
    assert source.read_text() == "content"
    assert list((tmp_path / "to").iterdir()) == []


@pytest.mark.parametrize("same_file", [True, False])
def test_a_move_that_was_cut_off_is_brought_to_its_end(source: Path, tmp_path: Path, same_file: bool) -> None:
    """The file has both names already, or a whole copy lies in its place: the first name goes."""
    place = tmp_path / "b.png"
    if same_file:
        place.hardlink_to(source)
    else:
        place.write_bytes(source.read_bytes())
    move_file(source, place)
    assert not source.exists()
    assert place.read_text() == "content"


def test_a_link_points_to_where_it_pointed(source: Path, tmp_path: Path) -> None:
    """A relative one says it anew from its new place."""
    link = source.with_name("link.png")
    link.symlink_to("a.png")
    place = tmp_path / "deep" / "er" / "link.png"
    move_file(link, place)
    assert place.is_symlink()
    assert place.resolve() == source.resolve()
    assert not link.is_symlink()


def test_a_folder_or_nothing_is_no_file(tmp_path: Path) -> None:
    """Neither is moved."""
    for name in ("nothing", "."):
        with pytest.raises(FileNotFoundError):
            move_file(tmp_path / name, tmp_path / "to")
