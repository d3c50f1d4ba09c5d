"""The folder that the form names, looked at in the background: its facts stand beside the field."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Slot

from desktop import failures
from desktop.engine.folder.facts import Facts, look
from desktop.runner import Runner
from desktop.training.form import TrainingForm


class FolderFacts(QObject):
    """Looks at each folder that is chosen; the look at an earlier one is given up."""

    def __init__(self, form: TrainingForm, parent: QObject | None = None) -> None:
        """Nothing is looked at before the form names a folder."""
        super().__init__(parent)
        self._form, self._runner = form, Runner(self)
        form.folder_chosen.connect(self._look_at)

    def stop(self) -> None:
        """The window closes."""
        self._runner.stop()

    @Slot(object)
    def _look_at(self, folder: Path | None) -> None:
        self._runner.cancel_all()
        self._form.show_facts(None)
        if folder is not None:
            work = lambda progress, stopped: look(folder, progress, stopped)  # noqa: E731
            self._runner.start(folder.name, work, self._show, self._tell_failure)

    def _show(self, found: Facts) -> None:
        if found.folder == self._form.data.path:
            self._form.show_facts(found)

    def _tell_failure(self, error: Exception) -> None:
        if not self._runner.busy:
            self._form.show_facts(None, failures.sentence(error))
