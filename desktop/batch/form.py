"""What a batch shall do: the upper half of the Batch page."""

from __future__ import annotations

import functools
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QGridLayout, QLineEdit, QSpinBox, QWidget

from desktop import theme
from desktop.batch import words
from desktop.engine.batch.encoding import LOSSY, USUAL_QUALITY, Encoding
from desktop.engine.batch.plan import DEFAULT_PATTERN, OUTPUTS, Output
from desktop.i18n import bind, mark
from desktop.state.settings import Settings
from desktop.widgets.fields import inset
from desktop.widgets.folder_field import FolderField
from desktop.widgets.labels import label
from desktop.widgets.rows import row

WIDEST = 960  # device-independent pixels: on a wide screen a path is not a mile from its name


class BatchForm(QWidget):
    """Folders, outputs, names.

    Signals:
        changed(): Something else is filled in.
    """

    changed = Signal()

    def __init__(self, settings: Settings) -> None:
        """As it was filled in last."""
        super().__init__()
        self._settings = settings
        self._proposed: Path | None = None
        self.source = FolderField(mark("Folder of pictures"), mark("A folder; its sub-folders are kept"))
        self.target = FolderField(mark("Folder to write to"), mark("Made if it is not there"))
        self.boxes: dict[Output, QCheckBox] = {kind: self._box(*words.OUTPUTS[kind]) for kind in OUTPUTS}
        self._overwrite = self._box(
            mark("Replace files that exist"), mark("Otherwise you are asked before any file is replaced")
        )
        self._format, self._quality = QComboBox(), QSpinBox()
        for name, text in words.ENCODINGS.items():
            self._format.addItem("", name)
            bind(self._format, functools.partial(self._format.setItemText, self._format.count() - 1), text)
        bind(self._format, self._format.setAccessibleName, "Format of the reconstructions")
        inset(self._quality)
        self._quality.setRange(1, 100)
        bind(self._quality, self._quality.setAccessibleName, "Quality of lossy files")
        bind(self._quality, self._quality.setToolTip, "Quality of lossy files, 1 to 100")
        self._pattern = QLineEdit(DEFAULT_PATTERN)
        bind(self._pattern, self._pattern.setAccessibleName, "Names of the files")
        bind(self._pattern, self._pattern.setToolTip, "May hold {name}, {kind}, {number} and {model}")
        self._lay_out()
        self._restore()
        for field in (self.source, self.target):
            field.changed.connect(self.changed)
        for box in self.boxes.values():
            box.toggled.connect(self.changed)
        self.boxes["reconstruction"].toggled.connect(self._show_format)
        self._format.currentIndexChanged.connect(self._show_format)
        self._format.currentIndexChanged.connect(self.changed)
        self._quality.valueChanged.connect(self.changed)
        self._show_format()

    @property
    def outputs(self) -> tuple[Output, ...]:
        """What to make of each picture."""
        return tuple(kind for kind, box in self.boxes.items() if box.isChecked())

    @property
    def pattern(self) -> str:
        """The files' names; where nothing is typed, the usual ones."""
        return self._pattern.text().strip() or DEFAULT_PATTERN

    @property
    def overwrite(self) -> bool:
        """Whether files may be replaced without another question."""
        return self._overwrite.isChecked()

    @property
    def encoding(self) -> Encoding:
        """What reconstructions are written as."""
        return Encoding(self._format.currentData(), self._quality.value())

    def propose(self, model: str) -> None:
        """A folder beside the source to write to, where the user named none."""
        source, target = self.source.path, self.target.path
        if source is not None and (target is None or target == self._proposed):
            self._proposed = source.with_name(f"{source.name}-{model}" if source.name else model)
            self.target.set_path(self._proposed)

    def keep(self) -> None:
        """Remembers what is filled in; but for overwriting, which is asked for anew each time."""
        self._settings.set_text("batch/source", self.source.line.text())
        self._settings.set_text("batch/target", self.target.line.text())
        self._settings.set_text("batch/pattern", self._pattern.text())
        self._settings.set_text("batch/outputs", ",".join(self.outputs))
        self._settings.set_text("batch/format", self.encoding.name)
        self._settings.set_text("batch/quality", str(self.encoding.quality))

    def _restore(self) -> None:
        for field, name in ((self.source, "batch/source"), (self.target, "batch/target")):
            text = self._settings.text(name)
            if text:
                field.set_path(Path(text))
        self._pattern.setText(self._settings.text("batch/pattern", DEFAULT_PATTERN))
        self._format.setCurrentIndex(max(0, self._format.findData(self._settings.text("batch/format", "png"))))
        quality = self._settings.text("batch/quality")
        self._quality.setValue(int(quality) if quality.isdecimal() and len(quality) < 4 else USUAL_QUALITY)
        chosen = self._settings.text("batch/outputs", "reconstruction,score").split(",")
        for kind, box in self.boxes.items():
            box.setChecked(kind in chosen)

    def _show_format(self) -> None:
        """The quality is for lossy files, the format for reconstructions."""
        is_wanted = self.boxes["reconstruction"].isChecked()
        self._format.setEnabled(is_wanted)
        self._quality.setEnabled(is_wanted)
        self._quality.setVisible(self.encoding.name in LOSSY)

    def _lay_out(self) -> None:
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(theme.GAP)
        grid.setVerticalSpacing(theme.GAP_SMALL)
        grid.setColumnStretch(1, 1)
        boxes = QWidget()
        boxes.setLayout(row(*self.boxes.values(), None, gap=theme.GAP))
        formats = QWidget()
        formats.setLayout(row(self._format, self._quality, None, gap=theme.GAP))
        lines: tuple[tuple[str, QWidget], ...] = (
            (mark("From"), self.source),
            (mark("To"), self.target),
            (mark("Write"), boxes),
            (mark("As"), formats),
            (mark("Names"), self._pattern),
            ("", self._overwrite),
        )
        for place, (name, field) in enumerate(lines):
            field.setMinimumHeight(theme.ROW_HEIGHT)
            grid.addWidget(label(name, "heading"), place, 0, Qt.AlignmentFlag.AlignVCenter)
            grid.addWidget(field, place, 1)
        self.setMaximumWidth(WIDEST)

    def _box(self, text: str, tip: str) -> QCheckBox:
        result = QCheckBox()
        bind(result, result.setText, text)
        bind(result, result.setToolTip, tip)
        return result
