"""Original and decoded picture, compared in one of three ways that zoom and move together."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from PySide6.QtCore import QEvent, QPointF, QRectF, QTimer, Signal, Slot
from PySide6.QtGui import QHideEvent, QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from desktop import theme
from desktop.engine.parts import EarlyPicture, Part
from desktop.engine.scene import Scene
from desktop.i18n import tr
from desktop.picture import words
from desktop.picture.stage.scene_layers import Name, SceneLayers
from desktop.widgets import heat
from desktop.widgets.canvas import Canvas, Side
from desktop.widgets.facts_bar import Fact, FactsBar
from desktop.widgets.heat import HeatScale
from desktop.widgets.histogram import Histogram
from desktop.widgets.labels import label
from desktop.widgets.layer import Layer, Raster
from desktop.widgets.picture_view import PictureView
from desktop.widgets.side_by_side import SideBySide
from desktop.widgets.viewport import WHEEL_FACTOR, Viewport

Mode = Literal["split", "side", "blink"]

BLINK_MS = 600


class Comparison(QWidget):
    """The pictures, what is under the cursor, and the facts.

    Signals:
        scale_changed(text): The scale that pictures are shown at, as the user reads it.
        placed(): Other pictures are shown, perhaps at another place; see `decoded_place`.
    """

    MODES: tuple[Mode, ...] = ("split", "side", "blink")

    scale_changed = Signal(str)
    placed = Signal()

    def __init__(self) -> None:
        """Empty views."""
        super().__init__()
        self.mode: Mode = "split"
        self.whole = self.shows_difference = False
        self.viewport = Viewport(self)
        self.stage = Canvas(self.viewport)
        self.original = PictureView(tr("Original"), invites=True, viewport=self.viewport)
        self.output = PictureView(tr("Reconstruction"), viewport=self.viewport)
        self.difference = PictureView(tr("Difference"), viewport=self.viewport)
        self.heat_scale, self.facts, self.histogram = HeatScale(), FactsBar(), Histogram()
        self.histogram.hide()
        self.reading = label("", "number")
        self._scene: Scene | None = None
        self._ssim: float | None = None
        self._layers = SceneLayers()
        self._awaited: tuple[int, int] | None = None  # width and height of a picture whose scene is on its way
        self._parts: dict[tuple[int, int], Layer] = {}  # what is decoded already of the next scene, by left and top
        self._shows_second = False
        self._blink = QTimer(self)
        self._blink.setInterval(BLINK_MS)
        self._lay_out()
        self._blink.timeout.connect(self._turn)
        self.heat_scale.changed.connect(self._show_again)
        self.viewport.changed.connect(self._tell_scale)
        for canvas in self.canvases:
            canvas.hovered.connect(self._read)
        self._arrange()

    def decoded_place(self) -> QRectF | None:
        """Where all that the model decodes lies in the viewport's picture, margins around the picture and all.

        None while there is no scene.
        """
        if self._scene is None or not self._layers["output"]:
            return None
        place, frame = self._layers["output"][-1].place, self._scene.subject.frame
        if frame is None or self._scene.levels is None:
            return place
        across, down = place.width() / frame.placed.width, place.height() / frame.placed.height
        left, top = place.left() - frame.placed.left * across, place.top() - frame.placed.top * down
        return QRectF(left, top, frame.width * across, frame.height * down)

    @property
    def canvases(self) -> tuple[Canvas, ...]:
        """Every canvas, shown or not."""
        return self.stage, self.original.canvas, self.output.canvas, self.difference.canvas

    @property
    def canvas(self) -> Canvas:
        """The canvas by which the keyboard zooms."""
        return self.stage if self._stack.currentWidget() is self.stage else self.output.canvas

    @property
    def view(self) -> QWidget:
        """All that is seen of the pictures."""
        return self.stage if self._stack.currentWidget() is self.stage else self.side

    def set_histogram(self, shown: bool) -> None:
        """Shows how often each level occurs, or no longer."""
        self.histogram.setVisible(shown)
        self._show_histogram()

    def _show_histogram(self) -> None:
        if self._scene is not None and not self.histogram.isHidden():
            self.histogram.show_pixels(self._scene.small_output, self._scene.original)

    def show_scene(self, scene: Scene) -> None:
        """Shows the pictures of a scene with their facts."""
        if scene is not self._scene:
            self._scene, self._ssim = scene, None
        self._awaited, self._parts = None, {}
        self._show_again()
        self._show_histogram()
        self.facts.show_facts(words.facts(scene, self._ssim))

    def show_early(self, early: EarlyPicture) -> None:
        """Shows a large picture whose reconstruction is on its way."""
        self._awaited, self._parts = (early.width, early.height), {}
        self._layers.set_early(early)
        self.viewport.set_picture(early.width, early.height)
        size = f"{early.width} × {early.height}"
        self.facts.show_facts([Fact(tr("Picture"), size, tr("The picture's own size"))])
        self._show_parts()
        self._arrange()

    def show_part(self, part: Part) -> None:
        """Lays a tile that is decoded already over what is shown."""
        size, place = (part.width, part.height), QRectF(part.left, part.top, part.pixels.shape[1], part.pixels.shape[0])
        shown = self._scene.output.shape[1::-1] if self._scene is not None else None
        if size == (self._awaited or shown):
            self._parts[part.left, part.top] = Layer(Raster(part.pixels), place)
            self._show_parts()

    def forget_parts(self) -> None:
        """What was decoded was given up: what is shown is whole again."""
        if self._parts and self._awaited is None:
            self._parts = {}
            self._show_parts()

    def _show_parts(self) -> None:
        """The sides with what is known of them by now."""
        title = self._output_title()
        self.original.show_layers(tr("Original"), "", self._veiled("original"))
        self.output.show_layers(title, "", self._veiled("output"))
        self._show_stage(title)

    def _output_title(self) -> str:
        is_early = self._awaited is not None or self._scene is None
        return tr("Reconstruction") if is_early or self._scene is None else words.output_title(self._scene)

    def show_ssim(self, scene: Scene, ssim: float | None) -> None:
        """Adds what takes longer to measure, if that scene is still shown."""
        if scene is self._scene:
            self._ssim = ssim
            self.facts.show_facts(words.facts(scene, ssim))

    def set_mode(self, mode: Mode) -> None:
        """Compares in another way."""
        self.mode = mode
        self._show_again()

    def set_difference(self, shown: bool) -> None:
        """Shows the difference from the original, in place of the answer or beside it, or the answer itself."""
        self.shows_difference = shown
        self._show_again()

    def set_whole(self, whole: bool) -> None:
        """Shows the answer at the picture's own size and place, or the picture at the size that the model sees."""
        self.whole = whole
        self._show_again()

    def zoom(self, closer: bool) -> None:
        """One notch closer or farther."""
        self.canvas.zoom(WHEEL_FACTOR if closer else 1 / WHEEL_FACTOR)

    def set_hints(self, has_model: bool) -> None:
        """What the empty views say."""
        self.original.set_hint(*map(tr, words.NO_PICTURE if has_model else words.NO_MODEL))
        self.difference.set_hint("", tr("Original and reconstruction\nare compared here"))

    def set_highlighted(self, highlighted: bool) -> None:
        """Whether something is being dragged over the window."""
        for canvas in (self.stage, self.original.canvas, self.output.canvas):
            canvas.set_highlighted(highlighted)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The views stand as the picture's aspect has it."""
        super().resizeEvent(event)
        self._arrange()
        self._tell_scale()

    def hideEvent(self, event: QHideEvent) -> None:
        """Nothing blinks unseen."""
        self._blink.stop()
        super().hideEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Says everything again in another language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.heat_scale.retranslate()
            self._show_again()
            if self._scene is not None:
                self.facts.show_facts(words.facts(self._scene, self._ssim))
        super().changeEvent(event)

    def _lay_out(self) -> None:
        self.side = SideBySide((self.original, self.output, self.difference), self.viewport)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.stage)
        self._stack.addWidget(self.side)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.GAP_SMALL)
        for part in (self._stack, self.histogram, self.reading, self.heat_scale, self.facts):
            column.addWidget(part, int(part is self._stack))

    def _arrange(self) -> None:
        """Which widgets are seen, by what there is to see."""
        layers, is_awaited = self._layers, self._awaited is not None
        compares, differs = bool(layers["original"] and (layers["output"] or is_awaited)), bool(layers["difference"])
        differs = differs and self.shows_difference
        on_stage = compares and self.mode != "side"
        self._stack.setCurrentIndex(0 if on_stage else 1)
        self.original.setVisible(compares or self._scene is None)
        self.difference.setVisible(differs)
        self.side.is_tight = compares
        self.side.arrange()
        self.heat_scale.setVisible(differs)
        self.reading.setVisible(compares)
        if on_stage and self.mode == "blink" and self.isVisible():
            self._blink.start()
        else:
            self._blink.stop()

    @Slot()
    def _show_again(self) -> None:
        """Everything that depends on the scene, the mode and the amplification."""
        scene = self._scene
        if self._awaited is not None:
            self._show_parts()
            self._arrange()
            return
        if scene is None:
            names = tr("Original"), tr("Reconstruction"), tr("Difference")
            for view, name in zip((self.original, self.output, self.difference), names):
                view.show_layers(name, "", ())
            return
        room = self._layers.set_scene(scene, self.whole, heat.table(self.heat_scale.amplification))
        self.viewport.set_picture(int(room.width()), int(room.height()))
        layers, title = self._layers, words.output_title(scene)
        self.original.show_layers(tr("Original"), words.original_facts(scene), self._veiled("original"))
        self.output.show_layers(title, words.output_facts(scene), self._veiled("output"))
        self.difference.show_layers(tr("Difference"), words.difference_facts(scene), layers["difference"])
        self._show_stage(title)
        self._arrange()
        self._tell_scale()
        self.placed.emit()

    def _veiled(self, name: Name) -> Sequence[Layer]:
        """The layers of one side, with what is decoded already, on a chequerboard where the picture is transparent."""
        layers = self._layers[name] if name != "output" else [*self._layers[name], *self._parts.values()]
        if self._scene is None or self._awaited is not None:
            return layers
        return self._layers.veiled(layers, self._scene, self.whole)

    def _show_stage(self, title: str) -> None:
        layers = self._layers
        original, output = Side(self._veiled("original"), tr("Original")), Side(self._veiled("output"), title)
        if self.shows_difference and layers["difference"]:
            output = Side(layers["difference"], tr("Difference"))
        if self.mode == "blink":
            self.stage.show_sides(output if self._shows_second else original)
        else:
            self.stage.show_sides(original, output)

    @Slot()
    def _turn(self) -> None:
        self._shows_second = not self._shows_second
        if self._awaited is not None or self._scene is not None:
            self._show_stage(self._output_title())

    @Slot()
    def _tell_scale(self) -> None:
        self.scale_changed.emit("" if self._scene is None else words.percent(self.canvas.percent))

    @Slot(object)
    def _read(self, point: QPointF | None) -> None:
        """Says which pixel is under the cursor, and its levels in each picture."""
        if point is None or self._scene is None or self._awaited is not None:
            self.reading.setText("")
            return
        values = self._layers.levels_at(point.x(), point.y())
        self.reading.setText(words.reading(point.x(), point.y(), values) if any(values.values()) else "")
