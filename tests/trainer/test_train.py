"""The training command: it learns, leaves what it promises, stops and goes on exactly, and refuses bad input."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
import torch
from PIL import Image
from safetensors.torch import load_file

from trainer import train
from trainer.checkpoint import WEIGHTS_FILE
from trainer.metrics import Row, read_metrics

QUICK = ("--size", "32", "--batch-size", "4", "--latent-size", "8", "--precision", "fp32", "--device", "cpu")


def _run(monkeypatch: pytest.MonkeyPatch, *arguments: object) -> int:
    """The command in this process; its exit status."""
    monkeypatch.setattr(sys, "argv", ["train", *map(str, arguments)])
    return train.main()


def _curve(folder: Path) -> list[tuple[int, int, float, float, float | None]]:
    """Everything in `metrics.csv` but the speed, which differs from run to run."""
    return [(row.step, row.epoch, row.loss, row.learning_rate, row.holdout_psnr) for row in read_metrics(folder)]


def _start(cache: Path, *arguments: object) -> subprocess.Popen[str]:
    """The command in a process of its own."""
    command = [sys.executable, "-m", "trainer.train", *map(str, arguments)]
    environment = {**os.environ, "CONVAE_CACHE": str(cache), "OMP_NUM_THREADS": "1"}
    return subprocess.Popen(command, env=environment, text=True, stderr=subprocess.PIPE, stdout=subprocess.PIPE)


def _wait_for_steps(folder: Path, steps: int) -> None:
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline:
        metrics = folder / "metrics.csv"
        if metrics.is_file() and len(metrics.read_text().splitlines()) > steps:
            return
        time.sleep(0.02)
    raise AssertionError(f"no {steps} steps in two minutes")


@pytest.mark.parametrize(
    "options",
    [
        ("--arch", "compact", "--latent", "vector"),
        ("--arch", "compact", "--latent", "map", "--head", "sigmoid"),
        ("--arch", "vgg13", "--head", "sigmoid", "--latent-size", "512"),
        ("--arch", "vgg16", "--head", "linear", "--latent-size", "512"),
    ],
    ids=["compact vector", "compact map", "vgg13", "vgg16"],
)
def test_every_network_trains_and_leaves_its_files(
    options: tuple[str, ...], picture_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A short run of each network ends with status 0 and everything that a run folder should hold."""
    out = tmp_path / "run"
    assert _run(monkeypatch, *QUICK, *options, "--data", picture_folder, "--steps", 4, "--out", out) == 0
    for name in ("config.json", "weights.safetensors", "checkpoint.safetensors", "curves.png", "metrics.csv"):
        assert (out / name).stat().st_size > 0, name
    assert sorted(path.name for path in (out / "grids").iterdir()) == ["epoch-0001.png", "epoch-0002.png"]
    with Image.open(out / "grids" / "epoch-0001.png") as grid:
        assert grid.size == (32, 64)  # one held-out picture and its output
    assert list((out / "tensorboard").iterdir())
    rows = read_metrics(out)
    assert [(row.step, row.epoch, row.holdout_psnr is not None) for row in rows] == [
        (1, 1, False),
        (2, 1, True),
        (3, 2, False),
        (4, 2, True),
    ]


