"""What the trainer would see of the pictures, found out by the trainer in a process of its own."""

from __future__ import annotations

import dataclasses
import json
import tempfile
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QProcess, QProcessEnvironment, Signal, Slot

from desktop.engine import pictures
from desktop.engine.disk.files import read_bounded
from desktop.engine.errors import PictureError
from desktop.engine.pictures import Pixels
from desktop.i18n import tr
from desktop.training import launch
from desktop.training.launch import Plan
from trainer.run.contract import FAILURE_VARIABLE, read_status_file
from trainer.run.contract.sentence import Sentence, from_json

FACTS_FILE, GRID_FILE = "preview.json", "preview.png"  # as the trainer calls them
FAILURE_FILE = "failure.json"
LARGEST_BYTES = 1 << 20
LONGEST_SECONDS = 1e9
Named = tuple[tuple[str, str], ...]


@dataclasses.dataclass(frozen=True)
class Pace:
    """What a training would be, and how long it would take here.

    Attributes:
        latent: `vector` or `map`.
        numbers: Of the vector, or channels of the map.
        epoch_seconds: As measured in a few steps; None where none could be tried.
        epochs: Of a whole training.
        limit_seconds: After which it ends all the same; None for never.
        finishing_seconds: Of these for what comes after the last step.
    """

    latent: str
    numbers: int
    epoch_seconds: float | None
    epochs: float
    limit_seconds: float | None
    finishing_seconds: float = 0.0


@dataclasses.dataclass(frozen=True, eq=False)
class Preview:
    """What the trainer found.

    Attributes:
        train, holdout: Pictures, or tiles of them, to train on and held out.
        tiles: Whether they are tiles.
        size: Width and height that the network gets, in pixels.
        damaged: Whether each row of the grid has the damaged pictures below it.
        skipped_count, skipped: Files that cannot be used, and why.
        duplicate_count, duplicates: Held-out pictures, and those that are nearly the same and trained on.
        formats, sizes, labels: What there is, and how much of it, the commonest first.
        chosen: What the trainer chooses, and why, as its sentences.
        pace: What is trained, and for how long.
        grid: uint8 `[H, W, 3]`.
    """

    train: int
    holdout: int
    tiles: bool
    size: str
    damaged: bool
    skipped_count: int
    skipped: Named
    duplicate_count: int
    duplicates: Named
    formats: tuple[tuple[str, int], ...]
    sizes: tuple[tuple[str, int], ...]
    labels: tuple[tuple[str, int], ...]
    chosen: tuple[Sentence, ...]
    pace: Pace
    grid: Pixels


