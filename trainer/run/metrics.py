"""The record of a run: a row per step in `metrics.csv`, the same figures and pictures in TensorBoard."""

from __future__ import annotations

import csv
import io
from dataclasses import astuple, dataclass, fields
from pathlib import Path
from types import TracebackType
from typing import Any

import numpy as np
from numpy.typing import NDArray
from torch.utils.tensorboard import SummaryWriter

from trainer.errors import CheckpointError
from trainer.machine.files import write_text

METRICS_FILE = "metrics.csv"


@dataclass(frozen=True)
class Row:
    """One step, counted from 1 as epochs are. None where something was not measured."""

    step: int
    epoch: int
    loss: float
    """What is minimised, with all its terms, on the batch."""
    learning_rate: float
    images_per_second: float
    holdout_psnr: float | None = None
    """Mean over held-out pictures, in dB, of the averaged weights where there are any; at the end of an epoch."""
    kl: float | None = None
    """Mean divergence of a latent number from a standard normal on the batch, in nats."""
    active_latents: int | None = None
    """How many numbers of a vector, or channels of a map, vary from picture to picture in the batch: of a variational
    network with a variance above 0.01, of another above a hundredth of the largest."""
    skipped_steps: int = 0
    """Steps skipped so far, because their loss or gradient was no usable number."""
    label_loss: float | None = None
    """How far a linear reading of the latent is from the labels of the batch, without its weight."""
    gradient_norm: float | None = None
    """Euclidean, over all weights, before it is clipped."""


_KINDS = {field.name: str(field.type) for field in fields(Row)}
COLUMNS = tuple(_KINDS)
FIRST_COLUMNS = COLUMNS[:6]  # all that a run of the first version has


class MetricsLog:
    """Appends rows to `metrics.csv` and TensorBoard's event file, in the run folder.

    Args:
        folder: The run folder.
        steps_done: Rows after this step belong to work that was lost, and are dropped.
    """

    def __init__(self, folder: Path, steps_done: int) -> None:
        path = folder / METRICS_FILE
        kept = [row for row in read_metrics(folder) if row.step <= steps_done] if path.is_file() else []
        write_text(path, "".join(map(_line, [COLUMNS, *map(astuple, kept)])))
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
        self._file.write(_line(astuple(row)))
        self._file.flush()
        for name, value in zip(COLUMNS[2:], astuple(row)[2:]):
            if value is not None:
                self._board.add_scalar(name, value, row.step)

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
    names = header.split(",")
    if not set(FIRST_COLUMNS) <= set(names) <= set(COLUMNS):
        raise CheckpointError(f"{path} does not start with the columns {','.join(COLUMNS)}.")
    whole = lines[:-1]  # what follows the last line end is empty, or half a row
    try:
        return [_row(names, cells) for cells in csv.reader(whole)]
    except ValueError as error:
        raise CheckpointError(f"{path} has a row that is not numbers ({error}).") from error


def _row(names: list[str], cells: list[str]) -> Row:
    if len(cells) != len(names):
        raise ValueError(f"{len(cells)} cells under {len(names)} columns")
    values: dict[str, Any] = {name: _value(_KINDS[name], cell) for name, cell in zip(names, cells)}
    return Row(**values)


def _value(kind: str, cell: str) -> float | None:
    if not cell and kind.endswith("None"):
        return None
    return int(cell) if kind.startswith("int") else float(cell)


def _line(cells: tuple[object, ...]) -> str:
    """A line of the file: floats by `repr`, so that they read back exactly, and None as nothing."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerow(cells)
    return text.getvalue()
