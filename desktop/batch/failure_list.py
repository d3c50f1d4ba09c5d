"""The pictures of a batch that failed, and why."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QListWidget

from desktop.batch import words
from desktop.engine.batch.run import Failure
from desktop.i18n import bind

ROWS = 4  # that are seen at once
ROW_HEIGHT, FRAME = 24, 8  # device-independent pixels


class FailureList(QListWidget):
    """A line for each; hidden where nothing failed."""

    def __init__(self) -> None:
        """Nothing failed."""
        super().__init__()
        bind(self, self.setAccessibleName, "Pictures that failed")
        self.hide()

    def show_failures(self, failures: Sequence[Failure]) -> None:
        """Others in place of all, in the language of now."""
        self.clear()
        self.addItems([words.failure(failure) for failure in failures])
        self.setMaximumHeight(ROW_HEIGHT * min(ROWS, len(failures)) + FRAME)
        self.setVisible(bool(failures))
