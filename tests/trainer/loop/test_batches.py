"""The pictures of every step, in the order that the schedule gives them."""

from __future__ import annotations

import contextlib
import itertools
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from trainer.data.pictures import Pictures
from trainer.errors import ConfigError
from trainer.loop.batches import batches, check_shares
from trainer.loop.schedule import plan
from trainer.machine.distributed import Processes
from trainer.options.config import TrainConfig

COUNT = 10
CONFIG = TrainConfig.of(steps=12, batch_size=4)


def data() -> Any:
    """Ten pictures of one colour, which is their number."""
    pixels = np.arange(COUNT, dtype=np.uint8)[:, None, None, None] * np.ones((1, 2, 2, 3), np.uint8)
    return SimpleNamespace(seen=Pictures(pixels, np.arange(COUNT)), train=range(COUNT))


def steps(first: int) -> list[list[int]]:
    """The positions of each step from one on; their pictures are those."""
    found = []
    with contextlib.closing(batches(data(), plan(CONFIG, COUNT), first, Processes())) as coming:
        for positions, pictures in coming:
            assert pictures[:, 0, 0, 0].tolist() == positions.tolist()
            found.append(positions.tolist())
    return found


def test_each_epoch_shows_every_picture_in_another_order() -> None:
    """As many steps as were planned, of whole batches but for the end of an epoch."""
    found = steps(0)
    assert len(found) == 12
    whole = plan(CONFIG, COUNT).steps_per_epoch
    epochs = [list(itertools.chain(*found[start : start + whole])) for start in range(0, 12, whole)]
    assert all(len(set(epoch)) == len(epoch) for epoch in epochs)
    assert epochs[0] != epochs[1]


@pytest.mark.parametrize("first", [1, 3, 5, 11])
def test_a_run_that_goes_on_sees_what_it_would_have_seen(first: int) -> None:
    """From the middle of an epoch as well as from its beginning."""
    assert steps(first) == steps(0)[first:]


def test_batches_that_cannot_be_shared_are_refused() -> None:
    """Every process and every part of --accumulate needs a picture."""
    config = TrainConfig.of(steps=1, batch_size=4, accumulate=4)
    schedule = plan(config, COUNT)
    check_shares(schedule, config, Processes())
    with pytest.raises(ConfigError, match="cannot be split over 2 processes and 4 parts"):
        check_shares(schedule, config, Processes(0, 2))
