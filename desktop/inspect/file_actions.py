"""The actions of the Inspect page that read or write files the user names, or move pictures."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QFileDialog

from desktop.engine import library
from desktop.engine.errors import InspectionError
from desktop.engine.folder.index import Rows
from desktop.engine.folder.moves import Moved
from desktop.engine.latent_file import codec
from desktop.i18n import mark, told, tr
from desktop.inspect.inspection import Inspection
from desktop.state.services import Services
from desktop.widgets import question, save_dialog
from desktop.widgets.save_dialog import FileKind
from desktop.widgets.thumbnail_grid import MARK_ROLE, ThumbnailGrid
from export.bundle.store import PACKED_SUFFIX

PAGE = "inspect"
TABLE = FileKind(mark("Table"), (".csv",))
MODEL = FileKind(mark("Model"), (PACKED_SUFFIX,))
LATENT = FileKind(mark("Latent file"), (codec.SUFFIX,))


class FileActions(QObject):
    """Export, move, undo a move, open and save."""

    def __init__(self, services: Services, inspection: Inspection, grid: ThumbnailGrid) -> None:
        """Registers the actions."""
        super().__init__(grid)
        self._services, self._inspection, self._grid = services, inspection, grid
        add = services.actions.add
        self.export = add(
            "inspect.export", "file", "Export CSV…", self._ask_to_export, tip="Write every picture's scores", page=PAGE
        )
        self.move = add(
            "inspect.move",
            "file",
            "Move to…",
            self._ask_to_move,
            keys="Ctrl+Shift+M",
            tip="Move the selected pictures, or else the anomalies, to another folder; nothing is deleted",
            page=PAGE,
        )
        self.undo = add(
            "inspect.undo", "file", "Undo move", inspection.undo_move, tip="Move back what was moved last", page=PAGE
        )
        self.open_picture = add(
            "inspect.open", "file", "Open picture", self._open, tip="Show it on the Picture page", page=PAGE
        )
        self.save_latent = add(
            "inspect.save_latent",
            "file",
            "Save as latent file…",
            self._ask_to_save,
            tip="Write the picture's latent as a file that this model can open",
            page=PAGE,
        )
        self.open_latent = add(
            "inspect.open_latent",
            "file",
            "Open latent file…",
            self._ask_to_open,
            tip="Open a latent file in the sliders",
            page=PAGE,
        )
        self.save_model = add(
            "inspect.save_model",
            "file",
            "Save model with thresholds…",
            self._ask_to_save_model,
            tip="A copy of the model, with the scores, thresholds and false-alarm rate in it, for other computers",
            page=PAGE,
        )
        self.of_anomalies = (self.export, self.move, self.undo)
        inspection.moved.connect(self._tell_moved)
        inspection.move_undone.connect(self._tell_undone)

    def chosen_rows(self) -> Rows:
        """The selected pictures; where fewer than two are, those that are marked as anomalies."""
        selected = self._grid.selected_rows
        if len(selected) > 1:
            return selected
        pictures = self._grid.pictures
        marked = [each for each in range(len(pictures.rows)) if pictures.data(pictures.index(each), MARK_ROLE)]
        return pictures.rows[np.array(marked, np.int64)] if marked else selected

    def reload_model(self) -> None:
        """Opens the model again, so that its new concepts are among the sliders; the picture stays."""
        entry = self._services.session.model
        if entry is not None:
            fresh = library.open_entry(entry.folder, entry.origin)
            self._services.models = library.join(self._services.models, [fresh])
            self._services.open(fresh)

    @Slot(object, object)
    def _tell_moved(self, moved: Moved, folder: Path) -> None:
        self._tell(moved, tr("{n:,} pictures were moved to {folder}.", n=len(moved.done), folder=folder))

    @Slot(object)
    def _tell_undone(self, moved: Moved) -> None:
        self._tell(moved, tr("{n:,} pictures are back in their place.", n=len(moved.done)))

    def _tell(self, moved: Moved, text: str) -> None:
        """Says what was moved and what was not, and indexes the folder anew."""
        if moved.failed:
            path, reason = moved.failed[0]
            text += " " + tr("{n:,} pictures stay where they are, such as {name}: {reason}.",
                             n=len(moved.failed), name=path.name, reason=reason)  # fmt: skip
        if self._inspection.place is not None:
            self._inspection.index(self._inspection.place.entry, self._inspection.place.folder)
        self._services.told.emit(text)

    def _current(self) -> tuple[int, Path] | None:
        """Row and file of the chosen picture; None, and a sentence, where there is none."""
        index = self._grid.currentIndex()
        if not index.isValid():
            self._services.warned.emit(tr("Choose a picture first."))
            return None
        row = int(self._grid.pictures.rows[index.row()])
        try:
            return row, self._inspection.reader().path(row)
        except InspectionError as error:
            self._services.warned.emit(told(error))
            return None

    @Slot()
    def _open(self) -> None:
        current = self._current()
        if current is not None:
            self._services.open(picture=current[1])
            self._services.page_asked.emit("picture")

    @Slot()
    def _ask_to_export(self) -> None:
        path = self._ask_where(tr("Save the scores"), "scores.csv", TABLE)
        if path is not None:
            self._inspection.export(path)

    @Slot()
    def _ask_to_save_model(self) -> None:
        place, report = self._inspection.place, self._inspection.report
        if place is None or report is None:
            self._services.warned.emit(tr("There are no scores yet: find the anomalies first."))
            return
        start = f"{place.entry.name}{PACKED_SUFFIX}"
        path = self._ask_where(tr("Save a copy of the model"), start, MODEL)
        if path is not None:
            self._inspection.save_model(path)

    @Slot()
    def _ask_to_move(self) -> None:
        rows = self.chosen_rows()
        if not len(rows):
            self._services.warned.emit(tr("Select pictures to move, or find the anomalies first."))
            return
        name = QFileDialog.getExistingDirectory(None, tr("Move {n:,} pictures to…", n=len(rows)))
        if not name:
            return
        text = tr("Move {n:,} pictures to {folder}? Undo brings them back.", n=len(rows), folder=name)
        if question.agrees(self._grid, text, tr("Move files")):
            self._inspection.move(rows, Path(name))

    @Slot()
    def _ask_to_save(self) -> None:
        current = self._current()
        if current is None:
            return
        start = current[1].with_suffix(codec.SUFFIX).name
        path = self._ask_where(tr("Save as latent file"), start, LATENT)
        if path is not None:
            self._inspection.save_latent(current[0], path)

    def _ask_where(self, title: str, start: str, kind: FileKind) -> Path | None:
        """Where to write a file of one kind; None where the user thought better of it."""
        asked = save_dialog.ask(self._grid.window(), title, start, [kind], self._services.warned.emit)
        return None if asked is None else asked[0]

    @Slot()
    def _ask_to_open(self) -> None:
        entry = self._services.session.model
        if entry is None:
            self._services.warned.emit(tr("Choose a model first: it is what pictures are inspected with."))
            return
        name, _ = QFileDialog.getOpenFileName(None, tr("Open a latent file"), "", f"*{codec.SUFFIX}")
        if name:
            self._inspection.open_latent(entry, Path(name))
