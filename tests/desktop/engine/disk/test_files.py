"""Small files: only regular ones are read, and none is half written."""

from __future__ import annotations

import os
import socket
from pathlib import Path

import pytest

from desktop.engine.disk.files import read_bounded, replaced, write_whole


def test_a_file_is_written_and_read_whole(tmp_path: Path) -> None:
    """Its folder is made, it takes the place of what was there, and nothing is left beside it."""
    path = tmp_path / "new" / "a.bin"
    for content in (b"first", b"second"):
        write_whole(path, content)
        assert read_bounded(path, 100) == content
    assert [each.name for each in path.parent.iterdir()] == ["a.bin"]


def test_what_fails_leaves_what_was_there(tmp_path: Path) -> None:
    """Given up in the middle, the file before it stays and nothing of the new one does."""
    path = tmp_path / "a.bin"
    path.write_bytes(b"before")

    def give_up() -> None:
        with replaced(path) as file:
            file.write(b"half")
            raise RuntimeError("given up")

    with pytest.raises(RuntimeError, match="given up"):
        give_up()
    assert path.read_bytes() == b"before"
    assert [each.name for each in tmp_path.iterdir()] == ["a.bin"]


def test_a_larger_file_is_not_read(tmp_path: Path) -> None:
    """One byte too many is refused, and the limit is named."""
    path = tmp_path / "a.bin"
    path.write_bytes(b"12345")
    assert read_bounded(path, 5) == b"12345"
    with pytest.raises(OSError, match="larger than 4 bytes"):
        read_bounded(path, 4)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no named pipes here")
def test_pipes_sockets_and_folders_are_not_waited_for(tmp_path: Path) -> None:
    """Each is refused at once as no regular file."""
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "folder").mkdir()
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(tmp_path / "socket"))
        for name in ("pipe", "folder", "socket"):
            with pytest.raises(OSError, match="no regular file"):
                read_bounded(tmp_path / name, 10)


@pytest.mark.skipif(not hasattr(os, "symlink"), reason="there are no links here")
def test_a_link_at_the_place_is_replaced_and_not_followed(tmp_path: Path) -> None:
    """The file that a planted link points to stays as it is."""
    (tmp_path / "precious").write_bytes(b"precious")
    (tmp_path / "a.bin").symlink_to(tmp_path / "precious")
    (tmp_path / ".a.bin.partial").symlink_to(tmp_path / "precious")
    write_whole(tmp_path / "a.bin", b"new")
    assert (tmp_path / "precious").read_bytes() == b"precious"
    assert (tmp_path / "a.bin").read_bytes() == b"new"
    assert not (tmp_path / "a.bin").is_symlink()
