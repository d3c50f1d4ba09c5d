"""Which weights of a run are kept, and when it stops by itself."""

from __future__ import annotations

import pytest

from trainer.run.progress import Progress


def _measured(losses: list[float], patience: int) -> tuple[int, str | None]:
    """After how many measurements a run stops by itself, and why."""
    progress = Progress()
    for step, loss in enumerate(losses, start=1):
        progress.measured(loss, 20.0, step)
        if (why := progress.why_stop(patience)) is not None:
            return step, why
    return len(losses), None


@pytest.mark.parametrize(
    ("losses", "patience", "stops", "why"),
    [
        ([1.0, 1.1, 1.2, 1.3, 1.4], 0, 5, None),
        ([1.0, 1.01, 0.99, 0.99, 0.99], 3, 5, None),
        ([1.0, 0.999, 1.0, 1.001, 0.9995, 1.0], 4, 6, "has not improved for 4 epochs"),
        ([1.0, 1.004, 1.008, 1.012, 1.016, 1.02], 10, 5, "has risen 4 times in succession"),
        ([1.0, 1.02, 1.03, 1.02, 1.03, 1.04], 10, 6, None),
        ([1.0, *(1.01 + 0.01 * step for step in range(20))], 150, 21, None),
        ([1.0, float("nan"), float("nan")], 2, 3, "has not improved for 2 epochs"),
    ],
)
def test_a_run_that_learns_by_heart_stops(losses: list[float], patience: int, stops: int, why: str | None) -> None:
    """Where the held-out loss only rises it stops within 2 % of its least; ups and downs have all the patience, and of
    epochs of a few steps, whose patience is long, it takes more rises to tell."""
    found, said = _measured(losses, patience)
    assert found == stops
    assert (said is None) == (why is None)
    assert why is None or (said is not None and why in said)


def test_no_weights_below_the_start_are_kept() -> None:
    """A smaller loss may come with a lower PSNR: such weights are passed over, and the run still counts as improving;
    where the run aims at something else, the loss alone decides."""
    for holds in (True, False):
        progress = Progress()
        progress.begin(1.0, 30.0, holds)
        assert progress.measured(0.9, 29.9, 1) is not holds
        assert progress.epochs_since_best == 0
        assert progress.best_psnr == (30.0 if holds else 29.9)
        assert progress.measured(0.95, 30.1, 2) is holds
        assert progress.epochs_since_best == 1
        assert progress.best_psnr == (30.1 if holds else 29.9)
        assert progress.start_psnr == 30.0
