"""What a model of the run is to be: its name, its precision, and whether it is one file."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QLineEdit, QWidget

from desktop import theme
from desktop.i18n import bind, mark, tr
from desktop.training.export.exports import PRECISIONS, Precision, Wanted
from desktop.widgets.labels import label

NAME_WIDTH = 220
PRECISION_WORDS: Mapping[Precision, tuple[str, str]] = {
    "fp32": (mark("fp32 · exact"), mark("Nothing is lost")),
    "fp16": (mark("fp16 · half the size"), mark("Small, and for GPUs")),
    "int8": (mark("int8 · smallest"), mark("Smaller still, and for CPUs; the proof says what it costs")),
}


class ExportOptions(QWidget):
    """A row of fields that are right as they are."""

    def __init__(self) -> None:
        """Called as the run, exact, a folder."""
        super().__init__()
        self.name, self.precision, self.pack = QLineEdit(), QComboBox(), QCheckBox()
        bind(self.name, self.name.setAccessibleName, "Name of the model")
        bind(self.name, self.name.setToolTip, "Name of the model; as the run is called, where it is empty")
        bind(self.precision, self.precision.setAccessibleName, "Precision")
        bind(self.pack, self.pack.setText, "One file")
        bind(self.pack, self.pack.setToolTip, "Pack the model into one file, which is easier to send")
        self.name.setMaximumWidth(NAME_WIDTH)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(theme.GAP_SMALL)
        for widget in (label("Model", "muted"), self.name, self.precision, self.pack):
            line.addWidget(widget)
        line.addStretch(1)
        self._say_precisions()

    @property
    def wanted(self) -> Wanted:
        """What is filled in."""
        return Wanted(self.name.text().strip(), PRECISIONS[self.precision.currentIndex()], self.pack.isChecked())

    def show_run(self, run: Path | None) -> None:
        """The model is called as this run; a name that was typed for another run goes."""
        name = "" if run is None else run.name
        if name != self.name.placeholderText():
            self.name.clear()
            self.name.setPlaceholderText(name)

    def changeEvent(self, event: QEvent) -> None:
        """Says everything again in another language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._say_precisions()

    def _say_precisions(self) -> None:
        chosen = max(0, self.precision.currentIndex())
        self.precision.clear()
        for name in PRECISIONS:
            text, tip = PRECISION_WORDS[name]
            self.precision.addItem(tr(text))
            self.precision.setItemData(self.precision.count() - 1, tr(tip), Qt.ItemDataRole.ToolTipRole)
        self.precision.setCurrentIndex(chosen)
