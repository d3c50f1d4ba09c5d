"""What is known of the folder that is inspected, and the work that finds it out."""

from __future__ import annotations

import dataclasses
import functools
import logging
from collections.abc import Callable
from pathlib import Path
from typing import Any, Literal

from PySide6.QtCore import QObject, Signal, Slot

from desktop.engine.anomaly.anomalies import Report
from desktop.engine.anomaly.detector import COMBINED
from desktop.engine.embedding.methods import Method
from desktop.engine.embedding.plane import Plane
from desktop.engine.errors import EXPECTED, StoppedError
from desktop.engine.films import Kind
from desktop.engine.folder.index import Index, Rows
from desktop.engine.folder.labels import Labels
from desktop.engine.gaussian import Floats
from desktop.engine.inspector import Inspector, Opened, Place
from desktop.engine.latent_file.codec import DEFAULT_STEP
from desktop.engine.library import ModelEntry
from desktop.engine.providers import Asked
from desktop.engine.similarity.neighbours import Pairs
from desktop.i18n import mark, told, tr
from desktop.inspect.runner import InspectionRunner, Work

Task = Literal["index", "judge", "doubles", "map", "concept", "save", "give", "embed", "film"]
DOING: dict[Task, str] = {
    "index": mark("Encoding pictures"),
    "judge": mark("Judging pictures"),
    "doubles": mark("Comparing pictures"),
    "map": mark("Laying out the map"),
    "concept": mark("Making a slider"),
    "save": mark("Writing a small file"),
    "give": mark("Writing a copy of the model"),
    "embed": mark("Moving neighbours together"),
    "film": mark("Writing a film"),
}


