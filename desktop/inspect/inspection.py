"""What is known of the folder that is inspected, and the work that finds it out."""

from __future__ import annotations

import dataclasses
import functools
from collections.abc import Callable
from pathlib import Path
from typing import Literal, TypeVar

from PySide6.QtCore import QObject, Signal, Slot

from desktop import failures
from desktop.engine.anomaly import tables
from desktop.engine.anomaly.anomalies import Report
from desktop.engine.anomaly.detector import COMBINED
from desktop.engine.embedding.methods import Method
from desktop.engine.embedding.plane import Plane
from desktop.engine.errors import InspectionError, StoppedError
from desktop.engine.film.films import Kind
from desktop.engine.folder import moves
from desktop.engine.folder.index import Index, Rows
from desktop.engine.folder.labels import Labels
from desktop.engine.folder.moves import Moved
from desktop.engine.gaussian import Floats
from desktop.engine.latent_file.codec import DEFAULT_STEP
from desktop.engine.library import ModelEntry
from desktop.engine.machine.providers import Asked
from desktop.engine.pictures import Pixels
from desktop.engine.similarity.neighbours import Pairs
from desktop.i18n import mark, told, tr
from desktop.inspect.inspector import Inspector, Opened, Place
from desktop.runner import Runner, Work
from desktop.worker import Worker

Answer = TypeVar("Answer")
Finding = Literal["scores", "duplicates", "map"]
DOING: dict[Finding, str] = {
    "scores": mark("Scoring pictures"),
    "duplicates": mark("Comparing pictures"),
    "map": mark("Laying out the map"),
}


