"""The tables of a run, `metrics.csv` and its like, as whoever watches it reads them. Standard library only."""

from __future__ import annotations

import csv
import math
import os
from collections.abc import Mapping, Sequence
from pathlib import Path

from trainer.run.contract import METRICS_FILE, opened

LARGEST_METRICS_BYTES = 256 << 20


class Curves:
    """The columns of `metrics.csv`, or of another table of a run, read on from where the last reading ended."""

    def __init__(self, folder: Path, name: str = METRICS_FILE) -> None:
        self._path, self._at, self._header = folder / name, 0, list[str]()
        self.columns: dict[str, list[float]] = {}

    def read_on(self) -> bool:
        """Reads what was added; says whether anything was. Values that are missing are `nan`; half a row waits."""
        try:
            with opened(self._path) as file:
                size = file.seek(0, os.SEEK_END)
                if size < self._at:  # a resumption dropped steps that were lost
                    self._at, self._header, self.columns = 0, [], {}
                file.seek(self._at)
                text = file.read(min(size - self._at, LARGEST_METRICS_BYTES)).decode("utf-8", "replace")
        except OSError:
            return False
        whole = text[: text.rfind("\n") + 1]
        self._at += len(whole.encode())
        for cells in csv.reader(whole.split("\n")[:-1]):
            self._add(cells)
        return bool(whole)

    def _add(self, cells: Sequence[str]) -> None:
        if not self._header:
            self._header = list(cells)
            self.columns = {name: [] for name in cells}
        elif len(cells) == len(self._header):
            for name, cell in zip(self._header, cells):
                self.columns[name].append(_number(cell))


def _number(cell: str) -> float:
    try:
        return float(cell)
    except ValueError:
        return math.nan


def points(values: Mapping[str, Sequence[float]], column: str) -> list[tuple[float, float]]:
    """Points of one column over the steps, without the steps at which it was not measured."""
    return [(step, value) for step, value in zip(values.get("step", ()), values.get(column, ())) if value == value]
