"""Why a training ended."""

from __future__ import annotations

import pytest

from trainer.errors import DivergedError
from trainer.options.config import TrainConfig
from trainer.run.ending import why_ended
from trainer.run.progress import Progress

CONFIG = TrainConfig.of(patience=2, time_limit="10m")


def measured(*losses: float) -> Progress:
    """A run with these held-out losses, one after the other."""
    progress = Progress()
    for step, loss in enumerate(losses, start=1):
        progress.measured(loss, 20.0, step)
    return progress


def test_the_reason_is_a_sentence_with_its_values() -> None:
    """Patience comes before the time limit, and what ended with its last step, or by a signal, has none."""
    assert why_ended(CONFIG, measured(1.0, 0.9), 0.5) is None
    over = why_ended(CONFIG, measured(1.0, 0.9), 1.0)
    assert over == "--time-limit 10m is over"
    assert over.values == {"limit": "10m"}
    patient = why_ended(CONFIG, measured(1.0, 1.1, 1.2), 1.0)
    assert patient == "the held-out loss has not improved for 2 epochs"
    assert patient.values == {"count": 2}
    one = why_ended(CONFIG.changed(patience=1), measured(1.0, 1.1), 0.0)
    assert one == "the held-out loss has not improved for 1 epoch"


def test_a_loss_that_was_never_a_number_is_an_error() -> None:
    """It names what to train with instead; a run that was not measured yet is no failure."""
    with pytest.raises(DivergedError, match="was never a number") as raised:
        why_ended(CONFIG, measured(float("nan")), 0.0)
    assert raised.value.cure.startswith("--lr")
    assert why_ended(CONFIG, Progress(), 0.0) is None
