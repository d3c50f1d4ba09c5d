"""Long work away from the window: it says how far it is, can be cancelled, and waits for its turn."""

from __future__ import annotations

import functools
import threading
from collections import deque
from collections.abc import Callable, Hashable
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Signal

from desktop.engine.errors import StoppedError
from desktop.engine.watch import Progress, Stopped
from desktop.worker import Failed, Worker

Answer = TypeVar("Answer")
Work = Callable[[Progress, Stopped], Answer]


class _Piece:
    """One piece of work: what it is called, what kind it is of, and whether it is still wanted."""

    def __init__(self, name: str, kind: Hashable) -> None:
        self.name, self.kind, self.stop = name, kind, threading.Event()


class Runner(QObject):
    """Runs one piece of work after another on a thread of its own; every piece ends with `done` or with `failed`.

    A piece that is cancelled and leaves nothing raises `StoppedError`; so does one that is cancelled before its turn.

    Signals:
        progressed(name, done, total): So many of so many steps of the piece of that name are done; of 0 steps, that
            nobody knows how many there are.
        changed(): A piece was added, or has ended.
    """

    progressed = Signal(str, int, int)
    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        """Nothing to do."""
        super().__init__(parent)
        self._pieces: deque[_Piece] = deque()  # the first one runs
        self._worker = Worker(self)

    @property
    def busy(self) -> bool:
        """Whether anything runs or waits."""
        return bool(self._pieces)

    @property
    def names(self) -> list[str]:
        """Of the pieces that have not ended; the first of them runs."""
        return [piece.name for piece in self._pieces]

    def asked(self, kind: Hashable) -> bool:
        """Whether a piece of that kind runs or waits, and is still wanted."""
        return any(piece.kind == kind and not piece.stop.is_set() for piece in self._pieces)

    def start(
        self,
        name: str,
        work: Work[Answer],
        done: Callable[[Answer], object],
        failed: Failed,
        kind: Hashable = None,
    ) -> None:
        """Runs `work(progress, stopped)` once the pieces before it have ended."""
        piece = _Piece(name, kind)
        self._pieces.append(piece)
        job = functools.partial(self._run, piece, work)
        self._worker.spare(job, functools.partial(self._end, done), functools.partial(self._end, failed))
        self.changed.emit()

    def cancel(self) -> None:
        """Ends the piece that runs at its next step."""
        if self._pieces:
            self._pieces[0].stop.set()

    def cancel_all(self) -> None:
        """Ends the piece that runs at its next step, and those that wait before their first."""
        for piece in self._pieces:
            piece.stop.set()

    def stop(self, finish: bool = False) -> None:
        """Ends the thread: with `finish` once all is done, else cancelling it. Nothing is told after."""
        if not finish:
            self.cancel_all()
        self._worker.stop(finish)
        self._pieces.clear()

    def _run(self, piece: _Piece, work: Work[Answer]) -> Answer:
        """On the worker's thread; its signals are queued."""
        if piece.stop.is_set():
            raise StoppedError("Stopped before its end, as you asked.")
        self.progressed.emit(piece.name, 0, 0)
        return work(functools.partial(self.progressed.emit, piece.name), piece.stop.is_set)

    def _end(self, tell: Callable[[Any], object], answer: object) -> None:
        self._pieces.popleft()
        tell(answer)
        self.changed.emit()
