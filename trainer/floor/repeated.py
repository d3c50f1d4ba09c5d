"""The floor of a small set, over several hold-outs: how much a figure hangs on which pictures were held out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from trainer.data import Data, Pictures
from trainer.floor.floor import LinearCode, measure

ROUNDS, SHARE = 5, 0.25  # hold-outs, and what each of them holds out
STUDENT = 2.776  # 95 %, four degrees of freedom


@dataclass(frozen=True)
class Repeated:
    """A linear code's PSNR over several hold-outs."""

    psnr_db: float
    """Mean over hold-outs."""
    half_width_db: float
    """Of the 95 % interval of what another set of as many such pictures would give."""

    @property
    def words(self) -> str:
        """For people."""
        low, high = self.psnr_db - self.half_width_db, self.psnr_db + self.half_width_db
        return (
            f"over {ROUNDS} other hold-outs of {SHARE:.0%}: {self.psnr_db:.1f} dB, 95 % interval {low:.1f} to"
            f" {high:.1f}; with so few pictures no figure is surer than that"
        )


def repeat_holdout(data: Data, fit: Callable[[Pictures], LinearCode]) -> Repeated | None:
    """Fits a linear code anew for each of five random hold-outs and measures it there; some seconds in all.

    Trainings share most of their pictures, so the variance of the mean is (1 / rounds + held out / trained on) times
    that of a round (C. Nadeau and Y. Bengio, Inference for the generalization error, 2003).

    Args:
        data: All pictures of the run; what shares a group is never on both sides.
        fit: Gives the code of some pictures.

    Returns:
        None where there are fewer than four groups.
    """
    pixels = data.train.pixels
    rows = np.concatenate([data.train.rows, data.holdout.rows])
    group = np.arange(len(rows)) if data.group is None else data.group
    numbers = np.unique(group)
    if len(numbers) < 4:
        return None
    random, found = np.random.default_rng(0), []
    for _ in range(ROUNDS):
        held = np.isin(group, random.permutation(numbers)[: max(1, round(SHARE * len(numbers)))])
        found.append(measure(fit(Pictures(pixels, rows[~held])), Pictures(pixels, rows[held])))
    spread = float(np.std(found, ddof=1)) * (1 / ROUNDS + SHARE / (1 - SHARE)) ** 0.5
    return Repeated(float(np.mean(found)), STUDENT * spread)


def count_groups(data: Data) -> int:
    """How many pictures there are, tiles of one and near-duplicates counted once."""
    return len(data.train) + len(data.holdout) if data.group is None else len(np.unique(data.group))
