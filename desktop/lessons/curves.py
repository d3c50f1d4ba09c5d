"""The curves of a lesson's runs, drawn as they come."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pyqtgraph
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop import theme
from desktop.i18n import mark, tr
from trainer.run.contract.tables import Curves, points

NAMES = {"loss": mark("Loss"), "holdout_psnr": mark("Held-out PSNR, dB")}
HEIGHT = 180
SECOND = (224, 138, 46)  # the chosen value's; the first has the palette's highlight. Both stand out in either theme.


class CurvesPlot(QWidget):
    """One column of `metrics.csv` over the steps, a line for each run, with a legend."""

    def __init__(self) -> None:
        """Empty."""
        super().__init__()
        self.plot = pyqtgraph.PlotWidget(enableMenu=False)
        for action in self.plot.scene().contextMenu:  # its own, in English alone
            action.setParent(None)
        self.plot.scene().contextMenu.clear()
        self.plot.hideButtons()
        self.plot.setFixedHeight(HEIGHT)
        self._legend = self.plot.addLegend(offset=(-8, -8))
        self._column = "loss"
        self._lines: list[tuple[Curves, pyqtgraph.PlotDataItem]] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.plot)
        self.restyle()

    def watch(self, column: str, runs: Sequence[tuple[Path, str]]) -> None:
        """Draws that column of these runs from now on, each under its name."""
        self._column = column
        self.plot.clear()
        self._legend.clear()
        self.plot.setLogMode(y=column == "loss")
        self._legend.setOffset((-8, 8 if column == "loss" else -8))  # where such curves do not end
        self._lines = [(Curves(run), self.plot.plot([], [], name=name)) for run, name in runs]
        self.restyle()

    def read_on(self) -> int:
        """Draws what was added; says how many steps the runs have done together."""
        done = 0
        for read, line in self._lines:
            if read.read_on():
                found = [(step, value) for step, value in points(read.columns, self._column) if value < float("inf")]
                line.setData([step for step, _ in found], [value for _, value in found])
            done += len(read.columns.get("step", ()))
        return done

    def changeEvent(self, event: QEvent) -> None:
        """Another theme or language."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.LanguageChange):
            self.restyle()

    def restyle(self) -> None:
        """Takes colours and names from theme and language."""
        palette = self.palette()
        name = tr(NAMES[self._column])
        self.plot.setBackground(palette.base().color())
        self.plot.setTitle(name, color=palette.text().color(), size=f"{theme.SMALL_TEXT}px")
        self.plot.setAccessibleName(name)
        for side in ("left", "bottom"):
            axis = self.plot.getAxis(side)
            axis.setPen(palette.mid().color())
            axis.setTextPen(palette.text().color())
        self.plot.getAxis("bottom").setLabel(tr("Steps"))
        self._legend.setLabelTextColor(palette.text().color())
        colours = (palette.highlight().color(), SECOND)
        for place, (_, line) in enumerate(self._lines):
            line.setPen(pyqtgraph.mkPen(colours[place % len(colours)], width=2))
