"""What is read from a run's folder, from files written by hand."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from desktop.lessons import figures
from trainer.run.contract import Status, write_status


@pytest.fixture
def run(tmp_path: Path) -> Path:
    """A run of twenty steps in two epochs, the second worse, with one spike."""
    losses = [0.5, 9.0, *[0.25] * 16, 0.1, 0.3]
    measured = {10: 21.5, 20: 20.0}
    rows = [f"{step},{loss},{measured.get(step, '')}" for step, loss in enumerate(losses, 1)]
    (tmp_path / "metrics.csv").write_text("\n".join(["step,loss,holdout_psnr", *rows, ""]))
    (tmp_path / "epochs.csv").write_text("epoch,step,holdout_active\n1,10,7\n2,20,5\n")
    (tmp_path / "floors.json").write_text(json.dumps([{"name": "blocks", "numbers": 8, "psnr_db": 22.25}]))
    (tmp_path / "samplers.json").write_text(json.dumps([{"name": "uniform", "distance": 5.5}]))
    (tmp_path / "probe.json").write_text(json.dumps({"silent": 3}))
    write_status(tmp_path, Status("failed", 0, step=20))
    return tmp_path


def test_figures_are_those_of_the_files(run: Path) -> None:
    """Best, last, highest after a step, at the end, and of the other files."""
    assert figures.best_psnr(run) == 21.5
    assert figures.last_psnr(run) == 20.0
    assert figures.steps(run) == 20
    assert figures.highest_loss(0)(run) == 9.0
    assert figures.highest_loss(2)(run) == 0.3
    assert figures.diverged(run) == 1
    assert figures.epoch_figure("holdout_active")(run) == 5
    assert figures.floor_psnr(run) == 22.25
    assert figures.sampler_distance("uniform")(run) == 5.5
    assert figures.probed("silent")(run) == 3


def test_damage_is_measured_picture_by_picture(run: Path) -> None:
    """Two pictures of a grid, one off by a tenth and one by a hundredth of white: 20 and 40 dB, 30 in the mean."""
    whole = np.zeros((10, 20, 3), np.float64)
    damaged = whole + np.repeat([0.1, 0.01], 10)[:, None]
    grid = np.concatenate([whole, damaged, whole])
    (run / "grids").mkdir()
    Image.fromarray((grid * 255).round().astype(np.uint8)).save(run / "grids" / "epoch-0001.png")
    assert figures.damaged_psnr(run) == pytest.approx(30, abs=0.8)
    assert figures.last_grid(run).shape == (30, 20, 3)
    assert figures.file_picture("grids/epoch-0001.png")(run).shape == (30, 20, 3)


def test_a_run_without_a_measurement_has_no_quality(run: Path) -> None:
    """It diverged in its first epoch: 0 dB."""
    (run / "metrics.csv").write_text("step,loss,holdout_psnr\n1,0.5,\n")
    assert figures.last_psnr(run) == 0
