"""The weights of others that a training begins with."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch
from safetensors.torch import load_file

from tests.trainer.test_train import QUICK, run
from trainer.run.checkpoint import load_run


def test_a_run_starts_from_another(
    picture_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """With --start-from a run begins with the weights that another left; what blocks it has more begin as nothing;
    and another network is refused by name."""
    first, second = tmp_path / "first", tmp_path / "second"
    plain = (*QUICK, "--data", picture_folder, "--steps", 3)
    assert run(monkeypatch, *plain, "--out", first) == 0
    assert run(monkeypatch, *plain, "--seed", 1, "--lr", 1e-12, "--start-from", first, "--out", second) == 0
    begun = load_file(second / "weights.safetensors")
    for name, tensor in load_file(first / "weights.safetensors").items():
        assert torch.allclose(begun[name], tensor, atol=1e-6), name
    deeper = ("--encoder-depth", 2, "--lr", 1e-12, "--start-from", first, "--out", tmp_path / "deeper")
    assert run(monkeypatch, *plain, *deeper) == 0
    image = torch.rand(2, 3, 32, 32)
    with torch.no_grad():
        same = load_run(first).model(image) - load_run(tmp_path / "deeper").model(image)
    assert same.abs().max() < 1e-5
    assert run(monkeypatch, *plain, "--width", 0.5, "--start-from", first, "--out", tmp_path / "third") == 2
    assert "holds another network than these options build" in capsys.readouterr().err
