"""Trainings that are compared with each other: the options they share, and each trained and measured once.

A run that is finished is not repeated; one that was stopped is gone on with.
"""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from trainer import terminal
from trainer.ablate.measure import Outcome, measure
from trainer.data import open_data
from trainer.errors import CheckpointError
from trainer.machine.device import choose_device
from trainer.machine.distributed import joined
from trainer.machine.files import write_text
from trainer.machine.stop import StopRequest
from trainer.options.config import TrainConfig, check_resumable, read_config
from trainer.run.checkpoint import load_run
from trainer.run.display import Display
from trainer.run.explanations import explained
from trainer.run.run_folder import only_writer
from trainer.train import train

OUTCOMES_FILE = "outcomes.json"


@dataclass(frozen=True)
class SharedOptions:
    """The options that all trainings of a comparison share."""

    data: Path | None = None
    """Folder of pictures, or WebDataset shards. Without it, built-in characters are drawn."""
    characters: int = 1_700
    """How many built-in characters there are; the first experiments had about 1,700 pictures."""
    holdout: float = 0.1
    """Share of the pictures kept out of training, on which everything is measured."""
    batch_size: int = 16
    """Pictures per step."""
    seed: int = 0
    """The same for all networks."""
    device: Literal["auto", "cpu", "cuda"] = "auto"
    """Where to train."""
    precision: Literal["auto", "fp32", "bf16"] = "auto"
    """Arithmetic of the networks in training."""

    def shared(self) -> dict[str, Any]:
        """These options as those of each training."""
        given = {each.name: getattr(self, each.name) for each in dataclasses.fields(SharedOptions)}
        return given | {"init": "random", "near_duplicates": "anywhere"}  # as those trained before had it


def train_once(options: TrainConfig, display: Display, stop: StopRequest) -> None:
    """Trains into `options.run.out`, or goes on there, unless it is finished and measured.

    Raises:
        TrainerError: Bad input, or a run in that folder with other options.
    """
    folder = options.run.out or Path()
    if (folder / "config.json").is_file():
        saved = read_config(folder)
        try:
            check_resumable(saved, options)
        except CheckpointError as error:
            raise CheckpointError(f"{error} Or choose another --out.") from error
        if (folder / OUTCOMES_FILE).is_file() and (saved.training.steps, saved.training.epochs) == (
            options.training.steps,
            options.training.epochs,
        ):
            return
        options = options.changed(resume=True)
        (folder / OUTCOMES_FILE).unlink(missing_ok=True)  # of a shorter training
    with (
        joined() as processes,
        explained(options),
        only_writer(folder, processes.writes),
    ):
        train(options, folder, display, stop, processes)


def measure_once(folder: Path, options: TrainConfig, display: Display) -> Outcome:
    """Measures a trained network on what it was not trained on, or reads what was measured.

    Raises:
        CheckpointError: What was measured cannot be read.
    """
    path = folder / OUTCOMES_FILE
    if path.is_file():
        try:
            return Outcome.from_json(json.loads(path.read_text(encoding="utf-8")))
        except (OSError, ValueError, TypeError, KeyError) as error:
            raise CheckpointError(f"{path} cannot be used ({error}); delete it to measure again.") from error
    data = open_data(options, display.prepare)
    device = choose_device(options)
    run = load_run(folder)
    outcome = measure(run.model.to(device.name), data.holdout, device)
    write_text(path, json.dumps(outcome.to_json(), indent=2) + "\n")
    return outcome


def exit_status(command: Callable[[StopRequest], None]) -> int:
    """Calls a command that compares; gives its status: 0, 2 on bad input, or 128 and the signal that stopped it."""
    stop = StopRequest()

    def work() -> int:
        command(stop)
        return 0 if stop.signal is None else 128 + stop.signal

    return terminal.exit_status(
        work, lambda: "stopped at once; the same command resumes from what was saved, or from the start"
    )
