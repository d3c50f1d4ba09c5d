"""Drags points of the decoded picture: the latent moves so that what was under the mouse follows it."""

from __future__ import annotations

import functools
import itertools

from PySide6.QtCore import QObject, QPointF, QSizeF, Slot

from desktop.engine.autoencoder import Latents
from desktop.engine.errors import StoppedError
from desktop.engine.machine.runs import Stop
from desktop.engine.sliders.drag import Drag
from desktop.engine.sliders.motion import Point
from desktop.engine.sliders.steering import Steering
from desktop.i18n import tr
from desktop.picture.comparison import Comparison
from desktop.state.services import Services
from desktop.widgets.drag_overlay import DragOverlay

MOST_STEPS = 24  # while the mouse stands still: what has not come by then does not come
_numbers = itertools.count()


class PointDrag(QObject):
    """The mode, its overlays, and the drag that goes on. One drag is one step to undo."""

    def __init__(self, services: Services, parent: QObject) -> None:
        """Off, and nothing to drag on until `attach`."""
        super().__init__(parent)
        self._steering, self._session = services.steering, services.session
        self.overlays: list[DragOverlay] = []
        self._comparison: Comparison | None = None
        self._held: _Held | None = None
        self.action = services.actions.add(
            "drag.points",
            "edit",
            "Drag points",
            self._set_active,
            keys="Ctrl+G",
            tip="Press on the picture and drag: what is under the mouse follows, the rest as the model has it",
            page="picture",
            checkable=True,
        )
        self._others = services.actions["region.paint"]
        self._others.toggled.connect(self._make_room)
        self._steering.model_changed.connect(self._drop)

    @property
    def is_busy(self) -> bool:
        """Whether a step is being made, or another one will be."""
        return self._held is not None and self._held.is_running

    def attach(self, comparison: Comparison) -> None:
        """Lies over the canvases on which what was decoded is seen."""
        self._comparison = comparison
        for canvas in (comparison.stage, comparison.output.canvas):
            overlay = DragOverlay(canvas, comparison.viewport)
            overlay.grasped.connect(self._grasp)
            overlay.dragged.connect(self._follow)
            overlay.released.connect(self._release)
            self.overlays.append(overlay)
        comparison.placed.connect(self._place)

    @Slot()
    def _place(self) -> None:
        """The overlays know where the decoded picture is."""
        place = self._comparison.decoded_place() if self._comparison else None
        size = self._size()
        if place is not None and size is not None:
            for overlay in self.overlays:
                overlay.set_picture(place, size)

    def _size(self) -> QSizeF | None:
        """Of all that the model decodes, in pixels."""
        state, model = self._steering.state, self._steering.model
        if state is None or model is None:
            return None
        size, shape = model.autoencoder.info.size, model.autoencoder.info.latent.shape
        if state.base.ndim == 1:
            return QSizeF(size.width, size.height)
        cell = size.height // shape[1]
        return QSizeF(state.base.shape[2] * cell, state.base.shape[1] * cell)

    @Slot(bool)
    def _set_active(self, active: bool) -> None:
        if active:
            self._others.setChecked(False)
        self._place()
        for overlay in self.overlays:
            overlay.set_active(active)
            if active and overlay.isVisible():
                overlay.setFocus()

    @Slot(bool)
    def _make_room(self, painting: bool) -> None:
        """A region is painted now."""
        if painting:
            self.action.setChecked(False)

    @Slot(object)
    def _grasp(self, point: QPointF) -> None:
        state, model, code = self._steering.state, self._steering.model, self._steering.code
        if state is None or model is None or code is None:
            return
        self._drop()
        self._steering.end_gesture()
        drag = Drag(model.autoencoder, model.space, code, _pixel(point), state.mask)
        self._held = _Held(self, drag, state, point)

    @Slot(object)
    def _follow(self, point: QPointF) -> None:
        if self._held is not None:
            self._held.mouse, self._held.left = point, MOST_STEPS
            self._show(self._held)
            self._held.go_on()

    @Slot()
    def _release(self) -> None:
        """The point still comes to where the mouse was let go."""
        if self._held is not None:
            self._held.is_released = True
            self._held.end_if_done()

    @Slot()
    def _drop(self) -> None:
        """Whatever was held is held no more."""
        if self._held is not None:
            self._held.stop.set()
            self._end(self._held)

    def _take(self, held: _Held, change: Latents) -> None:
        if held is self._held and self._steering.state is not None:
            self._steering.apply(tr("Drag a point"), held.start.drifted(change), held.gesture)
            self._show(held)

    def _show(self, held: _Held) -> None:
        x, y = held.drag.point
        for overlay in self.overlays:
            overlay.show_points(QPointF(x + 0.5, y + 0.5), held.mouse)

    def _end(self, held: _Held) -> None:
        if held is self._held:
            self._held = None
            self._steering.end_gesture()
            for overlay in self.overlays:
                overlay.show_points(None, None)


class _Held:
    """One drag: a step at a time on the session's thread, while no picture is wanted there."""

    def __init__(self, owner: PointDrag, drag: Drag, start: Steering, mouse: QPointF) -> None:
        self.drag, self.start, self.mouse = drag, start, mouse
        self.gesture = ("drag", next(_numbers))
        self.stop, self.left = Stop(), MOST_STEPS
        self.is_running = self.is_released = False
        self._owner = owner

    def go_on(self) -> None:
        """The next step, unless one is being made or the point is there."""
        if self.is_running or self.stop.is_set():
            return
        if self.left == 0 or self.drag.is_at(_pixel(self.mouse)):
            self.end_if_done()
            return
        self.is_running, self.left = True, self.left - 1
        self._owner._session.spare(functools.partial(self._step, _pixel(self.mouse)), self._take, self._fail)

    def end_if_done(self) -> None:
        """Nothing is held once the button is up and the point has come."""
        if self.is_released and not self.is_running:
            self._owner._end(self)

    def _step(self, mouse: Point) -> Latents:
        with self.stop.watch():
            if self.stop.is_set():
                raise StoppedError("Stopped before its end, as you asked.")
            return self.drag.step(mouse)

    def _take(self, change: Latents) -> None:
        self.is_running = False
        self._owner._take(self, change)
        self.go_on()

    def _fail(self, _: Exception) -> None:
        """A latent that does not decode any more is not moved on; the live picture says why."""
        self.is_running = False
        self._owner._end(self)


def _pixel(point: QPointF) -> Point:
    """Pixels from the middle of the first one, as arrays count."""
    return point.x() - 0.5, point.y() - 0.5
