"""What a run says of itself before its first step."""

from __future__ import annotations

from pathlib import Path

from trainer.data import Data
from trainer.data.dataset import MANY
from trainer.floor.floor import Floors
from trainer.floor.repeated import count_groups
from trainer.loop.schedule import Schedule
from trainer.machine.budget import UNLIMITED, Budget
from trainer.machine.device import Device
from trainer.machine.distributed import Processes
from trainer.options.config import TrainConfig
from trainer.report import SKIPPED_FILE

SKIPPED_SHOWN = 10  # files named in the terminal


def announcement(
    config: TrainConfig,
    folder: Path,
    data: Data,
    schedule: Schedule,
    device: Device,
    processes: Processes,
    floors: Floors,
    budget: Budget = UNLIMITED,
) -> list[str]:
    """Lines on the pictures, the network, the device, the plan, the folder, the floors, and what was cut for time."""
    network = config.network
    latent = f"{network.latent_kind} latent of {network.latent_numbers}"
    limit = f", at most {config.training.time_limit}" if config.training.time_limit else ""
    lines = [
        *_pictures(data, config),
        f"Network   {network.arch}, {latent}, {network.head} head, {config.pictures.words} pixels",
        f"Device    {device.describe()}",
    ]
    if processes.count > 1:
        shared = "of the whole batch" if device.name == "cuda" else "of each process's own part"
        lines.append(f"          {processes.count} processes; batch norm, where there is any, {shared}")
    lines.append(f"Training  {schedule.total_steps:,} steps of {schedule.batch_size} pictures{limit}")
    lines.append(f"Run       {folder}")
    lines += [f"Floor     {floor.words}" for floor in floors.measured]
    if budget.said is not None:
        lines.append(f"Cut       {budget.said}")
    if not network.family.starts(network.latent_kind):
        lines.append(f"          {network.arch} cannot start there: it has no linear path, and begins at random")
    return lines


def _pictures(data: Data, config: TrainConfig) -> list[str]:
    lines = [f"Pictures  {data.source}"]
    lines.append(f"          {len(data.train):,} to train on, {len(data.holdout):,} held out")
    if len(data.train) + len(data.holdout) > MANY and config.pictures.near_duplicates == "together":
        lines.append(f"          near-duplicates are not looked for among more than {MANY:,} pictures")
    if count_groups(data) == 1:
        lines.append(
            "          all are near-duplicates of one another, or of one picture: no figure says how others would do"
        )
    if data.moved:
        lines.append(f"          {_moved(data.moved, config.pictures.tiles)} not held out")
    lines += [f"Skipped   {name}: {reason}" for name, reason in data.skipped[:SKIPPED_SHOWN]]
    if len(data.skipped) > SKIPPED_SHOWN:
        lines.append(f"          and {len(data.skipped) - SKIPPED_SHOWN:,} more, all of them in {SKIPPED_FILE}")
    return lines


def _moved(count: int, tiles: bool) -> str:
    """What was not held out, and the verb."""
    if tiles:
        what = "1 tile of a near-duplicate" if count == 1 else f"{count:,} tiles of near-duplicates"
    else:
        what = "1 near-duplicate" if count == 1 else f"{count:,} near-duplicates"
    return f"{what} of training pictures {'is' if count == 1 else 'are'}"
