"""The sliders of the Picture page, tied to their state."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QComboBox, QVBoxLayout, QWidget

from desktop import theme
from desktop.engine.loaded_model import LoadedModel
from desktop.engine.sliders.directions import levels
from desktop.engine.sliders.latents import GroupName
from desktop.engine.sliders.local_axes import LocalAxes
from desktop.engine.sliders.steering import Knob
from desktop.i18n import bind, tr
from desktop.picture import explore_words
from desktop.picture.filmstrips import Filmstrips
from desktop.picture.panel.local_axes import LocalAxesFinder
from desktop.picture.panel.pad_box import PadBox
from desktop.picture.panel.slider_choice import Wish, chosen
from desktop.picture.panel.slider_moves import SliderMoves
from desktop.picture.panel.slider_names import SliderFavourites, SliderNames
from desktop.picture.panel.slider_tools import SliderTools
from desktop.state.services import Services
from desktop.widgets.axis_slider import AxisSlider
from desktop.widgets.channel_grid import ChannelGrid
from desktop.widgets.filmstrip import LOW_SIDE, SIDE
from desktop.widgets.labels import label
from desktop.widgets.slider_stack import SliderStack


class Sliders(QWidget):
    """Concepts, where the model has them, above independent axes, principal axes or the code's own numbers.

    Signals:
        resized(): Other parts of it may be in sight now.
        sought(row): A slider is to be brought into sight.
    """

    resized = Signal()
    sought = Signal(object)

    def __init__(self, services: Services) -> None:
        """Empty until there is a model."""
        super().__init__()
        self.steering = services.steering
        self.concepts, self.stack = SliderStack(), SliderStack()
        self.filmstrips = Filmstrips(services.steering, services.session, self)
        self.moves, self.finder = SliderMoves(services.steering, self.row, self), LocalAxesFinder(services, self)
        self.sweep = self.moves.sweep
        self._names: SliderNames | None = None
        self._favourites: SliderFavourites | None = None
        self._kinds: list[GroupName] = []
        self._wish: GroupName = "independent"
        self._filled: GroupName = "axes"
        self._filled_local: LocalAxes | None = None
        self._is_low = False
        self._settings = services.settings
        self._note, self._concepts_heading = label("", "muted"), label("Concepts", "heading")
        self._note.setWordWrap(True)
        self.channels = ChannelGrid()
        self.kind = QComboBox()
        self.kind.setMinimumHeight(theme.FIELD_HEIGHT)
        bind(self.kind, self.kind.setAccessibleName, "Which sliders to show")
        self.tools, self.pad = SliderTools(services), PadBox(services.steering)
        self._lay_out()
        self._connect()
        self.tools.filmstrips.setChecked(True)
        for widget in (self.pad, self._concepts_heading, self.kind):
            widget.hide()

    def row(self, knob: Knob) -> AxisSlider:
        """One slider, made now unless it was seen before."""
        return (self.concepts if knob.group == "concepts" else self.stack).row(knob)

    @property
    def group(self) -> GroupName:
        """Which sliders stand under the concepts: those wished for, but axes only where there are any."""
        return "numbers" if self._wanted in ("axes", "independent") and self._why_no_axes() else self._wanted

    @property
    def _wanted(self) -> GroupName:
        """What is wished for, or principal axes where the model does not have it."""
        return self._wish if self._wish in self._kinds else "axes"

    def _why_no_axes(self) -> str:
        """Why numbers stand in for the axes that are wanted; empty where nothing needs to."""
        model = self.steering.model
        wants_axes = model is not None and self._wanted in ("axes", "independent")
        return explore_words.why_no_axes(model) if wants_axes and model is not None else ""

    def show_part(self, viewport: QWidget, _: int) -> None:
        """Makes the sliders that are in sight of the viewport."""
        for stack in (self.concepts, self.stack):
            top = -stack.mapTo(viewport, stack.rect().topLeft()).y()
            stack.show_part(top, top + viewport.height())

    def changeEvent(self, event: QEvent) -> None:
        """Says everything again in another language."""
        if event.type() == QEvent.Type.LanguageChange and self.steering.model is not None:
            self._show_model(self.steering.model)
            self._show_state()
        super().changeEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        """Local components are found while they are seen."""
        super().showEvent(event)
        self.finder.want(self._filled == "local")

    def hideEvent(self, event: QHideEvent) -> None:
        """What nobody sees does not move."""
        self.sweep.stop()
        self.finder.want(False)
        super().hideEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Tells that other parts may be in sight."""
        super().resizeEvent(event)
        self.resized.emit()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.GAP_SMALL)
        above = self.tools, self.pad, self._concepts_heading, self.concepts
        for part in (*above, self.kind, self._note, self.channels, self.stack):
            column.addWidget(part)

    def _connect(self) -> None:
        self.steering.model_changed.connect(self._show_model)
        self.steering.changed.connect(self._show_state)
        self.steering.marks_changed.connect(self._show_marks)
        self.kind.activated.connect(self._show_kind)
        self.filmstrips.ready.connect(self._show_images)
        self.tools.changed.connect(self._show_listed)
        self.tools.search.left.connect(self._go_to_first)
        self.pad.grabbed.connect(self.sweep.stop)
        self.finder.changed.connect(self._show_note)
        self.channels.chosen.connect(lambda index: self._go_to(Knob("numbers", index)))
        self.sweep.changed.connect(self._show_marks)
        for stack in (self.concepts, self.stack):
            self.moves.attach(stack)
            stack.renamed.connect(self._rename)
            stack.starred.connect(self._star)
            stack.seen.connect(self._want_filmstrips)

    @Slot(object)
    def _show_model(self, model: LoadedModel) -> None:
        self.sweep.stop()
        self._names = SliderNames(self._settings, model.autoencoder.info)
        is_map = model.autoencoder.info.latent.kind == "map"
        self._kinds = explore_words.kinds(model.space)
        self.kind.clear()
        for place, name in enumerate(self._kinds):
            self.kind.addItem(tr(explore_words.KINDS[name][is_map]))
            self.kind.setItemData(place, tr(explore_words.KIND_TIPS[name]), Qt.ItemDataRole.ToolTipRole)
        self.kind.show()
        self._favourites = SliderFavourites(self._settings, model.autoencoder.info)
        self._fill(model, concepts_too=True)

    def _fill(self, model: LoadedModel, concepts_too: bool = False) -> None:
        """Lists the sliders that are wanted."""
        assert self._names is not None
        assert self._favourites is not None
        self._filled = self.group
        local = self.steering.state.local if self.steering.state is not None else None
        is_local = self._filled == "local"
        self._filled_local = local if is_local else None
        favourites = self._favourites.knobs if self.tools.favourites.isChecked() else None
        wish, names = Wish(self._filled, self.tools.needle, favourites), self._names.all()
        concepts, rest = chosen(wish, self._kinds, model.space, local if is_local else None, names)
        if concepts_too:
            self.concepts.set_sliders(concepts, names)
            for widget in (self.concepts, self._concepts_heading):
                widget.setVisible(bool(concepts))
        self.stack.set_sliders(rest, names)
        self.pad.set_sliders([*concepts, *rest], names)
        self.kind.setCurrentIndex(self._kinds.index(self._filled))
        self.kind.setToolTip(tr(explore_words.KIND_TIPS[self._filled]))
        self.kind.setHidden(wish.is_filtered)
        is_map = len(model.space.shape) == 3
        self.channels.setVisible(self._filled == "numbers" and is_map and not wish.is_filtered)
        self.finder.want(is_local and self.isVisible())

    @Slot()
    def _show_listed(self) -> None:
        """What the row of tools says is shown."""
        self.pad.setVisible(self.tools.pad.isChecked())
        if self.steering.model is not None:
            self._fill(self.steering.model, concepts_too=True)
            self._show_state()
            self._show_marks()
        self._show_filmstrips()

    @Slot(int)
    def _show_kind(self, chosen: int) -> None:
        self._wish = self._kinds[chosen]
        if self.steering.model is not None:
            self.sweep.stop()
            self._fill(self.steering.model)
            self._show_state()
            self._show_marks()

    @Slot()
    def _show_state(self) -> None:
        state, model = self.steering.state, self.steering.model
        if state is None or model is None:
            return
        is_other = self._filled == "local" and state.local is not self._filled_local
        if self._filled != self.group or is_other:
            self.sweep.stop()
            self._fill(model)
        self.concepts.set_positions(self.moves.positions(["concepts"]))
        self.stack.set_positions(self.moves.positions(self._groups()))
        self.pad.show_state()
        code = self.steering.code
        if self.channels.isVisible() and code is not None:
            self.channels.show_levels(levels(model.space.numbers, code))
        self._show_note()

    @Slot()
    def _show_note(self) -> None:
        """Why there are no axes, or that they are on their way."""
        note = self._why_no_axes()
        if self.finder.is_busy and self._filled == "local":
            note = tr("Looking for the directions that change this picture most…")
        self._note.setText(note)
        self._note.setVisible(bool(note))

    def _groups(self) -> list[GroupName]:
        """Of which there are sliders beneath the concepts: one, or where they are searched through any."""
        return self._kinds if self.tools.is_filtering else [self._filled]

    @Slot()
    def _show_marks(self) -> None:
        starred = self._favourites.knobs if self._favourites is not None else ()
        for stack in (self.concepts, self.stack):
            stack.set_marks(self.steering.locked, self.steering.solo, self.sweep.knob, starred)

    @Slot()
    def _want_filmstrips(self) -> None:
        wanted: dict[Knob, Sequence[float]] = {}
        if self.tools.filmstrips.isChecked():
            for stack in (self.concepts, self.stack):
                wanted |= {knob: stack.row(knob).frame_values() for knob in stack.visible_knobs}
        self.filmstrips.want(wanted)

    @Slot(object, object)
    def _show_images(self, knob: Knob, images: object) -> None:
        assert isinstance(images, list)
        (self.concepts if knob.group == "concepts" else self.stack).set_images(knob, images)

    def set_low(self, is_low: bool) -> None:
        """Smaller filmstrips, where there is little room."""
        self._is_low = is_low
        self.tools.set_low(is_low)
        self._show_filmstrips()

    @Slot()
    def _show_filmstrips(self) -> None:
        shown = self.tools.filmstrips.isChecked()
        side = (LOW_SIDE if self._is_low else SIDE) if shown else 0
        for stack in (self.concepts, self.stack):
            stack.set_filmstrip_side(side)
        self._want_filmstrips()

    @Slot()
    def _go_to_first(self) -> None:
        """The keyboard has the first slider that is listed."""
        knob = next(iter((*self.concepts.visible_knobs, *self.stack.visible_knobs)), None)
        if knob is not None:
            self._go_to(knob)

    def _go_to(self, knob: Knob) -> None:
        row = self.row(knob)
        self.sought.emit(row)
        row.track.setFocus()

    @Slot(object, bool)
    def _star(self, knob: Knob, on: bool) -> None:
        if self._favourites is not None:
            self._favourites.set(knob, on)
            if self.tools.favourites.isChecked():
                self._show_listed()
            self._show_marks()

    @Slot(object, str)
    def _rename(self, knob: Knob, name: str) -> None:
        if self._names is not None:
            self._names.give(knob, name)
            (self.concepts if knob.group == "concepts" else self.stack).set_name(knob, name)
