"""What the Inspect page writes: all of it, in the order in which it was asked for."""

from __future__ import annotations

import functools
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import numpy as np
from PySide6.QtCore import QObject, Signal

from desktop.engine.anomaly import tables
from desktop.engine.film.films import Kind as FilmKind
from desktop.engine.folder import moves, notes
from desktop.engine.folder.index import Rows
from desktop.engine.folder.moves import Moved
from desktop.engine.folder.notes import Notes
from desktop.engine.gaussian import Floats
from desktop.engine.latent_file.codec import DEFAULT_STEP
from desktop.engine.machine.providers import Asked
from desktop.i18n import tr
from desktop.inspect.inspector import Inspector
from desktop.inspect.known import Known
from desktop.inspect.place import Place
from desktop.runner import Runner

Answer = TypeVar("Answer")


class Outputs(QObject):
    """Files are written one after another, and all of them are there before the window has closed; films, which may
    take long, have a queue of their own.

    Signals:
        detector_kept(): The detector is on the disk, at the false-alarm rate and with the score that were chosen.
        concept_made(direction): There is another slider.
        latent_saved(comparison): A latent file is written, and this is how it compares with JPEG.
        moved(moved, folder): Pictures were moved there.
        move_undone(moved): Pictures are back in their place.
        noted(): What the user said of the folder has changed; it is written soon.
        written(path): A table, a copy of the model or a film is there.
        progressed(text, done, total): How far the work is.
        changed(): Work has begun or ended.
    """

    detector_kept = Signal()
    concept_made = Signal(object)
    latent_saved = Signal(object)
    moved = Signal(object, object)
    move_undone = Signal(object)
    noted = Signal()
    written = Signal(object)
    progressed = Signal(str, int, int)
    changed = Signal()

    def __init__(
        self, known: Known, inspector: Inspector, asked: Callable[[], Asked], is_settled: Callable[[], bool]
    ) -> None:
        """`asked` says which execution provider to compute on, and `is_settled` whether rows stay what they are."""
        super().__init__(known)
        self._known, self._inspector, self._asked, self._is_settled = known, inspector, asked, is_settled
        self._files, self._films = Runner(self), Runner(self)
        for runner in (self._files, self._films):
            runner.progressed.connect(self.progressed)
            runner.changed.connect(self.changed)

    @property
    def busy(self) -> bool:
        """Whether anything is written."""
        return self._files.busy or self._films.busy

    @property
    def is_saving_film(self) -> bool:
        """Whether a film is being written."""
        return self._films.busy

    def keep_detector(self) -> None:
        """Keeps the detector as it is now, for the next time and for the command."""
        report, place = self._known.report, self._known.place
        if report is not None and place is not None:
            keep = functools.partial(self._inspector.keep, place, report.detector)
            self._write(tr("Keeping the thresholds"), keep, lambda _: self.detector_kept.emit())

    def export(self, target: Path, rows: Rows | None = None) -> None:
        """Writes the scores of every picture, or of some rows alone, as a CSV file."""
        report, place = self._known.scored_report(), self._known.place
        if report is None or place is None:
            return
        chosen = np.arange(len(report.rows)) if rows is None else np.flatnonzero(np.isin(report.rows, rows))

        def write() -> Path:
            with place.index() as index:
                paths = index.paths(report.rows[chosen])
                verdicts = report.verdicts.take(chosen)
                tables.write_verdicts(target, index.folder, paths, verdicts, report.detector.origin.score)
            return target

        self._write(tr("Writing the scores"), write, self.written.emit)

    def save_model(self, target: Path) -> None:
        """Writes a copy of the model with the detector in it, for others."""
        report, place = self._known.scored_report(), self._known.place
        if report is not None and place is not None:
            write = functools.partial(self._inspector.give, place, report.detector, target)
            self._write(tr("Writing a copy of the model"), write, self.written.emit)

    def make_concept(self, name: str, more: Rows, less: Rows) -> None:
        """Makes a slider from pictures with more and with less of something; all others have less where none are."""
        place = self._settled_place()
        if place is not None:
            make = functools.partial(self._inspector.make_concept, place, name, more, less)
            self._write(tr("Making a slider"), make, self.concept_made.emit)

    def save_latent(self, row: int, target: Path) -> None:
        """Writes a picture's latent as a latent file."""
        place = self._settled_place()
        if place is not None:
            write = functools.partial(self._inspector.save_small, place, row, target, DEFAULT_STEP)
            self._write(tr("Writing a latent file"), write, self.latent_saved.emit)

    def move(self, rows: Rows, target: Path) -> None:
        """Moves pictures to another folder."""
        place = self._settled_place()
        if place is None:
            return

        def carry() -> Moved:
            with place.index() as index:
                return moves.move(index.paths(rows), index.folder, target)

        self._write(tr("Moving pictures"), carry, lambda moved: self.moved.emit(moved, target))

    def undo_move(self) -> None:
        """Moves back what was moved last."""
        self._write(tr("Moving pictures"), moves.undo, self.move_undone.emit)

    def note(self, changed: Notes) -> None:
        """What the user said of the folder is something else from now on, here and on the disk."""
        place = self._known.indexed_place()
        if place is not None:
            self._known.notes = changed
            write = functools.partial(notes.write_notes, place.folder, changed)
            self._write(tr("Keeping what you said"), write, lambda _: None)
            self.noted.emit()

    def film(self, latents: list[Floats], path: Path, kind: FilmKind) -> None:
        """Writes the pictures of some latents as a film."""
        place = self._known.indexed_place()
        if place is not None:
            self._inspector.use(self._asked())
            work = functools.partial(self._inspector.film, place, latents, (path, kind))
            self._films.start(tr("Writing a film"), work, self.written.emit, self._known.tell_failure)

    def cancel(self) -> None:
        """Ends what is shown as running."""
        (self._films if self._films.busy else self._files).cancel()

    def stop(self) -> None:
        """Ends both threads once every file is written; films are cancelled."""
        self._films.stop()
        self._files.stop(finish=True)

    def _settled_place(self) -> Place | None:
        """The place; None, and a sentence, while its rows may become others."""
        if not self._is_settled():
            self._known.failed.emit(tr("The folder is being indexed and may change; try again once that is done."))
            return None
        return self._known.indexed_place()

    def _write(self, text: str, write: Callable[[], Answer], done: Callable[[Answer], object]) -> None:
        self._inspector.use(self._asked())
        self._files.start(text, lambda _progress, _stopped: write(), done, self._known.tell_failure)