class Previewer(QObject):
    """Asks the trainer about one plan at a time, at the lowest priority; a new question takes the place of the last.

    Signals:
        progressed(done, total): So many pictures are prepared.
        found(preview): The answer.
        failed(text): There is none, and why; the trainer's own `Sentence` where it left one.
    """

    progressed = Signal(int, int)
    found = Signal(object)
    failed = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        """Nothing is asked yet."""
        super().__init__(parent)
        self._process: QProcess | None = None
        self._folder: tempfile.TemporaryDirectory[str] | None = None

    @property
    def busy(self) -> bool:
        """Whether an answer is waited for."""
        return self._process is not None

    def ask(self, plan: Plan) -> None:
        """Asks about these pictures, with these options."""
        self.cancel()
        self._folder = tempfile.TemporaryDirectory(prefix="convae-preview-", ignore_cleanup_errors=True)
        command = launch.quietly(launch.preview_command(plan, Path(self._folder.name)))
        self._process = QProcess(self)
        surroundings = QProcessEnvironment.systemEnvironment()
        surroundings.insert(FAILURE_VARIABLE, str(Path(self._folder.name, FAILURE_FILE)))
        self._process.setProcessEnvironment(surroundings)
        self._process.readyReadStandardOutput.connect(self._on_output)
        self._process.finished.connect(self._on_finished)
        self._process.errorOccurred.connect(self._on_error)
        self._process.start(command[0], command[1:])

    @Slot()
    def cancel(self) -> None:
        """Ends the question; there is no answer then."""
        process, self._process = self._process, None
        if process is not None:
            process.blockSignals(True)
            process.kill()
            process.waitForFinished()
            process.deleteLater()
        self._forget()

    @Slot()
    def _on_output(self) -> None:
        if self._process is None:
            return
        for line in bytes(self._process.readAllStandardOutput().data()).splitlines()[-1:]:
            try:
                told = json.loads(line)
                self.progressed.emit(int(told["done"]), int(told["total"]))
            except (ValueError, KeyError, TypeError, OverflowError):  # half a line
                continue

    @Slot(int, QProcess.ExitStatus)
    def _on_finished(self, status: int, how: QProcess.ExitStatus) -> None:
        process, self._process = self._process, None
        if process is None or self._folder is None:
            return
        lines = bytes(process.readAllStandardError().data()).decode("utf-8", "replace").splitlines()
        process.deleteLater()
        found = read_preview(Path(self._folder.name)) if status == 0 and how == QProcess.ExitStatus.NormalExit else None
        failure = read_status_file(Path(self._folder.name, FAILURE_FILE))
        self._forget()
        if found is not None:
            self.found.emit(found)
        elif failure is not None:
            self.failed.emit(failure.message)
        else:
            last = next((line for line in reversed(lines) if line.strip()), "")
            self.failed.emit(last.removeprefix("error: ") or tr("The trainer did not say what it sees."))

    @Slot(QProcess.ProcessError)
    def _on_error(self, error: QProcess.ProcessError) -> None:
        if error == QProcess.ProcessError.FailedToStart and self._process is not None:
            text = self._process.errorString()
            self.cancel()
            self.failed.emit(text)

    def _forget(self) -> None:
        if self._folder is not None:
            self._folder.cleanup()
        self._folder = None


def read_preview(folder: Path) -> Preview | None:
    """What the trainer wrote into a folder; None where it is not all there."""
    try:
        content = json.loads(read_bounded(folder / FACTS_FILE, LARGEST_BYTES))
        return _parsed(content, pictures.read(folder / GRID_FILE).pixels)
    except (OSError, PictureError, ValueError, KeyError, TypeError, IndexError, OverflowError, RecursionError):
        return None


def _parsed(content: Any, grid: Pixels) -> Preview:
    return Preview(
        train=int(content["train"]),
        holdout=int(content["holdout"]),
        tiles=bool(content["tiles"]),
        size=str(content["size"]).replace("x", " × "),
        damaged=bool(content["damaged"]),
        skipped_count=int(content["skipped_count"]),
        skipped=tuple((str(name), str(why)) for name, why in content["skipped"]),
        duplicate_count=int(content["near_duplicate_count"]),
        duplicates=tuple((str(name), str(other)) for name, other in content["near_duplicates"]),
        formats=tuple((str(name).upper(), int(count)) for name, count in content["formats"]),
        sizes=tuple((f"{int(width)} × {int(height)}", int(count)) for width, height, count in content["sizes"]),
        labels=tuple((str(name), int(count)) for name, count in content["labels"]),
        chosen=tuple(map(from_json, content["chosen"])),
        pace=_pace(content["pace"]),
        grid=grid,
    )


def _pace(content: Any) -> Pace:
    return Pace(
        latent=str(content["latent"]),
        numbers=int(content["numbers"]),
        epoch_seconds=_positive(content["epoch_seconds"]),
        epochs=float(content["epochs"]),
        limit_seconds=_positive(content["limit_seconds"]),
        finishing_seconds=_positive(content.get("finishing_seconds") or None) or 0.0,  # an older trainer has none
    )


def _positive(value: Any) -> float | None:
    """A number of seconds that can be shown."""
    if value is None:
        return None
    if not 0 < float(value) < LONGEST_SECONDS:
        raise ValueError(value)
    return float(value)
