"""The controls of the duplicates."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QSlider, QWidget

from desktop.i18n import bind, mark
from desktop.inspect.tools.layout import caption, column
from desktop.widgets.labels import ActionButton, label
from desktop.widgets.rows import row
from desktop.widgets.segments import Segments

LIMIT_STEPS, LARGEST_LIMIT = 100, 0.5  # of the distance, as a share of the typical one
FIRST_LIMIT = 0.1


class DuplicateTools(QWidget):
    """What counts as a duplicate, and what is done with the groups.

    Signals:
        changed(): Another kind of duplicates, or another limit.
        changed_groups(count): Other groups are shown, so many.
    """

    changed = Signal()
    changed_groups = Signal(int)

    def __init__(self) -> None:
        """Copies; of near latents, those up to a tenth of the typical distance."""
        super().__init__()
        copies = mark("The same picture, even if turned, mirrored, cropped, resized, compressed again or brightened")
        near = mark("Pictures with nearly the same latent, up to a distance")
        self.kinds = Segments([("copies", mark("Copies"), copies), ("near", mark("Near latents"), near)])
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setRange(0, LIMIT_STEPS)
        self.slider.setMaximumWidth(220)
        self.slider.setMinimumWidth(100)
        self.slider.setValue(round(FIRST_LIMIT / LARGEST_LIMIT * LIMIT_STEPS))
        bind(self.slider, self.slider.setAccessibleName, "Largest distance of duplicates")
        tip = mark("As a share of the distance between two pictures picked at random")
        bind(self.slider, self.slider.setToolTip, tip)
        self.said = label("", "number")
        self._caption = caption(mark("Largest distance"))
        self._row = row(self.kinds, self._caption, self.slider, None)
        rows = column(self)
        rows.addLayout(self._row)
        rows.addLayout(row(self.said, None))
        self.slider.valueChanged.connect(self.changed)
        self.kinds.chosen.connect(self._show_kind)
        self._show_kind()

    def put_actions(self, actions: Sequence[ActionButton]) -> None:
        """Buttons for what can be done with the groups."""
        for each in actions:
            self._row.addWidget(each)

    @property
    def of_copies(self) -> bool:
        """Whether copies are shown, and not near latents."""
        return self.kinds.buttons["copies"].isChecked()

    @property
    def limit(self) -> float:
        """Of near latents, as a share of the typical distance."""
        return self.slider.value() / LIMIT_STEPS * LARGEST_LIMIT

    @Slot()
    def allow_more(self) -> None:
        """Twice the distance."""
        self.slider.setValue(max(2, 2 * self.slider.value()))

    @Slot()
    def show_near(self) -> None:
        """Near latents in place of copies."""
        self.kinds.choose("near")
        self._show_kind()

    @Slot()
    def _show_kind(self) -> None:
        for each in (self._caption, self.slider):
            each.setVisible(not self.of_copies)
        self.changed.emit()
