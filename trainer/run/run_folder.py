"""Where a run lives: `runs/<time>-<arch>` unless --out says otherwise, with `runs/latest` pointing at the newest."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from trainer.errors import CheckpointError
from trainer.options.command_line import parse
from trainer.options.config import TrainConfig, check_resumable, read_config
from trainer.run.checkpoint import CHECKPOINT_FILE, save_config, write_text

RUNS = Path("runs")


def choose_run(arguments: Sequence[str]) -> tuple[TrainConfig, Path]:
    """Reads the command line, and says where the run will be. Writes nothing.

    With --resume, options that are not given are those that the run was started with.

    Raises:
        TrainerError: Options that cannot be used, a run folder that is taken, or none to resume.
        SystemExit: --help, or a flag that does not exist (status 2).
    """
    config = parse(arguments)
    if config.run.resume and config.run.out is not None:
        saved = read_config(config.run.out)
        config = parse(arguments, saved)
        check_resumable(saved, config)
        return config, config.run.out or Path()
    folder = config.run.out or RUNS / f"{datetime.now():%Y%m%d-%H%M%S}-{config.network.arch}"
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        hint = "add --resume to go on with it, or " if (folder / CHECKPOINT_FILE).is_file() else ""
        raise CheckpointError(f"{folder} is not empty; {hint}choose another --out.")
    return config, folder


def start_run(config: TrainConfig, folder: Path) -> None:
    """Makes the run folder with its `config.json`; a folder below `runs` becomes `runs/latest`.

    Raises:
        CheckpointError: The disk refused.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        save_config(folder, config)
        if config.run.out is None:
            _point_latest(folder)
    except OSError as error:
        raise CheckpointError(f"The run folder {folder} could not be made ({error.strerror or error}).") from error


def resume_run(config: TrainConfig, folder: Path) -> None:
    """Writes what a resumption changes into `config.json`: the command on a card is that of the whole run.

    Raises:
        CheckpointError: The disk refused; the options before stay whole.
    """
    try:
        save_config(folder, config.changed(resume=False))
    except OSError as error:
        raise CheckpointError(f"{folder} could not be written to ({error.strerror or error}).") from error


def _point_latest(folder: Path) -> None:
    """A link, or, where the system allows none, a text file with the folder's name."""
    latest = folder.parent / "latest"
    partial = folder.parent / "latest.partial"
    partial.unlink(missing_ok=True)
    try:
        partial.symlink_to(folder.name, target_is_directory=True)
        partial.replace(latest)
    except OSError:
        write_text(latest, folder.name + "\n")
