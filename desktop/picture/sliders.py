"""The sliders of the Picture page, tied to their state."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from desktop import theme
from desktop.engine.loaded_model import LoadedModel
from desktop.engine.sliders.directions import levels
from desktop.engine.sliders.latents import GroupName
from desktop.engine.sliders.local_axes import LocalAxes
from desktop.engine.sliders.steering import Knob
from desktop.i18n import bind, tr
from desktop.picture import explore_words
from desktop.picture.filmstrips import Filmstrips
from desktop.picture.local_axes import LocalAxesFinder
from desktop.picture.slider_names import SliderNames
from desktop.picture.sweep import Sweep
from desktop.state.services import Services
from desktop.widgets.axis_slider import AxisSlider
from desktop.widgets.channel_grid import ChannelGrid
from desktop.widgets.filmstrip import LOW_SIDE, SIDE
from desktop.widgets.labels import ActionButton, label
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
        self.sweep, self.finder = Sweep(self), LocalAxesFinder(services, self)
        self._names: SliderNames | None = None
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
        self._filmstrip_action = services.actions.add(
            "explore.filmstrips",
            "view",
            "Filmstrips",
            lambda _: self._show_filmstrips(),
            keys="Ctrl+F",
            tip="Small pictures of what each slider does",
            page="picture",
            checkable=True,
        )
        self._lay_out(services)
        self._connect()
        self._filmstrip_action.setChecked(True)
        self._concepts_heading.hide()
        self.kind.hide()

    def row(self, knob: Knob) -> AxisSlider:
        """One slider, made now unless it was seen before."""
        return (self.concepts if knob.group == "concepts" else self.stack).row(knob)

    @property
    def group(self) -> GroupName:
        """Which sliders stand under the concepts: those wished for, but axes only where they steer the code."""
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

    def _lay_out(self, services: Services) -> None:
        head = QHBoxLayout()
        head.setSpacing(theme.GAP_SMALL)
        head.addWidget(label("Sliders", "heading"), 1)
        for name in ("explore.reset", "explore.keep", "explore.filmstrips"):
            action = services.actions[name]
            head.addWidget(ActionButton(action, role="" if action.isCheckable() else "small"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.GAP_SMALL)
        column.addLayout(head)
        column.addWidget(self._concepts_heading)
        column.addWidget(self.concepts)
        column.addWidget(self.kind)
        column.addWidget(self._note)
        column.addWidget(self.channels)
        column.addWidget(self.stack)

    def _connect(self) -> None:
        self.steering.model_changed.connect(self._show_model)
        self.steering.changed.connect(self._show_state)
        self.steering.marks_changed.connect(self._show_marks)
        self.kind.activated.connect(self._show_kind)
        self.filmstrips.ready.connect(self._show_images)
        self.finder.changed.connect(self._show_note)
        self.channels.chosen.connect(self._go_to_channel)
        self.sweep.moved.connect(self.steering.move)
        self.sweep.changed.connect(self._show_marks)
        for stack in (self.concepts, self.stack):
            stack.moved.connect(self._move)
            stack.grabbed.connect(self._grab)
            stack.reset_asked.connect(self.steering.reset)
            stack.renamed.connect(self._rename)
            stack.locked.connect(self.steering.set_locked)
            stack.soloed.connect(lambda knob, on: self.steering.set_solo(knob if on else None))
            stack.played.connect(self._play)
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
        self.concepts.set_sliders(explore_words.concept_specs(model.space), self._names.all())
        for widget in (self.concepts, self._concepts_heading):
            widget.setVisible(bool(model.space.labels))
        self._fill(model)

    def _fill(self, model: LoadedModel) -> None:
        assert self._names is not None
        self._filled = self.group
        self.kind.setCurrentIndex(self._kinds.index(self._filled))
        self.kind.setToolTip(tr(explore_words.KIND_TIPS[self._filled]))
        local = self.steering.state.local if self.steering.state is not None else None
        self._filled_local = local if self._filled == "local" else None
        self.stack.set_sliders(explore_words.specs(self._filled, model.space, local), self._names.all())
        self.channels.setVisible(self._filled == "numbers" and len(model.space.shape) == 3)
        self.finder.want(self._filled == "local" and self.isVisible())

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
        self.concepts.set_positions(self._positions("concepts"))
        self.stack.set_positions(self._positions(self.group))
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

    def _positions(self, group: GroupName) -> dict[Knob, tuple[float, float]]:
        """Start and value of each slider of a group."""
        starts, values = self.steering.starts(group), self.steering.positions(group)
        if starts is None or values is None:
            return {}
        return {Knob(group, index): pair for index, pair in enumerate(zip(starts.tolist(), values.tolist()))}

    @Slot()
    def _show_marks(self) -> None:
        for stack in (self.concepts, self.stack):
            stack.set_marks(self.steering.locked, self.steering.solo, self.sweep.knob)

    @Slot()
    def _want_filmstrips(self) -> None:
        wanted: dict[Knob, Sequence[float]] = {}
        if self._filmstrip_action.isChecked():
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
        self._show_filmstrips()

    @Slot()
    def _show_filmstrips(self) -> None:
        shown = self._filmstrip_action.isChecked()
        side = (LOW_SIDE if self._is_low else SIDE) if shown else 0
        for stack in (self.concepts, self.stack):
            stack.set_filmstrip_side(side)
        self._want_filmstrips()

    @Slot(int)
    def _go_to_channel(self, index: int) -> None:
        row = self.row(Knob("numbers", index))
        self.sought.emit(row)
        row.track.setFocus()

    @Slot(object, float)
    def _move(self, knob: Knob, value: float) -> None:
        self.sweep.stop()
        self.steering.move(knob, value, tr("Move {name}", name=self.row(knob).name))

    @Slot(object)
    def _grab(self, _: Knob) -> None:
        self.sweep.stop()
        self.steering.end_gesture()

    @Slot(object, bool)
    def _play(self, knob: Knob, on: bool) -> None:
        self.steering.end_gesture()
        if on:
            row = self.row(knob)
            self.sweep.start(knob, row.value, *row.limits)
        else:
            self.sweep.stop()

    @Slot(object, str)
    def _rename(self, knob: Knob, name: str) -> None:
        if self._names is not None:
            self._names.give(knob, name)
            (self.concepts if knob.group == "concepts" else self.stack).set_name(knob, name)
