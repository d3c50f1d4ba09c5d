"""Weights that the user brings are read as numbers alone."""

from __future__ import annotations

import os
import pickle
from pathlib import Path
from typing import Any

import pytest
import torch
from safetensors.torch import save_file

from trainer.errors import CheckpointError
from trainer.start.weight_files import read_weights


@pytest.mark.parametrize("name", ["w.safetensors", "w.pth"])
def test_tensors_come_as_float32(tmp_path: Path, name: str) -> None:
    """By their names, from either kind of file."""
    weights, path = {"features.0.weight": torch.ones(2, 3, dtype=torch.float16)}, tmp_path / name
    save_file(weights, path) if path.suffix == ".safetensors" else torch.save(weights, path)
    read = read_weights(path, "--pretrained")
    assert {key: value.dtype for key, value in read.items()} == {"features.0.weight": torch.float32}


class Harmful:
    """Touches a file when it is unpickled."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __reduce__(self) -> Any:
        return os.mkdir, (str(self.path),)


def test_nothing_in_a_file_of_weights_runs(tmp_path: Path) -> None:
    """A pickle that would do something is refused, and has done nothing."""
    (tmp_path / "w.pth").write_bytes(pickle.dumps({"a": Harmful(tmp_path / "done")}))
    with pytest.raises(CheckpointError, match=r"--pretrained: .* cannot be read as a file of weights"):
        read_weights(tmp_path / "w.pth", "--pretrained")
    assert not (tmp_path / "done").exists()


def test_what_is_missing_or_holds_no_weights_is_named(tmp_path: Path) -> None:
    """With the option that named it."""
    with pytest.raises(CheckpointError, match="--pretrained: there is no file"):
        read_weights(tmp_path / "gone.pth", "--pretrained")
    torch.save(torch.ones(3), tmp_path / "one.pth")
    with pytest.raises(CheckpointError, match="holds no weights by name"):
        read_weights(tmp_path / "one.pth", "--pretrained")
