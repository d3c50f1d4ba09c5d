"""One line that says what was done, or how far work is, of one height, so that nothing moves when work begins."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QSizePolicy, QStackedWidget

from desktop.i18n import tr
from desktop.widgets.labels import label
from desktop.widgets.progress_strip import ProgressStrip


class WorkLine(QStackedWidget):
    """A muted sentence, and a progress strip in its place while something is being done."""

    def __init__(self) -> None:
        """Says nothing."""
        super().__init__()
        self.state, self.progress = label("", "muted"), ProgressStrip()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        for each in (self.state, self.progress):
            self.addWidget(each)

    @Slot(str, int, int)
    def show_progress(self, text: str, done: int, total: int) -> None:
        """What is being done, and how far; of a single step, or of nobody knows how many, that it is."""
        counted = tr("{text}: {done:,} of {total:,}", text=text, done=done, total=total) if total > 1 else text
        self.progress.show_progress(counted, done, total)
        self.setCurrentWidget(self.progress)

    def finish(self) -> None:
        """Nothing is being done any more."""
        self.progress.finish()
        self.setCurrentWidget(self.state)
