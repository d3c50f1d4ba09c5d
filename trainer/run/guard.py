"""Looks at every step's loss before it may change the network."""

from __future__ import annotations

import math
from dataclasses import dataclass

from trainer.errors import DivergedError
from trainer.options.config import TrainConfig
from trainer.run.contract.sentence import Sentence

LARGEST_JUMP = 100.0  # times the usual loss: what no ordinary batch comes to
MEMORY = 0.98  # per step, of the usual loss
STEPS_TO_KNOW = 20  # before there is a usual loss to compare with
PATIENCE = 10  # steps in a row that may be skipped


@dataclass
class Guard:
    """Skips steps whose loss or gradient is no number, or a hundred times the usual loss; gives up after ten in a row.

    All of its state is these numbers, so that it can be saved.
    """

    usual: float = 0.0
    """Moving mean of the losses accepted."""
    accepted: int = 0
    skipped: int = 0
    in_a_row: int = 0

    def accepts(self, loss: float, gradient_norm: float, step: int, config: TrainConfig) -> bool:
        """Whether the step may be taken.

        Raises:
            DivergedError: It is one too many that may not.
        """
        explodes = self.accepted >= STEPS_TO_KNOW and loss > LARGEST_JUMP * self.usual
        if math.isfinite(loss) and math.isfinite(gradient_norm) and not explodes:
            self.usual = loss if self.accepted == 0 else MEMORY * self.usual + (1 - MEMORY) * loss
            self.accepted += 1
            self.in_a_row = 0
            return True
        self.skipped += 1
        self.in_a_row += 1
        if self.in_a_row >= PATIENCE:
            raise DivergedError(
                "The loss was not usable in {count} steps in a row (it is {loss:g} at step {step}). Train again"
                " with {remedy}",
                lower_rate(config),
                count=PATIENCE,
                loss=loss,
                step=step + 1,
                remedy=gentler(config),
            )
        return False


def gentler(config: TrainConfig) -> Sentence:
    """The options with which a training that diverged may not, for a sentence: never more than the usual rate."""
    rate, lower = config.peak_rate, _gentler_rate(config)
    remedy = Sentence("a smaller --lr (it is {rate:g}; try {lower:.1g})", rate=rate, lower=lower)
    return remedy if config.training.clip > 0 else Sentence("{remedy} or with --clip 1", remedy=remedy)


def lower_rate(config: TrainConfig) -> str:
    """The option with which a training that diverged may not, as it is typed."""
    return f"--lr {_gentler_rate(config):.1g}"


def _gentler_rate(config: TrainConfig) -> float:
    usual = config.changed(lr=None).peak_rate
    return config.peak_rate / 3 if config.peak_rate <= usual else usual
