"""Where the sliders start: what the start strip asks for, done."""

from __future__ import annotations

import functools
import random
from collections.abc import Sequence

from PySide6.QtCore import QObject, Slot

from desktop.engine.autoencoder import Latents
from desktop.engine.loaded_model import LoadedModel
from desktop.engine.pictures import Pixels
from desktop.engine.sliders.steering import Origin, mix
from desktop.i18n import mark, told, tr
from desktop.picture import explore_words
from desktop.picture.filmstrips import decoded_thumbnail, shrunk
from desktop.qt_images import to_qimage
from desktop.state.kept import SnapshotStep
from desktop.state.services import Services
from desktop.widgets import random_tray, snapshot_strip
from desktop.widgets.random_tray import CANDIDATES, LARGEST_SEED
from desktop.widgets.start_strip import StartStrip

PAGE = "picture"
LARGEST_CANDIDATE = 4  # times the size of a latent of the trained size; candidates of large pictures are smaller


class Starts(QObject):
    """Carries wishes from the strip to the steering, and keeps the snapshots."""

    def __init__(self, services: Services, strip: StartStrip) -> None:
        """Adds the actions; there is nothing to start from yet."""
        super().__init__(strip)
        self._services, self._session, self._steering = services, services.session, services.steering
        self._kept, self._strip, self._options = services.kept, strip, strip.random_tray.popover
        self._first_seed, self._sheet = 0, 0
        self._add_actions()
        self._connect()

    @Slot()
    def go_to_mean(self) -> None:
        """Starts from the mean of the training pictures' codes."""
        if self._steering.space is not None:
            self._steering.start_from(self._steering.space.mean_code, Origin("mean"), tr("Go to the mean latent"))

    @Slot()
    def go_random(self) -> None:
        """A random code by a new seed, and eleven others beside it."""
        self._options.set_seed(random.randint(0, LARGEST_SEED - CANDIDATES))
        self.draw()
        self._strip.show_tray("random")

    @Slot()
    def draw(self) -> None:
        """The random code of the chosen sampler, seed and truncation; the candidates go on from its seed."""
        self._draw()
        self._first_seed = min(self._options.seed, LARGEST_SEED - CANDIDATES)
        self._show_candidates()

    @Slot()
    def type_seed(self) -> None:
        """Lets the user type a seed."""
        self._strip.show_tray("random")
        self._strip.random_tray.show_options()

    @Slot()
    def keep_snapshot(self) -> None:
        """Keeps the present code under the next free letter, and shows the snapshots."""
        self.take_snapshot(free_name(list(self._kept.snapshots)))
        self._strip.show_tray("snapshots")

    @Slot(str)
    def take_snapshot(self, name: str) -> None:
        """Keeps the present code under that name, in place of what was kept there."""
        code, scene = self._steering.code, self._session.scene
        if code is not None and scene is not None:
            self._kept.snapshots[name] = code
            self._kept.sources[name] = self._steering.source
            small = shrunk(scene.small_output, 2 * snapshot_strip.SIDE)
            self._strip.snapshots.set_snapshot(name, to_qimage(small))
            self._strip.set_mixing(self._strip.mixing)

    @Slot(str)
    def recall_snapshot(self, name: str) -> None:
        """Starts from the code that was kept under that name."""
        if name in self._kept.snapshots:
            origin = Origin("snapshot", name, self._is_of_picture(name))
            self._steering.start_from(self._kept.snapshots[name], origin, tr("Go to snapshot {name}", name=name))

    @Slot(str, str)
    def mix_snapshots(self, first: str, second: str) -> None:
        """Goes half-way from one snapshot to another, and shows the slider between them."""
        if self._mix(first, second, 0.5):
            self._strip.set_mixing((first, second))

    def _mix(self, first: str, second: str, share: float) -> bool:
        """Whether there is something between them."""
        start, end = self._kept.snapshots.get(first), self._kept.snapshots.get(second)
        if start is None or end is None:
            return False
        if start.shape != end.shape:
            self._services.warned.emit(tr("The two snapshots are of pictures of different sizes."))
            return False
        is_derived = self._is_of_picture(first) and self._is_of_picture(second)
        origin = Origin("mix", f"{first} → {second}, {share:.0%}", is_derived)
        text = tr("Mix of {first} and {second}", first=first, second=second)
        self._steering.start_from(mix(start, end, share), origin, text, gesture="mix")
        return True

    def _add_actions(self) -> None:
        add = functools.partial(self._services.actions.add, page=PAGE)
        subject = self._steering.start_from_subject
        add("explore.picture", "edit", "Start from the picture", subject, keys="Ctrl+Home")
        add("explore.mean", "edit", "Start from the mean latent", self.go_to_mean, keys="Ctrl+M")
        add("explore.random", "edit", "Random latent", self.go_random, keys="Ctrl+R")
        add("explore.seed", "edit", "Type a seed", self.type_seed, keys="Ctrl+Shift+R")
        tip = mark("Keep the current picture as a snapshot")
        add("explore.snapshot", "edit", "Keep snapshot", self.keep_snapshot, keys="Ctrl+T", tip=tip, separated=True)
        for name in ("A", "B"):
            text = mark("Go to snapshot A") if name == "A" else mark("Go to snapshot B")
            recall = functools.partial(self._recall_place, "AB".index(name))
            add(f"explore.recall-{name.lower()}", "edit", text, recall, keys=f"Ctrl+Shift+{name}")

    def _connect(self) -> None:
        strip, tray = self._strip, self._strip.random_tray
        self._steering.model_changed.connect(self.show_model)
        self._kept.replaced.connect(self._show_snapshots)
        self._kept.returned.connect(self._show_snapshots)
        strip.picture_asked.connect(self._steering.start_from_subject)
        strip.mean_asked.connect(self.go_to_mean)
        strip.random_asked.connect(self.go_random)
        tray.more_asked.connect(self.go_random)
        tray.drawn.connect(self.draw)
        tray.chosen.connect(self._go_to_candidate)
        strip.gallery.chosen.connect(self._go_to_gallery)
        strip.kept.connect(self.keep_snapshot)
        strip.mixed.connect(self._mix)
        strip.grabbed.connect(self._steering.end_gesture)
        strip.snapshots.recalled.connect(self.recall_snapshot)
        strip.snapshots.replaced.connect(self._replace)
        strip.snapshots.mixed.connect(self.mix_snapshots)
        strip.snapshots.reordered.connect(self._kept.order)
        strip.snapshots.renamed.connect(self._rename)
        strip.snapshots.removed.connect(self._remove)

    def _recall_place(self, place: int) -> None:
        names = list(self._kept.snapshots)
        if place < len(names):
            self.recall_snapshot(names[place])

    def _draw(self) -> None:
        model = self._steering.model
        if model is None or self._options.sampler < 0:
            return
        name, seed = model.samplers.names[self._options.sampler], self._options.seed
        shape = self._steering.state.base.shape if self._steering.state else None
        code = model.samplers.draw(name, seed, self._options.truncation, shape)
        gesture = ("draw", name, seed)  # turning the truncation is one step
        origin = explore_words.random_origin(name, seed)
        self._steering.start_from(code, origin, tr("Draw a random latent"), gesture)

    def _show_candidates(self) -> None:
        """Empty places at once, their pictures one by one while nothing else is to do."""
        model = self._steering.model
        if model is None or self._options.sampler < 0:
            return
        seeds = range(self._first_seed, self._first_seed + CANDIDATES)
        self._sheet += 1
        self._strip.random_tray.set_candidates(seeds)
        shape = self._steering.state.base.shape if self._steering.state else None
        if self._steering.state and self._steering.state.base.size > LARGEST_CANDIDATE * model.space.mean.size:
            shape = None
        name, truncation = model.samplers.names[self._options.sampler], self._options.truncation
        for place, seed in enumerate(seeds):
            job = functools.partial(candidate, model, name, seed, truncation, shape)
            self._session.spare(job, functools.partial(self._show_candidate, self._sheet, place), self._warn)

    def _show_candidate(self, sheet: int, place: int, pixels: Pixels) -> None:
        if sheet == self._sheet:
            self._strip.random_tray.set_picture(place, to_qimage(pixels))

    @Slot(int)
    def _go_to_candidate(self, place: int) -> None:
        self._options.set_seed(self._first_seed + place)
        self._draw()

    @Slot(int)
    def _go_to_gallery(self, index: int) -> None:
        gallery = self._steering.model.gallery if self._steering.model else None
        if gallery is not None:
            origin = Origin("gallery", str(index + 1))
            self._steering.start_from(gallery.code(index), origin, tr("Start from the gallery"))

    def _is_of_picture(self, name: str) -> bool:
        """Whether a snapshot was made from the picture that is open."""
        source = self._kept.sources.get(name)
        return source is not None and source == self._steering.picture_source

    @Slot(object)
    def show_model(self, model: LoadedModel) -> None:
        """Shows the samplers and the gallery of a model, again in another language."""
        self._options.set_samplers(*explore_words.sampler_names(model.samplers))
        thumbnails = model.gallery.thumbnails if model.gallery else ()
        names = [tr("Training picture {number}", number=index + 1) for index in range(len(thumbnails))]
        self._strip.gallery.set_pictures([to_qimage(pixels) for pixels in thumbnails], names)
        self._strip.set_has_gallery(bool(len(thumbnails)))
        self._sheet += 1
        if self._strip.tray == "random":
            self._show_candidates()

    @Slot()
    def _show_snapshots(self) -> None:
        """Pictures of codes that were brought back are decoded while nothing else is to do."""
        self._strip.snapshots.forget(())
        self._strip.set_mixing(None)
        model = self._steering.model
        if model is None:
            return
        for name, code in self._kept.snapshots.items():
            show = functools.partial(self._show_snapshot, name, code)
            job = functools.partial(decoded_thumbnail, model, code, 2 * snapshot_strip.SIDE)
            self._session.spare(job, show, self._warn)

    def _show_snapshot(self, name: str, code: Latents, pixels: Pixels) -> None:
        if self._kept.snapshots.get(name) is code:
            self._strip.snapshots.set_snapshot(name, to_qimage(pixels))
            self._strip.set_mixing(self._strip.mixing)

    @Slot(str)
    def _replace(self, name: str) -> None:
        before = self._kept.present()
        self.take_snapshot(name)
        self._steering.undo_stack.push(SnapshotStep(tr("Replace snapshot {name}", name=name), self._kept, before))

    @Slot(str, str)
    def _rename(self, name: str, other: str) -> None:
        before = self._kept.present()
        self._kept.rename(name, other)
        self._strip.set_mixing(None)
        self._steering.undo_stack.push(SnapshotStep(tr("Rename snapshot {name}", name=name), self._kept, before))

    @Slot(str)
    def _remove(self, name: str) -> None:
        before = self._kept.present()
        self._kept.remove(name)
        self._strip.set_mixing(None)
        stack = self._steering.undo_stack
        stack.push(SnapshotStep(tr("Remove snapshot {name}", name=name), self._kept, before))
        place = stack.index()

        def undo() -> None:
            if stack.index() == place:  # nothing was done since
                stack.undo()

        self._services.undoable.emit(tr("Snapshot {name} was removed.", name=name), undo)

    def _warn(self, error: Exception) -> None:
        self._services.warned.emit(told(error))


def free_name(names: Sequence[str]) -> str:
    """The first letter that is no name yet; after Z, numbers."""
    letters = [chr(ord("A") + place) for place in range(26)]
    return next(name for name in [*letters, *map(str, range(1, len(names) + 2))] if name not in names)


def candidate(model: LoadedModel, sampler: str, seed: int, truncation: float, shape: tuple[int, ...] | None) -> Pixels:
    """A small picture of a random latent."""
    name = next(each for each in model.samplers.names if each == sampler)
    return decoded_thumbnail(model, model.samplers.draw(name, seed, truncation, shape), 2 * random_tray.SIDE)