def test_training_learns(picture_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The loss after eighty steps is well under that of the first, and all of it is in the file."""
    assert _run(monkeypatch, *QUICK, "--data", picture_folder, "--steps", 80, "--out", tmp_path / "run") == 0
    rows = read_metrics(tmp_path / "run")
    assert len(rows) == 80
    assert rows[-1].loss < rows[0].loss / 3


def test_same_seed_same_curve(picture_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same command gives the same losses to the last bit; another seed gives others."""
    for name, seed in (("a", 1), ("b", 1), ("c", 2)):
        _run(monkeypatch, *QUICK, "--data", picture_folder, "--steps", 6, "--seed", seed, "--out", tmp_path / name)
    assert _curve(tmp_path / "a") == _curve(tmp_path / "b") != _curve(tmp_path / "c")


def test_default_folder_and_latest(picture_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without --out the run is in `runs`, named by its network, and `runs/latest` is the same folder."""
    monkeypatch.chdir(tmp_path)
    assert _run(monkeypatch, *QUICK, "--data", picture_folder, "--steps", 1) == 0
    (run,) = (path for path in (tmp_path / "runs").iterdir() if path.name != "latest")
    assert run.name.endswith("-compact")
    assert (tmp_path / "runs" / "latest").resolve() == run


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_stopped_run_goes_on_exactly(
    number: signal.Signals, picture_folder: Path, tmp_path: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ctrl-C and SIGTERM save and leave; resumed, the run gives the curve and weights of one never stopped."""
    common = (*QUICK, "--data", picture_folder, "--steps", 60, "--checkpoint-every", 1000)
    assert _run(monkeypatch, *common, "--out", tmp_path / "whole") == 0
    process = _start(cache, *common, "--out", tmp_path / "stopped")
    _wait_for_steps(tmp_path / "stopped", 5)
    process.send_signal(number)
    process.communicate(timeout=60)
    assert process.returncode == 128 + number
    assert 5 <= len(read_metrics(tmp_path / "stopped")) < 60
    assert _run(monkeypatch, "--resume", "--out", tmp_path / "stopped") == 0
    assert _curve(tmp_path / "stopped") == _curve(tmp_path / "whole")
    whole, resumed = (load_file(tmp_path / name / WEIGHTS_FILE) for name in ("whole", "stopped"))
    assert all(torch.equal(resumed[name], tensor) for name, tensor in whole.items())


@pytest.mark.parametrize("steps", [0, 3, 17])
def test_a_killed_run_goes_on_exactly(
    steps: int, picture_folder: Path, tmp_path: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A run killed outright, before or after its first checkpoint, gives the curve of one never killed."""
    common = (*QUICK, "--data", picture_folder, "--steps", 40, "--checkpoint-every", 5)
    assert _run(monkeypatch, *common, "--out", tmp_path / "whole") == 0
    process = _start(cache, *common, "--out", tmp_path / "killed")
    _wait_for_steps(tmp_path / "killed", steps)
    process.kill()
    process.communicate(timeout=60)
    assert _run(monkeypatch, "--resume", "--out", tmp_path / "killed") == 0
    assert _curve(tmp_path / "killed") == _curve(tmp_path / "whole")


def test_a_finished_run_can_be_lengthened(
    picture_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Resuming a finished run says that it is done; with more steps it goes on."""
    out = tmp_path / "run"
    assert _run(monkeypatch, *QUICK, "--data", picture_folder, "--steps", 2, "--out", out) == 0
    assert _run(monkeypatch, "--resume", "--out", out) == 0
    assert "done before" in capsys.readouterr().out
    assert _run(monkeypatch, "--resume", "--out", out, "--steps", 4) == 0
    assert [row.step for row in read_metrics(out)] == [1, 2, 3, 4]


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("--data", "no/such/folder"), "There is no folder"),
        (("--data", "{empty}"), "holds no pictures"),
        (("--data", "{words}"), "not a picture"),
        (("--size", "65"), "--size must be a multiple of 32"),
        (("--arch", "vgg16", "--latent", "vector"), "--latent must be map"),
        (("--resume",), "--resume needs --out"),
        (("--resume", "--out", "no/such/run"), "not a run folder"),
        (("--out", "{words}"), "is not empty"),
        (("--device", "cuda"), "no CUDA device"),
    ],
)
def test_bad_input_is_one_sentence(
    arguments: tuple[str, ...],
    says: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Each kind of bad input ends with status 2 and one line that says what is wrong, and makes no run folder."""
    if "cuda" in arguments and torch.cuda.is_available():
        pytest.skip("CUDA works here")
    monkeypatch.chdir(tmp_path)
    for name in ("empty", "words"):
        (tmp_path / name).mkdir()
    (tmp_path / "words" / "a.png").write_text("words")
    filled = [each.format(empty=tmp_path / "empty", words=tmp_path / "words") for each in arguments]
    assert _run(monkeypatch, *filled) == 2
    message = capsys.readouterr().err
    assert message.startswith("error: ")
    assert says in message
    assert len(message.splitlines()) == 1
    assert not (tmp_path / "runs").exists()


def test_a_run_is_never_overwritten(
    picture_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Training into the folder of another run is refused with the way to go on, and changes nothing."""
    out = tmp_path / "run"
    assert _run(monkeypatch, *QUICK, "--data", picture_folder, "--steps", 1, "--out", out) == 0
    before = (out / "checkpoint.safetensors").read_bytes()
    assert _run(monkeypatch, *QUICK, "--data", picture_folder, "--steps", 1, "--out", out) == 2
    assert "--resume" in capsys.readouterr().err
    assert (out / "checkpoint.safetensors").read_bytes() == before


def test_another_network_cannot_be_resumed(
    picture_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Going on with another network than the run was started with is refused, and names the option."""
    out = tmp_path / "run"
    assert _run(monkeypatch, *QUICK, "--data", picture_folder, "--steps", 1, "--out", out) == 0
    assert _run(monkeypatch, "--resume", "--out", out, "--head", "sigmoid") == 2
    assert "--head linear, not sigmoid" in capsys.readouterr().err


def test_a_diverging_loss_stops_the_run(
    picture_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A loss that is no number ends the run with advice, and with the last good checkpoint in place."""
    losses = iter([0.5, 0.4, float("nan")])
    monkeypatch.setattr(train, "_step", lambda *_: next(losses))
    out = tmp_path / "run"
    options = ("--data", picture_folder, "--steps", 9, "--checkpoint-every", 1, "--out", out)
    assert _run(monkeypatch, *QUICK, *options) == 2
    assert "smaller --lr" in capsys.readouterr().err
    assert read_metrics(out)[-1].step == 2
    assert (out / "checkpoint.safetensors").is_file()


def test_an_unknown_flag_is_a_usage_error(monkeypatch: pytest.MonkeyPatch) -> None:
    """A flag that does not exist ends with the command-line parser's own status 2."""
    with pytest.raises(SystemExit) as exit_:
        _run(monkeypatch, "--no-such-flag")
    assert exit_.value.code == 2


def test_rows_are_complete(picture_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each row has a positive speed and a learning rate that rises through the warm-up."""
    _run(monkeypatch, *QUICK, "--data", picture_folder, "--steps", 10, "--out", tmp_path / "run")
    rows: list[Row] = read_metrics(tmp_path / "run")
    assert all(row.images_per_second > 0 for row in rows)
    assert [row.learning_rate for row in rows[:2]] == [0.0005, 0.001]
