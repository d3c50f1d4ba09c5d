"""The measurements of each epoch read back, with whatever columns there are."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trainer.errors import CheckpointError
from trainer.run.epochs import EPOCHS_FILE, EpochLog, read_epochs

FIGURES = st.dictionaries(st.sampled_from(["psnr", "ssim", "kl", "active"]), st.floats(allow_nan=False))


@given(rows=st.lists(FIGURES, max_size=4))
def test_any_columns_read_back_exactly(tmp_path_factory: pytest.TempPathFactory, rows: list[dict[str, float]]) -> None:
    """Every figure reads back bit for bit, whichever epochs it was measured in."""
    folder = tmp_path_factory.mktemp("run")
    log = EpochLog(folder, 0)
    for index, figures in enumerate(rows, start=1):
        log.add(index, 10 * index, figures)
    expected = [{"epoch": index, "step": 10 * index, **figures} for index, figures in enumerate(rows, start=1)]
    assert not rows or read_epochs(folder) == expected


def test_epochs_after_the_checkpoint_are_dropped(tmp_path: Path) -> None:
    """Going on from step 20 keeps what was measured by then, and nothing later."""
    log = EpochLog(tmp_path, 0)
    for epoch in (1, 2, 3):
        log.add(epoch, 10 * epoch, {"psnr": 20.0})
    EpochLog(tmp_path, 20).add(3, 30, {"psnr": 21.0})
    assert [(row["epoch"], row["psnr"]) for row in read_epochs(tmp_path)] == [(1, 20.0), (2, 20.0), (3, 21.0)]


@pytest.mark.parametrize("text", [None, "epoch,step\n1,x\n", "a,b\n1,2\n", "epoch,step\n1,2,3\n"])
def test_an_unusable_table_is_refused(tmp_path: Path, text: str | None) -> None:
    """A missing or foreign table is a `CheckpointError` that names it."""
    if text is not None:
        (tmp_path / EPOCHS_FILE).write_text(text)
    with pytest.raises(CheckpointError, match=EPOCHS_FILE):
        read_epochs(tmp_path)
