"""The ablation trains every combination once, goes on where it was stopped, and says what the figures say."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from trainer.ablate import command as ablate
from trainer.ablate import compared
from trainer.ablate.command import AblationConfig, plan_runs
from trainer.ablate.measure import Look, Outcome
from trainer.ablate.page import verdict
from trainer.machine.stop import StopRequest
from trainer.options.config import TrainConfig

OPTIONS = ("--archs", "compact", "--size", "32", "--steps", "1", "--batch-size", "4", "--device", "cpu")


def _run(monkeypatch: pytest.MonkeyPatch, *arguments: object) -> int:
    monkeypatch.setattr(sys, "argv", ["ablate", *OPTIONS, *map(str, arguments)])
    return ablate.main()


def test_the_seeds_experiments_are_planned() -> None:
    """Both networks, both heads, plain and variational: eight runs that differ in nothing else."""
    runs = plan_runs(AblationConfig())
    assert len(runs) == 8
    assert {(run.network.arch, run.network.head, run.objective.variational) for run in runs.values()} == {
        (arch, head, variational)
        for arch in ("vgg16", "vgg13")
        for head in ("linear", "sigmoid")
        for variational in (False, True)
    }
    same = ("seed", "steps", "batch_size", "size", "lr", "schedule")
    assert len({tuple(run.values()[name] for name in same) for run in runs.values()}) == 1


def test_an_ablation_is_made_once(
    picture_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Every combination is trained and shown in both ways; the same command again trains nothing; another refuses."""
    out = tmp_path / "ablation"
    command = ("--data", picture_folder, "--kl", 0.001, "--heads", "linear", "--out", out)
    assert _run(monkeypatch, *command) == 0
    names = ["compact-linear-ae", "compact-linear-vae"]
    assert sorted(path.name for path in out.iterdir() if path.is_dir()) == names
    page = (out / "ablation.html").read_text(encoding="utf-8")
    assert page.count("<img ") == 6
    assert all(f"<td>{name}</td>" in page for name in names)
    assert f"--data {picture_folder.name} --batch-size 4 --device cpu --size 32 --steps 1" in page
    weights = [(out / name / "weights.safetensors").stat().st_mtime_ns for name in names]
    monkeypatch.setattr(compared, "train", lambda *_: pytest.fail("trained again"))
    assert _run(monkeypatch, *command) == 0
    assert [(out / name / "weights.safetensors").stat().st_mtime_ns for name in names] == weights
    capsys.readouterr()
    assert _run(monkeypatch, *command, "--seed", 1) == 2
    assert "choose another --out" in capsys.readouterr().err


def test_a_stopped_ablation_says_how_to_go_on(
    picture_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A stop in the second training keeps the first one's outcome on the page and trains no third."""
    trained: list[str] = []
    real = compared.train

    def stopping(config: TrainConfig, folder: Path, display: object, stop: StopRequest, processes: object) -> None:
        trained.append(folder.name)
        real(config, folder, display, stop, processes)  # type: ignore[arg-type]
        if len(trained) == 2:
            stop.signal = 15

    monkeypatch.setattr(compared, "train", stopping)
    out = tmp_path / "ablation"
    assert _run(monkeypatch, "--data", picture_folder, "--kl", 0, "--out", out) == 128 + 15
    assert trained == ["compact-linear-ae", "compact-sigmoid-ae"]
    assert "resumes from here" in capsys.readouterr().out
    assert (out / "ablation.html").read_text(encoding="utf-8").count("<img ") == 3


@pytest.mark.parametrize(
    ("arguments", "says"), [(("--data", "none"), "There is no folder"), (("--size", "33"), "--size must be")]
)
def test_bad_input_is_one_sentence(
    arguments: tuple[str, ...],
    says: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """A folder that is missing and a size that does not fit end with status 2 and one line."""
    assert _run(monkeypatch, *arguments, "--out", tmp_path / "out") == 2
    message = capsys.readouterr().err
    assert message.startswith("error: ")
    assert says in message


def _outcome(clamped: float, stretched: float) -> Outcome:
    looks = [Look(20.0, 0.8, 0.5, 0.9, slope, (1 - slope) / 2) for slope in (clamped, stretched)]
    return Outcome(10, -0.4, 1.3, 0.02, *looks, 0.5)


@pytest.mark.parametrize(
    ("clamped", "stretched", "says"),
    [
        (0.95, 0.7, "The display did it"),
        (0.71, 0.7, "The display did not do most of it"),
        (0.2, 0.1, "learnt too little"),
    ],
)
def test_the_verdict_follows_the_figures(clamped: float, stretched: float, says: str) -> None:
    """Contrast that a clamp gives back was the display's; contrast that it does not give back was not."""
    outcomes = {"vgg13-linear-ae": _outcome(clamped, stretched), "vgg13-sigmoid-ae": _outcome(0.9, 0.9)}
    said = " ".join(verdict(outcomes))
    assert says in said
    assert f"out = {stretched:.3f} in + {(1 - stretched) / 2:.3f}" in said
