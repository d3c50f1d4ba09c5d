"""The runs that there are, the newest first."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QListWidget, QListWidgetItem

from desktop import theme
from desktop.i18n import bind
from desktop.training import launch
from trainer.run import contract

FOLDER_ROLE = Qt.ItemDataRole.UserRole
HEIGHT = 180


class RunList(QListWidget):
    """Names of runs; one of them is chosen."""

    def __init__(self) -> None:
        """Empty until `fill`."""
        super().__init__()
        bind(self, self.setAccessibleName, "Runs")
        self.setMaximumHeight(HEIGHT)

    @property
    def chosen(self) -> Path | None:
        """The folder of the run that is shown."""
        item = self.currentItem()
        folder: Path | None = None if item is None else item.data(FOLDER_ROLE)
        return folder

    def fill(self, begun: Iterable[Path], wanted: Path | None = None) -> None:
        """Lists the runs that lie in their folder and those that have just begun, and chooses one."""
        wanted = wanted or self.chosen
        found = contract.find_runs(launch.runs_folder())
        found = [*(run for run in begun if run not in found), *found]
        if [self.item(place).data(FOLDER_ROLE) for place in range(self.count())] != found:
            self.blockSignals(True)
            self.clear()
            for run in found:
                item = QListWidgetItem(run.name)
                item.setSizeHint(QSize(0, theme.ROW_HEIGHT))
                item.setData(FOLDER_ROLE, run)
                self.addItem(item)
            self.blockSignals(False)
        if found:
            self.setCurrentRow(found.index(wanted) if wanted in found else 0)
