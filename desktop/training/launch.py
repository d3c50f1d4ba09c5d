"""The commands behind the Training page, started as processes of their own that outlive the window. No Qt."""

from __future__ import annotations

import dataclasses
import importlib.util
import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Literal, get_args

import platformdirs

from desktop.engine.disk.file_writer import make_folder
from desktop.engine.disk.files import open_log
from desktop.engine.errors import TrainingError
from desktop.engine.machine import priority
from desktop.engine.machine.extras import install_line
from desktop.training.install import environment
from trainer.run import contract

Goal = Literal["auto", "sliders", "any", "repair", "generator", "vgg16", "vgg16-sigmoid", "vgg13", "vgg13-sigmoid"]
GOALS: tuple[Goal, ...] = get_args(Goal)
OPTIONS: Mapping[Goal, tuple[str, ...]] = {
    "auto": ("--latent", "auto"),
    "sliders": ("--latent", "vector"),
    "any": ("--latent", "map", "--tiles"),
    "repair": ("--latent", "map", "--corrupt", "mask:0.3"),
    "generator": ("--latent", "vector", "--kl", "0.0001"),
    "vgg16": ("--arch", "vgg16", "--head", "linear"),
    "vgg16-sigmoid": ("--arch", "vgg16", "--head", "sigmoid"),
    "vgg13": ("--arch", "vgg13", "--head", "linear"),
    "vgg13-sigmoid": ("--arch", "vgg13", "--head", "sigmoid"),
}
NEEDED = ("torch", "torchvision", "onnx", "tyro", "safetensors", "sklearn", "rich")
INSTALL = install_line("train")
LAST_BYTES = 4096
LONGEST_MINUTES = 100_000


@dataclasses.dataclass(frozen=True)
class Plan:
    """A training that was asked for.

    Attributes:
        data: A folder of pictures; None for the built-in characters.
        out: The run folder.
        goal: What the model is for.
        minutes: At most so long; 0 for as many steps or epochs as the trainer does without a limit.
        more: Further options, as they would be typed; they come last, so that they count.
        model: Whether the window that began it makes a model of it as soon as it is done.
    """

    data: Path | None
    out: Path
    goal: Goal = "auto"
    minutes: int = 10
    more: tuple[str, ...] = ()
    model: bool = False

    def arguments(self) -> list[str]:
        """What follows `python -m trainer.train`."""
        data = [] if self.data is None else ["--data", str(self.data)]
        limit = [] if "--time-limit" in self.more or not self.minutes else ["--time-limit", f"{self.minutes}m"]
        return [*data, *OPTIONS[self.goal], *limit, *self.more, "--out", str(self.out)]


def runs_folder() -> Path:
    """Where the runs of the window are, in the user's data folder."""
    return platformdirs.user_data_path("convae", appauthor=False) / "runs"


def free_name(folder: Path, wanted: str, suffix: str = "") -> Path:
    """A folder, or a file with that suffix, which is not there yet; what none can be called is left out of the name.

    A name with a log is taken too: a training that has just begun has no folder yet.
    """
    name = re.sub(r"[^\w.-]+", "-", wanted).strip("-.")[:64] or "run"
    path, number = folder / f"{name}{suffix}", 2
    while path.exists() or log_file(path).exists():
        path, number = folder / f"{name}-{number}{suffix}", number + 1
    return path


def log_file(run: Path) -> Path:
    """Where the output of a run's commands goes: beside it, since the run's folder must be new."""
    return run.with_name(f"{run.name}.log")


def failure_file(run: Path) -> Path:
    """Where a training that fails before its folder is a run says why."""
    return run.with_name(f"{run.name}.failure.json")


def missing() -> list[str]:
    """The packages of a training that are not installed, here or in an environment of their own. None is imported."""
    absent = [name for name in NEEDED if importlib.util.find_spec(name) is None]
    return absent if absent and environment.python() is None else []


def python() -> str:
    """The Python that trains: that of the environment that was installed for it, or else the window's."""
    return str(environment.python() or sys.executable)


def train_command(plan: Plan) -> list[str]:
    """The command that trains."""
    return [python(), "-m", "trainer.train", *plan.arguments()]


def preview_command(plan: Plan, folder: Path) -> list[str]:
    """The command that writes what a training would see of its pictures into a folder."""
    return [python(), "-m", "trainer.preview", *dataclasses.replace(plan, out=folder).arguments()]


def resume_command(run: Path) -> list[str]:
    """The command that goes on with a run."""
    return [python(), "-m", "trainer.train", "--resume", "--out", str(run)]


def export_command(run: Path, target: Path, name: str, precision: str = "fp32") -> list[str]:
    """The command that makes a model of that name of a run; one file, where the target is called so."""
    made = ["--out", str(target), "--name", name, "--precision", precision]
    return [python(), "-m", "export.to_onnx", str(run), *made]


def quietly(command: Sequence[str]) -> list[str]:
    """The command at the lowest priority, where the system has a program for that."""
    nice = shutil.which("nice")
    return list(command) if nice is None else [nice, "-n", "19", *command]


def typed(command: Sequence[str]) -> str:
    """A command as a person types it."""
    return shlex.join(["python", *command[1:]])


def start(
    command: Sequence[str], log: Path, failure: Path | None = None, more: Mapping[str, str] | None = None
) -> subprocess.Popen[bytes]:
    """Starts a command of lower priority whose output goes to a file and which goes on when this program ends.

    Args:
        command: The program and its arguments.
        log: Where its output is added.
        failure: The file for the status of a training that fails before it is a run; one of an earlier failure goes.
        more: Variables of its environment beside those of this program.

    Raises:
        TrainingError: The log cannot be written, or there is no such program.
    """
    make_folder(log.parent, TrainingError)
    environment = {**os.environ, "PYTHONUNBUFFERED": "1", "PYTHONIOENCODING": "utf-8:backslashreplace", **(more or {})}
    if failure is not None:
        failure.unlink(missing_ok=True)
        environment[contract.FAILURE_VARIABLE] = str(failure)
    apart: dict[str, bool | int] = (
        {
            "creationflags": subprocess.CREATE_NEW_PROCESS_GROUP  # type: ignore[attr-defined,unused-ignore]
            | subprocess.DETACHED_PROCESS  # type: ignore[attr-defined,unused-ignore]
            | priority.creation_flags()
        }
        if sys.platform == "win32"
        else {"start_new_session": True}
    )
    try:
        with open_log(log, not log.exists()) as output:
            process: subprocess.Popen[bytes] = subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                env=environment,
                **apart,  # type: ignore[call-overload]
            )
    except OSError as error:
        path, strerror = error.filename or log, error.strerror or error
        raise TrainingError("{path} cannot be used ({strerror}).", path=path, strerror=strerror) from error
    priority.lower(process.pid)
    return process


def last_lines(log: Path, count: int = 1) -> str:
    """The last lines that a command printed, joined; "" where there is none."""
    try:
        with log.open("rb") as file:
            file.seek(max(0, file.seek(0, os.SEEK_END) - LAST_BYTES))
            lines = file.read(LAST_BYTES).decode("utf-8", "replace").splitlines()
    except OSError:
        return ""
    return "\n".join([line for line in lines if line.strip()][-count:])
