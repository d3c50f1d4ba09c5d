"""What the pages share: the session, the models, the actions, and a way to say something to the user."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from desktop.actions import Actions
from desktop.engine import library
from desktop.engine.library import ModelEntry
from desktop.engine.providers import Asked
from desktop.engine.rendering import PictureSource
from desktop.i18n import tr
from desktop.session import Session
from desktop.settings import Settings
from desktop.steering_model import SteeringModel


class Services(QObject):
    """Made once by the window and given to every page.

    Attributes:
        session: What is wanted and what is shown; one for the whole window.
        steering: The sliders' state and its undo stack; one for the whole window.
        actions: Where a page registers what it can do.
        models: Every model there is to choose from, the broken ones too.
        asked: The provider that was asked for.
        settings: What is remembered from one start to the next.

    Signals:
        models_changed(): Other models are listed, or another one is wanted.
        told(text): Good news, or an explanation, for the message bar.
        warned(text): Something went wrong, in one sentence, for the message bar.
        page_asked(name): Something wants another page to be shown.
    """

    models_changed = Signal()
    told = Signal(str)
    warned = Signal(str)
    page_asked = Signal(str)

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
        self.session = Session(provider, self)
        self.steering = SteeringModel(self.session, self)
        self.actions = Actions(self)
        self.models = list(models)
        self.asked = provider

    def open(self, model: ModelEntry | None = None, picture: PictureSource | None = None) -> None:
        """Shows another model, another picture, or both; what is None stays."""
        self.session.open(model, picture)
        self.models_changed.emit()

    def show_only(self, model: ModelEntry | None, picture: PictureSource | None) -> None:
        """Shows a model (None: the present one) with a picture, or with its mean where there is none."""
        if model is not None:
            self.models = library.join(self.models, [model])
        self.session.picture = picture
        self.open(model, picture)

    def open_paths(self, paths: Sequence[Path]) -> None:
        """Opens what was named: every model joins the list, the last one is used; the first picture is shown."""
        entries = [library.open_entry(path) for path in paths if library.is_model(path)]
        files = [path for path in paths if not library.is_model(path)]
        self.models = library.join(self.models, entries)
        self.open(entries[-1] if entries else None, files[0] if files else None)
        if len(files) > 1:
            self.told.emit(tr("One picture at a time: {name} is shown.", name=files[0].name))
