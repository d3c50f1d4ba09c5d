"""What a run wrote down."""

from __future__ import annotations

from pathlib import Path

import pytest

from trainer.errors import CheckpointError
from trainer.options.config import TrainConfig
from trainer.report.record import Record
from trainer.run.epochs import EPOCHS_FILE
from trainer.run.metrics import FIRST_COLUMNS, METRICS_FILE

STEPS = ",".join(FIRST_COLUMNS) + "\n1,1,0.5,0.1,9,20\n"


def test_a_record_has_the_figures_of_both_tables(tmp_path: Path) -> None:
    """The last figure is the last one measured, and a line leaves out the epochs that lack it."""
    (tmp_path / METRICS_FILE).write_text(STEPS)
    (tmp_path / EPOCHS_FILE).write_text("epoch,step,holdout_psnr,holdout_ssim\n1,10,20,\n2,20,21,0.5\n3,30,,0.6\n")
    record = Record.read(tmp_path, TrainConfig())
    assert [row.loss for row in record.rows] == [0.5]
    assert (record.last("holdout_psnr"), record.last("holdout_ssim"), record.last("holdout_kl")) == (21, 0.6, None)
    line = record.line("holdout_psnr", "held out", "b")
    assert (list(line.x), list(line.y), line.name, line.colour) == ([10, 20], [20, 21], "held out", "b")


def test_a_run_that_ended_within_its_first_epoch_has_no_epochs(tmp_path: Path) -> None:
    """That is no fault; without a table of steps there is no record."""
    with pytest.raises(CheckpointError):
        Record.read(tmp_path, TrainConfig())
    (tmp_path / METRICS_FILE).write_text(STEPS)
    assert Record.read(tmp_path, TrainConfig()).epochs == []
