"""The line of the Morph page on which a film is saved."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from desktop.engine.film.films import Kind
from desktop.engine.pictures import Pixels
from desktop.films.dialog import ask_for_film
from desktop.films.export import FilmExport
from desktop.i18n import tr
from desktop.state.services import Services
from desktop.widgets.progress_strip import ProgressStrip
from desktop.widgets.rows import row


class FilmSaving(QWidget):
    """Adds the actions that save a film and give that up, and shows how far it is; hidden otherwise.

    Signals:
        asked(path, kind): The user wants the film there.
    """

    asked = Signal(object, str)

    def __init__(self, services: Services, page: str) -> None:
        """Nothing is saved; the actions belong to that page."""
        super().__init__()
        self._services = services
        self._has_film = False
        self.export, self.progress = FilmExport(services.session.spare, self), ProgressStrip()
        act = services.actions.of_page(page)
        self.action = act("save", self.ask_where, "Save morph…", "Save the film", keys="Ctrl+S")
        self.cancel = act("cancel", self.export.cancel, "Stop saving", keys="Esc")
        self.setLayout(row(self.progress))
        self.progress.cancelled.connect(self.export.cancel)
        self.export.progressed.connect(self._show_progress)
        self.export.finished.connect(services.written)
        self.export.failed.connect(services.warned)
        self.export.stopped.connect(lambda: services.told.emit(tr("Nothing was saved.")))
        self.export.changed.connect(self._show)
        self._show()

    def set_has_film(self, has_film: bool) -> None:
        """Whether there is anything to save."""
        self._has_film = has_film
        self._show()

    def start(self, path: Path, kind: Kind, decode: Callable[[int], Pixels], count: int, per_second: int) -> None:
        """Saves the `count` frames that `decode(frame)` gives, after a film that is being saved."""
        if not self.export.is_busy:
            self._show_progress(path.name, 0, count)
        self.export.start(path, kind, decode, count, per_second)

    @Slot()
    def ask_where(self) -> None:
        """Asks where the film goes."""
        film = ask_for_film(self, self._services.warned.emit)
        if film is not None:
            self.asked.emit(*film)

    @Slot(str, int, int)
    def _show_progress(self, name: str, done: int, count: int) -> None:
        text = tr("Saving {name}, frame {done} of {total}", name=name, done=min(done + 1, count), total=count)
        self.progress.show_progress(text, done, count)

    @Slot()
    def _show(self) -> None:
        busy = self.export.is_busy
        self.action.setEnabled(not busy and self._has_film)
        self.cancel.setEnabled(busy)
        self.setVisible(busy)
