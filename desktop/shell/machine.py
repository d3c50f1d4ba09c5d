"""Where the model runs: the badge in the status bar, the choice, and what is said when something goes wrong there."""

from __future__ import annotations

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QWidget

from desktop.engine.autoencoder import Running
from desktop.engine.machine.providers import KINDS
from desktop.engine.scene import Scene
from desktop.i18n import told, tr
from desktop.shell import words
from desktop.shell.doctor_dialog import DoctorDialog
from desktop.state.services import Services
from desktop.widgets.provider_badge import ProviderBadge


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
        services.actions.add(
            "help.doctor",
            "help",
            "Doctor…",
            self.open_doctor,
            keys="F2",
            tip="What this machine has to compute with, and what to type to mend it",
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

    def open_doctor(self) -> None:
        """Examines the machine, in a window above this one."""
        self.dialog = DoctorDialog(self._session.model, self._window)
        self.dialog.open()

    def stop(self) -> None:
        """Ends the doctor's thread."""
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
