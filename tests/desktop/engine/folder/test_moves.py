"""Moving pictures away and taking it back: nothing is lost or written over, whatever happens."""

from __future__ import annotations

import contextlib
import errno
import json
import os
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

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


def in_journal(root: Path) -> int:
    """How many files the last move took along that is not undone."""
    journal = json.loads((root / moves.JOURNAL).read_text()) if (root / moves.JOURNAL).exists() else []
    return len(journal[-1]) if journal else 0


def test_there_and_back(folder: Path, tmp_path: Path, root: Path) -> None:
    """Sub-folders are kept on the way out, and after `undo` everything is as it was."""
    before = contents(folder)
    done = moves.move(sorted(folder.rglob("*.png")), folder, tmp_path / "to", root)
    assert (len(done.done), done.failed) == (3, ())
    assert contents(tmp_path / "to") == before
    assert contents(folder) == {}
    assert in_journal(root) == 3
    assert len(moves.undo(root).done) == 3
    assert contents(folder) == before
    assert contents(tmp_path / "to") == {}
    assert in_journal(root) == 0


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


@pytest.mark.parametrize("disks", ["one", "two", "fat"])
@pytest.mark.parametrize("step", range(1, 16))
def test_a_move_that_was_killed_anywhere_can_be_undone(
    folder: Path, tmp_path: Path, root: Path, monkeypatch: pytest.MonkeyPatch, disks: str, step: int
) -> None:
    """A process is killed at each of its first steps; afterwards everything is there, and one undo brings it back."""
    apart(monkeypatch, disks)
    before = contents(folder)
    child = os.fork()
    if child == 0:
        killed_after(step)
        moves.move(sorted(folder.rglob("*.png")), folder, tmp_path / "to", root)
        os._exit(0)
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    assert status == 9 if step <= 6 else status in (0, 9)
    there = contents(tmp_path / "to") if (tmp_path / "to").exists() else {}
    assert {name: text for name, text in there.items() if ".partial" not in name} | contents(folder) == before
    if in_journal(root):
        assert moves.undo(root).failed == ()
    assert contents(folder) == before
    assert in_journal(root) == 0


def apart(monkeypatch: pytest.MonkeyPatch, disks: str) -> None:
    """Has folders lie on one disk, on two, or on one that knows no second names."""
    linked = Path.hardlink_to
    refusal = {"two": errno.EXDEV, "fat": errno.EPERM}.get(disks)

    def link(place: Path, source: Path) -> None:
        if refusal is not None and (disks == "fat" or ".partial" not in source.name):
            raise OSError(refusal, os.strerror(refusal))
        linked(place, source)

    monkeypatch.setattr(Path, "hardlink_to", link)


def killed_after(step: int) -> None:
    """Ends this process for good, without any tidying up, at its so manieth step that changes a disk."""
    changing, steps = {"os.link", "os.remove", "os.rename", "os.symlink", "shutil.copystat", "shutil.copyfileobj"}, 0

    def watch(event: str, arguments: tuple[object, ...]) -> None:
        nonlocal steps
        if event in changing or (event == "open" and ".partial" in str(arguments[0])):
            steps += 1
            if steps == step:
                os._exit(9)

    sys.addaudithook(watch)


