"""A file that does not answer is given up."""

from __future__ import annotations

import os
import threading
from pathlib import Path
from typing import IO, Any

import pytest

from desktop.engine import pictures
from desktop.engine.disk import files, timed_file
from desktop.engine.disk.timed_file import TimedFile, open_timed
from desktop.engine.errors import PictureError
from tests.pictures import gradient


def test_it_reads_as_any_file_does(tmp_path: Path) -> None:
    """Whole, in parts and from anywhere."""
    content = os.urandom(1_000_000)
    (tmp_path / "a").write_bytes(content)
    with open_timed(tmp_path / "a") as file:
        assert file.read(10) == content[:10]
        file.seek(-7, os.SEEK_END)
        assert file.read() == content[-7:]
        file.seek(500_000)
        assert file.tell() == 500_000
        assert file.read() == content[500_000:]


def test_its_place_is_known_without_asking(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Telling and seeking wait for no other thread, and reading goes on from there."""
    (tmp_path / "a").write_bytes(b"0123456789")
    with TimedFile(tmp_path / "a") as file:
        with monkeypatch.context() as patch:
            patch.setattr(file, "_ask", lambda _: pytest.fail("the disk was asked"))
            assert (file.seek(3), file.seek(2, os.SEEK_CUR), file.tell()) == (3, 5, 5)
            with pytest.raises(OSError, match="before its beginning"):
                file.seek(-6, os.SEEK_CUR)
        assert (file.read(2), file.tell()) == (b"56", 7)
        assert (file.seek(-1, os.SEEK_END), file.read(), file.read()) == (9, b"9", b"")


def test_its_thread_ends_with_it(tmp_path: Path) -> None:
    """No thread is left behind where nothing hangs, whether the file is there or not."""
    (tmp_path / "a").touch()
    before = set(threading.enumerate())
    open_timed(tmp_path / "a").close()
    with pytest.raises(FileNotFoundError):
        open_timed(tmp_path / "gone")
    for thread in set(threading.enumerate()) - before:
        thread.join(30)
        assert not thread.is_alive()


@pytest.mark.parametrize("make", [os.mkfifo, os.mkdir])
def test_what_is_no_regular_file_is_not_opened(tmp_path: Path, make: Any) -> None:
    """A pipe would be waited for without end."""
    make(tmp_path / "x.png")
    with pytest.raises(OSError, match="no regular file"):
        open_timed(tmp_path / "x.png")
    with pytest.raises(PictureError, match="no regular file"):
        pictures.read(tmp_path / "x.png")


def test_a_disk_that_does_not_answer_is_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """After the limit, with the file's name; the thread that waits is left behind and keeps nobody from ending."""
    path, answer = tmp_path / "slow.png", threading.Event()
    from PIL import Image

    Image.fromarray(gradient(8, 8)).save(path)
    opened = files.open_regular

    class Slow:
        """A file whose disk is asleep."""

        def __init__(self, file: IO[bytes]) -> None:
            self._file = file

        def read(self, size: int) -> bytes:
            answer.wait()
            return self._file.read(size)

        def __getattr__(self, name: str) -> Any:
            return getattr(self._file, name)

    monkeypatch.setattr(files, "open_regular", lambda path: Slow(opened(path)))
    monkeypatch.setattr(timed_file, "LIMIT_S", 0.05)
    with pytest.raises(PictureError, match=r"slow\.png cannot be read \(it took longer than 0\.05 s"):
        pictures.read(path)
    answer.set()
