"""The measurements at the end of each epoch: `epochs.csv`, a table whose columns are whatever was measured.

`metrics.csv` has a row per step and fixed columns; what is measured once per epoch, or by some networks alone, is here.
"""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Mapping
from pathlib import Path

from trainer.errors import CheckpointError
from trainer.machine.files import write_text

EPOCHS_FILE = "epochs.csv"

Measurements = dict[str, float]
"""The epoch from 1, the steps done by its end, and any further figures by their names."""


class EpochLog:
    """Appends to `epochs.csv`; the file on disk is whole at every moment.

    Args:
        folder: The run folder.
        steps_done: Rows after this step are dropped: they are measured again by the run that goes on from there.
    """

    def __init__(self, folder: Path, steps_done: int) -> None:
        self._folder = folder
        there = read_epochs(folder) if (folder / EPOCHS_FILE).is_file() else []
        self.rows = [row for row in there if row["step"] <= steps_done]
        """What was measured so far, in order."""

    def add(self, epoch: int, step: int, figures: Mapping[str, float]) -> None:
        """Writes down what was measured; names that no row had before become new columns."""
        self.rows.append({"epoch": epoch, "step": step, **figures})
        columns = list(dict.fromkeys(name for row in self.rows for name in row))
        text = io.StringIO()
        writer = csv.DictWriter(text, columns, restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerows(self.rows)
        write_text(self._folder / EPOCHS_FILE, text.getvalue())


def read_epochs(folder: Path) -> list[Measurements]:
    """The rows of `epochs.csv`; what was not measured in an epoch is absent from its row.

    Raises:
        CheckpointError: There is no such file, or it is not a table of numbers.
    """
    path = folder / EPOCHS_FILE
    try:
        with path.open(newline="", encoding="utf-8") as file:
            rows = [
                {name: float(cell) for name, cell in row.items() if cell not in ("", None)}
                for row in csv.DictReader(file)
            ]
    except (OSError, ValueError, TypeError, AttributeError, csv.Error) as error:
        raise CheckpointError(f"{path} cannot be read as a table of numbers ({error}).") from error
    if not all(math.isfinite(row.get(name, math.nan)) for row in rows for name in ("epoch", "step")):
        raise CheckpointError(f"{path} has rows without an epoch and a step.")
    return rows
