"""A Python of its own for trainings, where the window's has no torch. No Qt.

It is made in a new folder and counts once a file beside it says so, which is written last: one that is half made, for
whatever reason, is never used, and the one before it stands until then.
"""

from __future__ import annotations

import functools
import importlib.metadata
import json
import os
import secrets
import shutil
import sys
from pathlib import Path

import platformdirs

from desktop.engine.disk.file_writer import make_folder, write_file
from desktop.engine.disk.files import read_bounded
from desktop.engine.errors import TrainingError
from desktop.engine.machine.extras import ROOT

MARKER, PREFIX = "training-environment.json", "training-environment-"
LARGEST_MARKER_BYTES = 1 << 14
GIGABYTES = 6  # on the disk, measured: torch with CUDA is most of it
CHECK = "import torch, trainer.run.contract"  # the last step: what was installed loads
PROGRAM = Path("Scripts", "python.exe") if sys.platform == "win32" else Path("bin", "python")


def data_folder() -> Path:
    """Where environments are made: the user's data folder."""
    return platformdirs.user_data_path("convae", appauthor=False)


def python() -> Path | None:
    """The Python that was installed for trainings of this version; None where there is none."""
    try:
        content = json.loads(read_bounded(data_folder() / MARKER, LARGEST_MARKER_BYTES))
        folder, wanted = content["folder"], content["requirement"]
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return None
    if wanted != requirement() or not isinstance(folder, str) or Path(folder).name != folder:
        return None
    program = data_folder() / folder / PROGRAM
    return program if program.is_file() else None


@functools.cache
def requirement() -> str:
    """What is installed: this version with its extra, or the clone that this program runs from."""
    if (ROOT / "pyproject.toml").is_file():
        return f"{ROOT}[train]"
    return f"convae[train]=={importlib.metadata.version('convae')}"


def new_folder() -> Path:
    """A name for an environment that is not there yet.

    Raises:
        TrainingError: The user's data folder cannot be written to.
    """
    make_folder(data_folder(), TrainingError)
    return data_folder() / f"{PREFIX}{secrets.token_hex(4)}"


def steps(folder: Path) -> list[list[str]]:
    """The commands that make an environment in a folder: by uv where it is installed, else by this Python's pip."""
    program, uv = str(folder / PROGRAM), shutil.which("uv")
    if uv is not None:
        version = f"{sys.version_info.major}.{sys.version_info.minor}"
        install = [uv, "pip", "install", "--python", program, "--torch-backend", "auto", requirement()]
        made = [[uv, "venv", "--python", version, str(folder)], install]
    else:
        made = [
            [sys.executable, "-m", "venv", str(folder)],
            [program, "-m", "pip", "install", "--no-input", requirement()],
        ]
    return [*made, [program, "-c", CHECK]]


def log_file() -> Path:
    """Where what the commands print goes."""
    return data_folder() / "training-environment.log"


def adopt(folder: Path) -> None:
    """Has trainings use an environment from now on; those that were made before go.

    Raises:
        TrainingError: The disk refused; the one before stands.
    """
    content = {"folder": folder.name, "requirement": requirement()}
    write_file(data_folder() / MARKER, json.dumps(content).encode(), TrainingError)
    remove_others(folder.name)


def remove_others(kept: str = "") -> None:
    """Removes every environment but one: that of this name, or else the one that is in use."""
    used = python()
    names = {kept} if kept else {"" if used is None else used.relative_to(data_folder()).parts[0]}
    with os.scandir(data_folder()) as entries:
        old = [entry.path for entry in entries if entry.name.startswith(PREFIX) and entry.name not in names]
    for path in old:
        shutil.rmtree(path, ignore_errors=True)
