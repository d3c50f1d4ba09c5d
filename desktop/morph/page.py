"""The Morph page: from one picture to the next, and on."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, QSignalBlocker, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from desktop import theme
from desktop.engine import library
from desktop.engine.autoencoder import Latents
from desktop.engine.film.films import Kind
from desktop.engine.loaded_model import LoadedModel, decoded_frame
from desktop.engine.pictures import Picture, Pixels
from desktop.engine.session_file import NamedCode
from desktop.i18n import mark, tr
from desktop.morph.film_bar import FilmSaving
from desktop.morph.keys import Key
from desktop.morph.player import MorphPlayer
from desktop.morph.sharing import Sharing, Step
from desktop.morph.sources import Sources
from desktop.morph.timeline import Timeline
from desktop.page import Content, Page
from desktop.qt_images import to_qimage
from desktop.state.services import Services
from desktop.widgets.key_row import KeyRow
from desktop.widgets.labels import ActionButton, label
from desktop.widgets.morph_settings import MorphSettings
from desktop.widgets.picture_strip import PictureStrip
from desktop.widgets.picture_view import PictureView

PAGE = "morph"
SETTINGS_WIDTH = 168  # device-independent pixels


class MorphPage(Page):
    """The film in the middle, the row of its pictures underneath, and how it is made beside the buttons."""

    def __init__(self, services: Services) -> None:
        """An empty row."""
        super().__init__(services)
        self._session, self._steering = services.session, services.steering
        self._keys: dict[int, Key] = {}
        self._number = 0
        self._shown: tuple[int, Pixels] | None = None
        self._is_low = False
        self._sources = Sources(services, self._shape, self)
        self.view, self.row, self.gallery = PictureView("", invites=True), KeyRow(), PictureStrip()
        self.settings, self.position = MorphSettings(), Timeline()
        self.player = MorphPlayer(self._session.spare, self)
        self._add_actions()
        self.saving = FilmSaving(services, PAGE)
        self.sharing = Sharing(services, PAGE, self._step, self)
        self._lay_out()
        self._connect()
        if self._steering.model is not None:
            self._show_model(self._steering.model)
        self._bring_back()

    def take(self, content: Content) -> bool:
        """Pictures join the row, and those of a folder; models are left to the Picture page."""
        if isinstance(content, Picture):
            self._sources.add([content])
            return True
        paths = [path for path in content if not library.is_model(path) and not library.is_foreign(path)]
        self._sources.add_paths(paths)
        return bool(paths)

    def set_highlighted(self, highlighted: bool) -> None:
        """The screen shows that it takes pictures."""
        self.view.set_highlighted(highlighted)

    def changeEvent(self, event: QEvent) -> None:
        """Says everything again in another language."""
        if event.type() == QEvent.Type.LanguageChange:
            self._show_row()
            if self._keys and self._shown is not None and self._shown[0] < self.player.length:
                self._show_frame(*self._shown)
        super().changeEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """On a low screen the pictures make room for the film."""
        is_low = self.height() < theme.LOW_HEIGHT
        if is_low != self._is_low:
            self._is_low = is_low
            self.row.set_low(is_low)
            self.gallery.set_low(is_low)
        super().resizeEvent(event)

    def leave(self) -> None:
        """What nobody sees does not play."""
        self.player.pause()

    def unfinished(self) -> str:
        """Asks before a film that is being saved is given up."""
        return tr("A film is being saved. Cancel it and close?") if self.saving.export.is_busy else ""

    def stop(self) -> None:
        """Ends the thread that saves."""
        self.player.pause()
        self.saving.export.stop()

    @Slot(object)
    def add_key(self, key: Key) -> None:
        """One more picture at the end of the row."""
        shape = self._shape()
        if shape is not None and shape != key.code.shape:  # fitted to the first, as a picture would be
            self._sources.add([NamedCode(key.name, key.code)])
            return
        self._number += 1
        self._keys[self._number] = key
        self.row.add(self._number, key.name, to_qimage(key.thumbnail))
        self._show_row()

    @Slot()
    def add_present(self) -> None:
        """The latent that the Picture page shows."""
        self._sources.add_present(self._number + 1)

    @Slot()
    def toggle(self) -> None:
        """Plays, or pauses."""
        if self.player.is_playing:
            self.player.pause()
        else:
            self.player.play(self.settings.per_second.value())

    def save(self, path: Path, kind: Kind) -> None:
        """Saves the film while everything else goes on."""
        model = self._steering.model
        if model is not None and self.player.length > 0:
            decode = functools.partial(decoded_frame, model, tuple(self._codes()), self.settings.plan)
            self.saving.start(path, kind, decode, self.player.length, self.settings.per_second.value())

    def _add_actions(self) -> None:
        act = self.services.actions.of_page(PAGE, "edit")
        present = mark("The picture on the Picture page, as it is steered")
        act("present", self.add_present, "Add current picture", present, keys="Ctrl+D", separated=True)
        act("files", self._sources.ask_for_files, "Add pictures…", "Pictures from files", keys="Ctrl+Shift+D")
        empty = mark("Remove every picture from the morph")
        self.clear = act("clear", self._clear, "Clear the row", empty, keys="Ctrl+Shift+Backspace")
        act = self.services.actions.of_page(PAGE, "view")
        self.play = act("play", self.toggle, "Play", keys="Space", separated=True)

    def _lay_out(self) -> None:
        actions = self.services.actions
        buttons = QHBoxLayout()
        buttons.setSpacing(theme.GAP_SMALL)
        buttons.addWidget(label("Morph", "title"), 1)
        for name in ("morph.present", "morph.files", "morph.clear", "morph.save"):
            buttons.addWidget(ActionButton(actions[name], primary=name == "morph.save"))
        scrub = QHBoxLayout()
        scrub.setSpacing(theme.GAP_SMALL)
        scrub.addWidget(ActionButton(self.play))
        scrub.addWidget(self.position, 1)
        self._gallery_label = label("Training pictures", "heading")
        film = QVBoxLayout()
        film.setSpacing(theme.GAP_SMALL)
        film.addWidget(self.view, 1)
        film.addLayout(scrub)
        self._row_label = label("Pictures of this morph", "heading")
        for part in (self._row_label, self.row, self._gallery_label, self.gallery):
            film.addWidget(part)
            part.hide()  # until there is something for them to show
        self.settings.setFixedWidth(SETTINGS_WIDTH)
        below = QHBoxLayout()
        below.setSpacing(theme.GAP)
        below.addLayout(film, 1)
        below.addWidget(self.settings)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, theme.SCROLL_BAR, 0)
        column.setSpacing(theme.GAP_SMALL)
        column.addLayout(buttons)
        column.addWidget(self.saving)
        column.addLayout(below, 1)

    def _connect(self) -> None:
        self._steering.model_changed.connect(self._show_model)
        self.services.kept.replaced.connect(self._bring_back)
        self._sources.found.connect(self.add_key)
        self.row.reordered.connect(self._keep)
        self.row.pointed_at.connect(self._go_to_key)
        self.gallery.chosen.connect(self._sources.add_from_gallery)
        self.settings.changed.connect(self._show_row)
        self.position.valueChanged.connect(self._seek)
        self.player.shown.connect(self._show_frame)
        self.player.changed.connect(self._show_player)
        self.player.failed.connect(self.services.warned)
        self.saving.asked.connect(self.save)

    def _shape(self) -> tuple[int, ...] | None:
        """The shape of the first picture's code."""
        first = next(iter(self._keys.values()), None)
        return None if first is None else first.code.shape

    def _codes(self) -> list[Latents]:
        return [self._keys[key].code for key in self.row.keys]

    @Slot(object)
    def _show_model(self, model: LoadedModel) -> None:
        """Another gallery; codes of another model mean nothing to this one, and are gone already."""
        thumbnails = model.gallery.thumbnails if model.gallery else ()
        names = [tr("Training picture {number}", number=index + 1) for index in range(len(thumbnails))]
        self.gallery.set_pictures([to_qimage(pixels) for pixels in thumbnails], names)
        for widget in (self.gallery, self._gallery_label):
            widget.setVisible(bool(len(thumbnails)))

    @Slot()
    def _bring_back(self) -> None:
        """The pictures of a session that was opened, or none."""
        kept = list(self.services.kept.morph)
        self._clear()
        if self._steering.model is not None:
            self._sources.add(kept)
            self._keep_row()

    def _keep_row(self) -> None:
        """For the session file: what stands in the row, and what is still on its way back there."""
        shown = [NamedCode(key.name, key.code) for key in self._keys.values()]
        self.services.kept.morph = [*shown, *self._sources.waiting_codes]

    @Slot()
    def _clear(self) -> None:
        self._sources.forget()
        self._keys = {}
        self.row.clear()
        self._show_row()

    @Slot()
    def _show_row(self) -> None:
        """Another row, or another plan: another film."""
        self._keep_row()
        model = self._steering.model
        steps = self.settings.plan.steps(len(self._keys))
        self.position.set_marks([frame for frame, (_, _, share) in enumerate(steps) if share == 0.0])
        self.settings.show_length(len(steps), len(self._keys))
        self.player.set_film(model if self._keys else None, self._codes(), self.settings.plan)
        if self.player.is_playing:
            self.player.play(self.settings.per_second.value())
        self.clear.setEnabled(bool(self._keys))
        for part in (self._row_label, self.row):
            part.setVisible(bool(self._keys))
        self.services.actions["morph.present"].setEnabled(model is not None)
        if not self._keys:
            self.view.show_picture("", "", None)
            self.view.set_hint(tr("Two pictures make a morph"), tr("Drop pictures here, or add the current one"))

    @Slot(object)
    def _keep(self, keys: Sequence[int]) -> None:
        self._keys = {key: self._keys[key] for key in keys}
        self._show_row()

    @Slot()
    def _show_player(self) -> None:
        playing, length = self.player.is_playing, self.player.length
        self.play.setText(tr("Pause") if playing else tr("Play"))
        self.play.setEnabled(length >= 2)
        self.position.setEnabled(length >= 2)
        with QSignalBlocker(self.position):
            self.position.setRange(0, max(0, length - 1))
        self.saving.set_has_film(length > 0)

    @Slot(int, object)
    def _show_frame(self, frame: int, pixels: Pixels) -> None:
        numbers = tr("frame {frame} of {length}", frame=frame + 1, length=self.player.length)
        self._shown = (frame, pixels)
        first, second, share = self.settings.plan.steps(len(self._keys))[frame]
        names = [key.name for key in self._keys.values()]
        title = f"{names[first]} → {names[second]}" if share else names[first]
        self.view.show_picture(title, numbers, pixels)
        with QSignalBlocker(self.position):
            self.position.setValue(frame)

    def _step(self) -> Step | None:
        model, keys = self._steering.model, [self._keys[key] for key in self.row.keys]
        if model is None or self._shown is None or self._shown[0] >= self.player.length:
            return None
        return Step(model, keys, self.settings.plan, self._shown[0])

    @Slot(int)
    def _seek(self, frame: int) -> None:
        self.player.pause()
        self.player.seek(frame)

    @Slot(int)
    def _go_to_key(self, place: int) -> None:
        """The frame that is this picture."""
        steps = self.settings.plan.steps(len(self._keys))
        self._seek(next(frame for frame, (first, _, share) in enumerate(steps) if first == place and share == 0.0))