class Inspection(QObject):
    """One folder through one model. Findings are None until they were asked for, and go when the folder changes.

    Attributes:
        place: The folder and the model; None before the first.
        rows: Of every picture, in the order of their paths; None before it is indexed.
        labels: What is known of the picture of each of those rows.
        report: The judge's verdicts.
        doubles: Rows, and pairs of their positions.
        plane: Rows, and where they lie.
        similar: Rows like the one asked for, and their distances.

    Signals:
        forgotten(): None of the findings holds any more.
        found(task): `rows`, `report`, `doubles` or `plane` is new, by the task's name; or a concept or a file is made.
        looked(what, answer): A `Look`, a decoded picture, or look-alikes.
        progressed(text, done, total): How far the work is.
        busy_changed(): Work has begun or ended.
        failed(text): Why something could not be done, in one sentence.
    """

    forgotten = Signal()
    found = Signal(str, object)
    looked = Signal(str, object)
    progressed = Signal(str, int, int)
    busy_changed = Signal()
    failed = Signal(str)

    def __init__(self, asked: Callable[[], Asked], parent: QObject | None = None) -> None:
        """Nothing is inspected yet. `asked` says which execution provider to compute on, at any time."""
        super().__init__(parent)
        self._asked = asked
        self._inspector = Inspector(asked())
        self._next: Place | None = None
        self._runner = InspectionRunner(self)
        self._reader: Index | None = None
        self._task: Task = "index"
        self.place: Place | None = None
        self.rows: Rows | None = None
        self.labels = Labels()
        self.report: Report | None = None
        self.doubles: tuple[Rows, Pairs] | None = None
        self.plane: tuple[Rows, Plane] | None = None
        self.similar: tuple[Rows, Floats] | None = None
        self._runner.progressed.connect(self._on_progress)
        self._runner.finished.connect(self._on_finish)
        self._runner.looked.connect(self._on_look)
        self._runner.failed.connect(self._on_failure)
        self._runner.busy_changed.connect(self.busy_changed)

    @property
    def busy(self) -> bool:
        """Whether something long runs."""
        return self._runner.busy

    def index(self, entry: ModelEntry, folder: Path) -> None:
        """Encodes what is new in a folder, once what runs has been ended for it."""
        place = Place(entry, folder)
        if self.busy:
            self._next = place
            self.cancel()
        elif self._start("index", functools.partial(self._inspector.update, place)) and place != self.place:
            self._close_reader()
            self.place = place
            self._forget()

    def judge(self, good: Path, rate: float) -> None:
        """Judges every picture by good ones."""
        if self.place is not None:
            self._start("judge", functools.partial(self._inspector.judge, self.place, good, rate))

    def keep(self, rate: float, score: str) -> None:
        """Keeps the judge at this false-alarm rate and going by this score, for the next time and for the command."""
        if self.report is not None and self.place is not None:
            judge = self.report.judge.at(rate, score)
            self.report = dataclasses.replace(self.report, judge=judge)
            self._look("kept", functools.partial(self._inspector.keep, self.place, judge))

    def give(self, target: Path) -> None:
        """Writes a copy of the model with the judge in it, for others."""
        if self.report is not None and self.place is not None:
            place, judge = self.place, self.report.judge
            self._start("give", lambda _p, _s: self._inspector.give(place, judge, target))

    def find_doubles(self, limit: float) -> None:
        """Finds all pairs up to a limit."""
        if self.place is not None:
            self._start("doubles", functools.partial(self._inspector.doubles, self.place, limit))

    def lay_out(self) -> None:
        """Lays all pictures out on a plane."""
        place = self.place
        if place is not None:
            self._start("map", lambda _progress, _stopped: self._inspector.plane(place))

    def embed(self, method: Method) -> None:
        """Lays all pictures out so that neighbours are together; what is laid out already stays until then."""
        if self.place is not None:
            self._start("embed", functools.partial(self._inspector.embed, self.place, method))

    def film(self, codes: list[Floats], path: Path, kind: Kind) -> None:
        """Writes the pictures of some codes as a film."""
        if self.place is not None:
            self._start("film", functools.partial(self._inspector.film, self.place, codes, (path, kind)))

    def make_concept(self, name: str, more: Rows, less: Rows) -> None:
        """Makes a slider from pictures with more and with less of something."""
        place = self.place
        if place is not None:
            self._start("concept", lambda _p, _s: self._inspector.make_concept(place, name, more, less))

    def save_small(self, row: int, target: Path) -> None:
        """Writes a picture's code as a small file."""
        place = self.place
        if place is not None:
            self._start("save", lambda _p, _s: self._inspector.save_small(place, row, target, DEFAULT_STEP))

    def look(self, row: int, score: str = COMBINED) -> None:
        """Shows one picture from near."""
        if self.place is not None:
            judge = self.report.judge if self.report else None
            self._look("picture", functools.partial(self._inspector.look, self.place, row, judge, score))

    def find_similar(self, row: int, count: int) -> None:
        """Finds the pictures nearest to one."""
        if self.place is not None:
            self._look("similar", functools.partial(self._inspector.similar, self.place, row, count))

    def find_similar_to(self, code: Floats, count: int) -> None:
        """Finds the pictures nearest to a code."""
        if self.place is not None:
            self._look("similar_to", functools.partial(self._inspector.similar_to, self.place, code, count))

    def decode(self, code: Floats) -> None:
        """Shows the picture of a code."""
        if self.place is not None:
            self._look("point", functools.partial(self._inspector.decode, self.place, code))

    def open_small(self, entry: ModelEntry, path: Path) -> None:
        """Reads the code in a small file."""
        self._look("small", lambda: (path.name, self._inspector.open_small(entry, path)))

    def reader(self) -> Index:
        """The index, for thumbnails and paths on the GUI thread; there must be a place.

        Raises:
            InspectionError: It is broken.
        """
        assert self.place is not None, "nothing is inspected"
        if self._reader is None:
            self._reader = self.place.index()
        return self._reader

    def cancel(self) -> None:
        """Ends what runs; what was done is kept."""
        self._runner.cancel()

    def stop(self) -> None:
        """Ends every thread."""
        self._runner.stop()
        self._inspector.close()
        self._close_reader()

    def _look(self, what: str, function: Callable[[], object]) -> None:
        self._inspector.use(self._asked())
        self._runner.look(what, function)

    def _start(self, task: Task, work: Work) -> bool:
        self._inspector.use(self._asked())
        if not self._runner.start(task, work):
            return False
        self._task = task
        self.progressed.emit(tr(DOING[task]), 0, 0)
        return True

    def _forget(self) -> None:
        self.rows = self.report = self.doubles = self.plane = self.similar = None
        self.labels = Labels()
        self.forgotten.emit()

    def _close_reader(self) -> None:
        if self._reader is not None:
            self._reader.close()
            self._reader = None

    @Slot(int, int)
    def _on_progress(self, done: int, total: int) -> None:
        self.progressed.emit(tr(DOING[self._task]), done, total)

    def _go_on(self) -> None:
        """What waited for the work that has ended begins."""
        if self._next is not None:
            place, self._next = self._next, None
            self.index(place.entry, place.folder)

    def _judge_again(self, opened: Opened) -> None:
        """By the judge that was kept for the folder, where there is one and nothing else is to do."""
        if opened.problem:
            self.failed.emit(told(opened.problem))
        if opened.judge is not None and self.place is not None and not opened.update.stopped and not self.busy:
            self._start("judge", functools.partial(self._inspector.judge_again, self.place, opened.judge))

    @Slot(str, object)
    def _on_finish(self, task: Task, answer: Any) -> None:
        if task == "index":
            self._forget()
            self.rows, self.labels = answer.rows, answer.labels
            for problem in answer.labels.problems:
                self.failed.emit(told(problem))
        elif task == "judge":
            self.report = answer
        elif task == "doubles":
            self.doubles = answer
        elif task in ("map", "embed"):
            self.plane = answer
        self.found.emit(task, answer)
        if self._next is not None:
            self._go_on()
        elif task == "index":
            self._judge_again(answer)

    @Slot(str, object)
    def _on_look(self, what: str, answer: Any) -> None:
        if what in ("similar", "similar_to"):
            self.similar = answer[:2]
        self.looked.emit(what, answer)

    @Slot(object)
    def _on_failure(self, error: Exception) -> None:
        if isinstance(error, EXPECTED) and not isinstance(error, StoppedError):
            self.failed.emit(told(error))
        elif not isinstance(error, EXPECTED):
            logging.getLogger(__name__).error("An inspection failed for an unforeseen reason.", exc_info=error)
            self.failed.emit(tr("Something went wrong inside the program: {error}", error=repr(error)))
        self._go_on()
