"""The plan of a run is a function of the step alone."""

from __future__ import annotations

from typing import Literal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from trainer.loop.schedule import kl_weight, plan, share_of_steps
from trainer.options.config import TrainConfig

CONFIGS = st.builds(
    TrainConfig.of,
    epochs=st.integers(1, 5),
    steps=st.none() | st.integers(1, 60),
    batch_size=st.integers(1, 20),
    warmup_epochs=st.none() | st.floats(0, 20),
    schedule=st.sampled_from(["cosine", "poly", "constant"]),
    seed=st.integers(0, 2**31),
)


@given(config=CONFIGS, pictures=st.integers(1, 50))
def test_rate_rises_then_falls(config: TrainConfig, pictures: int) -> None:
    """The learning rate is positive, never above its peak, reaches it, and falls after the warm-up."""
    schedule = plan(config, pictures)
    rates = [schedule.learning_rate(step) for step in range(schedule.total_steps)]
    assert min(rates) > 0
    assert max(rates) == config.peak_rate
    assert rates[: schedule.warmup_steps] == sorted(rates[: schedule.warmup_steps])
    assert rates[schedule.warmup_steps :] == sorted(rates[schedule.warmup_steps :], reverse=True)
    assert schedule.warmup_steps <= schedule.total_steps / 5


def test_a_time_limit_ends_at_the_pace_so_far() -> None:
    """Half of the time for half of the steps ends with all of them; for a tenth of them, with a fifth."""
    schedule = plan(TrainConfig.of(steps=100), 50)
    assert [schedule.expected_steps(50, spent) for spent in (0.0, 0.1, 0.5, 1.0)] == [100, 100, 100, 50]
    assert schedule.expected_steps(10, 0.5) == 20


@given(config=CONFIGS, pictures=st.integers(1, 50), epoch=st.integers(0, 4))
def test_an_epoch_sees_each_picture_at_most_once(config: TrainConfig, pictures: int, epoch: int) -> None:
    """The batches of an epoch are full, share no picture, and leave out less than one batch."""
    schedule = plan(config, pictures)
    order = schedule.order(epoch)
    first = epoch * schedule.steps_per_epoch
    batches = [schedule.batch(order, first + step) for step in range(schedule.steps_per_epoch)]
    seen = np.concatenate(batches)
    assert all(len(batch) == schedule.batch_size for batch in batches)
    assert len(set(seen.tolist())) == len(seen) > pictures - schedule.batch_size


def test_order_differs_between_epochs_and_seeds() -> None:
    """Every epoch and every seed shuffles anew, and the same ones shuffle alike."""
    schedule, other = plan(TrainConfig.of(seed=1), 100), plan(TrainConfig.of(seed=2), 100)
    assert np.array_equal(schedule.order(3), schedule.order(3))
    assert not np.array_equal(schedule.order(3), schedule.order(4))
    assert not np.array_equal(schedule.order(3), other.order(3))


def test_steps_take_the_place_of_epochs() -> None:
    """--steps ends the training wherever the epoch stands."""
    schedule = plan(TrainConfig.of(epochs=20, steps=7, batch_size=10), 100)
    assert schedule.total_steps == 7
    assert schedule.ends_epoch(6)
    assert not schedule.ends_epoch(5)


def test_poly_is_the_seeds() -> None:
    """From 1e-3 of the rate in a straight line over ten epochs, then (1 - t)^0.9 to 0."""
    schedule = plan(TrainConfig.of(schedule="poly", epochs=100, batch_size=10, lr=0.5), 20)
    assert schedule.warmup_steps == 20
    assert schedule.learning_rate(0) == 0.5e-3
    assert schedule.learning_rate(10) == pytest.approx(0.5 * (1e-3 * 0.5 + 0.5))
    assert schedule.learning_rate(20) == 0.5
    assert schedule.learning_rate(110) == pytest.approx(0.5 * 0.5**0.9)


def test_constant_stays() -> None:
    """After its warm-up a constant rate is the peak to the end."""
    schedule = plan(TrainConfig.of(schedule="constant", steps=50), 100)
    assert {schedule.learning_rate(step) for step in range(schedule.warmup_steps, 50)} == {schedule.peak_rate}


@pytest.mark.parametrize("decay", ["cosine", "poly"])
def test_time_ends_the_decay(decay: Literal["cosine", "poly"]) -> None:
    """With all of the time limit spent the rate is 0, and half-way it is where half of the steps would have it."""
    schedule = plan(TrainConfig.of(schedule=decay, steps=1000, warmup_epochs=0), 100)
    assert schedule.learning_rate(3, 1.0) == pytest.approx(0)
    assert schedule.learning_rate(3, 0.5) == pytest.approx(schedule.learning_rate(500))
    assert schedule.learning_rate(700, 0.5) == schedule.learning_rate(700)


def test_the_warm_up_also_goes_by_time() -> None:
    """A warm-up of more steps than there is time for ends after a fifth of the time."""
    schedule = plan(TrainConfig.of(steps=1000, warmup_epochs=1000), 100)
    assert schedule.learning_rate(0, 0.1) == pytest.approx(0.5 * schedule.peak_rate)
    assert schedule.learning_rate(0, 0.2) > 0.9 * schedule.peak_rate


def test_the_rate_does_not_fall_while_pictures_are_prepared() -> None:
    """Where half of the limit went by before the first step, the schedule takes the other half for all of its time."""
    assert [share_of_steps(spent, 0.5) for spent in (0.4, 0.5, 0.75, 1.0)] == [0, 0, 0.5, 1]
    assert share_of_steps(0.3, 0.0) == 0.3
    assert share_of_steps(1.0, 1.0) == 1


def test_the_weight_rises_over_the_warm_up() -> None:
    """From 0 in a straight line over the epochs asked for, at most half of the training, and then all of it."""
    config = TrainConfig.of(kl=0.5, kl_warmup_epochs=2, epochs=10, batch_size=10)
    schedule = plan(config, 50)
    weights = [kl_weight(config, schedule, step) for step in range(50)]
    assert weights[0] == 0
    assert weights[5] == pytest.approx(0.25)
    assert set(weights[10:]) == {0.5}
    long = TrainConfig.of(kl=0.5, kl_warmup_epochs=99, epochs=2, batch_size=10)
    assert kl_weight(long, plan(long, 50), 5) == 0.5
