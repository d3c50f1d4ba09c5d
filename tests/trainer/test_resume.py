"""A run that was killed or stopped goes on exactly: the same curve, the same weights, as if nothing had happened."""

from __future__ import annotations

import os
import random
import signal
import sys
import time
from multiprocessing.process import BaseProcess
from pathlib import Path

import pytest
import torch
from safetensors.torch import load_file

from tests.processes import start_training
from trainer import train
from trainer.run.checkpoint import CHECKPOINT_FILE, WEIGHTS_FILE
from trainer.run.epochs import read_epochs
from trainer.run.metrics import read_metrics

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs processes that copy themselves")

# Everything that draws random numbers or keeps a state is on.
OPTIONS = (
    *("--size", "32", "--batch-size", "4", "--latent-size", "8", "--width", "0.25", "--depth", "0.5"),
    *("--device", "cpu", "--precision", "fp32", "--checkpoint-every", "7", "--patience", "90"),
    *("--kl", "0.001", "--free-bits", "0.1", "--ema", "0.9", "--corrupt", "noise:0.1,mask:0.3", "--flip"),
    *("--optimizer", "muon"),
)
STEPS = 60


@pytest.fixture(scope="module")
def whole(picture_folder: Path, cache: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a run that nothing happened to."""
    out = tmp_path_factory.mktemp("whole") / "run"
    process = _start(out, picture_folder, cache)
    process.join(120)
    assert process.exitcode == 0, _said(out)
    return out


def _start(out: Path, pictures: Path, cache: Path, *more: object) -> BaseProcess:
    arguments = more or (*OPTIONS, "--steps", STEPS, "--data", pictures)
    environment = {"CONVAE_CACHE": str(cache)}
    return start_training((*arguments, "--out", out), environment, out.with_suffix(".txt"))


def _said(out: Path) -> str:
    return out.with_suffix(".txt").read_text()


def _wait_for_steps(out: Path, steps: int) -> None:
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline:
        metrics = out / "metrics.csv"
        if metrics.is_file() and len(metrics.read_text().splitlines()) > steps:
            return
        time.sleep(0.005)
    raise AssertionError(f"no {steps} steps in two minutes: {_said(out)}")


def _assert_same(resumed: Path, whole: Path) -> None:
    """The curve, the measurements, the exported weights and the last checkpoint are equal to the last bit."""
    curves = [
        [(row.step, row.loss, row.learning_rate, row.holdout_psnr, row.kl, row.active_latents) for row in rows]
        for rows in (read_metrics(resumed), read_metrics(whole))
    ]
    assert curves[0] == curves[1]
    assert read_epochs(resumed) == read_epochs(whole)
    for name in (WEIGHTS_FILE, CHECKPOINT_FILE):
        mine, theirs = load_file(resumed / name), load_file(whole / name)
        assert mine.keys() == theirs.keys()
        assert all(torch.equal(mine[key], tensor) for key, tensor in theirs.items())


@pytest.mark.slow
def test_a_run_killed_at_random_moments_goes_on_exactly(
    whole: Path, picture_folder: Path, tmp_path: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Killed outright three times, before and after its first checkpoint, a run ends as one never killed."""
    out = tmp_path / "run"
    moments = random.Random()
    arguments: tuple[object, ...] = ()
    done = 0
    for _ in range(3):
        process = _start(out, picture_folder, cache, *arguments)
        done = min(STEPS - 12, done + moments.randrange(1, 12))
        _wait_for_steps(out, done)
        time.sleep(moments.random() * 0.02)  # anywhere within a step
        process.kill()
        process.join(60)
        assert process.exitcode == -signal.SIGKILL, _said(out)
        arguments = ("--resume",)
    monkeypatch.setattr(sys, "argv", ["train", "--resume", "--out", str(out)])
    assert train.main() == 0
    _assert_same(out, whole)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_stopped_run_goes_on_exactly(
    number: signal.Signals,
    whole: Path,
    picture_folder: Path,
    tmp_path: Path,
    cache: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Ctrl-C and SIGTERM save and leave, samples and curves included; resumed, the run ends as one never stopped.

    They are sent twice, as launchers do that pass a signal on which the process had anyway.
    """
    out = tmp_path / "run"
    process = _start(out, picture_folder, cache)
    _wait_for_steps(out, 5)
    assert process.pid is not None
    os.kill(process.pid, number)
    os.kill(process.pid, number)
    process.join(60)
    assert process.exitcode == 128 + number, _said(out)
    assert 5 <= len(read_metrics(out)) < STEPS
    for name in (CHECKPOINT_FILE, WEIGHTS_FILE, "curves.png", "samplers.json"):
        assert (out / name).is_file(), name
    monkeypatch.setattr(sys, "argv", ["train", "--resume", "--out", str(out)])
    assert train.main() == 0
    _assert_same(out, whole)
