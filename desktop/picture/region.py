"""A region of the picture in which everything acts: painted over the comparison, for latents that are maps."""

from __future__ import annotations

import functools

from PySide6.QtCore import QObject, Slot

from desktop.engine.sliders.directions import Floats
from desktop.engine.sliders.regions import inverted
from desktop.i18n import mark
from desktop.picture.comparison import Comparison
from desktop.state.services import Services
from desktop.widgets.region_box import RegionBox
from desktop.widgets.region_overlay import RegionOverlay


class Region(QObject):
    """Ties the brush and the overlays on the comparison's canvases to the state's mask."""

    def __init__(self, services: Services, parent: QObject) -> None:
        """Nothing to paint on until `attach`."""
        super().__init__(parent)
        self._steering = services.steering
        add = functools.partial(services.actions.add, menu="edit", page="picture")
        self.paint = add(
            "region.paint",
            text="Paint region",
            slot=self._set_active,
            keys="Ctrl+B",
            tip="Mark a part of the picture: everything then acts only there. The right button, or Alt, erases",
            checkable=True,
            separated=True,
        )
        nowhere = mark("No region: everything acts everywhere")
        self.clear = add("region.clear", text="Clear region", slot=self._clear, keys="Ctrl+Backspace", tip=nowhere)
        self.invert = add("region.invert", text="Invert region", slot=self._invert, keys="Ctrl+I", tip="All the rest")
        self.box = RegionBox(self.paint, [self.clear, self.invert])
        self.box.brush_changed.connect(self._set_brush)
        self.overlays: list[RegionOverlay] = []
        self._comparison: Comparison | None = None
        self._steering.changed.connect(self._show_mask)
        self._show_mask()

    def attach(self, comparison: Comparison) -> None:
        """Paints over the canvases on which what was decoded is seen."""
        self._comparison = comparison
        for canvas in (comparison.stage, comparison.output.canvas):
            overlay = RegionOverlay(canvas, comparison.viewport)
            overlay.changed.connect(self._take)
            overlay.ended.connect(self._steering.end_gesture)
            self.overlays.append(overlay)
        comparison.placed.connect(self._place)
        self._set_brush(*self.box.brush)

    @property
    def cells(self) -> tuple[int, int]:
        """Rows and columns of cells of the present code; (0, 0) for a vector."""
        state = self._steering.state
        return (0, 0) if state is None or state.base.ndim != 3 else (state.base.shape[1], state.base.shape[2])

    @Slot()
    def _place(self) -> None:
        """The grid lies where the decoded picture is."""
        place = self._comparison.decoded_place() if self._comparison else None
        rows, columns = self.cells
        for overlay in self.overlays:
            if place is not None:
                overlay.set_grid(rows, columns, place)

    @Slot()
    def _show_mask(self) -> None:
        mask = self._steering.state.mask if self._steering.state else None
        is_map = bool(self.cells[0])
        self.paint.setEnabled(is_map)
        if not is_map:
            self.paint.setChecked(False)
        self.clear.setEnabled(mask is not None)
        self.invert.setEnabled(mask is not None)
        self.box.setVisible(is_map)
        for overlay in self.overlays:
            overlay.set_mask(mask)

    @Slot(object)
    def _take(self, mask: Floats | None) -> None:
        self._steering.set_mask(mask, gesture="region")

    @Slot()
    def _clear(self) -> None:
        self._steering.set_mask(None)

    @Slot()
    def _invert(self) -> None:
        if self._steering.state is not None:
            self._steering.set_mask(inverted(self._steering.state.mask))

    @Slot(bool)
    def _set_active(self, active: bool) -> None:
        for overlay in self.overlays:
            overlay.set_active(active)
            if active and overlay.isVisible():
                overlay.setFocus()

    @Slot(float, float)
    def _set_brush(self, radius: float, softness: float) -> None:
        for overlay in self.overlays:
            overlay.radius, overlay.softness = radius, softness
