"""Weights and checkpoints on disk: safetensors with readable metadata, written beside and renamed.

`weights.safetensors` is what export reads. `checkpoint.safetensors` also holds the optimizer's state and the step, in
one file, so that it is whole or absent. Batches and learning rates follow from the seed and the step alone, so there is
no other state to save: a resumed run is exactly the run that was never stopped.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import torch
from safetensors import SafetensorError, safe_open
from safetensors.torch import save_file
from torch import Tensor

from trainer.architectures import Autoencoder, build_autoencoder
from trainer.config import TrainConfig, config_text, read_config
from trainer.errors import CheckpointError

WEIGHTS_FILE = "weights.safetensors"
CHECKPOINT_FILE = "checkpoint.safetensors"


@dataclass(frozen=True)
class Run:
    """A trained network and the options it was trained with; the network is on the CPU, in evaluation mode."""

    folder: Path
    config: TrainConfig
    model: Autoencoder
    steps_done: int


def load_run(folder: Path) -> Run:
    """Rebuilds the network of a run folder and loads its weights.

    Raises:
        CheckpointError: No run there, no weights yet, or weights of another network.
    """
    folder = resolve_latest(folder)
    config = read_config(folder)
    path = folder / WEIGHTS_FILE
    if not path.is_file():
        raise CheckpointError(f"{folder} has no {WEIGHTS_FILE} yet; train it for longer.")
    tensors, metadata = _read(path)
    model = build_autoencoder(config)
    _load_weights(model, tensors, path)
    return Run(folder, config, model.eval(), int(metadata["step"]))


def resolve_latest(folder: Path) -> Path:
    """The folder itself, or the one it names: `runs/latest` is a text file where the system has no links."""
    if folder.name == "latest" and folder.is_file():
        return folder.parent / folder.read_text(encoding="utf-8").strip()
    return folder


def save_checkpoint(folder: Path, model: Autoencoder, optimizer: torch.optim.Optimizer, step: int) -> None:
    """Saves the weights for export and everything that a resumption needs.

    Raises:
        CheckpointError: The disk refused; the checkpoint before it stays whole.
    """
    weights = {name: tensor.detach().cpu().contiguous() for name, tensor in model.state_dict().items()}
    state = {f"model.{name}": tensor for name, tensor in weights.items()}
    for index, values in optimizer.state_dict()["state"].items():
        for name, tensor in values.items():
            state[f"optimizer.{index}.{name}"] = tensor.detach().cpu().contiguous()
    metadata = {"step": str(step)}
    _write(folder / CHECKPOINT_FILE, state, metadata)
    _write(folder / WEIGHTS_FILE, weights, metadata)


def load_checkpoint(folder: Path, model: Autoencoder, optimizer: torch.optim.Optimizer) -> int:
    """Puts back what `save_checkpoint` saved.

    Returns:
        How many steps had been done; 0, and nothing changed, if the run was killed before its first checkpoint.

    Raises:
        CheckpointError: A checkpoint that cannot be read, or of another network.
    """
    path = folder / CHECKPOINT_FILE
    if not path.is_file():
        return 0
    tensors, metadata = _read(path)
    _load_weights(model, _below("model.", tensors), path)
    parameters = [parameter for group in optimizer.param_groups for parameter in group["params"]]
    state: dict[int, dict[str, Tensor]] = {}
    for name, tensor in _below("optimizer.", tensors).items():
        index, _, key = name.partition(".")
        parameter = parameters[int(index)]
        if tensor.shape == parameter.shape:
            # The fused optimizer walks weights and averages in memory order, so they must lie alike (channels last).
            tensor = torch.empty_like(parameter).copy_(tensor)
        state.setdefault(int(index), {})[key] = tensor
    groups = optimizer.state_dict()["param_groups"]
    optimizer.load_state_dict({"state": state, "param_groups": groups})
    return int(metadata["step"])


def write_text(path: Path, text: str) -> None:
    """Writes a text file beside its place and renames it there."""
    partial = path.with_name(path.name + ".partial")
    partial.write_text(text, encoding="utf-8")
    partial.replace(path)


def save_config(folder: Path, config: TrainConfig) -> None:
    """Writes `config.json`."""
    write_text(folder / "config.json", config_text(config))


def _write(path: Path, tensors: Mapping[str, Tensor], metadata: dict[str, str]) -> None:
    partial = path.with_name(path.name + ".partial")
    try:
        save_file(dict(tensors), partial, metadata=metadata)
        partial.replace(path)
    except (OSError, SafetensorError) as error:
        partial.unlink(missing_ok=True)
        raise CheckpointError(f"{path} could not be written ({error}); the one before it is whole.") from error


def _read(path: Path) -> tuple[dict[str, Tensor], dict[str, str]]:
    try:
        with safe_open(path, framework="pt") as file:
            metadata = file.metadata() or {}
            tensors = {name: file.get_tensor(name) for name in file.keys()}  # noqa: SIM118 (it is no mapping)
    except (OSError, SafetensorError) as error:
        raise CheckpointError(f"{path} cannot be read ({error}).") from error
    if not metadata.get("step", "").isdigit():
        raise CheckpointError(f"{path} was not written by this trainer: it does not say its step.")
    return tensors, metadata


def _below(prefix: str, tensors: Mapping[str, Tensor]) -> dict[str, Tensor]:
    return {name.removeprefix(prefix): tensor for name, tensor in tensors.items() if name.startswith(prefix)}


def _load_weights(model: Autoencoder, tensors: Mapping[str, Tensor], path: Path) -> None:
    try:
        model.load_state_dict(dict(tensors))
    except RuntimeError as error:
        raise CheckpointError(f"{path} holds the weights of another network than config.json describes.") from error
