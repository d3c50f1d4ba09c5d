"""What killed processes left half written is removed by whoever writes there next."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

import pytest

from desktop.engine.disk import leftovers
from desktop.engine.disk.files import replaced, write_whole

OLD, YOUNG = time.time() - 2 * leftovers.OLD_S, time.time()


def left(folder: Path, number: int, changed: float, content: bytes | None = b"half") -> Path:
    """A file that was not finished, or a folder."""
    path = folder / f".convae-{number:016x}.partial"
    if content is None:
        (path / "inner").mkdir(parents=True)
        (path / "inner" / "frame.png").write_bytes(b"half")
    else:
        path.write_bytes(content)
    os.utime(path, (changed, changed))
    return path


@pytest.mark.skipif(sys.platform == "win32", reason="locks as POSIX has them")
def test_old_ones_that_nobody_holds_are_removed(tmp_path: Path) -> None:
    """Files and folders; what is young, what a process holds, what a link leads to and any other name stay."""
    gone = [left(tmp_path, 1, OLD), left(tmp_path, 2, OLD, None)]
    stays = [left(tmp_path, 3, YOUNG), left(tmp_path, 4, OLD), left(tmp_path, 5, YOUNG, None)]
    (tmp_path / "mine.partial").touch()
    victim = left(tmp_path, 6, YOUNG)
    link = tmp_path / f".convae-{7:016x}.partial"
    link.symlink_to(victim)
    with stays[1].open("rb") as held:
        leftovers.hold(held.fileno())
        write_whole(tmp_path / "new", b"whole")
    assert (tmp_path / "new").read_bytes() == b"whole"
    assert not any(os.path.lexists(path) for path in gone)
    assert all(os.path.lexists(path) for path in (*stays, victim, link, tmp_path / "mine.partial"))


@pytest.mark.skipif(sys.platform == "win32", reason="locks as POSIX has them")
def test_a_file_that_is_being_written_is_held(tmp_path: Path) -> None:
    """However old it looks, it is not removed under the hands of its writer."""
    with replaced(tmp_path / "slow") as file:
        (scratch,) = tmp_path.glob(".convae-*.partial")
        file.write(b"whole")
        os.utime(scratch, (OLD, OLD))
        leftovers.sweep(tmp_path)
        assert scratch.exists()
    assert (tmp_path / "slow").read_bytes() == b"whole"
