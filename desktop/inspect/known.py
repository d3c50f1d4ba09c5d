"""What is known of the folder that is inspected."""

from __future__ import annotations

import dataclasses

from PySide6.QtCore import QObject, Signal

from desktop import failures
from desktop.engine.anomaly.anomalies import Report
from desktop.engine.errors import InspectionError, StoppedError
from desktop.engine.folder.index import Index, Rows
from desktop.engine.folder.labels import Labels
from desktop.engine.folder.notes import Notes
from desktop.engine.similarity.groups import Quality
from desktop.engine.similarity.neighbours import Pairs
from desktop.i18n import tr
from desktop.inspect.place import Layout, Place


class Known(QObject):
    """One folder through one model. Findings are None until they were asked for, and go when the folder changes.

    Attributes:
        place: The folder and the model; None before the first.
        rows: Of every picture, in the order of their paths; None before it is indexed.
        names: Of each of those rows, its path within the folder.
        labels: What is known of the picture of each of those rows.
        notes: What the user said of the folder.
        report: Every picture's scores, and the detector that they are of.
        duplicates: Rows, and pairs of positions of those whose latents are near.
        copies: Rows, pairs of positions of copies, and how many pairs are the same subject in another moment.
        qualities: How good a picture is, by row, as far as that was measured.
        plane: Rows, where they lie, and the same points as they are drawn.

    Signals:
        forgotten(): None of the findings holds any more.
        failed(text): Why something could not be done, in one sentence.
    """

    forgotten = Signal()
    failed = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        """Nothing is inspected yet."""
        super().__init__(parent)
        self._reader: Index | None = None
        self.place: Place | None = None
        self.rows: Rows | None = None
        self.names: tuple[str, ...] = ()
        self.labels, self.notes = Labels(), Notes()
        self.report: Report | None = None
        self.duplicates: tuple[Rows, Pairs] | None = None
        self.copies: tuple[Rows, Pairs, int] | None = None
        self.qualities: dict[int, Quality] = {}
        self.plane: Layout | None = None

    def reader(self) -> Index:
        """The index, for thumbnails and paths on the GUI thread; there must be a place.

        Raises:
            InspectionError: It is broken.
        """
        assert self.place is not None, "nothing is inspected"
        if self._reader is None:
            self._reader = self.place.index()
        return self._reader

    def name_of(self, row: int) -> str:
        """The path of a row's picture within the folder; empty where it has gone since."""
        try:
            reader = self.reader()
            return reader.path(row).relative_to(reader.folder).as_posix()
        except InspectionError:
            return ""

    def thumbnail_of(self, row: int) -> bytes | None:
        """The thumbnail of a row's picture as JPEG; None where it has gone since."""
        try:
            return self.reader().thumbnail(row)
        except InspectionError:
            return None

    def log_chance_of(self, row: int, score: str) -> float | None:
        """The logarithm of the chance that a good picture scores as high; None where that is not known."""
        if self.report is None:
            return None
        found = self.report.verdicts.log_chances[score][self.report.rows == row]
        return float(found[0]) if len(found) else None

    def corrected(self) -> dict[int, bool]:
        """The pictures on which the user gave a verdict, by row: True for a missed anomaly, False for none."""
        if self.report is None or self.place is None or self.rows is None:
            return {}
        said, root = self.report.detector.corrections, self.place.folder.resolve().as_posix()
        places = dict(zip((f"{root}/{name}" for name in self.names), self.rows.tolist()))
        held = zip(said.files.paths.tolist(), said.bad.tolist())
        return {places[path]: bad for path, bad in held if path in places}  # of several, the last

    def indexed_place(self) -> Place | None:
        """The place; None, and a sentence, before there is one."""
        if self.place is None:
            self.failed.emit(tr("Choose a folder of pictures to inspect, and index it first."))
        return self.place

    def scored_report(self) -> Report | None:
        """The report; None, and a sentence, before there is one."""
        if self.report is None:
            self.failed.emit(tr("There are no scores yet: find the anomalies first."))
        return self.report

    def set_detector(self, rate: float, score: str) -> None:
        """The report goes by another false-alarm rate and score from now on."""
        if self.report is not None:
            self.report = dataclasses.replace(self.report, detector=self.report.detector.at(rate, score))

    def forget(self) -> None:
        """Nothing is known but the place."""
        self.rows = self.report = self.duplicates = self.copies = self.plane = None
        self.names, self.labels, self.notes, self.qualities = (), Labels(), Notes(), {}
        self.forgotten.emit()

    def close_reader(self) -> None:
        """Lets go of the index."""
        if self._reader is not None:
            self._reader.close()
            self._reader = None

    def tell_failure(self, error: Exception) -> None:
        """Says why, unless the user stopped it."""
        if not isinstance(error, StoppedError):
            self.failed.emit(failures.sentence(error))
