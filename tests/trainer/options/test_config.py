"""Options are checked when made, and saved and read back whole."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from trainer.errors import CheckpointError, ConfigError
from trainer.options.config import (
    ADDED_OPTIONS,
    FORMAT,
    TrainConfig,
    check_resumable,
    config_text,
    parse_config,
    read_config,
)
from trainer.options.values import Damage

MODELS = Path(__file__).parents[3] / "models"


def test_a_linear_code_has_no_divergence() -> None:
    """A code that is not learnt cannot be variational, and the sentence says which option to leave out."""
    with pytest.raises(ConfigError, match="--linear must be left out with --kl"):
        TrainConfig.of(linear=True, correction=1, kl=0.1)


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"disentangle": "halve:2"}, "--disentangle 'halve:2' is not known; write quantise:12"),
        ({"disentangle": "quantise:1"}, "2 to 256 values"),
        ({"disentangle": "factorise:1", "kl": 0.1}, "more than 1"),
        ({"disentangle": "factorise:nan", "kl": 0.1}, "more than 1"),
        ({"disentangle": "factorise:6"}, "needs --kl"),
        ({"disentangle": "quantise:12", "kl": 0.1}, "--disentangle must be left out with --kl"),
        ({"disentangle": "quantise:12", "latent": "map"}, "used with a vector latent"),
        ({"disentangle": "quantise:12", "linear": True, "correction": 1}, "no --linear"),
        ({"disentangle": "quantise:12", "arch": "vgg13"}, "used with a vector latent"),
        ({"disentangle": "quantise:12", "init": "pca"}, "--init must be random with --disentangle quantise"),
    ],
)
def test_disentanglement_that_cannot_be(options: dict[str, Any], said: str) -> None:
    """An option that is not written right, or contradicts another, is one sentence that says which."""
    with pytest.raises(ConfigError, match=said):
        TrainConfig.of(**options)


def test_disentanglement() -> None:
    """What is asked for reaches the blueprint and the objective, and without it nothing does."""
    asked = TrainConfig.of(disentangle="quantise:12"), TrainConfig.of(disentangle="factorise:6", kl=0.1), TrainConfig()
    assert [(each.blueprint.levels, each.objective.dependence) for each in asked] == [(12, 1), (0, 6), (0, 1)]


def test_json_round_trip(tmp_path: Path) -> None:
    """Options written to `config.json` are read back equal, paths included."""
    config = TrainConfig.of(data=Path("pictures"), out=tmp_path, steps=3, lr=0.1 + 0.2)
    (tmp_path / "config.json").write_text(config_text(config))
    assert read_config(tmp_path) == config


def test_a_config_of_the_first_version_is_read(tmp_path: Path) -> None:
    """Options that came later have the values that an older run had without knowing: no average of weights, no Muon."""
    config = TrainConfig.of(size=64, warmup_epochs=1.0, lr=1e-3)
    values = {
        name: value for name, value in config.to_json().items() if not any(name in a for a in ADDED_OPTIONS.values())
    }
    (tmp_path / "config.json").write_text(json.dumps(values))
    assert read_config(tmp_path) == config.changed(
        ema=0.0, optimizer="adamw", init="random", patience=0, near_duplicates="anywhere"
    )


def test_a_config_of_this_version_must_be_whole(tmp_path: Path) -> None:
    """A missing option is refused where the file's format has it, and so is a format that is not known yet."""
    values = json.loads(config_text(TrainConfig()))
    del values["kl"]
    (tmp_path / "config.json").write_text(json.dumps(values))
    with pytest.raises(CheckpointError, match="options of this version"):
        read_config(tmp_path)
    (tmp_path / "config.json").write_text(json.dumps({"format": FORMAT + 1}))
    with pytest.raises(CheckpointError, match="format"):
        read_config(tmp_path)


@pytest.mark.parametrize(("text", "seconds"), [("45m", 2700), ("1h30m", 5400), ("90s", 90), ("1h2m3s", 3723)])
def test_durations(text: str, seconds: float) -> None:
    """A time limit is written in hours, minutes and seconds."""
    assert TrainConfig.of(time_limit=text).training.time_limit_seconds == seconds


def test_damages() -> None:
    """Several damages are kept in their order."""
    assert TrainConfig.of(corrupt="mask:0.3, noise:0.1").objective.damages == (
        Damage("mask", 0.3),
        Damage("noise", 0.1),
    )


@pytest.mark.parametrize("text", ["{", "[]", "{}", '{"size": 65}'])
def test_broken_config_is_refused(tmp_path: Path, text: str) -> None:
    """A `config.json` that is broken or of another version is a `CheckpointError`."""
    (tmp_path / "config.json").write_text(text)
    with pytest.raises(CheckpointError, match=r"config\.json"):
        read_config(tmp_path)


def test_resumption_may_change_only_how_long() -> None:
    """A resumption may ask for more epochs, but not for another network."""
    saved = TrainConfig.of(out=Path("run"))
    check_resumable(saved, saved.changed(epochs=99, resume=True))
    with pytest.raises(CheckpointError, match="--arch compact, not with --arch vgg13"):
        check_resumable(saved, saved.changed(arch="vgg13"))


@pytest.mark.parametrize("model", ["photos/run/config.json", "photos/bundle.json", "characters/bundle.json"])
def test_options_saved_by_earlier_versions_load(model: str) -> None:
    """The run and the bundles that ship, saved by earlier versions, give their options in today's groups."""
    path = MODELS / model
    saved = json.loads(path.read_text(encoding="utf-8"))
    values = saved["training"] if path.name == "bundle.json" else saved
    config = parse_config(values, path)
    assert config.network.arch == "compact"
    assert {name: value for name, value in config.to_json().items() if name in values} == {
        name: value for name, value in values.items() if name != "format"
    }


def test_an_unknown_option_is_no_option() -> None:
    """A name that is no option's is refused, by the constructor and in a file."""
    with pytest.raises(TypeError, match="there is no option colours"):
        TrainConfig.of(colours=3)
    with pytest.raises(CheckpointError, match="options of this version"):
        parse_config({**TrainConfig().to_json(), "colours": 3}, Path("config.json"))


def test_options_left_out_are_told_so() -> None:
    """A resumption with a value where the run had none is refused in words that a command line can hold."""
    saved = TrainConfig.of(out=Path("run"))
    with pytest.raises(CheckpointError, match=r"without --lr, not with --lr 0\.1;"):
        check_resumable(saved, saved.changed(lr=0.1))
    with pytest.raises(CheckpointError, match=r"without --flip, not with --flip;"):
        check_resumable(saved, saved.changed(flip=True))


def test_an_oblong_size_is_saved_and_read_back(tmp_path: Path) -> None:
    """As it was typed; of a format that had none, a size is a number still."""
    config = TrainConfig.of(data=tmp_path, size="32x64")
    (tmp_path / "config.json").write_text(config_text(config))
    assert read_config(tmp_path) == config
    saved = json.loads(config_text(config.changed(size=64)))
    assert (saved["size"], saved["format"]) == (64, FORMAT)
    assert parse_config({**saved, "format": 11}, tmp_path) == config.changed(size=64)
