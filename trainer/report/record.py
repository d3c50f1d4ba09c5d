"""What a run wrote down: its table of steps, and what was measured at the end of each epoch."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from trainer.options.config import TrainConfig
from trainer.report.charts import Line
from trainer.run.epochs import EPOCHS_FILE, Measurements, read_epochs
from trainer.run.metrics import Row, read_metrics


@dataclass(frozen=True)
class Record:
    """The files that a run wrote."""

    folder: Path
    config: TrainConfig
    rows: list[Row]
    epochs: list[Measurements]

    @classmethod
    def read(cls, folder: Path, config: TrainConfig) -> Record:
        """Reads the tables of a run folder.

        Raises:
            CheckpointError: They are missing or cannot be used.
        """
        epochs = read_epochs(folder) if (folder / EPOCHS_FILE).is_file() else []
        return cls(folder, config, read_metrics(folder), epochs)

    def last(self, name: str) -> float | None:
        """The figure as it was last measured."""
        return next((row[name] for row in reversed(self.epochs) if name in row), None)

    def line(self, name: str, title: str, colour: str = "a") -> Line:
        """A figure of `epochs.csv` over steps."""
        found = [(row["step"], row[name]) for row in self.epochs if name in row]
        return Line(title, [step for step, _ in found], [value for _, value in found], colour=colour)