def test_across_disks_a_failed_copy_leaves_the_original(
    folder: Path, tmp_path: Path, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where a second name cannot reach, the copy is there before the original goes."""
    apart(monkeypatch, "two")
    moves.move([folder / "a.png"], folder, tmp_path / "to", root)
    assert contents(tmp_path / "to") == {"a.png": "a.png"}
    assert not (folder / "a.png").exists()

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "the disk is full")

    monkeypatch.setattr("desktop.engine.folder.file_move.shutil.copyfileobj", full)
    moved = moves.move([folder / "b.png"], folder, tmp_path / "to", root)
    assert moved.failed[0][1] == "the disk is full"
    assert contents(tmp_path / "to") == {"a.png": "a.png"}
    assert (folder / "b.png").read_text() == "b.png"


def test_undo_waits_for_a_disk_that_is_not_connected(folder: Path, tmp_path: Path, root: Path) -> None:
    """What is away stays in the journal, an older move can be undone meanwhile, and with the disk it all comes back."""
    moves.move([folder / "b.png"], folder, tmp_path / "here", root)
    moves.move([folder / "a.png"], folder, tmp_path / "stick", root)
    (tmp_path / "stick").rename(tmp_path / "unplugged")
    assert [path.name for path, _ in moves.undo(root).done] == ["b.png"]
    moved = moves.undo(root)
    assert moved.failed == ((tmp_path / "stick" / "a.png", "it is not there, or its disk is not connected"),)
    (tmp_path / "unplugged").rename(tmp_path / "stick")
    assert len(moves.undo(root).done) == 1
    assert contents(folder)["a.png"] == "a.png"


@pytest.mark.parametrize("absolute", [False, True])
def test_a_link_points_to_where_it_pointed(folder: Path, tmp_path: Path, root: Path, absolute: bool) -> None:
    """Moved to another depth and back, a relative link is written anew, and stays a link."""
    link, aim = folder / "sub" / "link.png", Path("../a.png")
    link.symlink_to(folder / "a.png" if absolute else aim)
    moves.move([link], folder, tmp_path / "far" / "away", root)
    moved = tmp_path / "far" / "away" / "sub" / "link.png"
    assert moved.is_symlink()
    assert moved.read_text() == "a.png"
    moves.undo(root)
    assert link.readlink() == (folder / "a.png" if absolute else aim)


def test_movers_at_once_lose_no_move(folder: Path, tmp_path: Path, root: Path) -> None:
    """Four that begin at the same time are all in the journal."""
    for number in range(8):
        (folder / f"{number}.png").write_text(str(number))
    before = contents(folder)

    def mover(number: int) -> None:
        moves.move([folder / f"{number}.png"], folder, tmp_path / f"to {number}", root)

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(mover, range(8)))
    for _ in range(8):
        assert len(moves.undo(root).done) == 1
    assert contents(folder) == before


@pytest.mark.parametrize("name", [b"caf\xe9.png", b"a\r\x0b\x0c\xc2\x85\xe2\x80\xa8b.png"])
def test_names_of_any_bytes_go_there_and_back(folder: Path, tmp_path: Path, root: Path, name: bytes) -> None:
    """A name that is no UTF-8, or that holds line ends of every kind, is in the journal as it is."""
    path = folder / os.fsdecode(name)
    path.write_text("x")
    moves.move([path], folder, tmp_path / "to", root)
    assert not path.exists()
    moves.undo(root)
    assert path.read_text() == "x"


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
        patched.setattr(moves, "move_file", cut)
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


BROKEN = ["{", "[[1]]", '[[["a"]]]', '[[["a", 1]]]', "3", '{"": 1}', "[" * 100_000, "null", '[[["/a", "b"]]]',
          '[[["/a\\u0000", "/b"]]]', '[[["/a", "/\\ud800"]]]', json.dumps([[["/a", "/" + "b" * 5000]]])]  # fmt: skip


@pytest.mark.parametrize("journal", BROKEN)
def test_a_broken_journal_is_said(folder: Path, tmp_path: Path, root: Path, journal: str) -> None:
    """Before anything is moved."""
    root.mkdir()
    (root / moves.JOURNAL).write_text(journal)
    for act in (moves.undo, lambda root: moves.move([folder / "a.png"], folder, tmp_path / "to", root)):
        with pytest.raises(InspectionError, match="is broken"):
            act(root)
    assert (folder / "a.png").exists()


def test_a_journal_that_is_a_pipe_is_not_waited_for(root: Path) -> None:
    """It is no file, which is said."""
    root.mkdir()
    os.mkfifo(root / moves.JOURNAL)
    with pytest.raises(InspectionError, match="no regular file"):
        moves.undo(root)


@given(data=st.data())
def test_no_mutation_of_a_journal_ends_in_another_error(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    """Bytes of a journal changed, cut or put in anywhere: it is read, or refused in a sentence."""
    root = tmp_path_factory.getbasetemp() / "mutated"
    root.mkdir(exist_ok=True)
    whole = json.dumps([[["/gone/a.png", "/gone/b.png"]], [["/gone/c.png", "/gone/d.png"]]]).encode()
    place = data.draw(st.integers(0, len(whole)))
    cut = data.draw(st.integers(0, 4))
    (root / moves.JOURNAL).write_bytes(whole[:place] + data.draw(st.binary(max_size=6)) + whole[place + cut :])
    with contextlib.suppress(InspectionError):
        moves.undo(root)
