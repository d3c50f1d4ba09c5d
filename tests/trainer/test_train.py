"""The training command: it learns, leaves what it promises, stops and goes on exactly, and refuses bad input."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
import torch
from PIL import Image
from safetensors.torch import load_file

from tests.networks import thin_vgg
from trainer import train
from trainer.options.config import read_config
from trainer.run.checkpoint import load_run
from trainer.run.contract import Status
from trainer.run.epochs import read_epochs
from trainer.run.metrics import Row, read_metrics

QUICK = (
    *("--size", "32", "--batch-size", "4", "--latent-size", "8", "--precision", "fp32", "--device", "cpu"),
    *("--width", "0.25", "--depth", "0.5", "--latent", "vector", "--init", "random"),
)
FULL = ("--width", "1", "--depth", "1")


def run(monkeypatch: pytest.MonkeyPatch, *arguments: object) -> int:
    """The command in this process; its exit status."""
    monkeypatch.setattr(sys, "argv", ["train", *map(str, arguments)])
    return train.main()


def _curve(folder: Path) -> list[tuple[int, int, float, float, float | None]]:
    """Everything in `metrics.csv` but the speed, which differs from run to run."""
    return [(row.step, row.epoch, row.loss, row.learning_rate, row.holdout_psnr) for row in read_metrics(folder)]


@pytest.mark.parametrize(
    "options",
    [
        ("--arch", "compact", "--latent", "vector"),
        ("--arch", "compact", "--latent", "map", "--head", "sigmoid"),
        ("--arch", "vgg13", "--latent", "map", "--head", "sigmoid", "--latent-size", "512", *FULL),
        ("--arch", "vgg16", "--latent", "map", "--head", "linear", "--latent-size", "512", *FULL),
    ],
    ids=["compact vector", "compact map", "vgg13", "vgg16"],
)
def test_every_network_trains_and_leaves_its_files(
    options: tuple[str, ...], picture_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A short run of each network ends with status 0 and everything that a run folder should hold."""
    thin_vgg(monkeypatch)
    out = tmp_path / "run"
    assert run(monkeypatch, *QUICK, *options, "--data", picture_folder, "--steps", 4, "--out", out) == 0
    files = ("config.json", "weights.safetensors", "checkpoint.safetensors", "curves.png", "metrics.csv", "epochs.csv")
    for name in (*files, "samplers.npz", "samplers.json", "samples/uniform.png"):
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


