"""Silent units of a network as a heat strip: a row for each layer, from left to right as the run goes on."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pyqtgraph
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QRectF
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.i18n import bind, tr
from desktop.training.curves.plot import bare_plot, style
from desktop.training.words import layer_name
from trainer.run.contract import UNITS_FILE
from trainer.run.contract.tables import Curves

MOST_COLUMNS = 400  # more cannot be told apart on a screen
COLOURS = 256


class SilentUnits(QWidget):
    """Shares from 0, the colour of the ground, to 1, that of the selection; hidden where a run has no such table."""

    def __init__(self) -> None:
        """Hidden."""
        super().__init__()
        self._image = pyqtgraph.ImageItem(axisOrder="row-major")
        self._read: Curves | None = None
        self.plot = bare_plot()
        self.plot.setMouseEnabled(x=False, y=False)
        self.plot.addItem(self._image)
        self.plot.invertY()
        bind(
            self,
            self.setToolTip,
            "Units that fired for no picture of a batch, layer by layer; the figure is the worst layer's",
        )
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.plot)
        self.hide()

    @property
    def shares(self) -> NDArray[np.float32]:
        """What is shown, float32 [layers, times]."""
        image = self._image.image
        return np.zeros((0, 0), np.float32) if image is None else np.asarray(image, np.float32)

    def show_run(self, folder: Path | None) -> None:
        """Watches another run from now on."""
        self._read = None if folder is None else Curves(folder, UNITS_FILE)
        self._image.clear()
        self.hide()
        self.refresh()

    def refresh(self) -> None:
        """Shows what was added since."""
        if self._read is None or not self._read.read_on():
            return
        columns = self._read.columns
        layers, steps = [name for name in columns if name != "step"], columns.get("step", [])
        if not layers or not steps:
            return
        every = max(1, -(-len(steps) // MOST_COLUMNS))
        shares = np.array([columns[name][::every] for name in layers], np.float32)
        self._image.setImage(np.nan_to_num(shares), levels=(0, 1))
        first = min(steps)
        self._image.setRect(QRectF(first, 0, max(1.0, max(steps) - first), len(layers)))
        self._say(layers, [columns[name][-1] for name in layers])
        self.show()

    def changeEvent(self, event: QEvent) -> None:
        """Another theme or language."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.LanguageChange):
            self.restyle()

    def restyle(self) -> None:
        """Takes colours and names from theme and language."""
        palette = self.palette()
        none, all_of_them = (
            np.array([colour.red(), colour.green(), colour.blue()], np.float64)
            for colour in (palette.base().color(), palette.highlight().color())
        )
        self._image.setLookupTable(np.linspace(none, all_of_them, COLOURS).astype(np.uint8))
        columns = {} if self._read is None else self._read.columns
        layers = [name for name in columns if name != "step"]
        self._say(layers, [columns[name][-1] for name in layers if columns[name]])

    def _say(self, layers: Sequence[str], now: Sequence[float]) -> None:
        most = max((share for share in now if share == share), default=0.0)
        title = tr("Silent units: {share:.0%}", share=most)
        style(self.plot, title, self.palette())
        parts = list(dict.fromkeys(name.rsplit("-", 1)[0] for name in layers))
        places = {part: [row for row, name in enumerate(layers) if name.rsplit("-", 1)[0] == part] for part in parts}
        ticks = [(sum(rows) / len(rows) + 0.5, layer_name(part)) for part, rows in places.items()]
        self.plot.getAxis("left").setTicks([ticks])
