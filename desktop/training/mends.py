"""What mends a training that failed: the same again with other options, in another folder, or with other pictures."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from desktop import failures
from desktop.i18n import tr
from desktop.runner import Runner
from desktop.training import launch, places
from desktop.training.launch import Plan
from desktop.training.plans import plan_of, read_plan, save_plan
from desktop.training.problem import Problem
from trainer.run.contract import CHECKPOINT_FILE


class Mends(QObject):
    """Finds out what is needed, asks for a folder where one is, and says what is to be started.

    Signals:
        again(plan): A new training is to start.
        resume(run, options): A run is to go on, with these options.
        moved(folder): Runs go to another folder from now on.
        install(): The packages are to be installed.
        failed(text): It cannot be mended, and why.
    """

    again = Signal(object)
    resume = Signal(object, object)
    moved = Signal(object)
    install = Signal()
    failed = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        """Nothing is wrong yet."""
        super().__init__(parent)
        self._window = parent
        self.runner = Runner(self)

    def can(self, run: Path, problem: Problem) -> bool:
        """Whether there is anything to press: a training that ended before it had a folder may have left no options."""
        if problem.kind == "install":
            return True
        return plan_of(run) is not None or (problem.kind in ("disk", "data") and has_checkpoint(run))

    def mend(self, run: Path, problem: Problem) -> None:
        """Does what helps against a problem of this kind."""
        if problem.kind == "install":
            self.install.emit()
            return
        folder = self._ask_for_folder() if problem.kind in ("disk", "data") else None
        if folder is None and problem.kind in ("disk", "data"):
            return
        plan = plan_of(run)
        if folder is not None and problem.kind == "disk":
            self.moved.emit(folder)
            if has_checkpoint(run):
                self._move(run, folder)
            elif plan is not None:
                self.again.emit(dataclasses.replace(plan, out=launch.free_name(folder, run.name)))
        elif folder is not None and has_checkpoint(run):
            self.resume.emit(run, ("--data", str(folder)))
        elif plan is not None:
            changed = plan if folder is None else dataclasses.replace(plan, data=folder)
            self.again.emit(with_options(renamed(changed, run), problem.cure))

    def stop(self) -> None:
        """The window closes; a copy under way is given up."""
        self.runner.stop()

    def _move(self, run: Path, folder: Path) -> None:
        def done(target: Path) -> None:
            plan = read_plan(run)
            if plan is not None:
                save_plan(dataclasses.replace(plan, out=target))
            self.resume.emit(target, ())

        def failed(error: Exception) -> None:
            self.failed.emit(failures.sentence(error))

        work: Callable[..., Path] = lambda _progress, _stopped: places.copy_run(run, folder)  # noqa: E731
        self.runner.start(run.name, work, done, failed)

    def _ask_for_folder(self) -> Path | None:
        name = QFileDialog.getExistingDirectory(self._window, tr("Choose a folder"))
        return Path(name) if name else None


def has_checkpoint(run: Path) -> bool:
    """Whether there is something to go on from."""
    return (run / CHECKPOINT_FILE).is_file()


def renamed(plan: Plan, run: Path) -> Plan:
    """The plan with a folder that is free, called as that of the run."""
    return dataclasses.replace(plan, out=launch.free_name(run.parent, run.name))


def with_options(plan: Plan, options: Sequence[str]) -> Plan:
    """The plan with options, each a flag and its value, in place of those of the same name."""
    flags, kept = set(options[::2]), list[str]()
    words = iter(plan.more)
    for word in words:
        if word in flags:
            next(words, None)
        else:
            kept.append(word)
    return dataclasses.replace(plan, more=(*kept, *options))
