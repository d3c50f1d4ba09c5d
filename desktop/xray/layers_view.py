"""The layers of a model as pictures, whose units can be switched off."""

from __future__ import annotations

import functools
import sys
from pathlib import Path

import numpy as np
from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from desktop import failures, theme
from desktop.engine.pictures import Pixels
from desktop.engine.xray import units
from desktop.engine.xray.units import Looked, Place, Units
from desktop.i18n import bind, tr
from desktop.supervised.job import Job
from desktop.training import launch
from desktop.widgets.channel_grid import ChannelGrid
from desktop.widgets.labels import button, label
from desktop.widgets.rows import row
from desktop.worker import Worker
from desktop.xray.panel import Panel

PICTURE_WIDTH = 360
DIM = 40  # of 255: a unit that is off is shown as dark as this, without its picture


class LayersView(QWidget):
    """Asks for the graphs with layers once, then shows one layer at a time beside the reconstruction."""

    looked = Signal()

    def __init__(self) -> None:
        """Of no model yet."""
        super().__init__()
        self.job: Job | None = None
        self.units: Units | None = None
        self.seen: Looked | None = None
        self.off: dict[Place, frozenset[int]] = {}
        self._bundle: Path | None = None
        self._image: Pixels | None = None
        self._whole: Pixels | None = None
        self._problem = ""
        self.note, self.begin = label("", "muted"), button("Show layers", "Write the graphs once more, with layers")
        self.layer, self.grid, self.picture = QComboBox(), ChannelGrid(), Panel()
        self.facts, self.all_on = label("", "plain"), button("All on", "Switch every unit on again")
        bind(self.layer, self.layer.setAccessibleName, "Layer")
        bind(self.grid, self.grid.setAccessibleName, "Units: arrows move among them, Return switches one off")
        self._body, self._worker = QWidget(), Worker(self)
        self._lay_out()
        self.begin.clicked.connect(self.write_layers)
        self.layer.currentIndexChanged.connect(self._show_layer)
        self.grid.chosen.connect(self.switch)
        self.all_on.clicked.connect(self.switch_all_on)
        self._say()

    def show_model(self, bundle: Path, image: Pixels) -> None:
        """Looks at this model and picture from now on; the graphs are written anew for another model."""
        if bundle != self._bundle:
            self._drop_job()
            self._bundle, self.units, self.off = bundle, None, {}
        self._image, self._whole, self.seen, self._problem = image, None, None, ""
        if self.units is not None:
            self._look()
        self._say()

    def stop(self) -> None:
        """Ends what runs, and removes the graphs."""
        self._worker.stop()
        self._drop_job()

    @Slot()
    def write_layers(self) -> None:
        """Writes the graphs, in a process of its own."""
        bundle = self._bundle
        if bundle is None or launch.missing() or (self.job is not None and self.job.busy):
            return
        self._drop_job()
        self._problem = ""
        command = [sys.executable, "-m", "export.layers", str(bundle), "--out"]
        try:
            self.job = Job(lambda folder: [[[*command, str(folder)]]], parent=self)
        except OSError as error:
            self._fail(error)
            return
        self.job.done.connect(self._open)
        self.job.failed.connect(self._tell)
        self._say()

    @Slot(int)
    def switch(self, unit: int) -> None:
        """Switches a unit of the layer that is shown off, or on again."""
        place = self._place()
        if place is not None:
            self.off[place] = self.off.get(place, frozenset()) ^ {unit}
            self._look()

    @Slot()
    def switch_all_on(self) -> None:
        """Every unit of every layer."""
        self.off = {}
        self._look()

    def changeEvent(self, event: QEvent) -> None:
        """Says everything again in another language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._name_layers()
            self._say()

    def _lay_out(self) -> None:
        self.note.setWordWrap(True)
        self.facts.setWordWrap(True)
        for text in (self.note, self.facts):
            text.setMinimumWidth(PICTURE_WIDTH)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.viewport().setAutoFillBackground(False)
        inside = QWidget()
        inside.setAutoFillBackground(False)
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, theme.SCROLL_BAR, 0)
        column.addWidget(self.grid)
        column.addStretch(1)
        scroll.setWidget(inside)
        left, right = QVBoxLayout(), QVBoxLayout()
        left.addLayout(row(label("Layer", "heading"), self.layer, None))
        left.addWidget(scroll, 1)
        right.addWidget(label("Reconstruction", "heading"))
        right.addWidget(self.picture, 1)
        right.addWidget(self.facts)
        right.addLayout(row(self.all_on, None))
        self.picture.setFixedWidth(PICTURE_WIDTH)
        self.picture.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        both = QHBoxLayout(self._body)
        both.setContentsMargins(0, 0, 0, 0)
        both.setSpacing(theme.GAP)
        both.addLayout(left, 1)
        both.addLayout(right)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, theme.GAP, 0, 0)
        whole.addWidget(self.note)
        whole.addLayout(row(self.begin, None))
        whole.addWidget(self._body, 1)
        whole.addStretch(0)

    def _place(self) -> Place | None:
        place: Place | None = self.layer.currentData()
        return place

    def _drop_job(self) -> None:
        if self.job is not None:
            self.job.stop()
            self.job.deleteLater()
            self.job = None

    @Slot()
    def _open(self) -> None:
        if self.job is not None:
            self._worker.submit(functools.partial(Units, self.job.folder), self._take_units, self._fail)

    def _take_units(self, found: Units) -> None:
        self.units = found
        self._name_layers()
        self._look()

    def _name_layers(self) -> None:
        at = max(0, self.layer.currentIndex())
        self.layer.blockSignals(True)
        self.layer.clear()
        for place in self.units.places if self.units is not None else ():
            kinds = {"encoder": tr("Encoder, layer {number}"), "decoder": tr("Decoder, layer {number}")}
            self.layer.addItem(kinds[place.side].format(number=place.number), place)
        self.layer.setCurrentIndex(min(at, self.layer.count() - 1))
        self.layer.blockSignals(False)

    def _look(self) -> None:
        if self.units is not None and self._image is not None:
            look = functools.partial(self.units.look, self._image, dict(self.off))
            self._worker.submit(look, self._take, self._fail)

    def _take(self, seen: Looked) -> None:
        self.seen = seen
        if not any(self.off.values()):
            self._whole = seen.picture
        self._show_layer()
        self.looked.emit()

    @Slot()
    def _show_layer(self) -> None:
        place = self._place()
        if self.seen is not None and place is not None:
            shown = units.levels(self.seen.layers[place])
            shown[sorted(self.off.get(place, ()))] = DIM
            self.grid.show_levels(shown)
        self.picture.show_pixels(None if self.seen is None else self.seen.picture, (0, 0), (0, 0))
        self._say()

    def _fail(self, error: Exception) -> None:
        self._tell(failures.sentence(error))

    @Slot(str)
    def _tell(self, text: str) -> None:
        self._problem = text
        self._say()

    def _say(self) -> None:
        count = sum(map(len, self.off.values()))
        self.begin.setVisible(self.units is None)
        self.begin.setEnabled(not launch.missing() and not (self.job is not None and self.job.busy))
        self._body.setVisible(self.units is not None and self.layer.count() > 0)
        self.all_on.setEnabled(count > 0)
        self.note.setText(self._note())
        text = tr("{n:,} units are off", n=count) if count else tr("Click a unit to switch it off.")
        if count and self.seen is not None and self._whole is not None:
            change = float(np.abs(self.seen.picture.astype(np.float32) - self._whole).mean())
            text += " · " + tr("the picture changed by {levels:.1f} of 255 levels", levels=change)
        self.facts.setText(text)

    def _note(self) -> str:
        missing = launch.missing()
        if self._problem:
            return self._problem
        if self.units is not None and not self.layer.count():
            return tr("This model has no layers with units that could be shown.")
        if self.units is not None:
            return tr("What each unit of the layer gives, from black to white.")
        if missing:
            names = ", ".join(missing)
            return tr("Layers need {names} (several GB): {command}", names=names, command=launch.INSTALL)
        if self.job is not None and self.job.busy:
            return tr("Writing the layers…")
        return tr("The graphs give no layers as they are. They are written once more with them, which takes seconds.")
