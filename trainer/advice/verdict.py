"""What a finished run came to, in three lines: its quality, what its latent is good for, and what to do next."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

from trainer.advice.advice import FEW, one_kind
from trainer.advice.facts import Facts
from trainer.advice.pace import Estimate, estimate
from trainer.data import Data, Pictures
from trainer.evaluation import psnr_db, to_input
from trainer.floor.floor import FLOOR_WORDS, Floor, read_floors
from trainer.machine.device import Device
from trainer.options.config import TrainConfig
from trainer.run.checkpoint import Progress, load_run
from trainer.run.epochs import EPOCHS_FILE, read_epochs

LARGEST_SAMPLE = 256  # held-out pictures that the interval is from
BATCH = 16
ALIKE_DB = 0.05  # what counts as the same quality
MEMORISED = 1.03  # times the smallest held-out loss that the last one may be
STILL_RISING_DB = 0.1  # that ten times as long would have to bring to be worth it

_CPU = Device("cpu", bf16=False)


@dataclass(frozen=True)
class Ending:
    """What a verdict rests on."""

    psnr_db: float
    """Mean over held-out pictures, with the best weights."""
    interval: tuple[float, float] | None
    """The 95 % interval of that mean over pictures like these; None for a single picture."""
    held_out: int
    pictures: int
    floors: tuple[Floor, ...]
    kind: str
    """`vector` or `map`."""
    loss_ratio: float
    """The last held-out loss over the smallest."""
    estimate: Estimate | None
    one_kind: bool | None = None
    """Whether the pictures have much in common, where that is known."""
    goal: str | None = None
    """The options that make a run aim at something else than PSNR, if any."""
    can_start: bool = True
    """Whether the network can start as a linear code."""
    tiles: bool = False
    """Whether what was held out are tiles of pictures."""


def verdict(folder: Path, config: TrainConfig, progress: Progress, data: Data, facts: Facts | None) -> list[str]:
    """The verdict on a finished run, as lines for the terminal; none where nothing was measured.

    Raises:
        CheckpointError: The run has no weights, or its tables cannot be read.
    """
    epochs = read_epochs(folder) if (folder / EPOCHS_FILE).is_file() else []
    if progress.best_psnr is None or progress.best_loss is None or not epochs:
        return []
    losses = [row["holdout_loss"] for row in epochs if "holdout_loss" in row]
    points = [(row["step"], row["holdout_psnr"]) for row in epochs if "holdout_psnr" in row]
    objective = config.objective
    goals = {"--kl": objective.kl, "--corrupt": objective.corrupt, "--perceptual": objective.perceptual,
             "--ssim": objective.ssim, "--label-weight": objective.label_weight}  # fmt: skip
    return words(
        Ending(
            psnr_db=progress.best_psnr,
            interval=interval(_errors_db(folder, data.holdout)),
            held_out=len(data.holdout),
            pictures=len(data.train) + len(data.holdout),
            floors=read_floors(folder),
            kind=config.network.latent_kind,
            loss_ratio=losses[-1] / progress.best_loss if losses and progress.best_loss > 0 else 1.0,
            estimate=estimate(points, progress.start_psnr),
            one_kind=None if facts is None else one_kind(facts),
            goal=next((flag for flag, value in goals.items() if value), None),
            can_start=bool(config.network.family.starts(config.network.latent_kind)),
            tiles=config.pictures.tiles,
        )
    )


def words(ending: Ending) -> list[str]:
    """The three lines, the first with its name before it."""
    return [
        f"Verdict   {_quality(ending)}",
        f"          {_uses(ending)}",
        f"          next: {_next(ending)}",
    ]


def interval(found: NDArray[np.float64]) -> tuple[float, float] | None:
    """Student's 95 % interval of the mean of [N] values; None for fewer than two."""
    from scipy import stats  # slow to import, and needed once

    distribution: Any = stats

    if len(found) < 2:
        return None
    half = float(distribution.t.ppf(0.975, len(found) - 1)) * float(found.std(ddof=1)) / len(found) ** 0.5
    return float(found.mean()) - half, float(found.mean()) + half


def _quality(ending: Ending) -> str:
    what = ("tile" if ending.tiles else "picture") + ("" if ending.held_out == 1 else "s")
    text = f"{ending.psnr_db:.2f} dB on {ending.held_out:,} held-out {what}"
    if ending.interval is not None:
        text += f" (95 % interval {ending.interval[0]:.1f} to {ending.interval[1]:.1f})"
    compared = []
    for floor in ending.floors:
        gap = ending.psnr_db - floor.psnr_db
        if abs(gap) < ALIKE_DB:
            compared.append(f"as good as the {FLOOR_WORDS[floor.name]}")
        else:
            compared.append(f"{abs(gap):.2f} dB {'above' if gap > 0 else 'below'} the {FLOOR_WORDS[floor.name]}")
    if _below(ending):
        compared.append(_cause(ending))
    return ", ".join([text, *compared])


def _below(ending: Ending) -> bool:
    return any(ending.psnr_db < floor.psnr_db - ALIKE_DB for floor in ending.floors)


def _cause(ending: Ending) -> str:
    """The likely cause of a run that ends below one of its floors."""
    if ending.goal is not None:
        return f"likely because {ending.goal} asks for something else than PSNR"
    if not ending.can_start:
        return "likely because this network cannot start as a linear code, and had too little time or too few pictures"
    if ending.loss_ratio > MEMORISED:
        return "likely because it learns its pictures by heart: there are too few"
    return "likely because it had too little time, or did not start as that code; see --init"


def _uses(ending: Ending) -> str:
    """What the latent is good for, as a line."""
    if ending.kind == "map":
        return "good for reconstruction at any size, and anomalies with their place; a map has no sliders"
    if ending.one_kind is False:
        return "good for blurred reconstruction and anomalies of whole pictures; sliders here mean little"
    if _below(ending):
        return "not good enough for sliders yet: a linear code of as many numbers reconstructs these pictures better"
    return "good for sliders, interpolation, and anomalies of whole pictures"


def _next(ending: Ending) -> str:
    parts = []
    if ending.loss_ratio > MEMORISED:
        parts.append("it learnt by heart after its best epoch, whose weights are kept; more pictures help, not time")
    elif ending.estimate is not None:
        gain = ending.estimate.tenfold - ending.psnr_db
        if gain > STILL_RISING_DB:
            parts.append(f"ten times as long would probably give {ending.estimate.tenfold:.1f} dB, an estimate")
        else:
            parts.append("longer would probably bring little")
        parts[-1] += f" (a tenth gave {ending.estimate.tenth:.1f})"
    else:
        parts.append("the run was too short to tell what a longer one would give")
    if ending.pictures < FEW:
        parts.append("with so few pictures the interval says what is known")
    parts.append("then export it")
    return "; ".join(parts)


@torch.inference_mode()
def _errors_db(folder: Path, pictures: Pictures) -> NDArray[np.float64]:
    """PSNR of at most 256 held-out pictures with the best weights, one by one, in dB: [N]."""
    model = load_run(folder).model
    count = min(len(pictures), LARGEST_SAMPLE)
    positions = np.arange(count) * len(pictures) // count
    found: list[float] = []
    for start in range(0, count, BATCH):
        image = to_input(pictures.batch(positions[start : start + BATCH]), _CPU)
        found += psnr_db(model(image), image).tolist()
    return np.array(found)
