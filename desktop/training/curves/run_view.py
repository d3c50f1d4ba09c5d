"""A run as it goes on: its curves, others beside them, and held-out pictures, back to the first epoch."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import (
    QAbstractItemView,
    QSlider,
    QSplitter,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from desktop import theme
from desktop.engine import pictures
from desktop.engine.errors import PictureError
from desktop.i18n import bind, tr
from desktop.training.curves.differences import differences
from desktop.training.curves.plots import RunPlots
from desktop.widgets.labels import label
from desktop.widgets.picture_view import PictureView
from desktop.widgets.rows import row
from trainer.run.contract import find_grids

EVEN = 10_000  # of a splitter: shared out in proportion


class DifferencesTable(QTableWidget):
    """The options that differ between runs, a column for each; hidden where there is nothing to compare."""

    def __init__(self) -> None:
        """Hidden."""
        super().__init__()
        bind(self, self.setAccessibleName, "Options that differ between these runs")
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.verticalHeader().hide()
        self.hide()

    def show_runs(self, runs: Sequence[Path]) -> None:
        """Compares these runs; fewer than two hide the table."""
        rows = differences(runs) if len(runs) > 1 else []
        self.setVisible(len(runs) > 1)
        self.setRowCount(len(rows))
        self.setColumnCount(1 + len(runs))
        self.setHorizontalHeaderLabels([tr("Option"), *(run.name for run in runs)])
        for place, (name, values) in enumerate(rows):
            for column, text in enumerate((name, *values)):
                self.setItem(place, column, QTableWidgetItem(text))
        self.resizeColumnsToContents()


class RunView(QWidget):
    """Curves above, and below them pictures, which are a wide row."""

    def __init__(self) -> None:
        """Nothing is shown."""
        super().__init__()
        self._folder: Path | None = None
        self._grids: list[tuple[int, Path]] = []
        self._shown: tuple[Path, int] | None = None
        self.figures = RunPlots()
        self.table = DifferencesTable()
        self.pictures = PictureView("")
        self.epoch, self._epoch_said = QSlider(Qt.Orientation.Horizontal), label("", "number")
        bind(self.epoch, self.epoch.setAccessibleName, "Epoch whose pictures are shown")
        bind(self.epoch, self.epoch.setToolTip, "Held-out pictures and their reconstructions at the end of each epoch")
        self.epoch.valueChanged.connect(self._show_grid)
        looks = QWidget()
        bottom = QVBoxLayout(looks)
        bottom.setContentsMargins(0, 0, 0, 0)
        bottom.setSpacing(theme.GAP_SMALL)
        bottom.addWidget(self.pictures, 1)
        bottom.addLayout(row(self.epoch, self._epoch_said, gap=theme.GAP_SMALL))
        splitter = QSplitter(Qt.Orientation.Vertical)
        splitter.addWidget(self.figures)
        splitter.addWidget(self.table)
        splitter.addWidget(looks)
        splitter.setSizes([EVEN, EVEN // 2, EVEN])
        splitter.setChildrenCollapsible(False)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(splitter)

    def show_run(self, folder: Path | None) -> None:
        """Watches another run from now on; None empties the view."""
        if folder == self._folder:
            return
        self._folder, self._shown = folder, None
        self._grids = []
        self.epoch.setRange(0, 0)
        self._epoch_said.setText("")
        self.figures.show_run(folder)
        self.pictures.show_picture(tr("Held-out pictures"), "", None)
        self.refresh()

    def lay_over(self, folders: Sequence[Path]) -> None:
        """Draws the curves of other runs too, and says how their options differ; none clears that."""
        if self.figures.lay_over(folders):
            self.table.show_runs([] if self._folder is None or not folders else [self._folder, *folders])

    def refresh(self) -> None:
        """Shows what was added since."""
        if self._folder is None:
            return
        self.figures.refresh()
        grids = find_grids(self._folder)
        if grids != self._grids:
            at_end = self.epoch.value() >= len(self._grids) - 1
            self._grids = grids
            self.epoch.setRange(0, max(0, len(grids) - 1))
            if at_end:
                self.epoch.setValue(len(grids) - 1)
            self._show_grid(self.epoch.value())

    @Slot(int)
    def _show_grid(self, place: int) -> None:
        if not 0 <= place < len(self._grids):
            self._epoch_said.setText("")
            return
        epoch, path = self._grids[place]
        if self._shown == (path, epoch):
            return
        try:
            pixels = pictures.read(path).pixels
        except PictureError:  # it is being written
            return
        self._shown = (path, epoch)
        self._epoch_said.setText(tr("epoch {epoch:,}", epoch=epoch))
        self.pictures.show_picture(tr("Held-out pictures"), tr("above: originals, below: reconstructions"), pixels)
