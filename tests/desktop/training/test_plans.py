"""Plans as files."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given

from desktop.engine.errors import TrainingError
from desktop.training.launch import Plan
from desktop.training.plans import from_json, plan_file, plan_of, read_config, read_plan, save_plan, to_json
from tests.desktop.training.some_plans import PLANS
from trainer.options.command_line import given_options, parse
from trainer.options.config import TrainConfig, config_text
from trainer.run.contract import CONFIG_FILE

WHOLE = to_json(Plan(Path("/a"), Path("/b"), more=("--seed", "3")))


@given(PLANS)
def test_a_plan_reads_back(plan: Plan) -> None:
    """Whatever its options say."""
    assert from_json(json.loads(json.dumps(to_json(plan)))) == plan


@pytest.mark.parametrize(
    "change",
    [
        {"out": "runs/mine"},
        {"out": None},
        {"data": "a\0b"},
        {"goal": "dance"},
        {"minutes": True},
        {"minutes": -1},
        {"more": "--seed 3"},
        {"more": ["a"] * 401},
        {"more": [3]},
    ],
)
def test_what_is_no_plan_is_none(change: dict[str, Any]) -> None:
    """A value of another kind or beyond its limits, a path that depends on where the program runs, or a NUL."""
    assert from_json(WHOLE) is not None
    assert from_json({**WHOLE, **change}) is None
    assert from_json([]) is None


def test_a_plan_is_kept_beside_its_run(tmp_path: Path) -> None:
    """It is read for the run that it lies beside, also where that was moved; what is no plan is none."""
    save_plan(Plan(None, tmp_path / "mine"))
    plan_file(tmp_path / "mine").rename(plan_file(tmp_path / "moved"))
    plan = read_plan(tmp_path / "moved")
    assert plan is not None
    assert plan.out == tmp_path / "moved"
    assert read_plan(tmp_path / "mine") is None
    plan_file(tmp_path / "moved").write_text("[" * 100_000)
    assert read_plan(tmp_path / "moved") is None


def test_a_disk_that_refuses_is_told(tmp_path: Path) -> None:
    """In one sentence that names the file."""
    (tmp_path / "file").touch()
    with pytest.raises(TrainingError, match="cannot be written"):
        save_plan(Plan(None, tmp_path / "file" / "mine"))


@pytest.mark.parametrize(
    "options",
    [
        {},
        {"latent": "map", "init": "random", "tiles": True, "data": Path("/pictures"), "time_limit": "2h", "steps": 7},
        {"latent": "vector", "init": "pca", "linear": True, "correction": 2, "lr": 0.0003},
        {
            "arch": "vgg13",
            "latent": "map",
            "init": "random",
            "corrupt": "mask:0.3",
            "head": "sigmoid",
            "seed": 3,
            "patience": 0,
        },
    ],
)
def test_saved_options_are_a_plan_that_trains_the_same(tmp_path: Path, options: dict[str, Any]) -> None:
    """The trainer reads from the plan what the run saved, and is told of every switch, so that it chooses nothing."""
    config = TrainConfig.of(**options)
    (tmp_path / CONFIG_FILE).write_text(config_text(config))
    plan = plan_of(tmp_path)
    assert plan is not None
    read = parse(plan.arguments())
    assert read == config.changed(out=tmp_path)
    assert given_options(plan.arguments()) >= {"flip", "tiles", "grey", "linear", "batch_size", "width", "init"}


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"data": 3}', '{"data": "a\\u0000b"}'])
def test_what_holds_no_options_is_no_plan(tmp_path: Path, text: str) -> None:
    """Of a file that is broken, or another's."""
    (tmp_path / CONFIG_FILE).write_text(text)
    assert read_config(tmp_path) is None
    assert plan_of(tmp_path) is None
