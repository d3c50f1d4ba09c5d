"""The record of a run: a row per step in `metrics.csv`, the same figures and pictures in TensorBoard."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

import numpy as np
from numpy.typing import NDArray
from torch.utils.tensorboard import SummaryWriter

from trainer.checkpoint import write_text
from trainer.errors import CheckpointError

METRICS_FILE = "metrics.csv"
COLUMNS = ("step", "epoch", "loss", "learning_rate", "images_per_second", "holdout_psnr")


@dataclass(frozen=True)
class Row:
    """One step. `step` and `epoch` count from 1; `holdout_psnr` is in dB, None where it was not measured."""

    step: int
    epoch: int
    loss: float
    learning_rate: float
    images_per_second: float
    holdout_psnr: float | None


class MetricsLog:
    """Appends rows to `metrics.csv` and TensorBoard's event file, in the run folder.

    Args:
        folder: The run folder.
        steps_done: Rows after this step belong to work that was lost, and are dropped.
    """

    def __init__(self, folder: Path, steps_done: int) -> None:
        path = folder / METRICS_FILE
        kept = [row for row in read_metrics(folder) if row.step <= steps_done] if path.is_file() else []
        write_text(path, "".join(map(_line, [COLUMNS, *map(_cells, kept)])))
        self._file = path.open("a", newline="", encoding="utf-8")
        self._board = SummaryWriter(folder / "tensorboard", purge_step=steps_done + 1)

    def __enter__(self) -> MetricsLog:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()
        self._board.close()

    def add(self, row: Row) -> None:
        """Appends one step."""
        self._file.write(_line(_cells(row)))
        self._file.flush()
        self._board.add_scalar("loss", row.loss, row.step)
        self._board.add_scalar("learning_rate", row.learning_rate, row.step)
        if row.holdout_psnr is not None:
            self._board.add_scalar("holdout_psnr", row.holdout_psnr, row.step)

    def add_grid(self, grid: NDArray[np.uint8], step: int) -> None:
        """Appends a grid of pictures, uint8 [H, W, 3], to TensorBoard."""
        self._board.add_image("holdout", grid, step, dataformats="HWC")


def read_metrics(folder: Path) -> list[Row]:
    """The rows of a run's `metrics.csv`, exactly as they were added; a row cut short by a crash is left out.

    Raises:
        CheckpointError: The file is missing, or is not such a table.
    """
    path = folder / METRICS_FILE
    if not path.is_file():
        raise CheckpointError(f"{folder} has no {METRICS_FILE}; nothing was trained there.")
    header, *lines = path.read_text(encoding="utf-8").split("\n")
    if header != ",".join(COLUMNS):
        raise CheckpointError(f"{path} does not start with the columns {','.join(COLUMNS)}.")
    whole = lines[:-1]  # what follows the last line end is empty, or half a row
    try:
        return [_row(cells) for cells in csv.reader(whole)]
    except ValueError as error:
        raise CheckpointError(f"{path} has a row that is not numbers ({error}).") from error


def _row(cells: list[str]) -> Row:
    step, epoch, loss, rate, speed, psnr = cells
    return Row(int(step), int(epoch), float(loss), float(rate), float(speed), float(psnr) if psnr else None)


def _cells(row: Row) -> tuple[object, ...]:
    """A row for the CSV writer, which gives floats by `repr`, so that they read back exactly, and None as nothing."""
    return row.step, row.epoch, row.loss, row.learning_rate, row.images_per_second, row.holdout_psnr


def _line(cells: tuple[object, ...]) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerow(cells)
    return text.getvalue()
