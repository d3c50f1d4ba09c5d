"""What a training would see of its pictures: the facts, and a grid of exactly what the network gets."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from tests.pictures import gradient
from trainer.data import open_data
from trainer.data.augment import augment
from trainer.evaluation import to_pixels
from trainer.machine.randomness import Part
from trainer.objective.corruption import corrupt
from trainer.options.config import TrainConfig
from trainer.preview import FACTS_FILE, GRID_FILE, ON_CPU, facts, main, seen_grid, to_input
from trainer.run.contract import FAILURE_VARIABLE, read_status_file
from trainer.run.contract.sentence import Sentence


@pytest.fixture(autouse=True)
def _cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CONVAE_CACHE", str(tmp_path / "cache"))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Thirty pictures that differ, copies of ten of them, a broken one, and labels of two."""
    place = tmp_path / "mine"
    place.mkdir()
    random = np.random.default_rng(0)
    for index in range(30):
        small = Image.fromarray(random.integers(0, 255, (4, 4, 3), np.uint8))
        small.resize((40, 40), Image.Resampling.BICUBIC).save(place / f"{index:02d}.png")
    for index in range(10):
        with Image.open(place / f"{index:02d}.png") as picture:
            picture.save(place / f"copy{index:02d}.jpg", quality=80)
    (place / "broken.png").write_bytes((place / "00.png").read_bytes()[:100])
    (place / "labels.csv").write_text("file,mood\n01.png,glad\n02.png,sad\n")
    return place


def test_the_command_writes_facts_and_a_grid(folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Counts, formats, sizes, labels, the broken file by name, held-out copies by name, and progress line by line."""
    out = tmp_path / "out"
    assert main(["--data", str(folder), "--size", "32", "--latent", "map", "--out", str(out)]) == 0
    found = json.loads((out / FACTS_FILE).read_text())
    assert found["train"] + found["holdout"] == 40
    assert found["formats"] == [["png", 31], ["jpg", 10]]
    assert found["sizes"] == [[40, 40, 40]]
    assert found["labels"] == [["mood", 2]]
    assert [name for name, _ in found["skipped"]] == ["broken.png"]
    assert found["near_duplicate_count"] == len(found["near_duplicates"]) == found["moved"] > 0
    for held, trained in found["near_duplicates"]:
        assert held.removeprefix("copy").split(".")[0] == trained.removeprefix("copy").split(".")[0]
    assert found["chosen"]
    assert (found["pace"]["latent"], found["pace"]["limit_seconds"]) == ("map", 600)
    assert found["pace"]["finishing_seconds"] == 30
    assert found["pace"]["epoch_seconds"] > 0
    assert found["pace"]["epochs"] == TrainConfig().training.epochs  # the usual ones, where none are asked for
    with Image.open(out / GRID_FILE) as grid:
        assert grid.size == (8 * 32, 3 * 32)
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert {"what", "done", "total"} == set(lines[-1])


@pytest.mark.parametrize("options", [{"flip": True}, {"crop": 0.5}, {"flip": True, "corrupt": "mask:0.3"}])
def test_the_grid_is_what_the_network_gets(folder: Path, options: dict[str, Any]) -> None:
    """Pixel by pixel what the training's own code makes of the same pictures: crop, flip, and damage below."""
    config = TrainConfig.of(data=folder, size=32, seed=5, **options)
    data = open_data(config, lambda *_: None)
    count = min(24, len(data.train))
    target = augment(to_input(data.seen.batch(np.arange(count) * len(data.seen) // count), ON_CPU), config, 0)
    grid = seen_grid(data, config)
    layers = 2 if config.objective.damages else 1
    assert np.array_equal(grid[:32, :32], to_pixels(target)[0])
    assert np.array_equal(grid[layers * 32 : (layers + 1) * 32, 32:64], to_pixels(target)[9])
    if config.objective.damages:
        seen = corrupt(target, config.objective.damages, Part(5, 0, 0, count, count))
        assert np.array_equal(grid[32:64, :32], to_pixels(seen)[0])
        assert not np.array_equal(grid[32:64, :32], grid[:32, :32])


def test_duplicates_across_folders_of_a_split_stay_and_are_named(tmp_path: Path) -> None:
    """Folders `train` and `test` say what is held out: nothing is moved, and what is nearly the same is told."""
    for name in ("train", "test"):
        (tmp_path / "set" / name).mkdir(parents=True)
    random = np.random.default_rng(1)
    for index in range(8):
        small = Image.fromarray(random.integers(0, 255, (4, 4, 3), np.uint8)).resize((40, 40))
        small.save(tmp_path / "set" / "train" / f"{index}.png")
        if index < 2:
            small.save(tmp_path / "set" / "test" / f"{index}.jpg", quality=90)
    config = TrainConfig.of(data=tmp_path / "set", size=32)
    found = facts(open_data(config, lambda *_: None), config, ())
    assert found["near_duplicates"] == [["test/0.jpg", "train/0.png"], ["test/1.jpg", "train/1.png"]]
    assert found["moved"] == 0


def test_characters_have_no_files(tmp_path: Path) -> None:
    """Nothing is broken and nothing is a duplicate; their labels are those that are drawn."""
    config = TrainConfig.of(characters=20, size=32)
    found = facts(open_data(config, lambda *_: None), config, (Sentence("a map"),))
    assert (found["formats"], found["sizes"], found["near_duplicates"], found["skipped"]) == ([], [], [], [])
    assert len(found["labels"]) > 3
    assert found["chosen"] == [{"template": "a map", "values": {}}]
    assert tmp_path.is_dir()


def test_pictures_that_cannot_be_used_are_one_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """With exit status 2: no folder, and a folder without pictures."""
    (tmp_path / "empty").mkdir()
    for name in ("missing", "empty"):
        assert main(["--data", str(tmp_path / name), "--out", str(tmp_path / "out")]) == 2
        assert capsys.readouterr().err.startswith("error: ")


def test_three_pictures_are_enough_to_look_at(tmp_path: Path) -> None:
    """The grid has grey where there are none."""
    (tmp_path / "few").mkdir()
    for index in range(3):
        Image.fromarray(gradient(40, 40 + 9 * index)).save(tmp_path / "few" / f"{index}.png")
    assert main(["--data", str(tmp_path / "few"), "--size", "32", "--out", str(tmp_path / "out")]) == 0
    with Image.open(tmp_path / "out" / GRID_FILE) as image:
        grid = np.asarray(image)
    assert grid.shape == (32, 8 * 32, 3)
    assert (grid[:, 3 * 32 :] == 128).all()


def test_why_there_is_none_is_told_with_its_parts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In the file that whoever asked named: the window says it in its own language."""
    monkeypatch.setenv(FAILURE_VARIABLE, str(tmp_path / "failure.json"))
    assert main(["--data", str(tmp_path / "gone"), "--out", str(tmp_path / "out")]) == 2
    status = read_status_file(tmp_path / "failure.json")
    assert status is not None
    assert status.failure == "data"
    assert isinstance(status.message, Sentence)
    assert status.message.values == {"path": str(tmp_path / "gone")}
