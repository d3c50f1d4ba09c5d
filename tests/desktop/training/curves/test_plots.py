"""The plots of a run."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from desktop.training.curves.plots import RunPlots
from trainer.run.contract import METRICS_FILE


@pytest.fixture
def plots(qtbot: QtBot) -> RunPlots:
    """Plots that live longer than what the test calls."""
    made = RunPlots()
    qtbot.addWidget(made)
    return made


def _points(plots: RunPlots, name: str) -> list[float]:
    _, values = plots.plots[name][1].getData()
    return [] if values is None else list(values)


def test_what_a_run_measured_is_drawn(plots: RunPlots, tmp_path: Path) -> None:
    """Numbers that are not finite are left out, and so are steps at which nothing was measured."""
    lines = ["step,loss,gradient_norm,active_latents", "1,0.5,2.5,8", "2,inf,nan,", "3,0.25,1.5,7"]
    (tmp_path / METRICS_FILE).write_text("\n".join(lines) + "\n")
    plots.show_run(tmp_path)
    assert _points(plots, "loss") == [0.5, 0.25, 0.25]  # the last point is always among them
    assert _points(plots, "gradient_norm")[:2] == [2.5, 1.5]
    assert _points(plots, "active_latents")[:2] == [8, 7]
    assert not plots.plots["gradient_norm"][0].isHidden()


def test_a_run_of_the_first_version_has_fewer_plots(plots: RunPlots, tmp_path: Path) -> None:
    """What it did not measure is hidden; no run at all shows empty plots."""
    (tmp_path / METRICS_FILE).write_text("step,loss\n1,0.5\n")
    plots.show_run(tmp_path)
    assert plots.plots["gradient_norm"][0].isHidden()
    assert plots.plots["active_latents"][0].isHidden()
    assert plots.units.isHidden()
    plots.show_run(None)
    assert _points(plots, "loss") == []
