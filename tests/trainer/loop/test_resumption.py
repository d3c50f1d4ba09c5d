"""A run that goes on past its planned end says what its learning rate will do, and does that."""

from __future__ import annotations

import pytest

from trainer.loop.resumption import continued
from trainer.loop.schedule import plan
from trainer.options.config import TrainConfig
from trainer.run.progress import Progress

PICTURES = 320
SHORT = TrainConfig.of(steps=100, lr=1e-3)


def _last_rate() -> float:
    return plan(SHORT, PICTURES).learning_rate(89)


def _continued(kind: str, progress: Progress) -> tuple[list[float], str | None]:
    """The rates of steps 90 to 199, and what is said."""
    config = SHORT.changed(steps=200, resume_rate=kind)
    schedule, said = continued(plan(config, PICTURES), config, progress)
    return [schedule.learning_rate(step) for step in range(90, 200)], said


def test_the_longer_plan_jumps_and_says_so() -> None:
    """By default the rate is that of a run planned as long from the start; the jump and the other ways are told."""
    rates, said = _continued("planned", Progress(90, planned_steps=100))
    assert rates[0] == plan(SHORT.changed(steps=200), PICTURES).learning_rate(90) > 10 * _last_rate()
    assert said is not None
    assert f"goes from {_last_rate():.2g} to {rates[0]:.2g} at once" in said
    assert "--resume-rate rewarm" in said


def test_constant_stays() -> None:
    """`constant` keeps the last rate to the end."""
    rates, said = _continued("constant", Progress(90, planned_steps=100))
    assert set(rates) == {_last_rate()}
    assert said is not None
    assert f"stays at {_last_rate():.2g}" in said


def test_rewarm_rises_without_a_jump() -> None:
    """`rewarm` begins at about the last rate, rises over some steps and then follows the longer plan to its end."""
    rates, said = _continued("rewarm", Progress(90, planned_steps=100))
    planned, _ = _continued("planned", Progress(90, planned_steps=100))
    assert rates[0] - _last_rate() < planned[0] / 5
    assert rates[:10] == sorted(rates[:10])
    assert rates[10:] == pytest.approx(planned[10:])
    assert said is not None
    assert "over 10 steps" in said


@pytest.mark.parametrize("kind", ["planned", "constant", "rewarm"])
def test_the_run_that_is_stopped_again_goes_on_alike(kind: str) -> None:
    """Stopped after the joint and resumed with the same plan, every later step has the rate it would have had."""
    progress = Progress(90, planned_steps=100)
    rates, _ = _continued(kind, progress)
    progress.step = 120
    again, said = _continued(kind, progress)
    assert again == rates
    assert said is None


def test_a_plan_that_stays_is_not_touched() -> None:
    """A resumption within the plan, from a checkpoint of this or an older version, changes nothing and says nothing."""
    for planned in (100, None):
        schedule, said = continued(plan(SHORT, PICTURES), SHORT, Progress(50, planned_steps=planned))
        assert (schedule, said) == (plan(SHORT, PICTURES), None)
