"""Why a training ended before its last step."""

from __future__ import annotations

from trainer.errors import DivergedError
from trainer.options.config import TrainConfig
from trainer.run.contract.sentence import Sentence
from trainer.run.guard import gentler, lower_rate
from trainer.run.progress import Progress


def why_ended(config: TrainConfig, progress: Progress, spent: float) -> Sentence | None:
    """Why it ended by itself; None where all its steps are done, or where it was asked to stop.

    Args:
        config: The options.
        progress: At the end.
        spent: Share of the time for steps that is over, 0 to 1.

    Raises:
        DivergedError: The held-out loss was never a number.
    """
    if progress.best_loss is None and progress.epochs_since_best > 0:
        raise DivergedError(
            "The held-out loss was never a number: the training diverged. Train again with {remedy};"
            " no weights were kept",
            lower_rate(config),
            remedy=gentler(config),
        )
    if (why := progress.why_stop(config.training.patience_epochs)) is not None:
        return why
    return Sentence("--time-limit {limit} is over", limit=config.training.time_limit) if spent >= 1 else None
