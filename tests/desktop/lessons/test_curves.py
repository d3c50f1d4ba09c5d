"""The curves of a lesson's runs."""

from __future__ import annotations

from pathlib import Path

from pytestqt.qtbot import QtBot

from desktop.lessons.curves import CurvesPlot


def test_curves_are_drawn_as_they_come(qtbot: QtBot, tmp_path: Path) -> None:
    """A line for each run, in colours of their own; what is not finite is left out; steps are counted together."""
    plot = CurvesPlot()
    qtbot.addWidget(plot)
    runs = [tmp_path / "one", tmp_path / "two"]
    for run in runs:
        run.mkdir()
        (run / "metrics.csv").write_text("step,loss\n1,1.0\n2,inf\n3,0.1\n")
    plot.watch("loss", [(run, run.name) for run in runs])
    assert plot.read_on() == 6
    lines = plot.plot.listDataItems()
    assert [list(line.getOriginalDataset()[0]) for line in lines] == [[1, 3], [1, 3]]
    assert len({line.opts["pen"].color().name() for line in lines}) == 2
    with (runs[1] / "metrics.csv").open("a") as file:
        file.write("4,0.05\n")
    assert plot.read_on() == 7