class Inspection(QObject):
    """One folder through one model. Findings are None until they were asked for, and go when the folder changes.

    Nothing that is asked for is dropped. Findings are computed one after another; files are written in their order
    beside that, and all of them are there before the window has closed; films have a queue of their own. Of looks at
    pictures the newest of each kind is answered. What cannot be done says why through `failed`.

    Attributes:
        place: The folder and the model; None before the first.
        rows: Of every picture, in the order of their paths; None before it is indexed.
        labels: What is known of the picture of each of those rows.
        report: Every picture's scores, and the detector that they are of.
        duplicates: Rows, and pairs of their positions.
        plane: Rows, and where they lie.

    Signals:
        forgotten(): None of the findings holds any more.
        indexed(opened): The folder's index is up to date: `rows` and `labels` are new.
        scored(): `report` is new.
        duplicates_found(): `duplicates` is new.
        laid_out(): `plane` is new.
        detector_kept(): The detector is on the disk, at the false-alarm rate and with the score that were chosen.
        concept_made(direction): There is another slider.
        latent_saved(comparison): A latent file is written, and this is how it compares with JPEG.
        moved(moved, folder): Pictures were moved there.
        move_undone(moved): Pictures are back in their place.
        written(path): A table, a copy of the model or a film is there.
        picture_seen(look): A picture from near.
        point_decoded(pixels): The picture of a point of the map.
        similar_found(rows, distances): The pictures nearest to one, or to a latent.
        latent_decoded(pixels): The picture of the latent whose nearest pictures were asked for.
        latent_opened(name, latent): What a latent file holds.
        progressed(text, done, total): How far the work is.
        busy_changed(): Work has begun or ended.
        failed(text): Why something could not be done, in one sentence.
    """

    forgotten = Signal()
    indexed = Signal(object)
    scored = Signal()
    duplicates_found = Signal()
    laid_out = Signal()
    detector_kept = Signal()
    concept_made = Signal(object)
    latent_saved = Signal(object)
    moved = Signal(object, object)
    move_undone = Signal(object)
    written = Signal(object)
    picture_seen = Signal(object)
    point_decoded = Signal(object)
    similar_found = Signal(object, object)
    latent_decoded = Signal(object)
    latent_opened = Signal(str, object)
    progressed = Signal(str, int, int)
    busy_changed = Signal()
    failed = Signal(str)

    def __init__(self, asked: Callable[[], Asked], parent: QObject | None = None) -> None:
        """Nothing is inspected yet. `asked` says which execution provider to compute on, at any time."""
        super().__init__(parent)
        self._asked = asked
        self._inspector = Inspector(asked())
        self._work, self._writes, self._films = Runner(self), Runner(self), Runner(self)
        self._looks = Worker(self)
        self._reader: Index | None = None
        self._wish: tuple[float, str] | None = None  # rate and score that were chosen while new scores were on the way
        self.place: Place | None = None
        self.rows: Rows | None = None
        self.labels = Labels()
        self.report: Report | None = None
        self.duplicates: tuple[Rows, Pairs] | None = None
        self.plane: tuple[Rows, Plane] | None = None
        self._work.progressed.connect(self.progressed)
        for beside in (self._writes, self._films):
            beside.progressed.connect(self._show_progress_beside)
        for runner in (self._work, self._writes, self._films):
            runner.changed.connect(self.busy_changed)

    @property
    def busy(self) -> bool:
        """Whether anything is computed or written."""
        return self._work.busy or self._writes.busy or self._films.busy

    @property
    def is_indexing(self) -> bool:
        """Whether the folder's pictures are being encoded."""
        return self._work.asked("index")

    @property
    def is_saving_film(self) -> bool:
        """Whether a film is being written."""
        return self._films.busy

    def is_asked(self, finding: Finding) -> bool:
        """Whether a finding is on its way."""
        return self._work.asked(finding)

    # What is computed, one piece after another.

    def index(self, entry: ModelEntry, folder: Path) -> None:
        """Encodes what is new in a folder; findings that are on their way would not hold afterwards, and end here."""
        for finding, text in DOING.items():
            if self.is_asked(finding):
                self.failed.emit(tr("{work}: cancelled, as the folder is indexed now.", work=tr(text)))
        self._work.cancel_all()
        place = Place(entry, folder)
        if place != self.place:
            self._close_reader()
            self._forget()
        self.place = place
        self._inspector.use(self._asked())
        work = functools.partial(self._inspector.update, place)
        done = functools.partial(self._take_index, place)
        self._work.start(tr("Encoding pictures"), work, done, self._tell_failure, kind="index")

    def score(self, good: Path, rate: float) -> None:
        """Fits a detector on good pictures, and scores every picture with it."""
        place = self._indexed_place()
        if place is not None:
            self._find("scores", functools.partial(self._inspector.score, place, good, rate), self._take_report)

    def find_duplicates(self, limit: float) -> None:
        """Finds all pairs up to a distance, as a share of the typical one."""
        place = self._indexed_place()
        if place is not None and not self.is_asked("duplicates"):
            work = functools.partial(self._inspector.duplicates, place, limit)
            self._find("duplicates", work, self._take_duplicates)

    def lay_out(self) -> None:
        """Lays all pictures out on the plane of their principal components."""
        place = self._indexed_place()
        if place is not None:
            self._find("map", lambda _progress, _stopped: self._inspector.plane(place), self._take_plane)

    def embed(self, method: Method) -> None:
        """Lays all pictures out so that neighbours are together; what is laid out already stays until then."""
        place = self._indexed_place()
        if place is not None:
            self._find("map", functools.partial(self._inspector.embed, place, method), self._take_plane)

    # What is written, all of it, in the order in which it was asked for.

    def keep(self, rate: float, score: str) -> None:
        """Keeps the detector at this false-alarm rate and with this score, for the next time and for the command."""
        if self._scored_report() is None:
            return
        self._set_detector(rate, score)
        if self.is_asked("scores"):
            self._wish = rate, score  # for the detector that is being fitted, which would take its place on the disk
        else:
            self._write_detector()

    def export(self, target: Path) -> None:
        """Writes the scores of every picture as a CSV file."""
        report, place = self._scored_report(), self.place
        if report is None or place is None:
            return

        def write() -> Path:
            with place.index() as index:
                paths = index.paths(report.rows)
                tables.write_verdicts(target, index.folder, paths, report.verdicts, report.detector.origin.score)
            return target

        self._write(tr("Writing the scores"), write, self.written.emit)

    def save_model(self, target: Path) -> None:
        """Writes a copy of the model with the detector in it, for others."""
        report, place = self._scored_report(), self.place
        if report is not None and place is not None:
            write = functools.partial(self._inspector.give, place, report.detector, target)
            self._write(tr("Writing a copy of the model"), write, self.written.emit)

    def make_concept(self, name: str, more: Rows, less: Rows) -> None:
        """Makes a slider from pictures with more and with less of something."""
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

    def film(self, latents: list[Floats], path: Path, kind: Kind) -> None:
        """Writes the pictures of some latents as a film."""
        place = self._indexed_place()
        if place is not None:
            self._inspector.use(self._asked())
            work = functools.partial(self._inspector.film, place, latents, (path, kind))
            self._films.start(tr("Writing a film"), work, self.written.emit, self._tell_failure)

    # What is only looked at: the newest of each kind.

    def look(self, row: int, score: str = COMBINED) -> None:
        """Shows one picture from near."""
        place = self._indexed_place()
        if place is not None:
            detector = self.report.detector if self.report else None
            look = functools.partial(self._inspector.look, place, row, detector, score)
            self._look("picture", place, look, self.picture_seen.emit)

    def find_similar(self, row: int, count: int) -> None:
        """Finds the pictures nearest to one."""
        place = self._indexed_place()
        if place is not None:
            find = functools.partial(self._inspector.similar, place, row, count)
            self._look("similar", place, find, lambda found: self.similar_found.emit(*found))

    def find_similar_to(self, latent: Floats, count: int) -> None:
        """Finds the pictures nearest to a latent."""
        place = self._indexed_place()
        if place is not None:
            find = functools.partial(self._inspector.similar_to, place, latent, count)
            self._look("similar", place, find, self._take_similar_to)

    def decode(self, latent: Floats) -> None:
        """Shows the picture of a latent."""
        place = self._indexed_place()
        if place is not None:
            decode = functools.partial(self._inspector.decode, place, latent)
            self._look("point", place, decode, self.point_decoded.emit)

    def open_latent(self, entry: ModelEntry, path: Path) -> None:
        """Reads a latent file."""
        read = functools.partial(self._inspector.open_small, entry, path)
        self._looks.spare(read, functools.partial(self.latent_opened.emit, path.name), self._tell_failure)

    # What is known without asking.

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

    @Slot()
    def cancel(self) -> None:
        """Ends what is shown as running; what was done is kept."""
        next((each for each in (self._work, self._films, self._writes) if each.busy), self._work).cancel()

    def stop(self) -> None:
        """Ends every thread once every file that was asked for is written; films are cancelled."""
        self._work.stop()
        if self._wish is not None:
            self._write_detector()
        self._films.stop()
        self._writes.stop(finish=True)
        self._looks.stop()
        self._inspector.close()
        self._close_reader()

    def _indexed_place(self) -> Place | None:
        """The place; None, and a sentence, before there is one."""
        if self.place is None:
            self.failed.emit(tr("Choose a folder of pictures to inspect, and index it first."))
        return self.place

    def _settled_place(self) -> Place | None:
        """The place; None, and a sentence, while its rows may become others."""
        if self.is_indexing:
            self.failed.emit(tr("The folder is being indexed and may change; try again once that is done."))
            return None
        return self._indexed_place()

    def _scored_report(self) -> Report | None:
        """The report; None, and a sentence, before there is one."""
        if self.report is None:
            self.failed.emit(tr("There are no scores yet: find the anomalies first."))
        return self.report

    def _find(self, finding: Finding, work: Work[Answer], take: Callable[[Answer], object]) -> None:
        place = self.place

        def done(answer: Answer) -> None:
            if place is self.place:  # else the folder was indexed since
                take(answer)

        failed = self._tell_score_failure if finding == "scores" else self._tell_failure
        self._inspector.use(self._asked())
        self._work.start(tr(DOING[finding]), work, done, failed, kind=finding)

    def _write(self, text: str, write: Callable[[], Answer], done: Callable[[Answer], object]) -> None:
        self._inspector.use(self._asked())
        self._writes.start(text, lambda _progress, _stopped: write(), done, self._tell_failure)

    def _look(self, kind: str, place: Place, job: Callable[[], Answer], done: Callable[[Answer], object]) -> None:
        def show(answer: Answer) -> None:
            if place == self.place:
                done(answer)

        self._inspector.use(self._asked())
        self._looks.submit(job, show, self._tell_failure, kind)

    def _set_detector(self, rate: float, score: str) -> None:
        if self.report is not None:
            self.report = dataclasses.replace(self.report, detector=self.report.detector.at(rate, score))

    def _write_detector(self) -> None:
        self._wish = None
        if self.report is not None and self.place is not None:
            keep = functools.partial(self._inspector.keep, self.place, self.report.detector)
            self._write(tr("Keeping the thresholds"), keep, lambda _: self.detector_kept.emit())

    def _forget(self) -> None:
        self.rows = self.report = self.duplicates = self.plane = None
        self.labels = Labels()
        self.forgotten.emit()

    def _close_reader(self) -> None:
        if self._reader is not None:
            self._reader.close()
            self._reader = None

    def _take_index(self, place: Place, opened: Opened) -> None:
        if place is not self.place:
            return
        self._forget()
        self.rows, self.labels = opened.rows, opened.labels
        for problem in [*opened.labels.problems, *([opened.problem] if opened.problem else [])]:
            self.failed.emit(told(problem))
        self.indexed.emit(opened)
        if opened.detector is not None and not opened.update.stopped and not self.is_asked("scores"):
            self._find(
                "scores", functools.partial(self._inspector.score_again, place, opened.detector), self._take_report
            )

    def _take_report(self, report: Report) -> None:
        self.report = report
        if self._wish is not None:
            rate, score = self._wish
            self._set_detector(rate, score if score in report.verdicts.scores else report.detector.origin.score)
            self._write_detector()
        self.scored.emit()

    def _take_duplicates(self, found: tuple[Rows, Pairs]) -> None:
        self.duplicates = found
        self.duplicates_found.emit()

    def _take_plane(self, plane: tuple[Rows, Plane]) -> None:
        self.plane = plane
        self.laid_out.emit()

    def _take_similar_to(self, found: tuple[Rows, Floats, Pixels]) -> None:
        self.similar_found.emit(*found[:2])
        self.latent_decoded.emit(found[2])

    def _tell_failure(self, error: Exception) -> None:
        if not isinstance(error, StoppedError):
            self.failed.emit(failures.sentence(error))

    def _tell_score_failure(self, error: Exception) -> None:
        """The detector that was there stays, at the rate that was chosen meanwhile."""
        if self._wish is not None:
            self._write_detector()
        self._tell_failure(error)

    @Slot(str, int, int)
    def _show_progress_beside(self, text: str, done: int, total: int) -> None:
        if not self._work.busy:
            self.progressed.emit(text, done, total)
