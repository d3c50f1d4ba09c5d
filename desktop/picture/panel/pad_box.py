"""Two sliders of the user's choice as a plane to move in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QComboBox, QVBoxLayout, QWidget

from desktop import theme
from desktop.engine.sliders.steering import Knob
from desktop.i18n import bind, mark, tr
from desktop.state.steering_model import SteeringModel
from desktop.widgets.labels import label
from desktop.widgets.pad import Pad
from desktop.widgets.rows import row
from desktop.widgets.slider_stack import SliderSpec


class PadBox(QWidget):
    """The pad, and beneath it which slider it moves across and which one up.

    Signals:
        grabbed(): The user begins or ends a movement.
    """

    grabbed = Signal()

    def __init__(self, steering: SteeringModel) -> None:
        """Nothing to move yet."""
        super().__init__()
        self._steering, self._specs = steering, list[SliderSpec]()
        self.pad, self.across, self.up = Pad(), QComboBox(), QComboBox()
        for box, name in ((self.across, mark("Slider across")), (self.up, mark("Slider up"))):
            box.setMinimumHeight(theme.FIELD_HEIGHT)
            box.setMinimumContentsLength(6)
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            bind(box, box.setAccessibleName, name)
            bind(box, box.setToolTip, name)
            box.activated.connect(self.show_state)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.GAP_SMALL)
        column.addWidget(self.pad)
        chosen = row(label("\u2194", "number"), self.across, label("\u2195", "number"), self.up)
        chosen.setStretch(1, 1)
        chosen.setStretch(3, 1)
        column.addLayout(chosen)
        self.pad.moved.connect(self._move)
        self.pad.grabbed.connect(self.grabbed)
        self.pad.grabbed.connect(steering.end_gesture)
        self.pad.reset_asked.connect(self._reset)

    def set_sliders(self, specs: Sequence[SliderSpec], names: Mapping[Knob, str]) -> None:
        """Other sliders to choose from; those that were chosen stay where they still are, else the first two are."""
        before = [self._knob(box) for box in (self.across, self.up)]
        self._specs = list(specs)
        for place, box in enumerate((self.across, self.up)):
            box.clear()
            box.addItems([names.get(spec.knob) or _full_name(spec) for spec in specs])
            kept = next((index for index, spec in enumerate(specs) if spec.knob == before[place]), None)
            box.setCurrentIndex(min(place, len(specs) - 1) if kept is None else kept)
        self.show_state()

    @Slot()
    def show_state(self) -> None:
        """Where both sliders stand."""
        specs = [self._spec(self.across), self._spec(self.up)]
        found = [None if spec is None else self._place(spec.knob) for spec in specs]
        self.pad.setEnabled(None not in found and None not in specs)
        if specs[0] is None or specs[1] is None or found[0] is None or found[1] is None:
            return
        ends = [
            (min(spec.low, *place), max(spec.high, *place))
            for spec, place in zip((specs[0], specs[1]), (found[0], found[1]))
        ]
        self.pad.set_limits(ends[0], ends[1])
        self.pad.set_position((found[0][0], found[1][0]), (found[0][1], found[1][1]))

    def _place(self, knob: Knob) -> tuple[float, float] | None:
        """Start and value of a slider."""
        starts, values = self._steering.starts(knob.group), self._steering.positions(knob.group)
        if starts is None or values is None or knob.index >= len(values):
            return None
        return float(starts[knob.index]), float(values[knob.index])

    def _spec(self, box: QComboBox) -> SliderSpec | None:
        return self._specs[box.currentIndex()] if 0 <= box.currentIndex() < len(self._specs) else None

    def _knob(self, box: QComboBox) -> Knob | None:
        spec = self._spec(box)
        return None if spec is None else spec.knob

    @Slot(float, float)
    def _move(self, across: float, up: float) -> None:
        state, space, knobs = self._steering.state, self._steering.space, (self._knob(self.across), self._knob(self.up))
        if state is None or space is None or knobs[0] is None or knobs[1] is None:
            return
        text = tr("Move {first} and {second}", first=self.across.currentText(), second=self.up.currentText())
        moved = state.moved(space, knobs[0], across).moved(space, knobs[1], up)
        self._steering.apply(text, moved, ("pad", *knobs))

    @Slot()
    def _reset(self) -> None:
        places = [self._place(knob) for knob in (self._knob(self.across), self._knob(self.up)) if knob is not None]
        if len(places) == 2 and places[0] is not None and places[1] is not None:
            self._steering.end_gesture()
            self._move(places[0][0], places[1][0])
            self._steering.end_gesture()


def _ends(spec: SliderSpec, place: tuple[float, float]) -> tuple[float, float]:
    """A slider's ends, with room for where it starts and stands."""
    return min(spec.low, *place), max(spec.high, *place)


def _full_name(spec: SliderSpec) -> str:
    return f"{spec.heading}: {spec.name}" if spec.heading else spec.name
