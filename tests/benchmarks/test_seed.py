"""The comparison with the first version's networks."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.benchmarks import seed
from tests.benchmarks.seed import SeedConfig, count_costs, plan_runs
from trainer.options.config import TrainConfig


def test_all_have_as_many_latent_numbers_and_see_as_many_pictures(tmp_path: Path) -> None:
    """Four of the first version and two of ours, of one size, with one latent size; the first four learn as it did."""
    runs = plan_runs(SeedConfig(out=tmp_path))
    assert list(runs) == ["vgg13-linear", "vgg13-sigmoid", "vgg16-linear", "vgg16-sigmoid", "compact", "compact-pca"]
    assert {count_costs(run).latent_numbers for run in runs.values()} == {512 * 7 * 7}
    shared = ("size", "epochs", "batch_size", "characters", "seed")
    assert {tuple(run.values()[name] for name in shared) for run in runs.values()} == {(224, 100, 16, 1700, 0)}
    for name, run in runs.items():
        as_the_seed = tuple(run.values()[name] for name in ("schedule", "lr", "weight_decay", "ema", "clip")) == (
            *("poly", 1e-3),
            *(0, 0, 0),
        )
        assert as_the_seed == name.startswith("vgg")


def test_costs_are_those_of_the_layers() -> None:
    """VGG16's 13 convolutions take 30.69 GFLOP at 224 pixels (15.35 thousand million multiplications and additions)."""
    costs = count_costs(TrainConfig.of(arch="vgg16", size=224))
    assert costs.encoder_gflop == pytest.approx(30.69, abs=0.01)
    assert costs.decoder_gflop > costs.encoder_gflop


def test_what_is_trained_is_measured_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A run gives its figures to the table and to seed.json; the same command again trains nothing."""
    real = plan_runs

    def ours(config: SeedConfig) -> dict[str, TrainConfig]:
        return {"compact": real(config)["compact"]}

    monkeypatch.setattr(seed, "plan_runs", ours)
    words = ["--size", "32", "--characters", "12", "--epochs", "1", "--batch-size", "4", "--device", "cpu"]
    monkeypatch.setattr("sys.argv", ["seed", *words, "--out", str(tmp_path)])
    assert seed.main() == 0
    first = json.loads((tmp_path / "seed.json").read_text(encoding="utf-8"))["compact"]
    assert first["pictures"] == 1
    assert first["steps"] == 2
    told = capsys.readouterr().out
    assert all(f"{first[name]:.2f}" in told for name in ("psnr_db", "stretched_psnr_db"))
    assert first["stretched_psnr_db"] != first["psnr_db"]
    monkeypatch.setattr("trainer.ablate.compared.train", lambda *_: pytest.fail("trained again"))
    assert seed.main() == 0
    again = json.loads((tmp_path / "seed.json").read_text(encoding="utf-8"))["compact"]
    assert again | {"reconstruct_ms": 0} == first | {"reconstruct_ms": 0}


def test_costs_need_no_training(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """--costs-only prints the table and writes nothing; a size that no network takes is one sentence."""
    monkeypatch.setattr("sys.argv", ["seed", "--costs-only", "--out", str(tmp_path / "none")])
    assert seed.main() == 0
    assert "25,088" in capsys.readouterr().out
    assert not (tmp_path / "none").exists()
    monkeypatch.setattr("sys.argv", ["seed", "--costs-only", "--size", "100"])
    assert seed.main() == 2
    assert "multiple of 32" in capsys.readouterr().err
