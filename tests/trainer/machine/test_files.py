"""Files are whole or absent, beside no planted link, and pipes are never waited for."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from trainer.machine import leftovers
from trainer.machine.files import open_regular, read_text, replaced, reserve, write_bytes, write_text


def test_a_file_is_replaced_whole_or_not_at_all(tmp_path: Path) -> None:
    """A fault in the middle leaves what stood there, and nothing beside it."""
    path = tmp_path / "file"
    write_bytes(path, b"before")

    def fail_half_way() -> None:
        with replaced(path) as scratch:
            scratch.write_bytes(b"half")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail_half_way()
    assert path.read_bytes() == b"before"
    write_text(path, "after é")
    assert path.read_text(encoding="utf-8") == "after é"
    assert [each.name for each in tmp_path.iterdir()] == ["file"]


def test_content_is_on_the_disk_before_it_has_its_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The file is synced before the rename and the folder after it, so that a power cut leaves old or new."""
    done: list[str] = []
    sync, replace = os.fsync, Path.replace
    monkeypatch.setattr(os, "fsync", lambda handle: (done.append("sync"), sync(handle))[1])
    monkeypatch.setattr(Path, "replace", lambda path, to: (done.append("rename"), replace(path, to))[1])
    write_bytes(tmp_path / "file", b"content")
    assert done == ["sync", "rename", "sync"]


@pytest.mark.skipif(not hasattr(os, "symlink"), reason="needs links")
def test_a_planted_link_is_not_written_through(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where somebody guessed the name beside the file, the write fails and what the link points to stays."""
    victim = tmp_path / "victim"
    victim.write_text("mine")
    monkeypatch.setattr(leftovers.secrets, "token_hex", lambda _: "guessed")
    (tmp_path / ".convae-guessed.partial").symlink_to(victim)
    with pytest.raises(FileExistsError):
        write_text(tmp_path / "file", "theirs")
    (tmp_path / "file.partial").symlink_to(victim)  # the name that was foreseeable before
    monkeypatch.undo()
    write_text(tmp_path / "file", "theirs")
    assert victim.read_text() == "mine"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs pipes")
def test_only_regular_files_are_opened(tmp_path: Path) -> None:
    """A pipe, a device and a folder are refused at once; a file past the limit is, too."""
    os.mkfifo(tmp_path / "pipe")
    for path in (tmp_path / "pipe", Path("/dev/zero"), tmp_path):
        with pytest.raises(OSError, match="is no regular file"):
            open_regular(path)
    (tmp_path / "text").write_bytes(b"\xef\xbb\xbfabc")
    assert read_text(tmp_path / "text", 6) == "abc"
    with pytest.raises(OSError, match="is larger than 5 bytes"):
        read_text(tmp_path / "text", 5)


@pytest.mark.skipif(not hasattr(os, "posix_fallocate"), reason="needs files with holes")
def test_a_file_with_holes_gets_all_of_its_room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """After it every block is the file's, with and without the system call; a full disk is an OSError."""
    for name in ("by the system", "by writing"):
        path = tmp_path / name
        with path.open("wb") as file:
            file.write(b"head")
            file.truncate(3 << 20)
        assert path.stat().st_blocks * 512 < 3 << 20
        reserve(path)
        assert path.stat().st_blocks * 512 >= 3 << 20
        assert path.read_bytes() == b"head".ljust(3 << 20, b"\0")
        monkeypatch.delattr(os, "posix_fallocate", raising=False)

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "posix_fallocate", full, raising=False)
    with pytest.raises(OSError, match="No space left"):
        reserve(path)
