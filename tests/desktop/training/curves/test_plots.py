"""The plots of a run."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytestqt.qtbot import QtBot

from desktop.training.curves import plots as plots_module
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
    assert _points(plots, "loss") == [0.5, 0.25]
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


@given(st.integers(0, 3000), st.sets(st.integers(0, 2999), max_size=5))
def test_a_curve_is_thinned_evenly_and_ends_where_it_ends(count: int, unknown: set[int]) -> None:
    """At most so many points, each of them measured and once, the last one among them, at one distance."""
    values = [float("nan") if place in unknown else float(place) for place in range(count)]
    steps, shown = plots_module._thinned({"step": list(range(count)), "loss": values}, "loss")
    known = [place for place in range(count) if place not in unknown]
    assert len(shown) <= plots_module.MOST_POINTS
    assert shown.tolist() == steps.tolist()
    assert list(steps[-1:]) == known[-1:]
    places = [known.index(int(step)) for step in steps]
    assert len(set(np.diff(places))) <= 1


def test_steps_that_would_not_be_seen_are_not_drawn(plots: RunPlots, tmp_path: Path) -> None:
    """Of a long run a new step takes up less than a pixel, and is drawn with those after it; a resumption is drawn."""
    lines = ["step,loss", *(f"{step},{step}" for step in range(1, 2001))]
    (tmp_path / METRICS_FILE).write_text("\n".join(lines) + "\n")
    plots.show_run(tmp_path)
    assert len(_points(plots, "loss")) <= 500
    assert _points(plots, "loss")[-1] == 2000
    for step, last in ((2001, 2000), (2002, 2000), (2010, 2010)):
        with (tmp_path / METRICS_FILE).open("a") as file:
            file.write("".join(f"{each},{each}\n" for each in range(step, step + 1)))
            if step == 2010:
                file.write("2011,2011\n2012,2012\n")
        plots.refresh()
        assert _points(plots, "loss")[-1] == (last if step < 2010 else 2012)
    (tmp_path / METRICS_FILE).write_text("\n".join(lines[:1500]) + "\n")
    plots.refresh()
    assert _points(plots, "loss")[-1] == 1499
