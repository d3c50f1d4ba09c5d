"""Options are checked when made, and saved and read back whole."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path
from typing import Any

import pytest

from trainer.config import TrainConfig, check_resumable, read_config
from trainer.errors import CheckpointError, ConfigError


@pytest.mark.parametrize(
    ("options", "names"),
    [
        ({"size": 65}, "--size"),
        ({"size": 0}, "--size"),
        ({"size": 4096}, "--size"),
        ({"epochs": 0}, "--epochs"),
        ({"steps": 0}, "--steps"),
        ({"batch_size": 0}, "--batch-size"),
        ({"checkpoint_every": 0}, "--checkpoint-every"),
        ({"lr": 0.0}, "--lr"),
        ({"lr": float("nan")}, "--lr"),
        ({"warmup_epochs": -1.0}, "--warmup-epochs"),
        ({"holdout": 1.0}, "--holdout"),
        ({"characters": 1}, "--characters"),
        ({"crop": 0.0}, "--crop"),
        ({"crop": 1.5}, "--crop"),
        ({"colour": 1.0}, "--colour"),
        ({"seed": -1}, "--seed"),
        ({"latent_size": 0}, "--latent-size"),
        ({"arch": "vgg13", "latent": "vector"}, "--latent"),
        ({"arch": "vgg16", "latent_size": 64}, "--latent-size"),
        ({"resume": True}, "--out"),
    ],
)
def test_bad_options_are_named(options: dict[str, Any], names: str) -> None:
    """Each option out of range is refused in a sentence that names its flag."""
    with pytest.raises(ConfigError, match=names):
        TrainConfig(**options)


@pytest.mark.parametrize(
    ("options", "kind", "numbers"),
    [
        ({}, "vector", 64),
        ({"latent": "map"}, "map", 16),
        ({"latent": "vector", "latent_size": 8}, "vector", 8),
        ({"arch": "vgg16"}, "map", 512),
    ],
)
def test_automatic_latent(options: dict[str, Any], kind: str, numbers: int) -> None:
    """What is left open about the latent follows from the network."""
    config = TrainConfig(**options)
    assert (config.latent_kind, config.latent_numbers) == (kind, numbers)


def test_json_round_trip(tmp_path: Path) -> None:
    """Options written to `config.json` are read back equal, paths included."""
    config = TrainConfig(data=Path("pictures"), out=tmp_path, steps=3, lr=0.1 + 0.2)
    (tmp_path / "config.json").write_text(json.dumps(config.to_json()))
    assert read_config(tmp_path) == config


@pytest.mark.parametrize("text", ["{", "[]", "{}", '{"size": 65}'])
def test_broken_config_is_refused(tmp_path: Path, text: str) -> None:
    """A `config.json` that is broken or of another version is a `CheckpointError`."""
    (tmp_path / "config.json").write_text(text)
    with pytest.raises(CheckpointError, match=r"config\.json"):
        read_config(tmp_path)


def test_resumption_may_change_only_how_long() -> None:
    """A resumption may ask for more epochs, but not for another network."""
    saved = TrainConfig(out=Path("run"))
    check_resumable(saved, dataclasses.replace(saved, epochs=99, resume=True))
    with pytest.raises(CheckpointError, match="--arch compact, not vgg13"):
        check_resumable(saved, dataclasses.replace(saved, arch="vgg13"))
