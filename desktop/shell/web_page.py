"""*Model, Share as web page*: the export's own command makes the page, beside the window."""

from __future__ import annotations

import re
import sys
from pathlib import Path

from PySide6.QtCore import QObject, QProcess, Slot
from PySide6.QtWidgets import QWidget

from desktop.engine.library import ModelEntry
from desktop.i18n import mark, tr
from desktop.state.services import Services
from desktop.widgets import save_dialog
from desktop.widgets.save_dialog import FileKind

PATIENCE_MS = 2000  # for the command to end once it is told to
LONGEST_REASON = 500  # characters
LARGEST_IN_ONE_FILE = 28_000_000  # bytes of both graphs: as text in a page they have a third more, and 40 MB open well
PAGE_FILE = "index.html"


class WebPage(QObject):
    """Adds the action, asks for a folder, runs the command, and says where the page is."""

    def __init__(self, services: Services, window: QWidget) -> None:
        """No page is being made."""
        super().__init__(window)
        self._services, self._window = services, window
        self._folder: Path | None = None
        self._process = QProcess(self)
        self._process.finished.connect(self._end)
        self._process.errorOccurred.connect(self._fail)
        self._action = services.actions.add(
            "model.share",
            "model",
            "Share as web page…",
            self._ask,
            tip="Write a page that runs this model in anyone's browser",
        )
        self._action.setEnabled(False)
        services.session.model_changed.connect(self._look)

    def start(self, model: ModelEntry, folder: Path) -> None:
        """Makes the page of a model in a folder: one file where that opens well."""
        costs = model.require().info.encoder_cost, model.require().info.decoder_cost
        one_file = sum(cost.file_bytes for cost in costs) <= LARGEST_IN_ONE_FILE
        self._folder = folder
        self._look()
        options = ["--single-file"] if one_file else []
        self._process.setProgram(sys.executable)
        self._process.setArguments([*_command(), str(model.folder), "--out", str(folder), *options])
        self._process.start()
        self._services.told.emit(tr("Making a web page of {name}…", name=model.name))

    def stop(self) -> None:
        """The window closes: the command ends, and an older page stays whole."""
        self._folder = None
        self._process.terminate()
        if not self._process.waitForFinished(PATIENCE_MS):
            self._process.kill()
            self._process.waitForFinished(PATIENCE_MS)

    @Slot()
    def _ask(self) -> None:
        model = self._services.session.model
        if model is None:
            return
        start = str(Path.home() / f"{model.name}-page")
        title, kinds = tr("A new folder for the web page"), (FileKind(mark("Folder"), ()),)
        if (chosen := save_dialog.ask(self._window, title, start, kinds, self._services.warned.emit)) is not None:
            self.start(model, chosen[0])

    @Slot()
    def _look(self) -> None:
        self._action.setEnabled(self._services.session.model is not None and self._folder is None)

    @Slot(int)
    def _end(self, status: int) -> None:
        folder, self._folder = self._folder, None
        if folder is None:
            return
        self._look()
        if status == 0:
            self._services.written.emit(folder / PAGE_FILE)
            return
        lines = bytes(self._process.readAllStandardError().data()).decode("utf-8", errors="replace").splitlines()
        said = next((line for line in reversed(lines) if line.strip()), "")[:LONGEST_REASON]
        self._tell(re.sub(r"^error: ", "", said))

    @Slot()
    def _fail(self) -> None:
        """Where the command does not even start; one that was ended says so itself."""
        if self._process.state() == QProcess.ProcessState.NotRunning and self._folder is not None:
            self._folder = None
            self._look()
            self._tell(self._process.errorString())

    def _tell(self, why: str) -> None:
        self._services.warned.emit(tr("No web page was made: {why}.", why=why.rstrip(".")))


def _command() -> list[str]:
    """What Python is to run."""
    return ["-m", "export.to_web"]
