"""One lesson as it is read, tried and answered."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, Qt, QTimer, Slot
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QComboBox, QGridLayout, QLabel, QVBoxLayout, QWidget

from desktop import failures, theme
from desktop.i18n import bind, told, tr
from desktop.lessons.curves import CurvesPlot
from desktop.lessons.lesson import Lesson, Outcome
from desktop.qt_images import to_qimage
from desktop.runner import Runner
from desktop.supervised.job import Job
from desktop.training import launch
from desktop.training.words import duration
from desktop.widgets.labels import button, label
from desktop.widgets.rows import row

LOOK_MS = 300
WIDEST, BESIDE = 512, 320  # device-independent pixels of a picture, alone in its line and beside others
READING_WIDTH, NARROWEST = 680, 480


class LessonPage(QWidget):
    """Text, what is varied, *Run*, and what came out: empty, working, done or failed."""

    def __init__(self, lesson: Lesson) -> None:
        """Nothing was tried yet."""
        super().__init__()
        self.lesson, self._problem = lesson, ""
        self.job: Job | None = None
        self.outcome: Outcome | None = None
        self.title, self.text = label(lesson.title, "title"), label("", "plain")
        self.control_name, self.control = label(lesson.control.title, "heading"), QComboBox()
        bind(self.control, self.control.setAccessibleName, lesson.control.title)
        self.more = [QComboBox() for _ in lesson.more]
        for box, control in zip(self.more, lesson.more):
            bind(box, box.setAccessibleName, control.title)
        self.run_button = button("Run", "Train it now and measure", primary=True)
        self.cancel_button = button("Cancel", "End this training")
        self.state, self.answer = label("", "muted"), label("", "heading")
        self.curves, self._pictures, self._grid = CurvesPlot(), QWidget(), QGridLayout()
        self._runner = Runner(self)
        self._timer = QTimer(self, interval=LOOK_MS)
        self._timer.timeout.connect(self._look)
        self.run_button.clicked.connect(self.run)
        self.cancel_button.clicked.connect(self.cancel)
        self._lay_out()
        self._say_values()
        self._show()

    def stop(self) -> None:
        """Ends what runs, and removes what it left."""
        self._timer.stop()
        self._runner.stop()
        self._drop_job()

    @property
    def busy(self) -> bool:
        """Whether it trains or measures."""
        return (self.job is not None and self.job.busy) or self._runner.busy

    @Slot()
    def run(self) -> None:
        """Trains with the value that is chosen, beside its reference."""
        if self.busy or launch.missing():
            return
        self._drop_job()
        self.outcome, self._problem = None, ""
        chosen, more = self.control.currentIndex(), [box.currentIndex() for box in self.more]
        try:
            self.job = Job(lambda folder: self.lesson.commands(folder, chosen, more), self.lesson.is_result, self)
        except OSError as error:
            self._fail(failures.sentence(error))
            return
        names = [told(each.text) for each in self.lesson.values(chosen)]
        self.job.done.connect(self._measure)
        self.job.failed.connect(self._fail)
        self.curves.watch(self.lesson.curve, list(zip(self.lesson.runs(self.job.folder, chosen), names)))
        self._timer.start()
        self._show()

    @Slot()
    def cancel(self) -> None:
        """Ends the training and forgets it."""
        self._runner.cancel_all()
        self._timer.stop()
        self._drop_job()
        self._show()

    def changeEvent(self, event: QEvent) -> None:
        """Says everything again in another language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._say_values()
            self._show()

    def _lay_out(self) -> None:
        for text in (self.text, self.state, self.answer):
            text.setWordWrap(True)
            text.setMaximumWidth(READING_WIDTH)
            text.setMinimumWidth(NARROWEST)  # else it asks for the height that it has at one pixel
            text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        pictures = QVBoxLayout(self._pictures)
        pictures.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(theme.GAP)
        self._grid.setVerticalSpacing(theme.GAP_SMALL)
        pictures.addLayout(self._grid)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, theme.SCROLL_BAR, 0)
        column.setSpacing(theme.GAP)
        column.addWidget(self.title)
        column.addWidget(self.text)
        boxes: list[QWidget] = [self.control_name, self.control]
        for box, control in zip(self.more, self.lesson.more):
            boxes += [label(control.title, "heading"), box]
        column.addLayout(row(*boxes, self.run_button, self.cancel_button, None))
        for widget in (self.state, self.answer, self.curves, self._pictures):
            column.addWidget(widget)
        column.addStretch(1)

    def _say_values(self) -> None:
        for box, control in zip((self.control, *self.more), (self.lesson.control, *self.lesson.more)):
            chosen = max(0, box.currentIndex())
            box.clear()
            box.addItems([told(value.text) for value in control.values])
            box.setCurrentIndex(chosen)
        self.text.setText("\n\n".join(map(tr, self.lesson.text)))

    def _drop_job(self) -> None:
        if self.job is not None:
            self.job.stop()
            self.job.deleteLater()
            self.job = None

    @Slot()
    def _look(self) -> None:
        self._say_state()
        if not self.busy:
            self._timer.stop()

    @Slot()
    def _measure(self) -> None:
        job, chosen = self.job, self.control.currentIndex()
        if job is None:
            return
        self._runner.start(
            self.lesson.title,
            lambda _progress, _stopped: self.lesson.measure(job.folder, chosen),
            self._take,
            lambda error: self._fail(failures.sentence(error)),
        )
        self._show()

    def _take(self, outcome: Outcome) -> None:
        if self.job is not None:  # not cancelled
            self.outcome = outcome
            self._show()

    @Slot(str)
    def _fail(self, text: str) -> None:
        self._problem = text
        self._show()

    def _show(self) -> None:
        """Everything as it is now."""
        busy, outcome = self.busy, self.outcome
        self.run_button.setEnabled(not busy and not launch.missing())
        for box in (self.control, *self.more):
            box.setEnabled(not busy)
        self.cancel_button.setVisible(busy)
        self.answer.setVisible(outcome is not None)
        self.answer.setText("" if outcome is None else told(outcome.sentence))
        self._pictures.setVisible(outcome is not None)
        self._show_pictures()
        self._say_state()

    def _say_state(self) -> None:
        self.curves.setVisible(self.job is not None and self.curves.read_on() > 0)
        self.state.setText(self._state())
        self.state.setVisible(bool(self.state.text()))

    def _state(self) -> str:
        missing = launch.missing()
        if missing:
            names = ", ".join(missing)
            return tr("Training needs {names} (several GB): {command}", names=names, command=launch.INSTALL)
        if self._problem:
            return tr("The lesson did not come to its end: {reason}", reason=self._problem)
        if self.outcome is not None:
            return ""
        if not self.busy:
            return tr("Takes about {time} on two cores.", time=duration(self.lesson.seconds))
        done = self.curves.read_on()
        return (
            tr("Training, {done:,} steps so far", done=done)
            if done
            else tr("Drawing characters, and loading the trainer…")
        )

    def _show_pictures(self) -> None:
        while (item := self._grid.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.deleteLater()
        if self.outcome is None:
            return
        stacked = any(pixels.shape[1] > pixels.shape[0] for _, _, pixels in self.outcome.pictures)
        for place, (caption, value, pixels) in enumerate(self.outcome.pictures):
            name, picture = label("", "number"), QLabel()
            name.setText(f"{told(value.text)} · {tr(caption)}")
            picture.setPixmap(enlarged(pixels, WIDEST if stacked else BESIDE))
            picture.setAccessibleName(name.text())
            line, column = (2 * place, 0) if stacked else (0, place)
            self._grid.addWidget(name, line, column)
            self._grid.addWidget(picture, line + 1, column, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        self._grid.setColumnStretch(self._grid.columnCount(), 1)


def enlarged(pixels: NDArray[np.uint8], widest: int) -> QPixmap:
    """A picture, uint8 [H, W, 3], enlarged by a whole factor until it is nearly so wide, every pixel a square."""
    factor = max(1, widest // max(pixels.shape[:2]))
    return QPixmap.fromImage(to_qimage(np.ascontiguousarray(pixels.repeat(factor, axis=0).repeat(factor, axis=1))))
