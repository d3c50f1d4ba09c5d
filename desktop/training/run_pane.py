"""The right side of the Training page: the run that is chosen, how far it is, and what can be done with it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from desktop import theme
from desktop.training.curves.run_view import RunView
from desktop.training.export.model_deeds import ModelDeeds
from desktop.widgets.labels import ActionButton, label
from desktop.widgets.rows import row


class RunPane(QWidget):
    """A sentence of state, two rows of buttons, curves and pictures; a hint where no run is chosen."""

    def __init__(
        self, mend: QAction, model: ModelDeeds, steering: Sequence[QAction], live: QAction, quiet: Sequence[QAction]
    ) -> None:
        """No run is chosen; the buttons show the page's actions, `steering` those to pause, to stop and to resume."""
        super().__init__()
        self.state, self.notes, self.view = label("", "plain"), label("", "muted"), RunView()
        self._proof = model.proof
        self._mend, self._mends = mend, ActionButton(mend, primary=True)
        self._shown, self._nothing = (
            QWidget(),
            label("No run yet. Drop a folder of pictures, and press Train.", "muted"),
        )
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._nothing.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
        for text in (self.state, self.notes):
            text.setWordWrap(True)
            text.setAlignment(Qt.AlignmentFlag.AlignTop)
        whole, shown = QVBoxLayout(self), QVBoxLayout(self._shown)
        for column in (whole, shown):
            column.setContentsMargins(0, 0, 0, 0)
            column.setSpacing(theme.GAP_SMALL)
        about = row(ActionButton(live))
        for action in quiet:
            about.addWidget(ActionButton(action, role="quiet"))
        about.addStretch(1)
        self._steering = [ActionButton(action) for action in steering]
        shown.addLayout(row(ActionButton(model.export, primary=True), *self._steering, None))
        shown.addLayout(about)
        shown.addWidget(model.options)
        shown.addWidget(model.proof)
        shown.addWidget(self.view, 1)
        whole.addWidget(self.state)
        whole.addWidget(self.notes)
        whole.addLayout(row(self._mends, None))
        whole.addWidget(self._shown, 1)
        whole.addWidget(self._nothing, 1)

    def show_run(self, run: Path | None, state: str, others: Sequence[Path], notes: str = "") -> None:
        """Shows how far a run is, with the curves of others laid over its own; None shows the hint.

        The notes are what the trainer chose, or what the run came to; the proof of a model has their place.
        """
        self.state.setText(state)
        self.notes.setText(notes)
        self.notes.setVisible(run is not None and bool(notes) and self._proof.isHidden())
        self.view.show_run(run)
        self.view.lay_over(others)
        for part in (self.state, self._shown):
            part.setVisible(run is not None)
        self._mends.setVisible(self._mend.isEnabled())
        for resumes in self._steering[2:]:  # a paused run has one Resume, in the place of Pause
            resumes.setVisible(not self._steering[0].isEnabled())
        self._nothing.setVisible(run is None)
        if self.isVisible():
            self.view.refresh()
