"""The floors of a run beside its curves: what linear codes with as many numbers reach."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from trainer.floor.floor import FLOOR_WORDS, read_floors
from trainer.report.charts import Line


def floor_lines(folder: Path, steps: Sequence[float]) -> list[Line]:
    """A level line for each floor, from the first step to the last that was measured; none where there are no steps."""
    floors = read_floors(folder) if steps else ()
    return [
        Line(FLOOR_WORDS[floor.name], [0, steps[-1]], [floor.psnr_db] * 2, colour=colour)
        for floor, colour in zip(floors, "cd")
    ]


def floor_figures(folder: Path) -> list[tuple[str, str, str]]:
    """Name, value and note of each floor, for a page's figures."""
    return [
        ("floor", f"{floor.psnr_db:.2f} dB", f"{FLOOR_WORDS[floor.name]}, {floor.numbers} numbers")
        for floor in read_floors(folder)
    ]
