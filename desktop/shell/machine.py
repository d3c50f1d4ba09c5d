"""Where the model runs: the badge in the status bar, the choice, and what is said when something goes wrong there."""

from __future__ import annotations

import functools
import threading
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Slot
from PySide6.QtWidgets import QWidget

from desktop.engine.autoencoder import THREADS_OF_EACH, Autoencoder, Running
from desktop.engine.machine import race
from desktop.engine.machine.providers import CPU, KINDS
from desktop.engine.machine.race import USUAL, Result
from desktop.engine.scene import Scene
from desktop.i18n import told, tr
from desktop.shell import words
from desktop.state.services import Services
from desktop.widgets.provider_badge import ProviderBadge
from desktop.worker import Worker

if TYPE_CHECKING:
    from desktop.shell.doctor_dialog import DoctorDialog

RACE_REST_MS = 5000  # without another scene, before ways to compute are raced


class Machine(QObject):
    """Carries what a scene says of the machine to the badge, and the user's choice to the session.

    Attributes:
        badge: For the status bar.
        dialog: The doctor, while it is open.
    """

    def __init__(self, services: Services, parent: QWidget) -> None:
        """The badge is empty until something runs; `parent` is the window above which the doctor opens."""
        super().__init__(parent)
        self._services, self._session, self._window = services, services.session, parent
        self._running: Running | None = None
        self._was_blank = False
        self.badge = ProviderBadge()
        self.dialog: DoctorDialog | None = None
        self._racer, self._race_stop = Worker(self), threading.Event()
        self._rest = QTimer(self, singleShot=True)
        services.actions.add(
            "help.doctor",
            "help",
            "Doctor…",
            self.open_doctor,
            keys="F2",
            tip="What this machine can compute with, and what to type to fix it",
        )
        self._session.rendered.connect(self.show_scene)
        self.badge.chosen.connect(self._choose)
        self.badge.doctor_asked.connect(self.open_doctor)

    @Slot(object)
    def show_scene(self, scene: Scene) -> None:
        """Says where the scene was made; news of it go to the message bar once."""
        running = scene.running
        if running is None:
            return
        self.badge.show_running(words.provider(running), words.placement(running), running.reason is not None)
        self.badge.set_choices([(kind.key, kind.name) for kind in running.offered], self._session.asked)
        if running is not self._running:
            self._running = running
            self._tell(running)
        if scene.is_blank and not self._was_blank:
            self._services.warned.emit(tr("The model gave a picture of one colour, which is no sign that it works."))
        self._was_blank = scene.is_blank

    def race_when_idle(self, rest_ms: int = RACE_REST_MS) -> None:
        """From now on a model on the CPU that has rested is raced once, and runs in the fastest way (see `race`)."""
        self._rest.setInterval(rest_ms)
        self._rest.timeout.connect(self._race)
        self._session.rendered.connect(self._put_off_race)

    @Slot()
    def _put_off_race(self) -> None:
        self._race_stop.set()
        self._rest.start()

    @Slot()
    def _race(self) -> None:
        scene = self._session.scene
        model = scene.subject.model.autoencoder if scene is not None else None
        if model is None or model.provider != CPU.name:
            return
        self._race_stop = threading.Event()
        job = functools.partial(_raced, model, self._race_stop)
        self._racer.submit(job, functools.partial(self._take_winner, model), lambda _: None)  # what fails was cut off

    def _take_winner(self, model: Autoencoder, result: Result | None) -> None:
        """The model is opened anew on the worker's thread, where nothing else runs it."""
        if result is not None and result.way is not USUAL:
            asked = self._session.asked
            self._session.spare(lambda: model.use(asked), lambda _: None, lambda _: None)

    def open_doctor(self) -> None:
        """Examines the machine, in a window above this one."""
        from desktop.shell.doctor_dialog import DoctorDialog  # a window opens without it

        self.dialog = DoctorDialog(self._session.model, self._window)
        self.dialog.open()

    def stop(self) -> None:
        """Ends the threads of the doctor and of the race."""
        self._rest.stop()
        self._race_stop.set()
        self._racer.stop()
        if self.dialog is not None:
            self.dialog.reject()

    def _tell(self, running: Running) -> None:
        """What the user should know without looking at the badge."""
        if running.reason is None:
            return
        why = told(running.reason)
        if running.failed_at_work:
            self._services.warned.emit(
                tr("{why}. The CPU has taken over, and nothing is lost.", why=why[:1].upper() + why[1:])
            )
        elif self._session.asked != "auto":
            asked = {kind.key: kind.name for kind in KINDS}[self._session.asked]
            self._services.told.emit(
                tr("{provider} was asked for, but {reason}; the CPU does the work.", provider=asked, reason=why)
            )

    @Slot(str)
    def _choose(self, key: str) -> None:
        self._services.asked = self._services.settings.provider = key
        self._session.set_provider(key)


def _raced(model: Autoencoder, stop: threading.Event) -> Result | None:
    """What a race came to that was run for this window; None where its result was known.

    Another is run for batches, whose pictures share the cores: what wins on all of them need not win on one.
    """
    found = {
        threads: race.race(model.bundle, threads, stop.is_set)
        for threads in (0, THREADS_OF_EACH)
        if race.kept(model.bundle, threads) is None
    }
    return found.get(0)
