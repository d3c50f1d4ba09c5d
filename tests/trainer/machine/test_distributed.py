"""Several processes train as one."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pytest

from tests.processes import group_environments, start_training
from trainer import train
from trainer.machine.distributed import Processes
from trainer.run.epochs import read_epochs
from trainer.run.metrics import read_metrics

OPTIONS = (
    *("--size", "32", "--batch-size", "5", "--latent-size", "8", "--width", "0.25", "--depth", "0.5"),
    *("--device", "cpu", "--precision", "fp32", "--kl", "0.1", "--free-bits", "0.1", "--kl-warmup-epochs", "0"),
    *("--latent", "vector", "--init", "random"),
    *("--corrupt", "noise:0.1,mask:0.3", "--flip"),
    *("--schedule", "constant", "--warmup-epochs", "0"),  # the same rates, however many steps are asked for
)


def test_shares_cover_everything_once() -> None:
    """However many processes there are, each position is exactly one's."""
    for count in (1, 2, 3, 7):
        shares = [Processes(rank, count).mine(np.arange(7)) for rank in range(count)]
        assert np.array_equal(np.concatenate(shares), np.arange(7))
        assert max(map(len, shares)) - min(map(len, shares)) <= 1


def _train_in_two(out: Path, cache: Path, *arguments: object) -> None:
    errors = [out.with_name(f"{out.name}-{rank}.txt") for rank in range(2)]
    environments = [{**each, "CONVAE_CACHE": str(cache)} for each in group_environments(2)]
    processes = [
        start_training((*arguments, "--out", out), environment, path) for environment, path in zip(environments, errors)
    ]
    for process in processes:
        process.join(120)
    said = "\n".join(path.read_text() for path in errors)
    assert [process.exitcode for process in processes] == [0, 0], said
    assert "2 processes" in errors[0].read_text()
    assert errors[1].read_text() == "", "only the first process writes"


@pytest.mark.skipif(sys.platform == "win32", reason="needs processes that copy themselves")
def test_two_processes_train_as_one(
    picture_folder: Path, tmp_path: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two gloo processes, on unequal shares of each batch, and then one that resumes, give one process's curve."""
    common = (*OPTIONS, "--data", picture_folder, "--steps")
    monkeypatch.setattr(sys, "argv", ["train", *map(str, (*common, 12, "--out", tmp_path / "one"))])
    assert train.main() == 0
    _train_in_two(tmp_path / "two", cache, *common, 8)
    monkeypatch.setattr(sys, "argv", ["train", "--resume", "--steps", "12", "--out", str(tmp_path / "two")])
    assert train.main() == 0
    one, two = read_metrics(tmp_path / "one"), read_metrics(tmp_path / "two")
    assert [row.step for row in two] == [row.step for row in one]
    assert [row.loss for row in two] == pytest.approx([row.loss for row in one], rel=1e-4)
    assert [row.kl for row in two] == pytest.approx([row.kl for row in one], rel=1e-4)
    for mine, theirs in zip(read_epochs(tmp_path / "two"), read_epochs(tmp_path / "one"), strict=True):
        assert mine == pytest.approx(theirs, rel=1e-3)
