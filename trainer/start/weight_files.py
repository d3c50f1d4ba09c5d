"""Weights that the user brings: read as numbers alone, from files of bounded size."""

from __future__ import annotations

import pickle
import warnings
from pathlib import Path

import torch
from safetensors import SafetensorError
from safetensors.torch import load_file
from torch import Tensor

from trainer.errors import CheckpointError

LARGEST_BYTES = 2 << 30  # four times the largest of torchvision's VGG files


def read_weights(path: Path, flag: str) -> dict[str, Tensor]:
    """The tensors of a .safetensors file, or of a .pth file in which nothing but tensors is accepted, as float32.

    Args:
        path: The file.
        flag: The option that named it, for the error's sentence.

    Raises:
        CheckpointError: There is no such file, it is too large, or it holds no weights.
    """
    if not path.is_file():
        raise CheckpointError(f"{flag}: there is no file {path}.")
    if path.stat().st_size > LARGEST_BYTES:
        raise CheckpointError(f"{flag}: {path} has {path.stat().st_size:,} bytes; at most {LARGEST_BYTES:,} are read.")
    try:
        if path.suffix == ".safetensors":
            values = load_file(path)
        else:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # about files that it then refuses, or reads all the same
                values = torch.load(path, map_location="cpu", weights_only=True)
    except (OSError, SafetensorError, pickle.UnpicklingError, RuntimeError, EOFError, ValueError, KeyError) as error:
        reason = str(error).strip().split("\n")[0][:200]
        raise CheckpointError(f"{flag}: {path} cannot be read as a file of weights ({reason}).") from error
    if not isinstance(values, dict):
        raise CheckpointError(f"{flag}: {path} holds no weights by name.")
    return {str(name): each.float() for name, each in values.items() if isinstance(each, Tensor)}
