"""Checkpoints are whole or absent, and bring back exactly what was saved."""

from __future__ import annotations

import resource
import sys
from pathlib import Path

import pytest
import torch
from safetensors.torch import save_file
from torch.optim.swa_utils import AveragedModel

from trainer.architectures.autoencoder import Autoencoder
from trainer.architectures.families import build_autoencoder
from trainer.errors import CheckpointError
from trainer.loop.average import start_average
from trainer.options.config import TrainConfig
from trainer.run.checkpoint import (
    CHECKPOINT_FILE,
    Progress,
    load_checkpoint,
    load_run,
    save_checkpoint,
    save_config,
    save_weights,
)
from trainer.run.guard import Guard

CONFIG = TrainConfig.of(size=32, latent_size=4, width=0.25, depth=0.5)

Parts = tuple[Autoencoder, AveragedModel | None, torch.optim.Optimizer]


def _trained(seed: int) -> Parts:
    """A network after one step of AdamW, so that the optimizer has a state, and an average that differs from it."""
    torch.manual_seed(seed)
    model = build_autoencoder(CONFIG.blueprint)
    average = start_average(model, 0.9)
    assert average is not None
    average.update_parameters(model)
    optimizer = torch.optim.AdamW(model.parameters(), fused=True)
    image = torch.rand(2, 3, 32, 32)
    (model(image) - image).square().mean().backward()
    optimizer.step()
    average.update_parameters(model)
    return model, average, optimizer


def test_everything_comes_back(tmp_path: Path) -> None:
    """Weights, average, optimizer, random state and progress are equal after loading into another network."""
    model, average, optimizer = _trained(0)
    progress = Progress(17, 3.25, 0.1 + 0.2, 2, Guard(0.5, 9, 3, 1))
    save_checkpoint(tmp_path, model, average, optimizer, progress)
    drawn = torch.rand(3)
    other, other_average, other_optimizer = _trained(1)
    assert load_checkpoint(tmp_path, other, other_average, other_optimizer) == progress
    assert torch.equal(torch.rand(3), drawn)
    assert average is not None
    assert other_average is not None
    for mine, loaded in ((model, other), (average, other_average)):
        for name, tensor in mine.state_dict().items():
            assert torch.equal(loaded.state_dict()[name], tensor), name
    saved_state, loaded_state = optimizer.state_dict()["state"], other_optimizer.state_dict()["state"]
    assert saved_state.keys() == loaded_state.keys()
    for index, values in saved_state.items():
        for name, tensor in values.items():
            assert torch.equal(loaded_state[index][name], tensor), (index, name)


def test_a_run_reconstructs_its_own_network(tmp_path: Path) -> None:
    """From its folder alone a run gives back the network, with the weights and options it was trained with."""
    model, _, _ = _trained(0)
    save_config(tmp_path, CONFIG)
    save_weights(tmp_path, model, 5)
    run = load_run(tmp_path)
    assert (run.config, run.steps_done, run.model.training) == (CONFIG, 5, False)
    image = torch.rand(1, 3, 32, 32)
    assert torch.equal(run.model(image), model.eval()(image))


def test_latest_may_be_a_text_file(tmp_path: Path) -> None:
    """Where the system has no links, `runs/latest` is a file with the folder's name, and is followed."""
    model, _, _ = _trained(0)
    (tmp_path / "first").mkdir()
    save_config(tmp_path / "first", CONFIG)
    save_weights(tmp_path / "first", model, 5)
    (tmp_path / "latest").write_text("first\n")
    assert load_run(tmp_path / "latest").folder == tmp_path / "first"


@pytest.mark.skipif(sys.platform == "win32", reason="needs a limit on the size of files")
def test_a_full_disk_leaves_the_checkpoint_before(tmp_path: Path) -> None:
    """When writing fails half-way, the error says so, no half file is left, and the older checkpoint still loads."""
    parts = _trained(0)
    save_checkpoint(tmp_path, *parts, Progress(1))
    usual = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (10_000, usual[1]))  # the system now refuses what is longer
    try:
        with pytest.raises(CheckpointError, match="could not be written"):
            save_checkpoint(tmp_path, *parts, Progress(2))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, usual)
    assert [path.name for path in tmp_path.iterdir()] == [CHECKPOINT_FILE]
    assert load_checkpoint(tmp_path, *parts).step == 1


def test_a_checkpoint_of_the_first_version_is_read(tmp_path: Path) -> None:
    """Without a record of progress but the step, a run goes on from that step."""
    model, _, optimizer = _trained(0)
    state = {f"model.{name}": tensor for name, tensor in model.state_dict().items()}
    save_file(state, tmp_path / CHECKPOINT_FILE, metadata={"step": "7"})
    assert load_checkpoint(tmp_path, model, None, optimizer) == Progress(7)


def test_no_checkpoint_yet_means_from_the_start(tmp_path: Path) -> None:
    """A run that was killed before its first checkpoint goes on from step 0."""
    assert load_checkpoint(tmp_path, *_trained(0)) == Progress()


def test_unusable_files_are_refused(tmp_path: Path) -> None:
    """Garbage, another network's weights and a file that does not say its step are each a `CheckpointError`."""
    parts = _trained(0)
    path = tmp_path / CHECKPOINT_FILE
    path.write_bytes(b"garbage")
    with pytest.raises(CheckpointError, match="cannot be read"):
        load_checkpoint(tmp_path, *parts)
    save_file({"model.other": torch.zeros(1)}, path, metadata={"step": "1"})
    with pytest.raises(CheckpointError, match="another network"):
        load_checkpoint(tmp_path, *parts)
    save_file({"model.other": torch.zeros(1)}, path)
    with pytest.raises(CheckpointError, match="step"):
        load_checkpoint(tmp_path, *parts)


def test_a_run_without_weights_says_so(tmp_path: Path) -> None:
    """A folder that is no run, and a run that has not saved yet, are each a clear error."""
    with pytest.raises(CheckpointError, match=r"no config\.json"):
        load_run(tmp_path)
    save_config(tmp_path, CONFIG)
    with pytest.raises(CheckpointError, match="no weights"):
        load_run(tmp_path)
