"""Moving pictures away and taking it back: nothing is lost or written over, whatever happens."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest

from desktop.engine.errors import InspectionError
from desktop.engine.folder import moves


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Three files, one of them in a sub-folder."""
    place = tmp_path / "from"
    (place / "sub").mkdir(parents=True)
    for name in ("a.png", "b.png", "sub/a.png"):
        (place / name).write_text(name)
    return place


def contents(place: Path) -> dict[str, str]:
    """Every file below a folder, by its path."""
    return {path.relative_to(place).as_posix(): path.read_text() for path in place.rglob("*") if path.is_file()}


def test_there_and_back(folder: Path, tmp_path: Path, root: Path) -> None:
    """Sub-folders are kept on the way out, and after `undo` everything is as it was."""
    before = contents(folder)
    done = moves.move(sorted(folder.rglob("*.png")), folder, tmp_path / "to", root)
    assert (len(done.done), done.failed) == (3, ())
    assert contents(tmp_path / "to") == before
    assert contents(folder) == {}
    assert moves.can_undo(root) == 3
    assert len(moves.undo(root).done) == 3
    assert contents(folder) == before
    assert contents(tmp_path / "to") == {}
    assert moves.can_undo(root) == 0


def test_a_taken_name_gets_a_number(folder: Path, tmp_path: Path, root: Path) -> None:
    """What is there stays."""
    (tmp_path / "to").mkdir()
    (tmp_path / "to" / "a.png").write_text("older")
    moves.move([folder / "a.png"], folder, tmp_path / "to", root)
    assert contents(tmp_path / "to") == {"a.png": "older", "a (2).png": "a.png"}


def test_undo_never_writes_over_a_newer_file(folder: Path, tmp_path: Path, root: Path) -> None:
    """What cannot go back stays where it is, is named, and can be undone once there is room."""
    moves.move([folder / "a.png", folder / "b.png"], folder, tmp_path / "to", root)
    (folder / "a.png").write_text("newer")
    moved = moves.undo(root)
    assert [path.name for path, _ in moved.failed] == ["a.png"]
    assert contents(folder) == {"a.png": "newer", "b.png": "b.png", "sub/a.png": "sub/a.png"}
    (folder / "a.png").unlink()
    assert len(moves.undo(root).done) == 1
    assert contents(folder)["a.png"] == "a.png"


def test_moves_are_undone_in_their_order(folder: Path, tmp_path: Path, root: Path) -> None:
    """The last one first."""
    moves.move([folder / "a.png"], folder, tmp_path / "one", root)
    moves.move([folder / "b.png"], folder, tmp_path / "two", root)
    moves.undo(root)
    assert (folder / "b.png").exists()
    assert not (folder / "a.png").exists()


def test_a_file_that_is_gone_is_named(folder: Path, tmp_path: Path, root: Path) -> None:
    """And no empty file is left in its name."""
    moved = moves.move([folder / "gone.png"], folder, tmp_path / "to", root)
    assert [path.name for path, _ in moved.failed] == ["gone.png"]
    assert contents(tmp_path / "to") == {} if (tmp_path / "to").exists() else True


def test_across_disks_it_is_copied_whole_first(
    folder: Path, tmp_path: Path, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where a rename cannot reach, the copy is there before the original goes; a failed copy leaves the original."""

    def other_disk(_source: Path, _place: Path) -> Path:
        raise OSError(errno.EXDEV, "another disk")

    replace = Path.replace
    monkeypatch.setattr(Path, "replace", lambda s, p: replace(s, p) if ".partial" in s.name else other_disk(s, p))
    moves.move([folder / "a.png"], folder, tmp_path / "to", root)
    assert contents(tmp_path / "to") == {"a.png": "a.png"}
    assert not (folder / "a.png").exists()

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "the disk is full")

    monkeypatch.setattr("desktop.engine.folder.moves.shutil.copy2", full)
    moved = moves.move([folder / "b.png"], folder, tmp_path / "to", root)
    assert moved.failed[0][1] == "the disk is full"
    assert contents(tmp_path / "to") == {"a.png": "a.png"}
    assert (folder / "b.png").read_text() == "b.png"


def test_the_plan_is_written_before_the_first_move(
    folder: Path, tmp_path: Path, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Cut off half-way, what was moved can still be brought back."""
    calls = []

    def cut(source: Path, place: Path) -> None:
        calls.append(source)
        if len(calls) == 2:
            raise KeyboardInterrupt
        place.parent.mkdir(parents=True, exist_ok=True)
        source.rename(place)

    before = contents(folder)
    with monkeypatch.context() as patched:
        patched.setattr(moves, "_move", cut)
        with pytest.raises(KeyboardInterrupt):
            moves.move(sorted(folder.rglob("*.png")), folder, tmp_path / "to", root)
    assert len(contents(tmp_path / "to")) == 1
    moves.undo(root)
    assert contents(folder) == before


def test_nowhere_to_go_and_nothing_to_undo(folder: Path, root: Path) -> None:
    """Both are said."""
    with pytest.raises(InspectionError, match="already"):
        moves.move([folder / "a.png"], folder, folder, root)
    with pytest.raises(InspectionError, match="no move to undo"):
        moves.undo(root)


@pytest.mark.parametrize("journal", ["{", "[[1]]", '[[["a"]]]', '[[["a", 1]]]', "3"])
def test_a_broken_journal_is_said(folder: Path, tmp_path: Path, root: Path, journal: str) -> None:
    """Before anything is moved."""
    root.mkdir()
    (root / moves.JOURNAL).write_text(journal)
    with pytest.raises(InspectionError, match="is broken"):
        moves.move([folder / "a.png"], folder, tmp_path / "to", root)
    assert (folder / "a.png").exists()
