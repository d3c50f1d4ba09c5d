"""The trainings that this window started: their processes, and why they ended."""

from __future__ import annotations

import subprocess
from pathlib import Path

from PySide6.QtCore import QObject, QProcess, Signal, Slot

from desktop.training import launch, places
from desktop.training.launch import Plan
from desktop.training.plans import save_plan
from desktop.training.problem import Problem, find_problem
from trainer.run import contract
from trainer.run.contract import Status

LOADS = "import torch, torchvision"


class Trainings(QObject):
    """Starts trainings, knows which of them go on, and finds out what is wrong with those that end at once.

    Signals:
        changed(): Why a training ended is known now.
    """

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        """None yet."""
        super().__init__(parent)
        self._processes: dict[Path, subprocess.Popen[bytes]] = {}
        self._loads: bool | None = None  # whether torch does; None until it was tried
        self._probe = QProcess(self)
        self._probe.finished.connect(self._on_probed)
        self.elsewhere: Path | None = None  # where runs are besides the user's data folder

    @property
    def begun(self) -> tuple[Path, ...]:
        """The runs that were started here, whether they go on or not."""
        return tuple(self._processes)

    @property
    def any_runs(self) -> bool:
        """Whether any of them goes on."""
        return any(process.poll() is None for process in self._processes.values())

    def runs(self, run: Path | None) -> bool:
        """Whether a run was started here and goes on."""
        process = None if run is None else self._processes.get(run)
        return process is not None and process.poll() is None

    def start(self, plan: Plan) -> int:
        """Begins a training and returns its process id; the plan is kept beside the run.

        Raises:
            TrainingError: Nothing can be written there, or there is no such program.
        """
        save_plan(plan)
        return self._launch(plan.out, launch.train_command(plan))

    def resume(self, run: Path, *options: str) -> int:
        """Goes on with a run, with other options where they are given; its process id.

        Raises:
            TrainingError: Nothing can be written there, or there is no such program.
        """
        return self._launch(run, [*launch.resume_command(run), *options])

    def problem(self, run: Path | None, status: Status | None) -> Problem | None:
        """Why a run failed; None while all is well."""
        if run is None or self.runs(run):
            return None
        ended = run in self._processes
        found = find_problem(run, status, ended)
        if found is None or found.kind or status is not None or launch.failure_file(run).exists():
            return found
        if self._loads is None and self._probe.state() == QProcess.ProcessState.NotRunning:
            command = [launch.python(), "-c", LOADS]  # it may be torch that fails, before the trainer can say so
            self._probe.start(command[0], command[1:])
        return Problem("install", found.text) if self._loads is False else found

    def busy(self) -> bool:
        """Whether any training goes on, of this window or of another."""
        states = map(contract.read_status, places.find_runs(self.elsewhere))
        return self.any_runs or any(status is not None and status.alive for status in states)

    def forget_probe(self) -> None:
        """Other packages were installed: torch is tried again."""
        self._loads = None

    def stop(self) -> None:
        """The window closes; trainings go on."""
        if self._probe.state() != QProcess.ProcessState.NotRunning:
            self._probe.kill()
            self._probe.waitForFinished()
        for process in self._processes.values():
            process.poll()

    def _launch(self, run: Path, command: list[str]) -> int:
        failure, environment = launch.failure_file(run), places.environment(self.elsewhere)
        self._processes[run] = launch.start(command, launch.log_file(run), failure, environment)
        return self._processes[run].pid

    @Slot(int, QProcess.ExitStatus)
    def _on_probed(self, status: int, how: QProcess.ExitStatus) -> None:
        self._loads = status == 0 and how == QProcess.ExitStatus.NormalExit
        self.changed.emit()
