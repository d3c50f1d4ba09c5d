"""A run as it goes on: its curves, others beside them, and held-out pictures, back to the first epoch."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from pathlib import Path

import pyqtgraph
from PySide6.QtCore import QEvent, Qt, Slot
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
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
from desktop.training.differences import differences
from desktop.widgets.labels import label
from desktop.widgets.picture_view import PictureView
from desktop.widgets.rows import row
from trainer.run.contract import Curves, find_grids, points

COLUMNS = ("loss", "holdout_psnr", "learning_rate")
EVEN = 10_000  # of a splitter: shared out in proportion
MOST_POINTS = 2000  # of a curve: more cannot be told apart on a screen


@dataclasses.dataclass(frozen=True, eq=False)
class _Other:
    """A run whose curves lie over those of the one that is shown."""

    folder: Path
    read: Curves
    curves: Mapping[str, pyqtgraph.PlotDataItem]


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
        self._curves: Curves | None = None
        self._others: list[_Other] = []
        self._grids: list[tuple[int, Path]] = []
        self._shown: tuple[Path, int] | None = None
        self.plots = {name: self._plot() for name in COLUMNS}
        self._legend = self.plots[COLUMNS[0]][0].addLegend(offset=(-8, 8))
        self._legend.addItem(self.plots[COLUMNS[0]][1], "")
        self._legend.hide()
        self.table = DifferencesTable()
        self.pictures = PictureView("")
        self.epoch, self._epoch_said = QSlider(Qt.Orientation.Horizontal), label("", "number")
        bind(self.epoch, self.epoch.setAccessibleName, "Epoch whose pictures are shown")
        bind(self.epoch, self.epoch.setToolTip, "Held-out pictures and their reconstructions at the end of each epoch")
        self.epoch.valueChanged.connect(self._show_grid)
        curves, looks = QWidget(), QWidget()
        top, bottom = QHBoxLayout(curves), QVBoxLayout(looks)
        for column in (top, bottom):
            column.setContentsMargins(0, 0, 0, 0)
            column.setSpacing(theme.GAP_SMALL)
        for plot, _ in self.plots.values():
            top.addWidget(plot, 1)
        bottom.addWidget(self.pictures, 1)
        bottom.addLayout(row(self.epoch, self._epoch_said, gap=theme.GAP_SMALL))
        splitter = QSplitter(Qt.Orientation.Vertical)
        splitter.addWidget(curves)
        splitter.addWidget(self.table)
        splitter.addWidget(looks)
        splitter.setSizes([EVEN, EVEN // 2, EVEN])
        splitter.setChildrenCollapsible(False)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(splitter)
        self.restyle()

    def show_run(self, folder: Path | None) -> None:
        """Watches another run from now on; None empties the view."""
        if folder == self._folder:
            return
        self._folder, self._shown = folder, None
        self._curves = None if folder is None else Curves(folder)
        self._grids = []
        for _, curve in self.plots.values():
            curve.setData([], [])
        self.pictures.show_picture(tr("Held-out pictures"), "", None)
        self.refresh()

    def lay_over(self, folders: Sequence[Path]) -> None:
        """Draws the curves of other runs too, and says how their options differ; none clears that."""
        if [other.folder for other in self._others] == list(folders):
            return
        for other in self._others:
            for name, curve in other.curves.items():
                self.plots[name][0].removeItem(curve)
        self._others = []
        for place, folder in enumerate(folders):
            pen = pyqtgraph.mkPen(pyqtgraph.intColor(place, hues=max(len(folders), 3)), width=1.5)
            curves = {name: plot.plot([], [], pen=pen, name=folder.name) for name, (plot, _) in self.plots.items()}
            self._others.append(_Other(folder, Curves(folder), curves))
        self.table.show_runs([] if self._folder is None or not folders else [self._folder, *folders])
        self._legend.setVisible(bool(folders))
        self._legend.items[0][1].setText("" if self._folder is None else self._folder.name)
        self.refresh()

    def refresh(self) -> None:
        """Shows what was added since."""
        if self._folder is None or self._curves is None:
            return
        if self._curves.read_on():
            for name, (_, curve) in self.plots.items():
                curve.setData(*_thinned(points(self._curves.columns, name)))
        for other in self._others:
            if other.read.read_on():
                for name, curve in other.curves.items():
                    curve.setData(*_thinned(points(other.read.columns, name)))
        grids = find_grids(self._folder)
        if grids != self._grids:
            at_end = self.epoch.value() >= len(self._grids) - 1
            self._grids = grids
            self.epoch.setRange(0, max(0, len(grids) - 1))
            if at_end:
                self.epoch.setValue(len(grids) - 1)
            self._show_grid(self.epoch.value())

    def changeEvent(self, event: QEvent) -> None:
        """Another theme or language."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.LanguageChange):
            self.restyle()

    def restyle(self) -> None:
        """Takes colours and names from theme and language."""
        palette = self.palette()
        names = {
            "loss": tr("Loss"),
            "holdout_psnr": tr("Held-out PSNR, dB"),
            "learning_rate": tr("Learning rate"),
        }
        for name, (plot, curve) in self.plots.items():
            plot.setBackground(palette.base().color())
            plot.setTitle(names[name], color=palette.text().color(), size=f"{theme.SMALL_TEXT}px")
            plot.setAccessibleName(names[name])
            for side in ("left", "bottom"):
                axis = plot.getAxis(side)
                axis.setPen(palette.mid().color())
                axis.setTextPen(palette.text().color())
            self._legend.setLabelTextColor(palette.text().color())
            curve.setPen(pyqtgraph.mkPen(palette.highlight().color(), width=2))

    def _plot(self) -> tuple[pyqtgraph.PlotWidget, pyqtgraph.PlotDataItem]:
        plot = pyqtgraph.PlotWidget(enableMenu=False)
        for action in plot.scene().contextMenu:  # its own, in English alone
            action.setParent(None)
        plot.scene().contextMenu.clear()
        plot.hideButtons()
        plot.setMinimumSize(160, 72)
        return plot, plot.plot([], [])

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


def _thinned(found: Sequence[tuple[float, float]]) -> tuple[list[float], list[float]]:
    """At most so many points, evenly chosen, the last among them."""
    every = max(1, -(-len(found) // MOST_POINTS))
    kept = [*found[::every], *found[-1:]]
    return [step for step, _ in kept], [value for _, value in kept]
