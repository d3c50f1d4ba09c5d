"""Says that a model does not know the picture, and which one does."""

from __future__ import annotations

import functools

from PySide6.QtCore import QEvent, QObject, Slot

from desktop.engine.machine.runs import Stop
from desktop.engine.quality import second_opinion
from desktop.engine.quality.second_opinion import Opinion
from desktop.engine.scene import Scene
from desktop.i18n import tr
from desktop.state.services import Services
from desktop.widgets.advice_bar import AdviceBar
from desktop.worker import Worker

LARGEST_CACHE = 64  # pictures whose answer is kept
Key = tuple[object, object]


class UnknownPicture(QObject):
    """Tries the other models in the background once a picture came back as a ghost; the newest picture wins."""

    def __init__(self, services: Services, parent: QObject) -> None:
        """Nothing to say."""
        super().__init__(parent)
        self._services, self._session = services, services.session
        self.bar = AdviceBar()
        self.bar.followed.connect(self._follow)
        self._worker, self._stop = Worker(self), Stop()
        self._answers: dict[Key, Opinion | None] = {}
        self._opinion: Opinion | None = None
        self._asked: Key | None = None
        self._session.subject_changed.connect(self._forget)
        self._session.measured.connect(self._look)
        self.bar.installEventFilter(self)

    def stop(self) -> None:
        """Ends the thread."""
        self._stop.set()
        self._worker.stop()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Says it again in another language."""
        if event.type() == QEvent.Type.LanguageChange and self._opinion is not None and self._session.scene is not None:
            self._advise(self._session.scene, self._opinion)
        return False

    @Slot()
    def _forget(self) -> None:
        """Another picture, or another model."""
        self._stop.set()
        self._asked = self._opinion = None
        self.bar.hide()

    @Slot(object, object)
    def _look(self, scene: Scene, _: object) -> None:
        """At a scene that has rested for a moment."""
        picture, psnr_db = scene.subject.picture, scene.psnr_db
        key = scene.request.model.identity, scene.subject.source
        if scene is not self._session.scene or key == self._asked or picture is None or psnr_db is None:
            return
        if not second_opinion.is_unknown(scene):
            return
        self._asked = key
        if key in self._answers:
            self._take(key, scene, self._answers[key])
            return
        self._stop = Stop()
        models = list(self._services.models)
        ask = functools.partial(second_opinion.ask_others, models, scene.request.model, picture, psnr_db, self._stop)
        self._worker.submit(ask, functools.partial(self._take, key, scene), lambda _: None)

    def _take(self, key: Key, scene: Scene, opinion: Opinion | None) -> None:
        self._answers[key] = opinion
        while len(self._answers) > LARGEST_CACHE:
            del self._answers[next(iter(self._answers))]
        if key == self._asked and opinion is not None:
            self._advise(scene, opinion)

    def _advise(self, scene: Scene, opinion: Opinion) -> None:
        self._opinion = opinion
        known, name, db = (
            second_opinion.known(scene.subject.model.autoencoder.info),
            opinion.entry.name,
            opinion.psnr_db,
        )
        if known is None:
            text = tr("This model knows drawn faces; {name} reconstructs this with {db} dB.", name=name, db=f"{db:.0f}")
        else:
            text = tr(
                "This model knows pictures like those of {folder}; {name} reconstructs this with {db} dB.",
                folder=known,
                name=name,
                db=db,
            )
        self.bar.advise(text, tr("Use {name}", name=name))

    @Slot()
    def _follow(self) -> None:
        if self._opinion is not None:
            self._services.open(self._opinion.entry)
