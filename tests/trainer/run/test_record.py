"""Everything that is written down while a run goes on."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from trainer.architectures.families import build_autoencoder
from trainer.options.config import TrainConfig
from trainer.run.contract import UNITS_FILE
from trainer.run.epochs import read_epochs
from trainer.run.metrics import METRICS_FILE, Row, read_metrics
from trainer.run.record import Record
from trainer.run.units import Units

UNITS = Units(build_autoencoder(TrainConfig.of(size=32, width=0.25, latent="vector").blueprint))
GRID = np.zeros((4, 4, 3), np.uint8)


def row(step: int) -> Row:
    """A step of the first epoch."""
    return Row(step, 1, 1 / step, 0.1, 9.0)


@pytest.fixture
def display() -> Any:
    """A terminal that keeps what it is shown."""
    shown: list[tuple[int, int, int]] = []
    return SimpleNamespace(shown=shown, step=lambda row, epochs, total: shown.append((row.step, epochs, total)))


def test_steps_and_epochs_are_written_and_shown(tmp_path: Path, display: Any) -> None:
    """The tables of steps, epochs and silent units, the grid of pictures, and a line in the terminal for each step."""
    with Record(tmp_path, 0, display, UNITS, writes=True) as record:
        for step in (9, 10):
            record.step(row(step), 5, 20)
        record.epoch(row(10), {"holdout_psnr": 20.0}, GRID)
    assert [each.step for each in read_metrics(tmp_path)] == [9, 10]
    assert [each["holdout_psnr"] for each in read_epochs(tmp_path)] == [20.0]
    assert (tmp_path / "grids" / "epoch-0001.png").is_file()
    assert display.shown == [(9, 5, 20), (10, 5, 20)]
    assert len((tmp_path / UNITS_FILE).read_text().splitlines()) == 2


def test_work_that_was_lost_is_dropped(tmp_path: Path, display: Any) -> None:
    """Steps and epochs after the checkpoint are written anew, and not twice."""
    with Record(tmp_path, 0, display, UNITS, writes=True) as record:
        for step in (1, 2, 3):
            record.step(row(step), 1, 3)
            record.epoch(row(step), {"holdout_psnr": float(step)}, GRID)
    with Record(tmp_path, 1, display, UNITS, writes=True) as record:
        record.step(row(2), 1, 3)
        record.epoch(row(2), {"holdout_psnr": 9.0}, GRID)
        assert record.curve() == [(1, 1), (2, 9)]
    assert [each.step for each in read_metrics(tmp_path)] == [1, 2]
    assert [(each["step"], each["holdout_psnr"]) for each in read_epochs(tmp_path)] == [(1, 1), (2, 9)]


def test_a_process_that_does_not_write_leaves_nothing(tmp_path: Path, display: Any) -> None:
    """Nor does it show anything."""
    with Record(tmp_path, 0, display, UNITS, writes=False) as record:
        record.step(row(1), 1, 1)
        record.epoch(row(1), {}, GRID)
    assert not (tmp_path / METRICS_FILE).exists()
    assert display.shown == []
