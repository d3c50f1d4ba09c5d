"""A file of the user's that is read with patience, but not for ever: a network or a stick may never answer."""

from __future__ import annotations

import errno
import io
import queue
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import IO, Any

from desktop.engine.disk import files

LIMIT_S = 60.0  # that a file may keep us waiting, all its reads together
BLOCK_BYTES = 1 << 18


class TimedFile(io.RawIOBase):
    """A regular file, open for reading, whose reads are given up once they have taken `limit_s` altogether.

    A thread of its own does the reading, as a read that hangs cannot be called off; it is left behind where one does.
    """

    def __init__(self, path: Path, limit_s: float | None = None) -> None:
        """Opens the file.

        Raises:
            OSError: There is no such file, it is none, or it takes too long to open.
        """
        super().__init__()
        self._limit_s = self._left_s = LIMIT_S if limit_s is None else limit_s
        self._at = 0  # known here, so that nothing is asked for it: libraries tell and seek all the time
        self._asked: queue.SimpleQueue[Callable[[], Any] | None] = queue.SimpleQueue()
        self._answers: queue.SimpleQueue[Any] = queue.SimpleQueue()
        threading.Thread(target=_answer, args=(self._asked, self._answers), name="file", daemon=True).start()
        try:
            self._file: IO[bytes] = self._ask(lambda: files.open_regular(path))
        except BaseException:
            self._asked.put(None)
            raise

    def readable(self) -> bool:
        """It is."""
        return True

    def seekable(self) -> bool:
        """It is."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Reads into a buffer; gives how many bytes.

        Raises:
            TimeoutError: It took too long.
        """
        view, at = memoryview(buffer).cast("B"), self._at

        def read() -> bytes:  # not into the buffer: it may be gone when it answers
            self._file.seek(at)
            return self._file.read(len(view))

        content = self._ask(read)
        view[: len(content)] = content
        self._at += len(content)
        return len(content)

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Goes to a place; gives it.

        Raises:
            OSError: It lies before the beginning, or the file's size was asked for in vain.
        """
        if whence == io.SEEK_END:
            self._at = int(self._ask(lambda: self._file.seek(offset, whence)))
            return self._at
        at = offset + (self._at if whence == io.SEEK_CUR else 0)
        if at < 0:
            raise OSError(errno.EINVAL, "there is nothing before its beginning")
        self._at = at
        return at

    def tell(self) -> int:
        """The place in the file."""
        return self._at

    def close(self) -> None:
        """Lets the file and its thread go."""
        if not self.closed and hasattr(self, "_file"):
            self._asked.put(self._file.close)
            self._asked.put(None)
        super().close()

    def _ask(self, what: Callable[[], Any]) -> Any:
        started = time.monotonic()
        self._asked.put(what)
        try:
            answer = self._answers.get(timeout=max(0.0, self._left_s))
        except queue.Empty:
            self._left_s = 0.0
            raise TimeoutError(errno.ETIMEDOUT, f"it took longer than {self._limit_s:g} s to read") from None
        self._left_s -= time.monotonic() - started
        if isinstance(answer, Exception):
            raise answer
        return answer


def open_timed(path: Path, limit_s: float | None = None) -> io.BufferedReader:
    """A `TimedFile` that is read in blocks.

    Raises:
        OSError: As `TimedFile` does.
    """
    return io.BufferedReader(TimedFile(path, limit_s), BLOCK_BYTES)


def _answer(asked: queue.SimpleQueue[Callable[[], Any] | None], answers: queue.SimpleQueue[Any]) -> None:
    while (what := asked.get()) is not None:
        try:
            answers.put(what())
        except Exception as error:
            answers.put(error)
