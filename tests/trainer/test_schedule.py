"""The plan of a run is a function of the step alone."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from trainer.config import TrainConfig
from trainer.schedule import plan

CONFIGS = st.builds(
    TrainConfig,
    epochs=st.integers(1, 5),
    steps=st.none() | st.integers(1, 60),
    batch_size=st.integers(1, 20),
    warmup_epochs=st.floats(0, 20),
    seed=st.integers(0, 2**31),
)


@given(config=CONFIGS, pictures=st.integers(1, 50))
def test_rate_rises_then_falls(config: TrainConfig, pictures: int) -> None:
    """The learning rate is positive, never above its peak, reaches it, and falls after the warm-up."""
    schedule = plan(config, pictures)
    rates = [schedule.learning_rate(step) for step in range(schedule.total_steps)]
    assert min(rates) > 0
    assert max(rates) == config.lr
    assert rates[: schedule.warmup_steps] == sorted(rates[: schedule.warmup_steps])
    assert rates[schedule.warmup_steps :] == sorted(rates[schedule.warmup_steps :], reverse=True)
    assert schedule.warmup_steps <= schedule.total_steps / 5


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
    schedule, other = plan(TrainConfig(seed=1), 100), plan(TrainConfig(seed=2), 100)
    assert np.array_equal(schedule.order(3), schedule.order(3))
    assert not np.array_equal(schedule.order(3), schedule.order(4))
    assert not np.array_equal(schedule.order(3), other.order(3))


def test_steps_take_the_place_of_epochs() -> None:
    """--steps ends the training wherever the epoch stands."""
    schedule = plan(TrainConfig(epochs=20, steps=7, batch_size=10), 100)
    assert schedule.total_steps == 7
    assert schedule.ends_epoch(6)
    assert not schedule.ends_epoch(5)
