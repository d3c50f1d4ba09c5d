"""Graphs of another tool, made a model by the export's own command, which runs beside the window."""

from __future__ import annotations

import importlib.util
import re
import sys
from pathlib import Path

from PySide6.QtCore import QObject, QProcess, Slot
from PySide6.QtWidgets import QFileDialog, QWidget

from desktop.engine import library
from desktop.i18n import told, tr
from desktop.state.services import Services
from desktop.widgets import question

NEEDED = ("onnx", "torch")  # what the command imports, and the desktop alone does not have
PATIENCE_MS = 2000  # for the command to end once it is told to
LONGEST_REASON = 500  # characters


class Adoption(QObject):
    """Offers to adopt a pair, runs the command, and opens what it wrote; where it cannot, says what a model is."""

    def __init__(self, services: Services, window: QWidget) -> None:
        """Nothing to adopt."""
        super().__init__(window)
        self._services, self._window = services, window
        self._target: Path | None = None
        self._process = QProcess(self)
        self._process.finished.connect(self._end)
        self._process.errorOccurred.connect(self._fail)
        services.graphs_named.connect(self.offer)

    @property
    def is_busy(self) -> bool:
        """Whether a pair is being adopted."""
        return self._target is not None

    @Slot(object)
    def offer(self, path: Path) -> None:
        """Asks whether the pair that a file or a folder stands for is to be adopted, and with which pictures."""
        pair = library.foreign_pair(path)
        if pair is None or self.is_busy or any(importlib.util.find_spec(name) is None for name in NEEDED):
            self._services.warned.emit(told(library.foreign_problem(path)))
            return
        text = tr(
            "{encoder} and {decoder} are graphs of another tool, and no model yet. They can be made one by trying them "
            "on a folder of pictures like those that they were trained on.",
            encoder=pair[0].name,
            decoder=pair[1].name,
        )
        if not question.agrees(self._window, text, tr("Choose pictures…")):
            return
        pictures = QFileDialog.getExistingDirectory(self._window, tr("Pictures to try the graphs on"))
        if pictures:
            self.start(pair, Path(pictures))

    def start(self, pair: tuple[Path, Path], pictures: Path) -> None:
        """Runs the command; the model goes to the user's own folder, under a name that is not taken."""
        self._target = _free_place(pair[0])
        self._process.setProgram(sys.executable)
        self._process.setArguments(
            [*_command(), *map(str, pair), "--pictures", str(pictures), "--out", str(self._target)]
        )
        self._process.start()
        self._services.told.emit(tr("Making a model from the two graphs; this takes a minute or two."))

    def stop(self) -> None:
        """The window closes: the command ends, and leaves nothing."""
        self._target = None
        self._process.terminate()
        if not self._process.waitForFinished(PATIENCE_MS):
            self._process.kill()
            self._process.waitForFinished(PATIENCE_MS)

    @Slot(int)
    def _end(self, status: int) -> None:
        target, self._target = self._target, None
        if target is None:
            return
        if status == 0:
            self._services.open_paths([target])
            self._services.written.emit(target)
            return
        lines = bytes(self._process.readAllStandardError().data()).decode("utf-8", errors="replace").splitlines()
        said = next((line for line in reversed(lines) if line.strip()), "")[:LONGEST_REASON]
        why = re.sub(r"^error: ", "", said).rstrip(".")
        self._services.warned.emit(tr("No model was made from the two graphs: {why}.", why=why))

    @Slot()
    def _fail(self) -> None:
        """Where the command does not even start; one that was ended says so itself."""
        if self._process.state() == QProcess.ProcessState.NotRunning and self._target is not None:
            self._target = None
            self._services.warned.emit(
                tr("No model was made from the two graphs: {why}.", why=self._process.errorString())
            )


def _command() -> list[str]:
    """What Python is to run."""
    return ["-m", "export.adopt"]


def _free_place(encoder: Path) -> Path:
    """A folder among the user's models, called as the one that holds the graphs."""
    holder = encoder.resolve().parent
    name = (holder.parent if holder.name in ("vae_encoder", "encoder") else holder).name or "adopted"
    place, number = library.user_folder() / name, 1
    while place.exists():
        number += 1
        place = library.user_folder() / f"{name}-{number}"
    return place
