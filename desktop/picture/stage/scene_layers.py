"""The layers of a scene: original, reconstruction and difference, each where it lies in the picture that is shown."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from PySide6.QtCore import QRectF

from desktop.engine.parts import EarlyPicture
from desktop.engine.pictures import Alpha, Pixels
from desktop.engine.previews import preview
from desktop.engine.scene import Scene
from desktop.widgets.layer import Layer, Raster

Name = Literal["original", "output", "difference"]
NAMES: tuple[Name, ...] = ("original", "output", "difference")
VEIL = tuple(opacity << 24 for opacity in range(256))  # black, as opaque as the number says


class SceneLayers:
    """Made anew for each scene; what stays while a latent is steered, as the original does, is made once."""

    def __init__(self) -> None:
        """No layers."""
        self._sides: dict[Name, Sequence[Layer]] = dict.fromkeys(NAMES, ())
        self._beneath: tuple[Pixels, Layer] | None = None
        self._veil: tuple[Alpha, Layer] | None = None

    def __getitem__(self, name: Name) -> Sequence[Layer]:
        """The layers of one side, from the ground up."""
        return self._sides[name]

    def set_early(self, early: EarlyPicture) -> None:
        """A picture whose reconstruction is on its way."""
        whole = QRectF(0, 0, early.width, early.height)
        self._sides = {"original": [Layer(Raster(early.pixels), whole)], "output": (), "difference": ()}

    def set_scene(self, scene: Scene, whole: bool, table: Sequence[int]) -> QRectF:
        """The layers of a scene; gives the place of the whole picture.

        Args:
            scene: What is shown.
            whole: Whether the reconstruction lies in the whole picture, at its own size and place.
            table: 256 colours of differences, as `Raster` takes them.
        """
        subject, frame, levels = scene.subject, scene.subject.frame, scene.levels
        beneath: list[Layer] = []
        if whole and subject.picture is not None and frame is not None and levels is not None:
            pixels, seen = subject.picture.pixels, frame.seen
            place = QRectF(seen.left, seen.top, seen.width, seen.height)
            room = QRectF(0, 0, pixels.shape[1], pixels.shape[0])
            beneath = [self._kept(pixels, subject.whole_preview, room)]
        else:
            height, width = scene.output.shape[:2]
            place = room = QRectF(0, 0, width, height)
            if scene.original is not None:
                beneath = [self._kept(scene.original, subject.preview, room)]
        output = Layer(Raster(scene.output, scene.output_preview), place)
        self._sides = {
            "original": beneath,
            "output": [*beneath, output] if place != room else [output],
            "difference": [] if levels is None else [Layer(Raster(levels, scene.levels_preview, table), place)],
        }
        return room

    def veiled(self, layers: Sequence[Layer], scene: Scene, whole: bool) -> Sequence[Layer]:
        """Layers of a scene's picture under a chequerboard where the picture is transparent."""
        if not layers or not scene.is_of_picture:
            return layers
        is_whole = whole or layers[0].raster.pixels.shape[:2] != scene.output.shape[:2]
        veil = scene.subject.whole_veil if is_whole else scene.subject.veil
        if veil is None:
            return layers
        if self._veil is None or self._veil[0] is not veil:
            height, width = veil.shape
            self._veil = veil, Layer(Raster(veil, preview(veil), VEIL), QRectF(0, 0, width, height))
        return [*layers, self._veil[1]]

    def levels_at(self, x: float, y: float) -> dict[str, tuple[int, ...] | None]:
        """The levels of each side's topmost layer under a point; None where it lies outside."""
        return {name: layers[-1].value_at(x, y) for name, layers in self._sides.items() if layers}

    def _kept(self, pixels: Pixels, reduced: Pixels | None, place: QRectF) -> Layer:
        """The layer of a picture that stays while its latent is steered: made once, and not painted again."""
        before = self._beneath
        if before is None or before[0] is not pixels or before[1].place != place:
            before = self._beneath = (pixels, Layer(Raster(pixels, reduced), place))
        return before[1]
