"""A recipe is one command for a whole training: stage after stage, and on from where it was stopped."""

from __future__ import annotations

import itertools
from pathlib import Path
from typing import Any

import pytest
import torch
from safetensors.torch import load_file

from trainer import recipe, train
from trainer.errors import TrainerError
from trainer.loop.step import Outcome, Stepper
from trainer.options.command_line import parse
from trainer.options.config import read_config
from trainer.recipe import RECIPES, Recipe, Stage
from trainer.run.checkpoint import steps_done

TINY = (
    "--size 32 --batch-size 4 --latent-size 8 --width 0.25 --depth 0.5"
    " --precision fp32 --device cpu --checkpoint-every 2"
)


STAGES = (Stage("first", 4, TINY), Stage("second", 2, f"{TINY} --lr 1e-12 --seed 1"))


@pytest.fixture(autouse=True)
def _two_stages(monkeypatch: pytest.MonkeyPatch) -> None:
    """The recipe of photographs has two tiny stages."""
    monkeypatch.setattr(recipe, "RECIPES", {**RECIPES, "photos": Recipe(True, STAGES)})


@pytest.fixture(scope="module")
def done(picture_folder: Path, cache: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where both stages went."""
    out = tmp_path_factory.mktemp("recipe") / "out"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CONVAE_CACHE", str(cache))
        patch.setattr(recipe, "RECIPES", {**RECIPES, "photos": Recipe(True, STAGES)})
        assert recipe.main(["photos", "--data", str(picture_folder), "--out", str(out)]) == 0
    return out


def test_stages_follow_each_other(done: Path) -> None:
    """Each stage does its steps, and begins with the weights of the one before."""
    first, second = done / "1-first", done / "2-second"
    assert (steps_done(first), steps_done(second)) == (4, 2)
    assert read_config(second).network.start_from == first
    begun = load_file(second / "weights.safetensors")
    for name, tensor in load_file(first / "weights.safetensors").items():
        assert torch.allclose(begun[name], tensor, atol=1e-6), name


def test_what_is_done_is_not_repeated(
    done: Path, picture_folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The same command again trains nothing; with another share it is refused, as it would be another model."""
    monkeypatch.setattr(train, "main", None)  # whoever calls it fails
    words = ["photos", "--data", str(picture_folder), "--out", str(done)]
    assert recipe.main(words) == 0
    assert recipe.main([*words, "--share", "0.5"]) == 2
    assert "was begun with 4 steps, not 2" in capsys.readouterr().err


def test_a_recipe_takes_another_latent_size(
    done: Path, picture_folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Every stage is trained with the numbers that were asked for; a folder that was begun with others is refused."""
    words = ["photos", "--data", str(picture_folder), "--latent-size", "4"]
    assert recipe.main([*words, "--out", str(tmp_path / "out")]) == 0
    sizes = [read_config(tmp_path / "out" / name).network.latent_size for name in ("1-first", "2-second")]
    assert sizes == [4, 4]
    assert recipe.main([*words, "--out", str(done)]) == 2
    assert "was begun with --latent-size 8, not 4" in capsys.readouterr().err


def test_a_stop_is_gone_on_from(
    done: Path, picture_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A stage that is stopped ends the command with its status; the same command goes on from its checkpoint, and ends
    with the weights of one that was never stopped."""
    words = ["photos", "--data", str(picture_folder), "--out", str(tmp_path / "out")]
    take, steps = Stepper.take, itertools.count(1)

    def interrupted(self: Stepper, *arguments: Any) -> Outcome:
        if next(steps) == 4:
            raise KeyboardInterrupt
        return take(self, *arguments)

    monkeypatch.setattr(Stepper, "take", interrupted)
    assert recipe.main(words) == 130
    assert steps_done(tmp_path / "out" / "1-first") == 2
    assert not (tmp_path / "out" / "2-second").exists()
    assert recipe.main(words) == 0
    expected = load_file(done / "2-second" / "weights.safetensors")
    for name, tensor in load_file(tmp_path / "out" / "2-second" / "weights.safetensors").items():
        assert torch.equal(expected[name], tensor), name


def test_a_broken_checkpoint_is_said_to_be_one(tmp_path: Path) -> None:
    """What cannot be read is not taken for a stage that has to be begun."""
    (tmp_path / "checkpoint.safetensors").write_bytes(b"no tensors")
    with pytest.raises(TrainerError, match="cannot be read"):
        steps_done(tmp_path)


@pytest.mark.parametrize("name", RECIPES)
def test_every_stage_can_be_started(name: str) -> None:
    """The options of every stage that ships are ones that the trainer takes."""
    for stage in RECIPES[name].stages:
        data = ["--data", "pictures"] if RECIPES[name].needs_data else []
        config = parse([*stage.options.split(), *data, "--steps", str(stage.steps)])
        assert config.training.steps == stage.steps


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("photos",), "needs --data"),
        (("characters", "--data", "somewhere"), "leave --data out"),
        (("characters", "--share", "0"), "--share must be"),
    ],
)
def test_bad_input_is_one_sentence(words: tuple[str, ...], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Options that do not go together end with status 2."""
    assert recipe.main(words) == 2
    assert said in capsys.readouterr().err
