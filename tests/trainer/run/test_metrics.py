"""The record of a run reads back exactly, and survives a crash."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trainer.errors import CheckpointError
from trainer.run.metrics import COLUMNS, FIRST_COLUMNS, METRICS_FILE, MetricsLog, Row, read_metrics

FLOATS = st.floats(allow_nan=False, allow_infinity=False)
ROWS = st.builds(
    Row,
    step=st.integers(1, 10**9),
    epoch=st.integers(1, 10**6),
    loss=FLOATS,
    learning_rate=FLOATS,
    images_per_second=FLOATS,
    holdout_psnr=st.none() | FLOATS,
    kl=st.none() | FLOATS,
    active_latents=st.none() | st.integers(0, 512),
    skipped_steps=st.integers(0, 9),
    label_loss=st.none() | st.floats(allow_nan=False, allow_infinity=False),
)


@given(row=ROWS)
def test_floats_read_back_exactly(tmp_path_factory: pytest.TempPathFactory, row: Row) -> None:
    """What is added is read back bit for bit, and what was not measured stays empty."""
    folder = tmp_path_factory.mktemp("run")
    with MetricsLog(folder, 0) as log:
        log.add(row)
    assert read_metrics(folder) == [row]


def test_rows_after_the_checkpoint_are_dropped(tmp_path: Path) -> None:
    """Going on from step 2 keeps two rows and appends after them; half a row left by a crash is dropped."""
    with MetricsLog(tmp_path, 0) as log:
        for step in range(1, 5):
            log.add(Row(step, 1, 0.5, 0.1, 9.0, None))
    with (tmp_path / METRICS_FILE).open("a") as file:
        file.write("5,1,0.")
    with MetricsLog(tmp_path, 2) as log:
        log.add(Row(3, 1, 0.25, 0.1, 9.0, 20.0))
    assert [(row.step, row.loss) for row in read_metrics(tmp_path)] == [(1, 0.5), (2, 0.5), (3, 0.25)]


def test_header_is_the_documented_one(tmp_path: Path) -> None:
    """The file's first line names the columns as the documentation does."""
    with MetricsLog(tmp_path, 0):
        pass
    header = "step,epoch,loss,learning_rate,images_per_second,holdout_psnr"
    assert (tmp_path / METRICS_FILE).read_text().splitlines() == [",".join(COLUMNS)]
    assert ",".join(FIRST_COLUMNS) == header


def test_a_table_of_the_first_version_is_read(tmp_path: Path) -> None:
    """Columns that came later are absent from an older run, and read as not measured."""
    (tmp_path / METRICS_FILE).write_text(",".join(FIRST_COLUMNS) + "\n1,1,0.5,0.1,9.0,\n2,1,0.25,0.1,9.0,20.0\n")
    assert read_metrics(tmp_path) == [Row(1, 1, 0.5, 0.1, 9.0), Row(2, 1, 0.25, 0.1, 9.0, 20.0)]


@pytest.mark.parametrize("text", [None, "other,columns\n", ",".join(COLUMNS) + "\n1,1,x,1,1,\n"])
def test_unusable_metrics_are_refused(tmp_path: Path, text: str | None) -> None:
    """A missing or foreign table is a `CheckpointError` that names it."""
    if text is not None:
        (tmp_path / METRICS_FILE).write_text(text)
    with pytest.raises(CheckpointError, match=METRICS_FILE):
        read_metrics(tmp_path)
