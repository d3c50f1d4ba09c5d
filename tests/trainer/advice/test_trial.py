"""How long an epoch takes here."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from trainer.advice import trial
from trainer.advice.trial import FORWARD, TIMED, epoch_seconds
from trainer.data import Data, open_data
from trainer.errors import CheckpointError
from trainer.loop.step import Stepper
from trainer.machine.randomness import Part
from trainer.options.config import TrainConfig

TINY: dict[str, Any] = {
    "characters": 40, "size": 32, "width": 0.25, "latent": "vector", "latent_size": 8, "init": "random", "batch_size": 8
}  # fmt: skip


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Data:
    """Thirty-six characters to train on, and four held out."""
    monkeypatch.setenv("CONVAE_CACHE", str(tmp_path / "cache"))
    return open_data(TrainConfig.of(**TINY), lambda *_: None)


class Clock:
    """A step takes as long as it is told to: half a second, and so much for each picture."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, each: float) -> None:
        self.now, self.counts = 0.0, list[int]()

        def take(_stepper: Stepper, pictures: np.ndarray, _part: Part, *_: object) -> None:
            self.counts.append(len(pictures))
            self.now += 0.1 + each * len(pictures)

        monkeypatch.setattr(Stepper, "take", take)
        monkeypatch.setattr(trial.time, "perf_counter", lambda: self.now)


def test_an_epoch_is_so_many_steps(data: Data, monkeypatch: pytest.MonkeyPatch) -> None:
    """Those of whole batches are timed but the first of them, and held-out pictures count as a third."""
    clock = Clock(monkeypatch, 0.05)
    found = epoch_seconds(TrainConfig.of(**TINY), data)
    assert found == pytest.approx(0.5 * (4 + FORWARD * len(data.holdout) / 8))
    assert clock.counts == [4, 4, 8, *[8] * TIMED]


def test_a_large_network_is_tried_with_few_pictures(data: Data, monkeypatch: pytest.MonkeyPatch) -> None:
    """Which takes less time and memory; a whole batch is taken to need as much more."""
    clock = Clock(monkeypatch, 1.0)
    found = epoch_seconds(TrainConfig.of(**TINY), data)
    assert found == pytest.approx(4.1 * 2 * (4 + FORWARD * len(data.holdout) / 8))
    assert clock.counts == [4, 4]


@pytest.mark.parametrize(
    "more", [{}, {"kl": 0.0001}, {"corrupt": "mask:0.3"}, {"accumulate": 8, "label_weight": 0.003}, {"compile": True}]
)
def test_real_steps_are_timed(data: Data, more: dict[str, Any]) -> None:
    """Of every kind of training."""
    found = epoch_seconds(TrainConfig.of(**TINY, **more), data)
    assert found is not None
    assert found > 0


@pytest.mark.parametrize("error", [MemoryError(), RuntimeError("out of memory"), CheckpointError("No weights.")])
def test_what_cannot_be_tried_has_no_time(data: Data, monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    """The preview is shown without it."""

    def fail(*_: object) -> None:
        raise error

    monkeypatch.setattr(Stepper, "take", fail)
    assert epoch_seconds(TrainConfig.of(**TINY), data) is None
