"""What the user does on a slider, done to the state."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtCore import QObject, Slot

from desktop.engine.sliders.latents import GroupName
from desktop.engine.sliders.steering import Knob
from desktop.i18n import tr
from desktop.picture.panel.sweep import Sweep
from desktop.state.steering_model import SteeringModel
from desktop.widgets.axis_slider import AxisSlider
from desktop.widgets.slider_stack import SliderStack


class SliderMoves(QObject):
    """Ties stacks of sliders to the state; moving one by hand stops the one that moves by itself."""

    def __init__(self, steering: SteeringModel, row: Callable[[Knob], AxisSlider], parent: QObject) -> None:
        """`row` gives the slider of a knob."""
        super().__init__(parent)
        self._steering, self._row = steering, row
        self.sweep = Sweep(self)
        self.sweep.moved.connect(steering.move)

    def attach(self, stack: SliderStack) -> None:
        """Follows one stack."""
        stack.moved.connect(self._move)
        stack.grabbed.connect(self._grab)
        stack.reset_asked.connect(self._steering.reset)
        stack.locked.connect(self._steering.set_locked)
        stack.soloed.connect(lambda knob, on: self._steering.set_solo(knob if on else None))
        stack.played.connect(self._play)

    def positions(self, groups: Iterable[GroupName]) -> dict[Knob, tuple[float, float]]:
        """Start and value of each slider of some groups; none of a group that the latent does not have."""
        found: dict[Knob, tuple[float, float]] = {}
        for group in groups:
            starts, values = self._steering.starts(group), self._steering.positions(group)
            if starts is not None and values is not None:
                pairs = zip(starts.tolist(), values.tolist())
                found |= {Knob(group, index): pair for index, pair in enumerate(pairs)}
        return found

    @Slot(object, float)
    def _move(self, knob: Knob, value: float) -> None:
        self.sweep.stop()
        self._steering.move(knob, value, tr("Move {name}", name=self._row(knob).name))

    @Slot(object)
    def _grab(self, _: Knob) -> None:
        self.sweep.stop()
        self._steering.end_gesture()

    @Slot(object, bool)
    def _play(self, knob: Knob, on: bool) -> None:
        self._steering.end_gesture()
        if on:
            row = self._row(knob)
            self.sweep.start(knob, row.value, *row.limits)
        else:
            self.sweep.stop()
