"""Where runs are kept: in the user's data folder, and in another folder where that one's disk is full. No Qt."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path

from desktop.engine.disk.file_writer import new_folder
from desktop.engine.errors import TrainingError
from desktop.training import launch
from trainer.run import contract

ELSEWHERE = "training/elsewhere"  # the setting that names the other folder
CACHE_VARIABLE, CACHE_FOLDER = "CONVAE_CACHE", "prepared-pictures"


def run_folders(elsewhere: Path | None) -> list[Path]:
    """The folders of runs, that of new runs first."""
    return [*([] if elsewhere is None else [elsewhere]), launch.runs_folder()]


def find_runs(elsewhere: Path | None) -> list[Path]:
    """All runs, the newest first in each folder."""
    return [run for folder in run_folders(elsewhere) for run in contract.find_runs(folder)]


def environment(elsewhere: Path | None) -> Mapping[str, str]:
    """What a training is told of the other folder: prepared pictures go there too."""
    return {} if elsewhere is None else {CACHE_VARIABLE: str(elsewhere / CACHE_FOLDER)}


def copy_run(run: Path, folder: Path) -> Path:
    """Copies a run into another folder, under a name that is free there, and returns it. Links are copied as links.

    Raises:
        TrainingError: It cannot be copied; nothing is left of the copy.
    """
    target = launch.free_name(folder, run.name)
    with new_folder(target, TrainingError) as scratch:
        left_out = shutil.ignore_patterns(".*")  # locks, and files half written
        try:
            shutil.copytree(run, scratch, symlinks=True, ignore=left_out, dirs_exist_ok=True)
        except shutil.Error as error:
            raise TrainingError("{run} cannot be copied to {folder}; is there room?", run=run, folder=folder) from error
    return target
