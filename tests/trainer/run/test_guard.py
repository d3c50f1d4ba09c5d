"""Broken steps are refused, counted, and in the end too many."""

from __future__ import annotations

import math

import pytest

from trainer.errors import TrainerError
from trainer.options.config import TrainConfig
from trainer.run.guard import Guard, gentler, lower_rate

CONFIG = TrainConfig.of(lr=0.3, clip=0)


@pytest.mark.parametrize(("loss", "norm"), [(math.nan, 1), (math.inf, 1), (0.1, math.nan), (0.1, math.inf), (50, 1)])
def test_unusable_steps_are_skipped(loss: float, norm: float) -> None:
    """No number, no finite gradient, or a hundred times the usual loss: refused; the next good step is taken."""
    guard = Guard()
    assert all(guard.accepts(0.1, 1, step, CONFIG) for step in range(20))
    assert not guard.accepts(loss, norm, 20, CONFIG)
    assert guard.accepts(0.1, 1, 21, CONFIG)
    assert (guard.skipped, guard.in_a_row) == (1, 0)
    assert guard.usual == pytest.approx(0.1)


def test_a_fresh_network_may_start_high() -> None:
    """Before there is a usual loss, a large one is no explosion."""
    guard = Guard()
    assert guard.accepts(0.001, 1, 0, CONFIG)
    assert guard.accepts(500, 1, 1, CONFIG)


def test_too_many_in_a_row_end_the_run() -> None:
    """The tenth in a row is an error that says what to change."""
    guard = Guard()
    for step in range(9):
        assert not guard.accepts(math.nan, 1, step, CONFIG)
    with pytest.raises(TrainerError, match=r"smaller --lr \(it is 0\.3; try 0\.002\) or with --clip 1"):
        guard.accepts(math.nan, 1, 9, CONFIG)


@pytest.mark.parametrize(("rate", "tried"), [(1e3, "0.002"), (0.3, "0.002"), (0.0015, "0.0005"), (None, "0.0007")])
def test_the_rate_that_is_advised_is_sensible(rate: float | None, tried: str) -> None:
    """However large the rate was, what is tried next is at most the usual one; below that, a third."""
    assert f"try {tried})" in gentler(TrainConfig.of(lr=rate))
    assert lower_rate(TrainConfig.of(lr=rate)) == f"--lr {tried}"
