"""Weights and checkpoints on disk: safetensors with readable metadata, written beside and renamed.

`weights.safetensors` is what export reads: the averaged weights with the smallest held-out loss so far. The last ones
are in `checkpoint.safetensors`, with their average, the optimizer's state, the random state and, as JSON, `Progress`:
one file, so that it is whole or absent. Batches, damages, noise and learning rates follow from the seed and the step
alone, so a resumed run is exactly the run that was never stopped.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

import torch
from safetensors import SafetensorError, safe_open
from safetensors.torch import save_file
from torch import Tensor, nn
from torch.optim.swa_utils import AveragedModel

from trainer.architectures.autoencoder import Autoencoder
from trainer.architectures.families import build_autoencoder
from trainer.errors import CheckpointError
from trainer.machine.files import replaced, write_text
from trainer.options.config import TrainConfig, config_text, read_config
from trainer.run.guard import Guard
from trainer.run.progress import Progress
from trainer.start.growth import take_over

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
    """Reconstructs the network of a run folder and loads its weights.

    Raises:
        CheckpointError: No run there, no weights yet, or weights of another network.
    """
    folder = resolve_latest(folder)
    config = read_config(folder)
    path = folder / WEIGHTS_FILE
    if not path.is_file():
        raise CheckpointError(f"{folder} has no {WEIGHTS_FILE} yet; train it for longer.")
    tensors, metadata = _read(path)
    model = build_autoencoder(config.blueprint)
    _load_weights(model, tensors, path)
    return Run(folder, config, model.eval(), int(metadata["step"]))


def start_from(folder: Path, model: Autoencoder) -> None:
    """Puts the weights of a run into a fresh network, which may have more residual blocks.

    Raises:
        CheckpointError: No run there, no weights yet, or weights of another network.
    """
    if not (resolve_latest(folder) / WEIGHTS_FILE).is_file():
        raise CheckpointError(f"--start-from: {folder} is no run, or has no {WEIGHTS_FILE} yet.")
    try:
        run = load_run(folder)
        take_over(run.model, model, run.config.network.family.blocks)
    except ValueError as error:
        raise CheckpointError(
            f"--start-from: {folder} holds another network than these options build; give it the same --arch, --latent,"
            " --latent-size, --width and --init, no smaller --depth and --encoder-depth, and for a vector latent the"
            " same --size."
        ) from error


def resolve_latest(folder: Path) -> Path:
    """The folder itself, or the one it names: `runs/latest` is a text file where the system has no links."""
    if folder.name == "latest" and folder.is_file():
        return folder.parent / folder.read_text(encoding="utf-8").strip()
    return folder


def save_weights(folder: Path, model: Autoencoder, step: int) -> None:
    """Saves a network for export.

    Raises:
        CheckpointError: They could not be written; the weights before them stay whole.
    """
    _write(folder / WEIGHTS_FILE, _on_cpu("", model.state_dict()), {"step": str(step)})


def save_checkpoint(
    folder: Path,
    model: Autoencoder,
    average: AveragedModel | None,
    optimizer: torch.optim.Optimizer,
    progress: Progress,
    guide: nn.Module | None = None,
) -> None:
    """Saves everything that a resumption needs; `guide` is what --label-weight trains beside the network.

    Raises:
        CheckpointError: It could not be written; the checkpoint before it stays whole.
    """
    state = _on_cpu("model.", model.state_dict())
    if average is not None:
        state |= _on_cpu("average.", average.state_dict())
    if guide is not None:
        state |= _on_cpu("guide.", guide.state_dict())
    for index, values in optimizer.state_dict()["state"].items():
        state |= _on_cpu(f"optimizer.{index}.", values)
    state["random.cpu"] = torch.get_rng_state()
    if torch.cuda.is_available():
        state["random.cuda"] = torch.cuda.get_rng_state()
    metadata = {"step": str(progress.step), "progress": json.dumps(asdict(progress))}
    _write(folder / CHECKPOINT_FILE, state, metadata)


def load_checkpoint(
    folder: Path,
    model: Autoencoder,
    average: AveragedModel | None,
    optimizer: torch.optim.Optimizer,
    guide: nn.Module | None = None,
) -> Progress:
    """Puts back what `save_checkpoint` saved.

    Returns:
        How far the run was; at its start, and nothing changed, if it was killed before its first checkpoint.

    Raises:
        CheckpointError: A checkpoint that cannot be read, or of another network.
    """
    path = folder / CHECKPOINT_FILE
    if not path.is_file():
        return Progress()
    tensors, metadata = _read(path)
    _load_weights(model, _below("model.", tensors), path)
    if average is not None:
        _load_weights(average, _below("average.", tensors), path)
    if guide is not None:
        _load_weights(guide, _below("guide.", tensors), path)
    _load_optimizer(optimizer, _below("optimizer.", tensors), path)
    if "random.cpu" in tensors:
        torch.set_rng_state(tensors["random.cpu"])
    if "random.cuda" in tensors and torch.cuda.is_available():
        torch.cuda.set_rng_state(tensors["random.cuda"])
    try:
        values = json.loads(metadata.get("progress", "{}"))
        return Progress(**{**values, "step": int(metadata["step"]), "guard": Guard(**values.get("guard", {}))})
    except (ValueError, TypeError, AttributeError) as error:
        raise CheckpointError(f"{path} does not say how far the run was ({error}).") from error


def steps_done(run: Path) -> int:
    """The steps that the checkpoint of a run has behind it; nothing but its header is read.

    Raises:
        CheckpointError: It cannot be read, or does not say so.
    """
    path = run / CHECKPOINT_FILE
    try:
        with safe_open(path, framework="pt") as file:
            return int((file.metadata() or {})["step"])
    except (OSError, SafetensorError, KeyError, ValueError) as error:
        raise CheckpointError(f"{path} cannot be read ({error}).") from error


def save_config(folder: Path, config: TrainConfig) -> None:
    """Writes `config.json`."""
    write_text(folder / "config.json", config_text(config))


def _write(path: Path, tensors: Mapping[str, Tensor], metadata: dict[str, str]) -> None:
    try:
        with replaced(path) as scratch:
            save_file(dict(tensors), scratch, metadata=metadata)
    except (OSError, SafetensorError) as error:
        before = "; the one before it is whole" if path.is_file() else ", and there was none before it"
        raise CheckpointError(f"{path} could not be written ({error}){before}.") from error


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


def _on_cpu(prefix: str, tensors: Mapping[str, Tensor]) -> dict[str, Tensor]:
    return {prefix + name: tensor.detach().cpu().contiguous() for name, tensor in tensors.items()}


def _below(prefix: str, tensors: Mapping[str, Tensor]) -> dict[str, Tensor]:
    return {name.removeprefix(prefix): tensor for name, tensor in tensors.items() if name.startswith(prefix)}


def _load_optimizer(optimizer: torch.optim.Optimizer, tensors: Mapping[str, Tensor], path: Path) -> None:
    parameters = [parameter for group in optimizer.param_groups for parameter in group["params"]]
    state: dict[int, dict[str, Tensor]] = {}
    try:
        for name, tensor in tensors.items():
            index, _, key = name.partition(".")
            parameter = parameters[int(index)]
            if tensor.shape == parameter.shape:
                # The fused optimizer walks weights and averages in memory order, so they must lie alike.
                tensor = torch.empty_like(parameter).copy_(tensor)
            state.setdefault(int(index), {})[key] = tensor
        groups = optimizer.state_dict()["param_groups"]
        optimizer.load_state_dict({"state": state, "param_groups": groups})
    except (ValueError, IndexError, KeyError) as error:
        raise CheckpointError(f"{path} holds the state of another optimizer.") from error


def _load_weights(model: nn.Module, tensors: Mapping[str, Tensor], path: Path) -> None:
    try:
        model.load_state_dict(dict(tensors))
    except RuntimeError as error:
        raise CheckpointError(f"{path} holds the weights of another network than config.json describes.") from error
