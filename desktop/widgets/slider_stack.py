"""Many sliders beneath one another, of which only those that are seen exist."""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Mapping, Sequence

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QImage, QResizeEvent
from PySide6.QtWidgets import QWidget

from desktop import theme
from desktop.engine.sliders.steering import Knob
from desktop.widgets.axis_slider import AxisSlider, row_height
from desktop.widgets.filmstrip import SIDE
from desktop.widgets.labels import label

HEADING_HEIGHT = 26
AHEAD = 1  # rows made beyond either edge of what is seen


@dataclasses.dataclass(frozen=True)
class SliderSpec:
    """What one slider is.

    Attributes:
        knob: Which one.
        name: Its own name.
        tip: What is said about it.
        low, high: Its ends, in units of spread.
        heading: Stands above it, where a group begins.
        has_star: Whether it can be a favourite.
    """

    knob: Knob
    name: str
    tip: str
    low: float
    high: float
    heading: str = ""
    has_star: bool = True


class SliderStack(QWidget):
    """Rows of one height, with headings between some; a row is made when it first comes into sight.

    Signals: those of `AxisSlider`, each with the knob first; and

        seen(knobs): Other sliders are in sight.
    """

    moved = Signal(object, float)
    grabbed = Signal(object)
    reset_asked = Signal(object)
    renamed = Signal(object, str)
    locked = Signal(object, bool)
    soloed = Signal(object, bool)
    played = Signal(object, bool)
    starred = Signal(object, bool)
    seen = Signal(object)

    def __init__(self) -> None:
        """Empty."""
        super().__init__()
        self.rows: dict[Knob, AxisSlider] = {}
        self.visible_knobs: list[Knob] = []
        self._specs: Sequence[SliderSpec] = ()
        self._tops: list[int] = []
        self._headings: list[QWidget] = []
        self._positions: Mapping[Knob, tuple[float, float]] = {}
        self._names: Mapping[Knob, str] = {}
        self._marks: tuple[Collection[Knob], Knob | None, Knob | None, Collection[Knob]] = ((), None, None, ())
        self._filmstrip_side = SIDE
        self._part = (0, 0)
        self.setFixedHeight(0)

    def set_sliders(self, specs: Sequence[SliderSpec], names: Mapping[Knob, str]) -> None:
        """Other sliders, in the order in which they are shown, and the names that the user gave to some."""
        for widget in (*self.rows.values(), *self._headings):
            widget.hide()
            widget.deleteLater()
        self.rows, self._headings = {}, []
        self._specs, self._names, self._positions = specs, dict(names), {}
        for spec in specs:
            if spec.heading:
                heading = label("", "number")
                heading.setText(spec.heading)
                heading.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom)
                heading.setIndent(theme.GAP_SMALL - 1)
                heading.setParent(self)
                heading.show()
                self._headings.append(heading)
        self._place()

    def set_filmstrip_side(self, side: int) -> None:
        """How high every filmstrip is, in pixels; 0 for none."""
        if side == self._filmstrip_side:
            return
        self._filmstrip_side = side
        for row in self.rows.values():
            row.set_filmstrip_side(side)
        self._place()

    def set_positions(self, positions: Mapping[Knob, tuple[float, float]]) -> None:
        """Start and value of each slider; those that are missing cannot be used."""
        before, self._positions = self._positions, positions
        for knob, row in self.rows.items():
            if positions.get(knob) != before.get(knob):
                self._set_position(knob, row)

    def set_marks(
        self, locked: Collection[Knob], solo: Knob | None, playing: Knob | None, starred: Collection[Knob] = ()
    ) -> None:
        """Which sliders are locked, soloed, playing and favourites."""
        self._marks = (locked, solo, playing, starred)
        for knob, row in self.rows.items():
            row.set_marks(knob in locked, knob == solo, knob == playing, knob in starred)

    def set_name(self, knob: Knob, name: str) -> None:
        """Another name by the user; empty for its own."""
        self._names = {**self._names, knob: name}
        if knob in self.rows:
            spec = next(spec for spec in self._specs if spec.knob == knob)
            self.rows[knob].set_name(spec.name, name, spec.tip)

    def set_images(self, knob: Knob, images: Sequence[QImage]) -> None:
        """The filmstrip of one slider."""
        if knob in self.rows:
            self.rows[knob].strip.set_images(images)

    def show_part(self, top: int, bottom: int) -> None:
        """Makes the rows that are between these heights, in pixels, and says which they are."""
        self._part = (top, bottom)
        seen = [spec for spec, at in zip(self._specs, self._tops) if at < bottom and at + self._row_height() > top]
        for spec in self._with_neighbours(seen):
            if spec.knob not in self.rows:
                self._make(spec)
        knobs = [spec.knob for spec in seen]
        if knobs != self.visible_knobs:
            self.visible_knobs = knobs
            self.seen.emit(knobs)

    def row(self, knob: Knob) -> AxisSlider:
        """The slider itself, made now unless it was seen before."""
        if knob not in self.rows:
            self._make(next(spec for spec in self._specs if spec.knob == knob))
        return self.rows[knob]

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Rows are as wide as the stack."""
        self._place_widgets()
        super().resizeEvent(event)

    def _with_neighbours(self, seen: Sequence[SliderSpec]) -> Sequence[SliderSpec]:
        """The seen ones and some beyond either edge, so that Tab finds the next one."""
        if not seen:
            return ()
        first, last = self._specs.index(seen[0]), self._specs.index(seen[-1])
        return self._specs[max(0, first - AHEAD) : last + 1 + AHEAD]

    def _make(self, spec: SliderSpec) -> None:
        row, knob = AxisSlider(spec.low, spec.high), spec.knob
        self.rows[knob] = row
        row.set_name(spec.name, self._names.get(knob, ""), spec.tip)
        row.set_filmstrip_side(self._filmstrip_side)
        locked, solo, playing, starred = self._marks
        row.set_marks(knob in locked, knob == solo, knob == playing, knob in starred)
        row.star.setVisible(spec.has_star)
        row.moved.connect(lambda value: self.moved.emit(knob, value))
        row.grabbed.connect(lambda: self.grabbed.emit(knob))
        row.reset_asked.connect(lambda: self.reset_asked.emit(knob))
        row.renamed.connect(lambda name: self.renamed.emit(knob, name))
        row.locked.connect(lambda on: self.locked.emit(knob, on))
        row.soloed.connect(lambda on: self.soloed.emit(knob, on))
        row.played.connect(lambda on: self.played.emit(knob, on))
        row.starred.connect(lambda on: self.starred.emit(knob, on))
        row.setParent(self)
        self._set_position(knob, row)
        self._set_tab_order(spec)
        self._place_widgets()
        row.show()

    def _set_position(self, knob: Knob, row: AxisSlider) -> None:
        row.setEnabled(knob in self._positions)
        row.set_position(*self._positions.get(knob, (0.0, 0.0)))

    def _set_tab_order(self, spec: SliderSpec) -> None:
        """After the row above it, whenever either was made."""
        at = self._specs.index(spec)
        above = self.rows.get(self._specs[at - 1].knob) if at else None
        below = self.rows.get(self._specs[at + 1].knob) if at + 1 < len(self._specs) else None
        if above is not None:
            QWidget.setTabOrder(above, self.rows[spec.knob])
        if below is not None:
            QWidget.setTabOrder(self.rows[spec.knob], below)

    def _row_height(self) -> int:
        return row_height(self._filmstrip_side)

    def _place(self) -> None:
        """Where every row and heading is, whether it exists or not."""
        top, self._tops = 0, []
        for spec in self._specs:
            top += HEADING_HEIGHT if spec.heading else 0
            self._tops.append(top)
            top += self._row_height()
        self.setFixedHeight(top)
        self._place_widgets()
        self.visible_knobs = []
        self.show_part(*self._part)

    def _place_widgets(self) -> None:
        headings = iter(self._headings)
        for spec, top in zip(self._specs, self._tops):
            if spec.heading:
                next(headings).setGeometry(QRect(0, top - HEADING_HEIGHT, self.width(), HEADING_HEIGHT - 4))
            if spec.knob in self.rows:
                self.rows[spec.knob].setGeometry(QRect(0, top, self.width(), self._row_height()))
