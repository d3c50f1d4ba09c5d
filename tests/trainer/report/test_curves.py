"""The charts of a run."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from trainer.options.config import TrainConfig
from trainer.report.curves import curves
from trainer.report.record import Record
from trainer.run.metrics import Row

PLAIN = ["Loss", "Learning rate"]


def titles(folder: Path, rows: list[Row], epochs: list[dict[str, float]]) -> list[str]:
    """The headings of the charts."""
    charts = curves(Record(folder, TrainConfig(), rows, epochs))
    return [re.search("<h2>(.*?)</h2>", chart).group(1) for chart in charts]  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("epoch", "title"),
    [
        ({"holdout_psnr": 20.0}, "PSNR per epoch"),
        ({"holdout_ssim": 0.5}, "SSIM per epoch"),
        ({"holdout_active": 8.0}, "Latent numbers in use"),
        ({"holdout_outside": 0.1}, "Output values outside [0, 1]"),
    ],
)
def test_a_chart_stands_where_there_are_figures_for_it(tmp_path: Path, epoch: dict[str, float], title: str) -> None:
    """Loss and learning rate always, each other one where it was measured."""
    rows = [Row(step, 1, 1 / step, 0.1, 9.0) for step in (1, 2, 3)]
    epochs = [{"step": float(step), **epoch} for step in (1, 3)]
    assert titles(tmp_path, rows, []) == PLAIN
    assert titles(tmp_path, rows, epochs) == [*PLAIN, title]


def test_a_variational_run_shows_its_divergence(tmp_path: Path) -> None:
    """Measured in training; so is the reading of labels."""
    rows = [Row(step, 1, 1 / step, 0.1, 9.0, kl=0.5, label_loss=0.3) for step in (1, 2, 3)]
    found = titles(tmp_path, rows, [])
    assert found == [*PLAIN, "Divergence per latent number", "Distance of the reading from the labels"]
