"""The work that finds out what is to know of the folder that is inspected."""

from __future__ import annotations

import functools
from collections.abc import Callable
from pathlib import Path
from typing import Literal, TypeVar

from PySide6.QtCore import QObject, Signal, Slot

from desktop.engine.anomaly.anomalies import Report
from desktop.engine.embedding.methods import Method
from desktop.engine.folder.index import Rows
from desktop.engine.library import ModelEntry
from desktop.engine.machine.providers import Asked
from desktop.engine.similarity.groups import Quality
from desktop.engine.similarity.neighbours import Pairs
from desktop.i18n import mark, told, tr
from desktop.inspect.inspector import Inspector
from desktop.inspect.known import Known
from desktop.inspect.looks import Looks
from desktop.inspect.outputs import Outputs
from desktop.inspect.place import Layout, Opened, Place
from desktop.runner import Runner, Work

Answer = TypeVar("Answer")
Finding = Literal["scores", "verdicts", "duplicates", "copies", "qualities", "map"]
DOING: dict[Finding, str] = {
    "scores": mark("Scoring pictures"),
    "verdicts": mark("Learning from your verdicts"),
    "duplicates": mark("Comparing pictures"),
    "copies": mark("Comparing pictures"),
    "qualities": mark("Measuring duplicates"),
    "map": mark("Laying out the map"),
}


