"""What killed processes left half written is removed by whoever writes there next."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from desktop.engine.disk.files import replaced, write_whole
from export.bundle import leftovers

ROOT = Path(__file__).resolve().parents[3]
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


@pytest.mark.skipif(sys.platform == "win32", reason="locks as POSIX has them")
@pytest.mark.parametrize("name", ["mine", "mine.convae"])
def test_what_a_killed_writer_of_a_bundle_left_goes_with_the_next(tmp_path: Path, name: str) -> None:
    """Killed in the middle, it leaves a folder, old in an hour; an older bundle in it stays as long as the new one."""
    program = (
        "import os, sys; from pathlib import Path; from export.bundle import store\n"
        "store._write_folder = store._write_packed = lambda place, *_: (place.write_bytes(b'half'), os._exit(9))\n"
        "store.write_store(Path(sys.argv[1]), {'a': b'b'})"
    )
    done = subprocess.run([sys.executable, "-c", program, str(tmp_path / name)], cwd=ROOT, check=False)
    assert done.returncode == 9
    (scratch,) = tmp_path.iterdir()
    assert leftovers.NAME.fullmatch(scratch.name)
    kept = left(tmp_path, 9, OLD, None)
    (kept / "inner").rename(kept / leftovers.REPLACED)
    (kept / leftovers.FRESH).mkdir()
    leftovers.sweep(tmp_path)
    assert scratch.exists(), "it is young"
    for path in (scratch, kept):
        os.utime(path, (OLD, OLD))
    leftovers.sweep(tmp_path)
    assert list(tmp_path.iterdir()) == [kept]
    (kept / leftovers.FRESH).rename(tmp_path / name)  # killed when the new one stood in its place
    os.utime(kept, (OLD, OLD))
    leftovers.sweep(tmp_path)
    assert list(tmp_path.iterdir()) == [tmp_path / name]


@pytest.mark.skipif(sys.platform == "win32", reason="locks as POSIX has them")
def test_a_bundle_that_is_being_written_is_held(tmp_path: Path) -> None:
    """However old its folder looks; and it is gone once it is written, or is not."""
    with leftovers.scratch_beside(tmp_path / "mine") as scratch:
        os.utime(scratch, (OLD, OLD))
        leftovers.sweep(tmp_path)
        assert scratch.is_dir()
    assert not any(tmp_path.iterdir())
    with pytest.raises(OSError, match="refused"), leftovers.scratch_beside(tmp_path / "mine"):
        raise OSError("refused")
    assert not any(tmp_path.iterdir())
