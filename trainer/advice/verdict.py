"""What a finished run came to, in three lines: its quality, what its latent is good for, and what to do next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray

from trainer.advice.advice import FEW, one_kind
from trainer.advice.facts import Facts
from trainer.data import Data
from trainer.evaluation import psnr_db, to_input
from trainer.floor.floor import FLOOR_WORDS, Floor, read_floors
from trainer.floor.repeated import count_groups
from trainer.machine.device import Device
from trainer.options.config import TrainConfig
from trainer.run.checkpoint import load_run
from trainer.run.contract.sentence import Sentence, in_turn, joined
from trainer.run.epochs import EPOCHS_FILE, read_epochs
from trainer.run.forecast import Estimate, db_range, estimate
from trainer.run.progress import Progress

LARGEST_SAMPLE = 256  # held-out pictures that the interval is from
FEWEST = 3  # of which an interval is told
BATCH = 16
ALIKE_DB = 0.05  # what counts as the same quality
MEMORISED = 1.03  # times the smallest held-out loss that the last one may be
EXACT_DB = 58.9  # where the error is that of rounding to 8 bits
STILL_RISING_DB = 0.1  # that ten times as long would have to bring to be worth it

_CPU = Device("cpu", bf16=False)


@dataclass(frozen=True)
class Ending:
    """What a verdict rests on."""

    psnr_db: float
    """Mean over held-out pictures, with the best weights."""
    interval: tuple[float, float] | None
    """The 95 % interval of that mean over pictures like these; None for one or two, in tiles or not."""
    held_out: int
    """Pictures, or tiles of them."""
    pictures: int
    """All of the run, trained on and held out; tiles of one count once."""
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
    alike: bool = False
    """Whether all pictures are near-duplicates of one another, so that none was really held out."""
    tiles_of: int = 0
    """How many pictures the held-out tiles are of; 0 where what was held out are no tiles."""


def verdict(
    folder: Path, config: TrainConfig, progress: Progress, data: Data, facts: Facts | None
) -> tuple[Sentence, ...]:
    """The verdict on a finished run, as three sentences; none where nothing was measured.

    Raises:
        CheckpointError: The run has no weights, or its tables cannot be read.
    """
    epochs = read_epochs(folder) if (folder / EPOCHS_FILE).is_file() else []
    if progress.best_psnr is None or progress.best_loss is None or not epochs:
        return ()
    least = progress.best_loss if progress.least_loss is None else progress.least_loss
    losses = [row["holdout_loss"] for row in epochs if "holdout_loss" in row]
    points = [(row["step"], row["holdout_psnr"]) for row in epochs if "holdout_psnr" in row]
    return words(
        Ending(
            psnr_db=progress.best_psnr,
            interval=interval(*_held_out_db(folder, data)),
            held_out=len(data.holdout),
            pictures=len(set(data.keys)) or len(data.train) + len(data.holdout),
            floors=read_floors(folder),
            kind=config.network.latent_kind,
            loss_ratio=losses[-1] / least if losses and least > 0 else 1.0,
            estimate=estimate(points, progress.start_psnr),
            one_kind=None if facts is None else one_kind(facts),
            goal=config.objective.goal,
            can_start=bool(config.network.family.starts(config.network.latent_kind)),
            alike=count_groups(data) == 1,
            tiles_of=len(set(data.keys[len(data.train) :])) if config.pictures.tiles else 0,
        )
    )


def lines_of(said: Sequence[str]) -> list[str]:
    """The verdict as lines for the terminal, the first with its name before it."""
    heads = ("Verdict   ", "          ", "          next: ")
    return [head + each for head, each in zip(heads, said)]


def words(ending: Ending) -> tuple[Sentence, ...]:
    """Three sentences: its quality, what it is good for, and what to do next. None has a full stop."""
    return _quality(ending), _uses(ending), _next(ending)


def interval(found: NDArray[np.float64], group: NDArray[np.int64] | None = None) -> tuple[float, float] | None:
    """Student's 95 % interval of the mean of [N] values; None for fewer than three groups: of two it says nothing.

    Tiles of one picture are much alike, and no more sure than the picture is: what counts is how far the sums of groups
    are from what the mean makes them (K.-Y. Liang and S. Zeger, Longitudinal data analysis, 1986).

    Args:
        found: The values.
        group: For each a number that those share which belong together; None where each is by itself.
    """
    from scipy.special import stdtrit  # of scipy.stats, with the same figures, the import takes a second

    places = np.arange(len(found)) if group is None else np.unique(group, return_inverse=True)[1]
    count = int(places.max(initial=-1)) + 1
    if count < FEWEST:
        return None
    mean = float(found.mean())
    apart = np.bincount(places, found - mean)
    deviation = float(np.square(apart).sum() * count / (count - 1)) ** 0.5 / len(found)
    half = float(stdtrit(count - 1, 0.975)) * deviation
    return mean - half, mean + half


def _quality(ending: Ending) -> Sentence:
    text = Sentence("{psnr:.2f} dB on {held_out}", psnr=ending.psnr_db, held_out=_held_out(ending))
    if ending.interval is not None:
        low, high = ending.interval
        text = Sentence("{quality} (95 % interval {low:.1f} to {high:.1f})", quality=text, low=low, high=high)
    compared = [_compared(ending.psnr_db - floor.psnr_db, FLOOR_WORDS[floor.name]) for floor in ending.floors]
    if _below(ending):
        compared.append(_cause(ending))
    return joined(text, *compared)


def _held_out(ending: Ending) -> Sentence:
    """What it was measured on."""
    if ending.held_out == 1:
        return Sentence("1 held-out tile" if ending.tiles_of else "1 held-out picture")
    if not ending.tiles_of:
        return Sentence("{count:,} held-out pictures", count=ending.held_out)
    if ending.tiles_of == 1:
        return Sentence("{count:,} held-out tiles of one picture", count=ending.held_out)
    return Sentence(
        "{count:,} held-out tiles of {pictures:,} pictures", count=ending.held_out, pictures=ending.tiles_of
    )


def _compared(gap: float, floor: Sentence) -> Sentence:
    """How far above a floor it is, or below."""
    if abs(gap) < ALIKE_DB:
        return Sentence("as good as the {floor}", floor=floor)
    return Sentence(
        "{gap:.2f} dB above the {floor}" if gap > 0 else "{gap:.2f} dB below the {floor}", gap=abs(gap), floor=floor
    )


def _below(ending: Ending) -> bool:
    return any(ending.psnr_db < floor.psnr_db - ALIKE_DB for floor in ending.floors)


def _cause(ending: Ending) -> Sentence:
    """The likely cause of a run that ends below one of its floors."""
    if ending.goal is not None:
        return Sentence("likely because {option} asks for something else than PSNR", option=ending.goal)
    if not ending.can_start:
        return Sentence(
            "likely because this network cannot start as a linear code, and had too little time or too few pictures"
        )
    if ending.loss_ratio > MEMORISED:
        return Sentence("likely because it learns its pictures by heart: there are too few")
    return Sentence("likely because it had too little time, or did not start as that code; see --init")


def _uses(ending: Ending) -> Sentence:
    """What the latent is good for, as a line."""
    if ending.kind == "map":
        return Sentence(
            "good for reconstruction at any size, and anomalies with their place; sliders of a map change colours and"
            " texture, and no shapes"
        )
    if ending.one_kind is False:
        return Sentence("good for blurred reconstruction and anomalies of whole pictures; sliders here mean little")
    if _below(ending):
        return Sentence(
            "not good enough for sliders yet: a linear code of as many numbers reconstructs these pictures better"
        )
    return Sentence("good for sliders, interpolation, and anomalies of whole pictures")


def _next(ending: Ending) -> Sentence:
    parts: list[Sentence] = []
    if ending.psnr_db >= EXACT_DB:
        parts.append(Sentence("reconstructions are as exact as 8 bits are, so no training brings more"))
    elif ending.loss_ratio > MEMORISED:
        parts.append(
            Sentence("it learnt by heart after its best epoch, whose weights are kept; more pictures help, not time")
        )
    elif ending.estimate is not None:
        parts.append(_longer(ending.psnr_db, ending.estimate))
    else:
        parts.append(Sentence("the run was too short to tell what a longer one would give"))
    if ending.alike:
        parts = [
            Sentence("all pictures are nearly the same, so no figure says how others would do; add different ones")
        ]
    elif ending.pictures < FEW:
        parts.append(
            Sentence("with so few pictures the interval says what is known")
            if ending.interval
            else Sentence("with so few pictures no figure is sure")
        )
    return in_turn(*parts, Sentence("then export it"))


def _longer(psnr: float, found: Estimate) -> Sentence:
    """What a longer training would bring."""
    if found.high - psnr > STILL_RISING_DB:
        range_ = db_range(found.low, found.high)
        gain = Sentence("ten times as long would probably give {range}, an estimate", range=range_)
    else:
        gain = Sentence("longer would probably bring little")
    return Sentence("{gain} (a tenth gave {psnr:.1f})", gain=gain, psnr=found.tenth)


@torch.inference_mode()
def _held_out_db(folder: Path, data: Data) -> tuple[NDArray[np.float64], NDArray[np.int64] | None]:
    """PSNR of at most 256 held-out pictures with the best weights, one by one, in dB [N], and the group of each."""
    model = load_run(folder).model
    pictures, group = data.holdout, data.group
    count = min(len(pictures), LARGEST_SAMPLE)
    positions = np.arange(count) * len(pictures) // count
    found: list[float] = []
    for start in range(0, count, BATCH):
        image = to_input(pictures.batch(positions[start : start + BATCH]), _CPU)
        found += psnr_db(model(image), image).tolist()
    return np.array(found), None if group is None else group[len(data.train) + positions]
