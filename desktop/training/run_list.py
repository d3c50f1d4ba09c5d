"""The runs that there are, the newest first."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QAbstractItemView, QListWidget, QListWidgetItem

from desktop import theme
from desktop.i18n import bind
from desktop.training.places import find_runs

FOLDER_ROLE = Qt.ItemDataRole.UserRole
HEIGHT = 180
MOST_MARKED = 7  # runs beside the one that is shown: more lines cannot be told apart


class RunList(QListWidget):
    """Names of runs; one of them is chosen, and more can be marked to lie over it."""

    def __init__(self) -> None:
        """Empty until `fill`."""
        super().__init__()
        bind(self, self.setAccessibleName, "Runs")
        bind(self, self.setToolTip, "Ctrl and a click compare several runs")
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setMaximumHeight(HEIGHT)

    @property
    def chosen(self) -> Path | None:
        """The folder of the run that is shown."""
        item = self.currentItem()
        folder: Path | None = None if item is None else item.data(FOLDER_ROLE)
        return folder

    @property
    def marked(self) -> list[Path]:
        """The other runs that are marked, at most `MOST_MARKED`, the newest first."""
        places = sorted(index.row() for index in self.selectedIndexes())
        folders = [self.item(place).data(FOLDER_ROLE) for place in places]
        return [folder for folder in folders if folder != self.chosen][:MOST_MARKED]

    @property
    def folders(self) -> list[Path]:
        """Those of all runs, the newest first."""
        return [self.item(place).data(FOLDER_ROLE) for place in range(self.count())]

    def fill(self, begun: Iterable[Path], wanted: Path | None = None, elsewhere: Path | None = None) -> None:
        """Lists the runs that lie in their folders and those that have just begun, and chooses one."""
        wanted = wanted or self.chosen
        found = find_runs(elsewhere)
        found = [*(run for run in begun if run not in found), *found]
        if self.folders != found:
            self.blockSignals(True)
            self.clear()
            for run in found:
                item = QListWidgetItem(run.name)
                item.setSizeHint(QSize(0, theme.ROW_HEIGHT))
                item.setData(FOLDER_ROLE, run)
                self.addItem(item)
            self.blockSignals(False)
        if found:
            place = found.index(wanted) if wanted in found else 0
            if self.currentRow() != place:  # which would forget the marked ones
                self.setCurrentRow(place)
