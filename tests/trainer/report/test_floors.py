"""The floors of a run beside its curves."""

from __future__ import annotations

from pathlib import Path

from trainer.floor.floor import FLOORS_FILE, Floor, floors_text
from trainer.report.floors import floor_figures, floor_lines


def test_a_floor_is_a_level_line_and_a_figure(tmp_path: Path) -> None:
    """Each in a colour of its own, from the first step to the last; no steps have no lines."""
    floors = (Floor("whole", 8, 19.5), Floor("blocks", 16, 21.25))
    (tmp_path / FLOORS_FILE).write_text(floors_text(floors))
    lines = floor_lines(tmp_path, [10, 20, 30])
    assert [(list(line.x), list(line.y)) for line in lines] == [([0, 30], [19.5] * 2), ([0, 30], [21.25] * 2)]
    assert len({line.colour for line in lines}) == 2
    assert floor_lines(tmp_path, []) == []
    figures = floor_figures(tmp_path)
    assert [value for _, value, _ in figures] == ["19.50 dB", "21.25 dB"]
    assert figures[1][2].endswith("16 numbers")


def test_a_run_without_floors_has_neither(tmp_path: Path) -> None:
    """As those of earlier versions."""
    assert floor_lines(tmp_path, [1]) == []
    assert floor_figures(tmp_path) == []
