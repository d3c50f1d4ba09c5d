"""What a training needs that is not installed: what, how large, the one command, and a button that does it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop import theme
from desktop.i18n import tr
from desktop.training import launch
from desktop.training.install import environment
from desktop.training.install.installer import Installer
from desktop.widgets import question
from desktop.widgets.labels import ActionButton, label
from desktop.widgets.progress_strip import ProgressStrip
from desktop.widgets.rows import row


class InstallPanel(QWidget):
    """Hidden where everything is installed.

    Signals:
        installed(): Trainings can begin.
        failed(text): The installation failed.
    """

    installed = Signal()
    failed = Signal(str)

    def __init__(self, install: QAction) -> None:
        """The action asks, and then installs."""
        super().__init__()
        self.installer, self._install = Installer(self), install
        self._missing: tuple[str, ...] = ()
        self.needs, self.command, self.progress = label("", "plain"), label("", "muted"), ProgressStrip()
        for text in (self.needs, self.command):
            text.setWordWrap(True)
        self.command.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.GAP_SMALL)
        column.addWidget(self.needs)
        column.addWidget(self.command)
        column.addLayout(row(ActionButton(install, primary=True), None))
        column.addWidget(self.progress)
        self.progress.cancelled.connect(self.installer.cancel)
        self.installer.progressed.connect(self._show_progress)
        self.installer.done.connect(self._on_done)
        self.installer.failed.connect(self._on_failed)

    def show_missing(self, missing: Sequence[str]) -> None:
        """Says what is missing; nothing hides the panel."""
        self._missing = tuple(missing)
        self._install.setEnabled(not self.installer.busy)
        self.setVisible(bool(missing) or self.installer.busy)
        if not missing or self.installer.busy:
            return
        needs = tr(
            "Training needs {names}: about {gigabytes} GB.",
            names=", ".join(missing),
            gigabytes=environment.GIGABYTES,
        )
        self.needs.setText(needs)
        self.command.setText(launch.INSTALL)

    def ask(self) -> None:
        """Installs, once the user agrees."""
        text = tr(
            "Install the packages of a training in {folder}? They are fetched from the network and take about "
            "{gigabytes} GB. Nothing else on this computer is changed.",
            folder=environment.data_folder(),
            gigabytes=environment.GIGABYTES,
        )
        if not self.installer.busy and question.agrees(self, text, tr("Install")):
            self._show_progress("", 1, 3)
            self.installer.start()
            self.show_missing(self._missing)

    def stop(self) -> None:
        """The window closes."""
        self.installer.stop()

    def changeEvent(self, event: QEvent) -> None:
        """Says everything again in another language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.show_missing(self._missing)

    @Slot(str, int, int)
    def _show_progress(self, line: str, step: int, steps: int) -> None:
        said = tr("Installing, step {step} of {steps}", step=step, steps=steps)
        self.progress.show_progress(said, 0, 0)
        self.progress.setToolTip(line)
        self.command.setText(line)

    @Slot()
    def _on_done(self) -> None:
        self.progress.hide()
        self.installed.emit()

    @Slot(str)
    def _on_failed(self, text: str) -> None:
        self.progress.hide()
        self.show_missing(self._missing)
        if text:
            self.failed.emit(text)
