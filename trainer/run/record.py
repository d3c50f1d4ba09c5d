"""Everything that is written down while a run goes on, by the one process that writes."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from trainer.run.display import Display
from trainer.run.epochs import EpochLog
from trainer.run.grids import save_grid
from trainer.run.metrics import MetricsLog, Row
from trainer.run.units import Units, UnitsLog


class Record(contextlib.AbstractContextManager["Record"]):
    """The metrics, the silent units, the measurements and grids of each epoch, and the terminal.

    Args:
        folder: The run folder.
        steps_done: What was written after this step belongs to work that was lost, and is dropped.
        display: The terminal.
        units: Those of the network, looked at every tenth step.
        writes: Whether this process writes at all; the methods of another do nothing.
    """

    def __init__(self, folder: Path, steps_done: int, display: Display, units: Units, writes: bool) -> None:
        self._folder, self._display, self._units = folder, display, units
        self._units_log = UnitsLog(folder, units.names, steps_done) if writes else None
        self._log = MetricsLog(folder, steps_done) if writes else None
        self._epochs = EpochLog(folder, steps_done) if writes else None

    def __exit__(self, *_: object) -> None:
        if self._log is not None and self._units_log is not None:
            self._log.__exit__(None, None, None)
            self._units_log.close()

    def step(self, row: Row, epochs: int, total_steps: int) -> None:
        """Writes down a step, of so many epochs and steps in all."""
        if self._log is not None and self._units_log is not None:
            self._log.add(row)
            if self._units_log.due(row.step):
                self._units_log.add(row.step, self._units.silent())
            self._display.step(row, epochs, total_steps)

    def curve(self) -> list[tuple[float, float]]:
        """Steps done and held-out PSNR in dB of each measurement that was written down; none where nothing is."""
        rows = [] if self._epochs is None else self._epochs.rows
        return [(row["step"], row["holdout_psnr"]) for row in rows if "holdout_psnr" in row]

    def epoch(self, row: Row, figures: Mapping[str, float], grid: NDArray[np.uint8]) -> None:
        """Writes down what was measured at the end of the epoch whose last step is `row`, and its grid of pictures."""
        if self._log is not None and self._epochs is not None:
            self._epochs.add(row.epoch, row.step, figures)
            self._log.add_grid(grid, row.step)
            save_grid(self._folder, row.epoch, grid)
