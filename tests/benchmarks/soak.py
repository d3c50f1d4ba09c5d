"""Hours of use in minutes: slider moves and dropped pictures, with memory and threads counted throughout.

    python -m tests.benchmarks.soak [--moves 10000] [--drops 500] [--model BUNDLE]

Exit status 1 where memory at the end is more than 5 % above that after the first tenth, or a thread is left over.
"""

from __future__ import annotations

import argparse
import dataclasses
import functools
import gc
import os
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import numpy as np
from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QImage
from PySide6.QtWidgets import QApplication

from desktop.engine import library
from desktop.engine.picture_writer import save_png
from desktop.engine.sliders.steering import Knob
from desktop.window import Window
from tests import bundles
from tests.pictures import gradient

ALLOWED_GROWTH = 0.05
DIFFERENT_PICTURES = 20
PATIENCE_S = 60.0
QTS_IDLE_S = 45.0


@dataclasses.dataclass(frozen=True)
class Outcome:
    """What was measured.

    Attributes:
        early_bytes: Resident memory after the first tenth.
        final_bytes: Resident memory at the end.
        threads_before: Threads of the process before the first window.
        threads_after: Threads after the last one was closed.
        shown: Scenes that were shown.
        seconds: How long it took.
    """

    early_bytes: int
    final_bytes: int
    threads_before: int
    threads_after: int
    shown: int
    seconds: float

    @property
    def growth(self) -> float:
        """Of memory from the first tenth to the end; 0.05 is five percent."""
        return self.final_bytes / self.early_bytes - 1


def soak(model: Path, folder: Path, moves: int, drops: int, settle_s: float = QTS_IDLE_S) -> Outcome:
    """Moves the sliders and drops pictures on a window, in turn, and closes it.

    Args:
        model: A bundle.
        folder: Where pictures to drop can be written.
        moves: Slider moves in all.
        drops: Pictures dropped in all.
        settle_s: How long threads may take to end: Qt keeps its own, for scaling, half a minute after their last use.
    """
    application = QApplication.instance() or QApplication([])
    _warm_up(model)
    threads_before, started = _threads(), time.perf_counter()
    pictures = _pictures(folder)
    window = Window([library.open_entry(model)], "cpu")
    shown: list[int] = []
    window.session.rendered.connect(lambda _scene: shown.append(1))
    window.show()
    window.open(window.services.models[0])
    _until(lambda: window.session.scene is not None)
    random, early_bytes = np.random.default_rng(0), 0
    for drop in range(drops):
        seen = len(shown)
        _drop(window, pictures[drop % len(pictures)])
        _until(functools.partial(_is_longer, shown, seen))
        for _ in range(moves * drop // drops, moves * (drop + 1) // drops):
            track = window.picture_page.explore.sliders.row(Knob("axes", int(random.integers(4)))).track
            track.setValue(int(random.integers(track.minimum(), track.maximum() + 1)))
            application.processEvents()
        if drop + 1 == max(1, drops // 10):
            early_bytes = _resident()
    _until(lambda: not _is_busy(window))
    final_bytes = _resident()
    seconds = time.perf_counter() - started
    _close(window)
    deadline = time.monotonic() + settle_s
    while _threads() > threads_before and time.monotonic() < deadline:
        time.sleep(1.0)
    return Outcome(early_bytes, final_bytes, threads_before, _threads(), len(shown), seconds)


def main(argv: Sequence[str] | None = None) -> int:
    """Prints what was measured; gives the exit status."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--moves", type=int, default=10_000)
    parser.add_argument("--drops", type=int, default=500)
    parser.add_argument("--model", type=Path, help="a bundle; a tiny one made for this if not given")
    arguments = parser.parse_args(argv)
    with tempfile.TemporaryDirectory() as scratch:
        model = arguments.model or bundles.vector_bundle(Path(scratch, "tiny"), side=64, numbers=16).path
        found = soak(model, Path(scratch), arguments.moves, arguments.drops)
    work = f"{arguments.moves} slider moves, {arguments.drops} pictures"
    print(f"{work} in {found.seconds:.0f} s: {found.shown} scenes shown")
    print(f"memory: {found.early_bytes / 2**20:.1f} MiB after a tenth, {found.final_bytes / 2**20:.1f} MiB at the end")
    print(f"growth: {100 * found.growth:+.2f} %, at most {100 * ALLOWED_GROWTH:.0f} % are allowed")
    print(f"threads: {found.threads_before} before, {found.threads_after} after")
    return int(found.growth > ALLOWED_GROWTH or found.threads_after > found.threads_before)


def _pictures(folder: Path) -> list[Path]:
    paths = []
    for index in range(DIFFERENT_PICTURES):
        paths.append(folder / f"{index}.png")
        save_png(paths[-1], gradient(200 + 10 * index, 300 - 5 * index))
    return paths


def _drop(window: Window, path: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    buttons, keys, copy = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, Qt.DropAction.CopyAction
    QApplication.sendEvent(window, QDragEnterEvent(QPoint(50, 50), copy, data, buttons, keys))
    QApplication.sendEvent(window, QDropEvent(QPointF(50, 50), copy, data, buttons, keys))


def _warm_up(model: Path) -> None:
    """What Qt and onnxruntime keep for the whole process is there afterwards: Qt's threads for scaling among it."""
    window = Window([library.open_entry(model)], "cpu")
    window.show()
    window.open(window.services.models[0])
    _until(lambda: window.session.scene is not None)
    _close(window)
    large = QImage(4096, 4096, QImage.Format.Format_RGB888)
    large.fill(Qt.GlobalColor.black)
    large.scaled(3000, 3000, mode=Qt.TransformationMode.SmoothTransformation)


def _close(window: Window) -> None:
    window.close()
    window.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    QApplication.processEvents()


def _is_busy(window: Window) -> bool:
    scene, wanted = window.session.scene, window.services.steering.code
    return scene is None or wanted is None or not np.array_equal(scene.code, wanted)


def _until(happens: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE_S
    while not happens():
        QApplication.processEvents()
        if time.monotonic() > deadline:
            raise TimeoutError("the window shows nothing new")
        time.sleep(0.0005)


def _is_longer(items: Sequence[object], count: int) -> bool:
    return len(items) > count


def _resident() -> int:
    """Resident memory of this process in bytes, by Linux's count."""
    gc.collect()
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")


def _threads() -> int:
    gc.collect()
    return len(list(Path("/proc/self/task").iterdir()))


if __name__ == "__main__":
    sys.exit(main())
