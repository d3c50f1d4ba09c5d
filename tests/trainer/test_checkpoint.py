"""Checkpoints are whole or absent, and bring back exactly what was saved."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch
from safetensors.torch import save_file

from trainer import checkpoint
from trainer.architectures import Autoencoder, build_autoencoder
from trainer.checkpoint import CHECKPOINT_FILE, WEIGHTS_FILE, load_checkpoint, load_run, save_checkpoint, save_config
from trainer.config import TrainConfig
from trainer.errors import CheckpointError

CONFIG = TrainConfig(size=32, latent_size=4)


def _trained(seed: int) -> tuple[Autoencoder, torch.optim.Optimizer]:
    """A network after one step of AdamW, so that the optimizer has a state."""
    torch.manual_seed(seed)
    model = build_autoencoder(CONFIG)
    optimizer = torch.optim.AdamW(model.parameters(), fused=True)
    image = torch.rand(2, 3, 32, 32)
    (model(image) - image).square().mean().backward()
    optimizer.step()
    return model, optimizer


def test_everything_comes_back(tmp_path: Path) -> None:
    """Weights, the optimizer's state and the step are equal after saving and loading into another network."""
    model, optimizer = _trained(0)
    save_checkpoint(tmp_path, model, optimizer, 17)
    other, other_optimizer = _trained(1)
    assert load_checkpoint(tmp_path, other, other_optimizer) == 17
    for name, tensor in model.state_dict().items():
        assert torch.equal(other.state_dict()[name], tensor), name
    saved, loaded = optimizer.state_dict()["state"], other_optimizer.state_dict()["state"]
    assert saved.keys() == loaded.keys()
    for index, values in saved.items():
        for name, tensor in values.items():
            assert torch.equal(loaded[index][name], tensor), (index, name)


def test_a_run_rebuilds_its_own_network(tmp_path: Path) -> None:
    """From its folder alone a run gives back the network, with the weights and options it was trained with."""
    model, optimizer = _trained(0)
    save_config(tmp_path, CONFIG)
    save_checkpoint(tmp_path, model, optimizer, 5)
    run = load_run(tmp_path)
    assert (run.config, run.steps_done, run.model.training) == (CONFIG, 5, False)
    image = torch.rand(1, 3, 32, 32)
    assert torch.equal(run.model(image), model.eval()(image))


def test_latest_may_be_a_text_file(tmp_path: Path) -> None:
    """Where the system has no links, `runs/latest` is a file with the folder's name, and is followed."""
    model, optimizer = _trained(0)
    (tmp_path / "first").mkdir()
    save_config(tmp_path / "first", CONFIG)
    save_checkpoint(tmp_path / "first", model, optimizer, 5)
    (tmp_path / "latest").write_text("first\n")
    assert load_run(tmp_path / "latest").folder == tmp_path / "first"


def test_a_full_disk_leaves_the_checkpoint_before(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """When writing fails half-way, the error says so, no half file is left, and the older checkpoint still loads."""
    model, optimizer = _trained(0)
    save_checkpoint(tmp_path, model, optimizer, 1)

    def fail(_tensors: object, path: Path, metadata: object) -> None:  # noqa: ARG001 (the library's own names)
        path.write_bytes(b"half")
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(checkpoint, "save_file", fail)
    with pytest.raises(CheckpointError, match="No space left on device"):
        save_checkpoint(tmp_path, model, optimizer, 2)
    assert sorted(path.name for path in tmp_path.iterdir()) == [CHECKPOINT_FILE, WEIGHTS_FILE]
    assert load_checkpoint(tmp_path, model, optimizer) == 1


def test_no_checkpoint_yet_means_from_the_start(tmp_path: Path) -> None:
    """A run that was killed before its first checkpoint goes on from step 0."""
    assert load_checkpoint(tmp_path, *_trained(0)) == 0


def test_unusable_files_are_refused(tmp_path: Path) -> None:
    """Garbage, another network's weights and a file that does not say its step are each a `CheckpointError`."""
    model, optimizer = _trained(0)
    path = tmp_path / CHECKPOINT_FILE
    path.write_bytes(b"garbage")
    with pytest.raises(CheckpointError, match="cannot be read"):
        load_checkpoint(tmp_path, model, optimizer)
    save_file({"model.other": torch.zeros(1)}, path, metadata={"step": "1"})
    with pytest.raises(CheckpointError, match="another network"):
        load_checkpoint(tmp_path, model, optimizer)
    save_file({"model.other": torch.zeros(1)}, path)
    with pytest.raises(CheckpointError, match="step"):
        load_checkpoint(tmp_path, model, optimizer)


def test_a_run_without_weights_says_so(tmp_path: Path) -> None:
    """A folder that is no run, and a run that has not saved yet, are each a clear error."""
    with pytest.raises(CheckpointError, match=r"no config\.json"):
        load_run(tmp_path)
    save_config(tmp_path, CONFIG)
    with pytest.raises(CheckpointError, match="no weights"):
        load_run(tmp_path)