@pytest.mark.slow
def test_training_learns(picture_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The loss after eighty steps is well under that of the first, and all of it is in the file."""
    assert run(monkeypatch, *QUICK, *FULL, "--data", picture_folder, "--steps", 80, "--out", tmp_path / "run") == 0
    rows = read_metrics(tmp_path / "run")
    assert len(rows) == 80
    assert rows[-1].loss < rows[0].loss / 3


@pytest.mark.slow
def test_same_seed_same_curve(picture_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same command gives the same losses to the last bit; another seed gives others."""
    for name, seed in (("a", 1), ("b", 1), ("c", 2)):
        run(monkeypatch, *QUICK, "--data", picture_folder, "--steps", 6, "--seed", seed, "--out", tmp_path / name)
    assert _curve(tmp_path / "a") == _curve(tmp_path / "b") != _curve(tmp_path / "c")


def test_default_folder_and_latest(picture_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without --out the run is in `runs`, named by its network, and `runs/latest` is the same folder."""
    monkeypatch.chdir(tmp_path)
    assert run(monkeypatch, *QUICK, "--data", picture_folder, "--steps", 1) == 0
    (found,) = (path for path in (tmp_path / "runs").iterdir() if path.name != "latest")
    assert found.name.endswith("-compact")
    assert (tmp_path / "runs" / "latest").resolve() == found


def test_a_finished_run_can_be_lengthened(
    picture_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Resuming a finished run says that it is done; with more steps it goes on."""
    out = tmp_path / "run"
    assert run(monkeypatch, *QUICK, "--data", picture_folder, "--steps", 2, "--out", out) == 0
    assert run(monkeypatch, "--resume", "--out", out) == 0
    assert "done before" in capsys.readouterr().out
    assert run(monkeypatch, "--resume", "--out", out, "--steps", 4) == 0
    assert [row.step for row in read_metrics(out)] == [1, 2, 3, 4]
    saved = read_config(out)
    assert (saved.training.steps, saved.run.resume) == (4, False)  # so that a card's command is that of the whole run


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
        (("--out", "{words}/a.png"), "is a file, and no folder; choose another --out"),
        (("--device", "cuda"), "no CUDA device"),
        (("--corrupt", "rain:0.5"), "--corrupt 'rain:0.5' is not known"),
        (("--time-limit", "soon"), "write it as 45m"),
        (("--kl", "-1"), "--kl must be 0 or more"),
        (("--perceptual", "0.1", "--perceptual-weights", "no.safetensors", "--data", "{good}"), "there is no file"),
        (("--arch", "vgg13", "--pretrained", "no.pth", "--data", "{good}"), "there is no file no.pth"),
        (
            ("--arch", "vgg13", "--pretrained", "{words}/a.png", "--data", "{good}"),
            "cannot be read as a file of weights",
        ),
        (("--start-from", "no/such/run", "--data", "{good}"), "--start-from: no/such/run is no run"),
        (("--label-weight", "0.1", "--data", "{good}"), "--label-weight needs labels"),
        (("--batch-size", "32", "--accumulate", "32", "--data", "{good}"), "cannot be split"),
    ],
)
def test_bad_input_is_one_sentence(
    arguments: tuple[str, ...],
    says: str,
    picture_folder: Path,
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
    folders = {"empty": tmp_path / "empty", "words": tmp_path / "words", "good": picture_folder}
    filled = [each.format(**folders) for each in arguments]
    assert run(monkeypatch, *filled) == 2
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
    assert run(monkeypatch, *QUICK, "--data", picture_folder, "--steps", 1, "--out", out) == 0
    before = (out / "checkpoint.safetensors").read_bytes()
    assert run(monkeypatch, *QUICK, "--data", picture_folder, "--steps", 1, "--out", out) == 2
    assert "--resume" in capsys.readouterr().err
    assert (out / "checkpoint.safetensors").read_bytes() == before


def test_another_network_cannot_be_resumed(
    picture_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Going on with another network than the run was started with is refused, and names the option."""
    out = tmp_path / "run"
    assert run(monkeypatch, *QUICK, "--data", picture_folder, "--steps", 1, "--out", out) == 0
    assert run(monkeypatch, "--resume", "--out", out, "--head", "sigmoid") == 2
    assert "with --head linear, not with --head sigmoid" in capsys.readouterr().err


@pytest.mark.slow
def test_labels_guide_a_run_that_goes_on_exactly(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The labels of built-in characters are read better with time, and a resumed run gives the very same losses."""
    guided = (*QUICK, "--characters", 200, "--label-weight", 10, "--warmup-epochs", 0, "--lr", 0.01)
    whole, halves = tmp_path / "whole", tmp_path / "halves"
    assert run(monkeypatch, *guided, "--steps", 40, "--schedule", "constant", "--out", whole) == 0
    assert run(monkeypatch, *guided, "--steps", 20, "--schedule", "constant", "--out", halves) == 0
    assert run(monkeypatch, "--resume", "--steps", 40, "--out", halves) == 0
    losses = [row.label_loss for row in read_metrics(whole)]
    assert losses == [row.label_loss for row in read_metrics(halves)]
    assert sum(each or 0 for each in losses[-10:]) < 0.9 * sum(each or 0 for each in losses[:10])


@pytest.mark.parametrize(
    "options",
    [("--disentangle", "quantise:5", "--weight-decay", 0.1), ("--disentangle", "factorise:6", "--kl", 0.01)],
    ids=["quantise", "factorise"],
)
def test_a_disentangled_run_goes_on_exactly(
    options: tuple[object, ...], picture_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Codebooks and the cost of dependence change what is learnt, and a resumed run gives the very same weights."""
    asked = (*QUICK, "--data", picture_folder, "--latent", "vector", "--init", "random", "--schedule", "constant")
    whole, halves, plain = tmp_path / "whole", tmp_path / "halves", tmp_path / "plain"
    assert run(monkeypatch, *asked, *options, "--steps", 8, "--out", whole) == 0
    assert run(monkeypatch, *asked, *options, "--steps", 4, "--out", halves) == 0
    assert run(monkeypatch, "--resume", "--steps", 8, "--out", halves) == 0
    assert run(monkeypatch, *asked, *options[2:], "--steps", 8, "--out", plain) == 0
    weights = [load_file(folder / "checkpoint.safetensors") for folder in (whole, halves, plain)]
    assert all(torch.equal(each, weights[1][name]) for name, each in weights[0].items())
    assert any(not torch.equal(each, weights[0][name]) for name, each in weights[2].items())
    assert any("codebook" in name for name in weights[0]) == ("quantise:5" in options)
    load_run(whole)


def test_options_that_change_what_is_learnt(
    picture_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A variational network with damages, every loss and no average trains, and its figures are in the tables."""
    options = ("--kl", "1", "--free-bits", "0.1", "--corrupt", "noise:0.1,mask:0.2", "--loss", "charbonnier")
    more = ("--ssim", "0.1", "--ema", "0", "--accumulate", "2", "--schedule", "poly", "--head", "clamp")
    out = tmp_path / "run"
    assert run(monkeypatch, *QUICK, *options, *more, "--data", picture_folder, "--steps", 6, "--out", out) == 0
    rows = read_metrics(out)
    assert all(row.kl is not None and row.kl > 0 and row.active_latents is not None for row in rows)
    measured = read_epochs(out)[-1]
    assert {"holdout_psnr_damaged", "holdout_kl", "holdout_active", "holdout_ssim"} <= set(measured)
    assert "prior" in capsys.readouterr().out
    with Image.open(out / "grids" / "epoch-0001.png") as grid:
        assert grid.size == (32, 96)  # whole, damaged and reconstructed


def test_what_a_run_will_come_to_is_told_once(
    picture_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """In the terminal, in the status while it trains, beside what was measured, and on the page."""
    monkeypatch.setattr("trainer.run.forecast.EARLIEST_STEPS", 3)
    seen: list[Status] = []
    monkeypatch.setattr("trainer.run.live.write_status", lambda _, status: seen.append(status))
    out = tmp_path / "run"
    assert run(monkeypatch, *QUICK, "--data", picture_folder, "--steps", 8, "--out", out) == 0
    (told,) = [line for line in capsys.readouterr().out.splitlines() if line.startswith("Forecast  ")]
    assert told.endswith("an estimate from the first 50 % of the curve")
    assert any(status.state == "training" and told[10:] in status.notes for status in seen)
    assert "in ten times as long" in (out / "report.html").read_text(encoding="utf-8")
    assert [("foretold_low" in row, row["step"]) for row in read_epochs(out)] == [
        *((False, 2), (True, 4), (False, 6), (False, 8))
    ]


def test_an_unknown_flag_is_a_usage_error(monkeypatch: pytest.MonkeyPatch) -> None:
    """A flag that does not exist ends with the command-line parser's own status 2."""
    with pytest.raises(SystemExit) as exit_:
        run(monkeypatch, "--no-such-flag")
    assert exit_.value.code == 2


def test_rows_are_complete(picture_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each row has a positive speed and a learning rate that rises through the warm-up."""
    run(monkeypatch, *QUICK, "--data", picture_folder, "--steps", 10, "--out", tmp_path / "run")
    rows: list[Row] = read_metrics(tmp_path / "run")
    assert all(row.images_per_second > 0 for row in rows)
    assert [row.learning_rate for row in rows[:2]] == [0.001, 0.002]
