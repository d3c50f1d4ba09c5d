"""The curves of a run, and those of others over them."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import pyqtgraph
from numpy.typing import NDArray
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from desktop import theme
from desktop.i18n import tr
from desktop.training.curves.plot import bare_plot, style
from desktop.training.curves.silent_units import SilentUnits
from trainer.run.contract.tables import Curves

COLUMNS = ("loss", "holdout_psnr", "learning_rate", "gradient_norm", "active_latents")
LATER = ("gradient_norm", "active_latents")  # which older runs did not measure
IN_A_ROW = 3
MOST_POINTS = 500  # of a curve: as many as a plot has pixels

Values = NDArray[np.float64]
Plot = tuple[pyqtgraph.PlotWidget, pyqtgraph.PlotDataItem]


@dataclasses.dataclass(frozen=True, eq=False)
class _Other:
    """A run whose curves lie over those of the one that is shown."""

    folder: Path
    read: Curves
    curves: Mapping[str, pyqtgraph.PlotDataItem]


class RunPlots(QWidget):
    """A plot for each figure, and the silent units; what a run did not measure is hidden."""

    def __init__(self) -> None:
        """Nothing is shown."""
        super().__init__()
        self._folder: Path | None = None
        self._curves: Curves | None = None
        self._drawn = 0  # steps
        self._others: list[_Other] = []
        self.plots: dict[str, Plot] = {name: _plot() for name in COLUMNS}
        self.units = SilentUnits()
        self._legend = self.plots[COLUMNS[0]][0].addLegend(offset=(-8, 8))
        self._legend.addItem(self.plots[COLUMNS[0]][1], "")
        self._legend.hide()
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(theme.GAP_SMALL)
        for place, widget in enumerate([*(plot for plot, _ in self.plots.values()), self.units]):
            grid.addWidget(widget, *divmod(place, IN_A_ROW))
            grid.setColumnStretch(place % IN_A_ROW, 1)
        self._show_measured()
        self.restyle()

    def show_run(self, folder: Path | None) -> None:
        """Watches another run from now on; None empties the plots."""
        self._folder, self._drawn = folder, 0
        self._curves = None if folder is None else Curves(folder)
        for _, curve in self.plots.values():
            curve.setData([], [])
        self.units.show_run(folder)
        self._show_measured()
        self.refresh()

    def lay_over(self, folders: Sequence[Path]) -> bool:
        """Draws the curves of other runs too; none clears that. Says whether anything is different now."""
        if [other.folder for other in self._others] == list(folders):
            return False
        for other in self._others:
            for name, curve in other.curves.items():
                self.plots[name][0].removeItem(curve)
        self._others = []
        for place, folder in enumerate(folders):
            pen = pyqtgraph.mkPen(pyqtgraph.intColor(place, hues=max(len(folders), 3)), width=1.5)
            curves = {name: plot.plot([], [], pen=pen, name=folder.name) for name, (plot, _) in self.plots.items()}
            self._others.append(_Other(folder, Curves(folder), curves))
        self._legend.setVisible(bool(folders))
        self._legend.items[0][1].setText("" if self._folder is None else self._folder.name)
        self.refresh()
        return True

    def refresh(self) -> None:
        """Shows what was added since."""
        if self._curves is None:
            return
        if self._curves.read_on() and self._would_be_seen():
            for name, (_, curve) in self.plots.items():
                curve.setData(*_thinned(self._curves.columns, name))
            self._show_measured()
        for other in self._others:
            if other.read.read_on():
                for name, curve in other.curves.items():
                    curve.setData(*_thinned(other.read.columns, name))
        self.units.refresh()

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
            "gradient_norm": tr("Gradient norm"),
            "active_latents": tr("Latent numbers in use"),
        }
        for name, (plot, curve) in self.plots.items():
            style(plot, names[name], palette)
            self._legend.setLabelTextColor(palette.text().color())
            curve.setPen(pyqtgraph.mkPen(palette.highlight().color(), width=2))
        self.units.restyle()

    def _would_be_seen(self) -> bool:
        """Whether there are so many new steps that they take up a pixel: drawing takes time from the training."""
        count = 0 if self._curves is None else len(self._curves.columns.get("step", ()))
        if 0 <= count - self._drawn < count / MOST_POINTS:
            return False
        self._drawn = count
        return True

    def _show_measured(self) -> None:
        measured = {} if self._curves is None else self._curves.columns
        for name in LATER:
            self.plots[name][0].setVisible(name in measured)


def _plot() -> Plot:
    plot = bare_plot()
    return plot, plot.plot([], [])


def _thinned(columns: Mapping[str, Sequence[float]], name: str) -> tuple[Values, Values]:
    """Steps and finite values, at most so many, evenly chosen, the last among them; none where it was not measured.

    As arrays: a long run is drawn several times a second beside the training, which needs the processor more.
    """
    if name not in columns:
        return np.empty(0), np.empty(0)
    steps, values = np.array(columns["step"], np.float64), np.array(columns[name], np.float64)
    finite = np.isfinite(values)
    steps, values = steps[finite], values[finite]
    every = max(1, -(-len(steps) // MOST_POINTS))
    first = (len(steps) - 1) % every if len(steps) else 0  # so that the last one is among them
    return steps[first::every], values[first::every]
