"""What steers the picture: the right-hand side of the Picture page."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Slot
from PySide6.QtGui import QKeySequence, QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from desktop import theme
from desktop.engine.loaded_model import LoadedModel
from desktop.engine.scene import Scene
from desktop.picture import explore_words
from desktop.picture.point_drag import PointDrag
from desktop.picture.region import Region
from desktop.picture.sliders import Sliders
from desktop.picture.starts import Starts
from desktop.state.services import Services
from desktop.widgets.labels import label
from desktop.widgets.meter import Meter
from desktop.widgets.start_strip import StartStrip

PAGE = "picture"


class ExplorePane(QWidget):
    """Where to start, the sliders, and under them how familiar the code is."""

    def __init__(self, services: Services) -> None:
        """Nothing to steer yet."""
        super().__init__()
        self._services, self._session, self.steering = services, services.session, services.steering
        self.start, self.meter = StartStrip(), Meter()
        self._origin, self._is_low = label("", "muted"), False
        self._add_actions()
        self.starts = Starts(services, self.start)
        self.region = Region(services, self)
        self.drag = PointDrag(services, self)
        self.sliders = Sliders(services)
        self._lay_out()
        self._connect()
        self.setEnabled(False)
        self.meter.hide()  # until there is something for it to show

    def show_part(self) -> None:
        """Makes the sliders that are in sight."""
        self.sliders.show_part(self._scroll.viewport(), self._scroll.verticalScrollBar().value())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """On a low screen everything else makes room for the sliders."""
        is_low = self.height() < theme.LOW_HEIGHT
        if is_low != self._is_low:
            self._is_low = is_low
            for part in (self.start, self.sliders):
                part.set_low(is_low)
            self._origin.setHidden(is_low)  # the sliders' starts are marked; what they are is said where there is room
        super().resizeEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Says everything again in another language."""
        if event.type() == QEvent.Type.LanguageChange and self.steering.model is not None:
            self._show_model(self.steering.model)
            self.starts.show_model(self.steering.model)
            self._show_state()
            if self._session.scene is not None:
                self._show_scene(self._session.scene)
        super().changeEvent(event)

    def _lay_out(self) -> None:
        inside = QWidget()
        inside.setAutoFillBackground(False)
        sections = QVBoxLayout(inside)
        sections.setContentsMargins(0, 0, 0, 0)
        sections.setSpacing(theme.GAP_SMALL)
        for part in (self.start, self._origin, self.region.box, self.sliders):
            sections.addWidget(part)
        sections.addStretch(1)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(self._scroll.horizontalScrollBarPolicy().ScrollBarAlwaysOff)
        self._scroll.setVerticalScrollBarPolicy(self._scroll.verticalScrollBarPolicy().ScrollBarAlwaysOn)
        self._scroll.setFocusPolicy(self._scroll.focusPolicy().NoFocus)
        self._scroll.viewport().setAutoFillBackground(False)
        self._scroll.setWidget(inside)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.GAP_SMALL)
        column.addWidget(self._scroll, 1)
        meter = QVBoxLayout()
        meter.setContentsMargins(0, 0, theme.SCROLL_BAR, 0)
        meter.addWidget(self.meter)
        column.addLayout(meter)

    def _add_actions(self) -> None:
        add, keys, undo = self._services.actions.add, QKeySequence.StandardKey, self.steering.undo_stack
        self.undo = add("explore.undo", "edit", "Undo", undo.undo, keys=keys.Undo, page=PAGE, separated=True)
        self.redo = add("explore.redo", "edit", "Redo", undo.redo, keys=keys.Redo, page=PAGE)
        self.undo.setEnabled(False)
        self.redo.setEnabled(False)
        undo.canUndoChanged.connect(self.undo.setEnabled)
        undo.canRedoChanged.connect(self.redo.setEnabled)
        reset, keep = self.steering.reset_all, self.steering.keep
        add("explore.reset", "edit", "Reset all", reset, keys="Ctrl+0", page=PAGE, separated=True)
        add(
            "explore.keep",
            "edit",
            "Keep as start",
            keep,
            keys="Ctrl+K",
            tip="Start from the latent as it is",
            page=PAGE,
        )
        add(
            "explore.similar",
            "view",
            "Find similar pictures",
            self._services.find_look_alikes,
            keys="Ctrl+L",
            tip="Show the pictures of the inspected folder that are nearest to the sliders' latent",
            page=PAGE,
        )

    def _connect(self) -> None:
        self.steering.model_changed.connect(self._show_model)
        self.steering.changed.connect(self._show_state)
        self._session.rendered.connect(self._show_scene)
        self._scroll.verticalScrollBar().valueChanged.connect(self.show_part)
        self.sliders.resized.connect(self.show_part)
        self.sliders.sought.connect(self._scroll.ensureWidgetVisible)

    @Slot(object)
    def _show_model(self, model: LoadedModel) -> None:
        self.setEnabled(True)

    @Slot()
    def _show_state(self) -> None:
        if self.steering.state is not None:
            self._origin.setText(explore_words.origin(self.steering.state))

    @Slot(object)
    def _show_scene(self, scene: Scene) -> None:
        self.meter.show()
        self.meter.set_reading(*explore_words.meter(scene.familiarity))
        self.start.set_has_picture(scene.subject.picture is not None)
        self.show_part()