class Inspection(Known):
    """Brings the index up to date and computes findings, one after another; what is asked for meanwhile waits.

    Nothing that is asked for is dropped: what runs while the folder is indexed anew is done again afterwards, and what
    cannot be done says why through `failed`.

    Attributes:
        inspector: What answers, on any thread.
        looks: What is only looked at.
        outputs: What is written.

    Signals:
        indexed(opened): The folder's index is up to date: `rows`, `names`, `labels` and `notes` are new.
        scored(): `report` is new.
        duplicates_found(): `duplicates` or `copies` is new.
        qualities_found(): `qualities` has more.
        laid_out(): `plane` is new.
        progressed(text, done, total): How far the work is.
        busy_changed(): Work has begun or ended.
    """

    indexed = Signal(object)
    scored = Signal()
    duplicates_found = Signal()
    qualities_found = Signal()
    laid_out = Signal()
    progressed = Signal(str, int, int)
    busy_changed = Signal()

    def __init__(self, asked: Callable[[], Asked], parent: QObject | None = None) -> None:
        """Nothing is inspected yet. `asked` says which execution provider to compute on, at any time."""
        super().__init__(parent)
        self._asked = asked
        self.inspector = Inspector(asked())
        self._work = Runner(self)
        self._wish: tuple[float, str] | None = None  # rate and score that were chosen while new scores were on the way
        self._asked_for: dict[Finding, Callable[[], None]] = {}  # how to ask for each once more
        self._waiting: list[Callable[[], None]] = []  # for the index
        self.looks = Looks(self, self.inspector, asked)
        self.outputs = Outputs(self, self.inspector, asked, lambda: not self.is_indexing)
        self._work.progressed.connect(self.progressed)
        self._work.changed.connect(self.busy_changed)
        self.outputs.progressed.connect(self._show_progress_beside)
        self.outputs.changed.connect(self.busy_changed)

    @property
    def busy(self) -> bool:
        """Whether anything is computed or written."""
        return self._work.busy or self.outputs.busy

    @property
    def is_indexing(self) -> bool:
        """Whether the folder's pictures are being encoded."""
        return self._work.asked("index")

    def is_asked(self, finding: Finding) -> bool:
        """Whether a finding is on its way."""
        return self._work.asked(finding)

    def index(self, entry: ModelEntry, folder: Path) -> None:
        """Encodes what is new in a folder; findings that are on their way would not hold, and are made afterwards."""
        place = Place(entry, folder)
        same = self.place is not None and place == self.place
        running = [again for kind, again in self._asked_for.items() if self.is_asked(kind)]
        self._waiting = [*self._waiting, *running] if same else []
        self._work.cancel_all()
        if not same:
            self.close_reader()
            self.forget()
        self.place = place
        self.inspector.use(self._asked())
        work = functools.partial(self.inspector.update, place)
        done = functools.partial(self._take_index, place)
        self._work.start(tr("Encoding pictures"), work, done, self.tell_failure, kind="index")

    def score(self, good: Path, rate: float) -> None:
        """Fits a detector on good pictures, and scores every picture with it."""

        def ask(place: Place) -> None:
            self._find("scores", functools.partial(self.inspector.score, place, good, rate), self._take_report)

        self._ask("scores", ask)

    def revise(self, change: Callable[[Place, Report], Report]) -> None:
        """Puts another report in the place of the one there is, as a verdict of the user does."""
        place, report = self.place, self.report
        if place is not None and report is not None:
            self._find("verdicts", lambda _progress, _stopped: change(place, report), self._take_report)

    def find_duplicates(self, limit: float) -> None:
        """Finds all pairs up to a distance, as a share of the typical one."""

        def ask(place: Place) -> None:
            if not self.is_asked("duplicates"):
                work = functools.partial(self.inspector.duplicates, place, limit)
                self._find("duplicates", work, self._take_duplicates)

        self._ask("duplicates", ask)

    def find_copies(self) -> None:
        """Finds all copies, by what the pictures show."""

        def ask(place: Place) -> None:
            if not self.is_asked("copies"):
                self._find("copies", functools.partial(self.inspector.copies, place), self._take_copies)

        self._ask("copies", ask)

    def measure(self, rows: Rows) -> None:
        """Measures how good some pictures are, of which the best is to be found."""

        def ask(place: Place) -> None:
            work = functools.partial(self.inspector.qualities, place, rows)
            self._find("qualities", work, self._take_qualities)

        self._ask("qualities", ask)

    def lay_out(self) -> None:
        """Lays all pictures out on the plane of their principal components."""

        def ask(place: Place) -> None:
            self._find("map", lambda _progress, _stopped: self.inspector.plane(place), self._take_plane)

        self._ask("map", ask)

    def embed(self, method: Method) -> None:
        """Lays all pictures out so that neighbours are together; what is laid out already stays until then."""

        def ask(place: Place) -> None:
            self._find("map", functools.partial(self.inspector.embed, place, method), self._take_plane)

        self._ask("map", ask)

    def keep(self, rate: float, score: str) -> None:
        """Keeps the detector at this false-alarm rate and with this score, for the next time and for the command."""
        if self.scored_report() is None:
            return
        self.set_detector(rate, score)
        if self.is_asked("scores") or self.is_asked("verdicts"):
            self._wish = rate, score  # for the detector that is being fitted, which would take its place on the disk
        else:
            self._keep_detector()

    @Slot()
    def cancel(self) -> None:
        """Ends what is shown as running; what was done is kept."""
        (self._work if self._work.busy else self.outputs).cancel()

    def stop(self) -> None:
        """Ends every thread once every file that was asked for is written; films are cancelled."""
        self._work.stop()
        if self._wish is not None:
            self._keep_detector()
        self.outputs.stop()
        self.looks.stop()
        self.inspector.close()
        self.close_reader()

    def _ask(self, finding: Finding, ask: Callable[[Place], None]) -> None:
        """Asks now, or once the folder is indexed."""
        place = self.indexed_place()
        if place is None:
            return

        def again() -> None:
            if self.place is not None:
                ask(self.place)

        self._asked_for[finding] = again
        if self.is_indexing:
            self._waiting.append(again)
        else:
            ask(place)

    def _find(self, finding: Finding, work: Work[Answer], take: Callable[[Answer], object]) -> None:
        place = self.place

        def done(answer: Answer) -> None:
            if place is self.place:  # else the folder was indexed since
                take(answer)

        failed = self._tell_score_failure if finding in ("scores", "verdicts") else self.tell_failure
        self.inspector.use(self._asked())
        self._work.start(tr(DOING[finding]), work, done, failed, kind=finding)

    def _keep_detector(self) -> None:
        self._wish = None
        self.outputs.keep_detector()

    def _take_index(self, place: Place, opened: Opened) -> None:
        if place is not self.place:
            return
        self.forget()
        self.rows, self.names, self.labels, self.notes = opened.rows, opened.names, opened.labels, opened.notes
        for problem in (*opened.labels.problems, *opened.problems):
            self.failed.emit(told(problem))
        waiting, self._waiting = self._waiting, []
        for again in waiting:
            again()
        self.indexed.emit(opened)
        if opened.detector is not None and not opened.update.stopped and not self.is_asked("scores"):
            score = functools.partial(self.inspector.score_again, place, opened.detector)
            self._find("scores", score, self._take_report)

    def _take_report(self, report: Report) -> None:
        self.report = report
        if self._wish is not None:
            rate, score = self._wish
            self.set_detector(rate, score if score in report.verdicts.scores else report.detector.origin.score)
            self._keep_detector()
        self.scored.emit()

    def _take_duplicates(self, found: tuple[Rows, Pairs]) -> None:
        self.duplicates = found
        self.duplicates_found.emit()

    def _take_copies(self, found: tuple[Rows, Pairs, int]) -> None:
        self.copies = found
        self.duplicates_found.emit()

    def _take_qualities(self, found: dict[int, Quality]) -> None:
        self.qualities |= found
        self.qualities_found.emit()

    def _take_plane(self, plane: Layout) -> None:
        self.plane = plane
        self.laid_out.emit()

    def _tell_score_failure(self, error: Exception) -> None:
        """The detector that was there stays, at the rate that was chosen meanwhile."""
        if self._wish is not None:
            self._keep_detector()
        self.tell_failure(error)

    @Slot(str, int, int)
    def _show_progress_beside(self, text: str, done: int, total: int) -> None:
        if not self._work.busy:
            self.progressed.emit(text, done, total)
