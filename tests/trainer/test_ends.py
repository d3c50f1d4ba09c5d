"""How a training ends: its loss diverges, it no longer improves, its time is over, or memory is."""

from __future__ import annotations

import itertools
import json
from pathlib import Path
from typing import Any

import pytest
import torch
from safetensors import safe_open
from safetensors.torch import load_file

from tests.trainer.test_train import QUICK, run
from trainer.loop.step import Stepper
from trainer.objective.losses import PictureLoss
from trainer.run.checkpoint import load_run
from trainer.run.contract import read_status
from trainer.run.epochs import read_epochs
from trainer.run.metrics import read_metrics


def load_checkpoint_progress(folder: Path) -> dict[str, Any]:
    """What the checkpoint says of how far the run is."""
    with safe_open(folder / "checkpoint.safetensors", framework="pt") as file:
        progress: dict[str, Any] = json.loads(file.metadata()["progress"])
    return progress


def test_a_diverging_loss_stops_the_run(
    picture_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Steps without a usable loss change nothing and are counted; too many end the run with advice, all saved whole."""
    broken = itertools.chain([False] * 3, [True] * 2, [False] * 2, itertools.repeat(True))
    usual = PictureLoss.__call__

    def call(self: PictureLoss, output: torch.Tensor, target: torch.Tensor) -> torch.Tensor:
        loss = usual(self, output, target)
        return loss * float("nan") if torch.is_grad_enabled() and next(broken) else loss

    monkeypatch.setattr(PictureLoss, "__call__", call)
    out = tmp_path / "run"
    options = ("--data", picture_folder, "--steps", 40, "--checkpoint-every", 1, "--out", out)
    assert run(monkeypatch, *QUICK, *options) == 2
    assert "smaller --lr" in capsys.readouterr().err
    assert [row.skipped_steps for row in read_metrics(out)][:8] == [0, 0, 0, 1, 2, 2, 2, 3]
    assert all(torch.isfinite(each).all() for each in load_file(out / "checkpoint.safetensors").values())
    load_run(out)


def test_patience_and_best_weights(picture_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Training ends when held-out pictures stop improving, and the exported weights are those of the best epoch."""
    out = tmp_path / "run"
    options = ("--data", picture_folder, "--epochs", 50, "--lr", "0.05", "--ema", 0, "--patience", 2, "--out", out)
    assert run(monkeypatch, *QUICK, *options) == 0
    losses = [row["holdout_loss"] for row in read_epochs(out)]
    best = losses.index(min(losses))
    assert len(losses) == best + 3 < 50
    assert load_run(out).steps_done == read_epochs(out)[best]["step"]
    progress = load_checkpoint_progress(out)
    assert progress["step"] == read_epochs(out)[-1]["step"]


def test_a_time_limit_ends_the_run_with_everything_measured(
    picture_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """However many epochs are asked for, a run ends when its time is over: measured, saved, the rate near 0."""
    out = tmp_path / "run"
    options = ("--data", picture_folder, "--epochs", 10**6, "--time-limit", "2s", "--out", out)
    assert run(monkeypatch, *QUICK, *options) == 0
    assert "--time-limit 2s is over" in capsys.readouterr().out
    status = read_status(out)
    assert status is not None
    assert status.notes[0] == "stopped: --time-limit 2s is over"
    last = read_metrics(out)[-1]
    assert last.holdout_psnr is not None
    assert last.learning_rate < 1e-3
    assert load_checkpoint_progress(out)["step"] == last.step


def test_out_of_memory_names_a_batch_size(
    picture_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Running out of memory is one sentence with the batch size that was tried and one to try."""

    def fail(*_: object) -> None:
        raise torch.OutOfMemoryError("CUDA out of memory. Tried to allocate 2.00 GiB.")

    monkeypatch.setattr(Stepper, "take", fail)
    assert run(monkeypatch, *QUICK, "--data", picture_folder, "--out", tmp_path / "run") == 2
    message = capsys.readouterr().err
    assert "--batch-size 4 at 32x32" in message
    assert "try --batch-size 2, or --accumulate 2" in message
