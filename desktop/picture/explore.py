"""What steers the picture: the right-hand side of the Picture page."""

from __future__ import annotations

import functools
import random

from PySide6.QtCore import QEvent, Slot
from PySide6.QtGui import QKeySequence, QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from desktop import theme
from desktop.engine.autoencoder import Latents
from desktop.engine.loaded_model import LoadedModel
from desktop.engine.pictures import Pixels
from desktop.engine.rendering import Scene
from desktop.engine.sliders.steering import Origin, mix
from desktop.i18n import mark, told, tr
from desktop.picture import explore_words
from desktop.picture.filmstrips import decoded_thumbnail, shrunk
from desktop.picture.region import Region
from desktop.picture.sliders import Sliders
from desktop.qt_images import to_qimage
from desktop.state.services import Services
from desktop.widgets.labels import label
from desktop.widgets.meter import Meter
from desktop.widgets.picture_strip import PictureStrip
from desktop.widgets.snapshot_box import SIDE, SnapshotBox
from desktop.widgets.start_box import LARGEST_SEED, StartBox

PAGE = "picture"


class ExplorePane(QWidget):
    """Where to start, the gallery, two snapshots, the sliders, and under them how familiar the code is."""

    def __init__(self, services: Services) -> None:
        """Nothing to steer yet."""
        super().__init__()
        self._services, self._session, self.steering = services, services.session, services.steering
        self._kept = services.kept
        self.start, self.gallery, self.snapshots, self.meter = StartBox(), PictureStrip(), SnapshotBox(), Meter()
        self._origin, self._is_low = label("", "muted"), False
        self._add_actions()
        self.region = Region(services, self)
        self.sliders = Sliders(services)
        self._lay_out()
        self._connect()
        self.setEnabled(False)
        for each in (self.gallery, self.meter):
            each.hide()  # until there is something for them to show

    def show_part(self) -> None:
        """Makes the sliders that are in sight."""
        self.sliders.show_part(self._scroll.viewport(), self._scroll.verticalScrollBar().value())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """On a low screen everything else makes room for the sliders."""
        is_low = self.height() < theme.LOW_HEIGHT
        if is_low != self._is_low:
            self._is_low = is_low
            for part in (self.gallery, self.snapshots, self.sliders):
                part.set_low(is_low)
            self._origin.setHidden(is_low)  # the sliders' starts are marked; what they are is said where there is room
        super().resizeEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Says everything again in another language."""
        if event.type() == QEvent.Type.LanguageChange and self.steering.model is not None:
            self._show_model(self.steering.model)
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
        for part in (self.start, self.gallery, self._origin, self.snapshots, self.region.box, self.sliders):
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
        subject = self.steering.start_from_subject
        add("explore.picture", "edit", "Start from the picture", subject, keys="Ctrl+Home", page=PAGE)
        add("explore.mean", "edit", "Start from the mean latent", self.go_to_mean, keys="Ctrl+M", page=PAGE)
        add("explore.random", "edit", "Random latent", self.go_random, keys="Ctrl+R", page=PAGE)
        add("explore.seed", "edit", "Type a seed", self.start.focus_seed, keys="Ctrl+Shift+R", page=PAGE)
        add(
            "explore.similar",
            "view",
            "Find similar pictures",
            self._services.find_look_alikes,
            keys="Ctrl+L",
            tip="Show the pictures of the inspected folder that are nearest to the sliders' latent",
            page=PAGE,
        )
        for name in ("A", "B"):
            self._add_snapshot_actions(name)

    def _add_snapshot_actions(self, name: str) -> None:
        low = name.lower()
        self._services.actions.add(
            f"explore.take-{low}",
            "edit",
            mark("Keep as snapshot A") if name == "A" else mark("Keep as snapshot B"),
            lambda: self.take_snapshot(name),
            keys=f"Ctrl+Alt+{name}",
            page=PAGE,
            separated=name == "A",
        )
        self._services.actions.add(
            f"explore.recall-{low}",
            "edit",
            mark("Go to snapshot A") if name == "A" else mark("Go to snapshot B"),
            lambda: self.recall_snapshot(name),
            keys=f"Ctrl+Shift+{name}",
            page=PAGE,
        )

    def _connect(self) -> None:
        self.steering.model_changed.connect(self._show_model)
        self.steering.changed.connect(self._show_state)
        self._kept.replaced.connect(self._show_snapshots)
        self._session.rendered.connect(self._show_scene)
        self.start.picture_asked.connect(self.steering.start_from_subject)
        self.start.mean_asked.connect(self.go_to_mean)
        self.start.random_asked.connect(self.go_random)
        self.start.drawn.connect(self.draw)
        self.gallery.chosen.connect(self._go_to_gallery)
        self.snapshots.taken.connect(self.take_snapshot)
        self.snapshots.recalled.connect(self.recall_snapshot)
        self.snapshots.mixed.connect(self._mix)
        self.snapshots.grabbed.connect(self.steering.end_gesture)
        self._scroll.verticalScrollBar().valueChanged.connect(self.show_part)
        self.sliders.resized.connect(self.show_part)

    @Slot()
    def go_to_mean(self) -> None:
        """Starts from the mean of the training pictures' codes."""
        if self.steering.space is not None:
            self.steering.start_from(self.steering.space.mean_code, Origin("mean"), tr("Go to the mean latent"))

    @Slot()
    def go_random(self) -> None:
        """A random code by a new seed, which is shown."""
        self.start.set_seed(random.randint(0, LARGEST_SEED))
        self.draw()

    @Slot()
    def draw(self) -> None:
        """The random code of the chosen sampler, seed and truncation."""
        model = self.steering.model
        if model is not None and self.start.sampler >= 0:
            name = model.samplers.names[self.start.sampler]
            shape = self.steering.state.base.shape if self.steering.state else None
            code = model.samplers.draw(name, self.start.seed, self.start.truncation, shape)
            origin = explore_words.random_origin(name, self.start.seed)
            gesture = ("draw", name, self.start.seed)  # turning the truncation is one step
            self.steering.start_from(code, origin, tr("Draw a random latent"), gesture)

    @Slot(str)
    def take_snapshot(self, name: str) -> None:
        """Keeps the present code in place A or B."""
        code, scene = self.steering.code, self._session.scene
        if code is not None and scene is not None:
            self._kept.snapshots[name] = code
            self._kept.sources[name] = self.steering.source
            self.snapshots.set_snapshot(name, to_qimage(shrunk(scene.small_output, 2 * SIDE)))
            self.snapshots.set_share(0.0 if name == "A" else 1.0)

    @Slot(str)
    def recall_snapshot(self, name: str) -> None:
        """Starts from the code in place A or B."""
        if name in self._kept.snapshots:
            text = tr("Go to snapshot {name}", name=name)
            origin = Origin("snapshot", name, self._is_of_picture(name))
            self.steering.start_from(self._kept.snapshots[name], origin, text)
            self.snapshots.set_share(0.0 if name == "A" else 1.0)

    @Slot(float)
    def _mix(self, share: float) -> None:
        first, second = self._kept.snapshots.get("A"), self._kept.snapshots.get("B")
        if first is None or second is None:
            return
        if first.shape != second.shape:
            self._services.warned.emit(tr("The two snapshots are of pictures of different sizes."))
            return
        origin = Origin("mix", f"{share:.0%}", self._is_of_picture("A") and self._is_of_picture("B"))
        self.steering.start_from(mix(first, second, share), origin, tr("Morph from A to B"), gesture="mix")

    def _is_of_picture(self, name: str) -> bool:
        """Whether a snapshot was made from the picture that is open."""
        source = self._kept.sources.get(name)
        return source is not None and source == self.steering.picture_source

    @Slot(int)
    def _go_to_gallery(self, index: int) -> None:
        gallery = self.steering.model.gallery if self.steering.model else None
        if gallery is not None:
            origin = Origin("gallery", str(index + 1))
            self.steering.start_from(gallery.code(index), origin, tr("Start from the gallery"))

    @Slot(object)
    def _show_model(self, model: LoadedModel) -> None:
        self.setEnabled(True)
        self.start.set_samplers(*explore_words.sampler_names(model.samplers))
        thumbnails = model.gallery.thumbnails if model.gallery else ()
        names = [tr("Training picture {number}", number=index + 1) for index in range(len(thumbnails))]
        self.gallery.set_pictures([to_qimage(pixels) for pixels in thumbnails], names)
        self.gallery.setVisible(bool(len(thumbnails)))

    @Slot()
    def _show_snapshots(self) -> None:
        """Pictures of codes that were brought back are decoded while nothing else is to do."""
        self.snapshots.set_share(0.0)
        for name in self.snapshots.places:
            self.snapshots.set_snapshot(name, None)
        model = self.steering.model
        if model is None:
            return
        for name, code in self._kept.snapshots.items():
            show = functools.partial(self._show_snapshot, name, code)
            self._session.spare(functools.partial(decoded_thumbnail, model, code, 2 * SIDE), show, self._warn)

    def _show_snapshot(self, name: str, code: Latents, pixels: Pixels) -> None:
        if self._kept.snapshots.get(name) is code:
            self.snapshots.set_snapshot(name, to_qimage(pixels))

    def _warn(self, error: Exception) -> None:
        self._services.warned.emit(told(error))

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
