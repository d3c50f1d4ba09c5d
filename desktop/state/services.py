"""What the pages share: the session, the models, the actions, and a way to say something to the user."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from desktop import failures
from desktop.engine import inputs, library
from desktop.engine.autoencoder import Latents
from desktop.engine.folder import order as picture_order
from desktop.engine.inputs import Gathered
from desktop.engine.library import ModelEntry
from desktop.engine.loaded_model import LoadedModel
from desktop.engine.machine.providers import Asked
from desktop.engine.scene import PictureSource
from desktop.i18n import tr
from desktop.state.actions import Actions
from desktop.state.kept import Kept
from desktop.state.picture_list import PictureList
from desktop.state.saver import Saver
from desktop.state.session import Session
from desktop.state.settings import Settings
from desktop.state.steering_model import SteeringModel
from desktop.worker import Worker


class Services(QObject):
    """Made once by the window and given to every page.

    Attributes:
        session: What is wanted and what is shown; one for the whole window.
        steering: The sliders' state and its undo stack; one for the whole window.
        actions: Where a page registers what it can do.
        models: Every model there is to choose from, the broken ones too.
        asked: The provider that was asked for.
        pictures: The pictures to pick from.
        settings: What is remembered from one start to the next.
        saver: Writes pictures away from the window.
        kept: The snapshots and the pictures of the morph.
        code_to_find: A latent to which the Inspect page finds similar pictures when it is shown; None for none.

    Signals:
        models_changed(): Other models are listed, or another one is wanted.
        told(text): Good news, or an explanation, over the page.
        undoable(text, undo): Something was done which calling `undo` undoes, over the page.
        written(path): A file was written, or a folder of files, over the page.
        warned(text): Something went wrong, in one sentence, over the page.
        warned_of_page(page, text): The same of the page of that name, whichever is shown.
        page_asked(name): Something wants another page to be shown.
        graphs_named(path): Graphs of another tool were named, which are no model yet.
    """

    models_changed = Signal()
    told = Signal(str)
    undoable = Signal(str, object)
    written = Signal(object)
    warned = Signal(str)
    warned_of_page = Signal(str, str)
    page_asked = Signal(str)
    graphs_named = Signal(object)

    def __init__(
        self,
        models: Sequence[ModelEntry],
        provider: Asked,
        settings: Settings | None = None,
        parent: QObject | None = None,
    ) -> None:
        """Nothing is opened yet; without settings nothing is remembered."""
        super().__init__(parent)
        self.settings = settings or Settings()
        self.settings.failed.connect(self.warned)
        self.session = Session(provider, self)
        self.session.fit = "fit" if self.settings.text("fit") == "fit" else "crop"
        self.session.model_wanted.connect(self.models_changed)
        self.pictures = PictureList(self)
        self.steering = SteeringModel(self.session, self)
        self.actions = Actions(self)
        self.models = list(models)
        self.asked = provider
        self.code_to_find: Latents | None = None
        self.kept = Kept(self)
        self.steering.model_changed.connect(self._change_model)
        self.saver = Saver(self)
        self.saver.failed.connect(self.warned)
        self.saver.saved.connect(self.written)
        self.saver.stopped.connect(self._tell_stopped)
        self._searcher = Worker(self)

    def open(self, model: ModelEntry | None = None, picture: PictureSource | None = None) -> None:
        """Shows another model, another picture, or both; what is None stays.

        A model that was left with the same picture comes back as it was left.
        """
        steering = self.steering.recall(model, picture or self.session.picture) if model is not None else None
        self.session.open(model, picture, steering)
        self.models_changed.emit()

    def show_only(self, model: ModelEntry | None, picture: PictureSource | None) -> None:
        """Shows a model (None: the present one) with a picture, or with its mean where there is none."""
        if model is not None:
            self.models = library.join(self.models, [model])
        self.session.picture = picture
        self.session.open(model, picture)
        self.models_changed.emit()

    def open_paths(self, paths: Sequence[Path]) -> None:
        """Opens what was named: every model joins the list, the last one is used; the first picture is shown.

        A folder stands for the pictures in it. Several pictures are offered to pick from.
        """
        if inputs.needs_search(paths):
            search = functools.partial(inputs.gather, tuple(paths))
            self._searcher.submit(search, self._open_gathered, self._tell_search_failed)
        else:
            self._open_gathered(inputs.gather(paths))

    @Slot()
    def find_look_alikes(self) -> None:
        """Shows the pictures of the inspected folder that are nearest to the sliders' code."""
        self.code_to_find = self.steering.code
        if self.code_to_find is not None:
            self.page_asked.emit("inspect")

    def stop(self) -> None:
        """Ends every thread, and writes down what was set."""
        self.settings.flush()
        self.saver.stop()
        self._searcher.stop()
        self.pictures.stop()
        self.session.stop()

    @Slot(object)
    def _change_model(self, model: LoadedModel) -> None:
        """Before any page hears of it: codes of one model mean nothing to another."""
        self.kept.change_model(model.entry.identity)

    @Slot()
    def _tell_stopped(self) -> None:
        self.told.emit(tr("Nothing more was saved."))

    def _open_gathered(self, gathered: Gathered) -> None:
        if gathered.graphs:
            self.graphs_named.emit(gathered.graphs[0])
        if not gathered.models and not gathered.pictures:
            return
        entries = [library.open_entry(path) for path in gathered.models]
        self.models = library.join(self.models, entries)
        first = next(iter(gathered.pictures), None)
        self.offer(gathered.pictures)
        self.open(entries[-1] if entries else None, first)

    def offer(self, paths: Sequence[Path]) -> None:
        """What there is to pick from: the pictures that were named; of one alone, those beside it in its folder."""
        if len(paths) > 1:
            self.pictures.show_pictures(paths)
        elif paths and self.pictures.row_of(paths[0]) < 0:
            search = functools.partial(picture_order.siblings, paths[0])
            self._searcher.submit(search, functools.partial(self._offer_beside, paths[0]), self._tell_search_failed)

    def _offer_beside(self, path: Path, beside: Sequence[Path]) -> None:
        """A picture that has no others beside it joins those that are offered already."""
        if len(beside) > 1 or not self.pictures.paths:
            self.pictures.show_pictures(beside or [path])
        else:
            self.pictures.show_pictures([*self.pictures.paths, path])

    def _tell_search_failed(self, error: Exception) -> None:
        self.warned.emit(failures.sentence(error))
