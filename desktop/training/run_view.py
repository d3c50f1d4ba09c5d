"""One run, as it goes on: its curves, and held-out pictures above their reconstructions, back to the first epoch."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pyqtgraph
from PySide6.QtCore import QEvent, Qt, Slot
from PySide6.QtWidgets import QHBoxLayout, QSlider, QSplitter, QVBoxLayout, QWidget

from desktop import theme
from desktop.engine import pictures
from desktop.engine.errors import PictureError
from desktop.i18n import bind, tr
from desktop.widgets.labels import label
from desktop.widgets.picture_view import PictureView
from desktop.widgets.rows import row
from trainer.run.contract import Curves, find_grids, points

COLUMNS = ("loss", "holdout_psnr", "learning_rate")
EVEN = 10_000  # of a splitter: shared out in proportion
MOST_POINTS = 2000  # of a curve: more cannot be told apart on a screen


class RunView(QWidget):
    """Curves above, and below them pictures, which are a wide row."""

    def __init__(self) -> None:
        """Nothing is shown."""
        super().__init__()
        self._folder: Path | None = None
        self._curves: Curves | None = None
        self._grids: list[tuple[int, Path]] = []
        self._shown: tuple[Path, int] | None = None
        self.plots = {name: self._plot() for name in COLUMNS}
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
        splitter.addWidget(looks)
        splitter.setSizes([EVEN, EVEN])
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

    def refresh(self) -> None:
        """Shows what was added since."""
        if self._folder is None or self._curves is None:
            return
        if self._curves.read_on():
            for name, (_, curve) in self.plots.items():
                curve.setData(*_thinned(points(self._curves.columns, name)))
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
