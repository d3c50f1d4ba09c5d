"""The progress of a run: how far it is, which weights were the best, and when it stops by itself."""

from __future__ import annotations

import math
from dataclasses import dataclass, field

from trainer.run.contract.sentence import Sentence
from trainer.run.guard import Guard

RISES, RISING = 3, 0.2  # measurements in succession with a larger held-out loss, and share of the patience, ...
RISEN = 1.015  # ... to so many times its least: what is learnt then are the training pictures, by heart


@dataclass
class Progress:
    """The progress of a run, apart from its tensors."""

    step: int = 0
    """Steps done."""
    seconds: float = 0.0
    """Time trained, over all resumptions."""
    best_loss: float | None = None
    """The held-out loss of the weights that are kept: the smallest so far of those with `least_psnr`; None before the
    first measurement."""
    epochs_since_best: int = 0
    """Measurements since the held-out loss was last smaller than ever before."""
    guard: Guard = field(default_factory=Guard)
    planned_steps: int | None = None
    """How many steps the run was to have when this was saved; None where an older version saved it."""
    joint_step: int | None = None
    """Where the run last went on past its planned end; None where it never did."""
    joint_rate: float = 0.0
    """The learning rate there."""
    best_psnr: float | None = None
    """Held-out PSNR in dB where that loss was measured."""
    best_step: int = 0
    """Steps done by then."""
    start_psnr: float | None = None
    """Held-out PSNR in dB before the first step; None for a start with random weights."""
    last_loss: float | None = None
    """The held-out loss of the last measurement."""
    rises: int = 0
    """In how many measurements in succession it has risen."""
    least_loss: float | None = None
    """The smallest held-out loss so far, of weights that were not kept too; None until something is measured."""
    least_psnr: float | None = None
    """Held-out PSNR in dB below which no weights are kept; None where all may be."""

    def begin(self, loss: float, psnr: float, holds: bool) -> None:
        """Takes the measurement before the first step; whether its PSNR is to hold for all weights that are kept.

        The loss is a mean over all pixels, and PSNR one over pictures: with a smaller loss PSNR may be lower.
        """
        self.best_loss = self.least_loss = loss
        self.best_psnr = self.start_psnr = psnr
        self.least_psnr = psnr if holds else None

    def measured(self, loss: float, psnr: float, step: int) -> bool:
        """Takes a measurement of the held-out pictures after so many steps; whether it is the best so far."""
        least = self.best_loss if self.least_loss is None else self.least_loss
        improved = math.isfinite(loss) and (least is None or loss < least)
        if improved:
            self.least_loss = loss
        self.epochs_since_best = 0 if improved else self.epochs_since_best + 1
        holds = self.least_psnr is None or psnr >= self.least_psnr
        better = holds and math.isfinite(loss) and (self.best_loss is None or loss < self.best_loss)
        self.rises = self.rises + 1 if self.last_loss is not None and loss > self.last_loss else 0
        self.last_loss = loss
        if better:
            self.best_loss, self.best_psnr, self.best_step = loss, psnr, step
        return better

    def why_stop(self, patience: int) -> Sentence | None:
        """Why a run with so many epochs of patience stops by itself, for people; None where it goes on, or for 0."""
        if patience == 0:
            return None
        if self.epochs_since_best >= patience:
            return Sentence(
                "the held-out loss has not improved for {count:,} epoch"
                if patience == 1
                else "the held-out loss has not improved for {count:,} epochs",
                count=patience,
            )
        if self.least_loss is None or self.last_loss is None or self.last_loss <= RISEN * self.least_loss:
            return None
        if self.rises < max(RISES, RISING * patience):
            return None
        return Sentence(
            "the held-out loss has risen {count:,} times in succession: more steps would learn by heart",
            count=self.rises,
        )
