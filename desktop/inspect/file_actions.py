"""The actions of the Inspect page that read or write files the user names."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QFileDialog, QWidget

from desktop.engine import library
from desktop.engine.errors import InspectionError
from desktop.engine.latent_file import codec
from desktop.i18n import mark, told, tr
from desktop.inspect import PAGE
from desktop.inspect.inspection import Inspection
from desktop.inspect.selection import Selection
from desktop.state.services import Services
from desktop.widgets import save_dialog
from desktop.widgets.save_dialog import FileKind
from export.bundle.store import PACKED_SUFFIX

TABLE = FileKind(mark("Table"), (".csv",))
MODEL = FileKind(mark("Model"), (PACKED_SUFFIX,))
LATENT = FileKind(mark("Latent file"), (codec.SUFFIX,))


class FileActions(QObject):
    """Export, open and save."""

    def __init__(self, services: Services, inspection: Inspection, selection: Selection, page: QWidget) -> None:
        """Registers the actions."""
        super().__init__(page)
        self._services, self._inspection, self._selection, self._page = services, inspection, selection, page
        act = services.actions.of_page(PAGE)
        self.export = act("export", self._ask_to_export, "Export CSV…", "Write every picture's scores")
        table = mark("Write the scores of the selected pictures as a table")
        self.export_selected = act("export_selected", self._ask_to_export_selected, "Export…", table)
        self.open_picture = act("open", self.open_chosen, "Open picture", "Show it on the Picture page")
        saving = mark("Write the picture's latent as a file that this model can open")
        self.save_latent = act("save_latent", self._ask_to_save, "Save as latent file…", saving)
        opening = mark("Open a latent file in the sliders")
        self.open_latent = act("open_latent", self._ask_to_open, "Open latent file…", opening)
        copy = mark("A copy of the model, with the scores, thresholds and false-alarm rate in it, for other computers")
        self.save_model = act("save_model", self._ask_to_save_model, "Save model with thresholds…", copy)

    def reload_model(self) -> None:
        """Opens the model again, so that its new concepts are among the sliders; the picture stays."""
        entry = self._services.session.model
        if entry is not None:
            fresh = library.open_entry(entry.folder, entry.origin)
            self._services.models = library.join(self._services.models, [fresh])
            self._services.open(fresh)

    def current_path(self) -> Path | None:
        """The file of the chosen picture; None where there is none."""
        row = self._selection.current
        try:
            return self._inspection.reader().path(row) if row >= 0 else None
        except InspectionError:
            return None

    def _current(self) -> tuple[int, Path] | None:
        """Row and file of the chosen picture; None, and a sentence, where there is none."""
        row = self._selection.current
        if row < 0:
            self._services.warned.emit(tr("Choose a picture first."))
            return None
        try:
            return row, self._inspection.reader().path(row)
        except InspectionError as error:
            self._services.warned.emit(told(error))
            return None

    @Slot()
    def open_chosen(self) -> None:
        """Shows the chosen picture on the Picture page."""
        current = self._current()
        if current is not None:
            self._services.open(picture=current[1])
            self._services.page_asked.emit("picture")

    @Slot()
    def _ask_to_export(self) -> None:
        path = self._ask_where(tr("Save the scores"), "scores.csv", TABLE)
        if path is not None:
            self._inspection.outputs.export(path)

    @Slot()
    def _ask_to_export_selected(self) -> None:
        if self._inspection.scored_report() is not None:
            path = self._ask_where(tr("Save the scores"), "scores.csv", TABLE)
            if path is not None:
                self._inspection.outputs.export(path, self._selection.rows)

    @Slot()
    def _ask_to_save_model(self) -> None:
        place, report = self._inspection.place, self._inspection.report
        if place is None or report is None:
            self._services.warned.emit(tr("There are no scores yet: find the anomalies first."))
            return
        start = f"{place.entry.name}{PACKED_SUFFIX}"
        path = self._ask_where(tr("Save a copy of the model"), start, MODEL)
        if path is not None:
            self._inspection.outputs.save_model(path)

    @Slot()
    def _ask_to_save(self) -> None:
        current = self._current()
        if current is None:
            return
        start = current[1].with_suffix(codec.SUFFIX).name
        path = self._ask_where(tr("Save as latent file"), start, LATENT)
        if path is not None:
            self._inspection.outputs.save_latent(current[0], path)

    def _ask_where(self, title: str, start: str, kind: FileKind) -> Path | None:
        """Where to write a file of one kind; None where the user thought better of it."""
        asked = save_dialog.ask(self._page.window(), title, start, [kind], self._services.warned.emit)
        return None if asked is None else asked[0]

    @Slot()
    def _ask_to_open(self) -> None:
        entry = self._services.session.model
        if entry is None:
            self._services.warned.emit(tr("Choose a model first: it is what pictures are inspected with."))
            return
        name, _ = QFileDialog.getOpenFileName(None, tr("Open a latent file"), "", f"*{codec.SUFFIX}")
        if name:
            self._inspection.looks.open_latent(entry, Path(name))
