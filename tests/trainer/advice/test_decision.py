"""What the pictures decide, where the options leave it open."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from tests.pictures import gradient
from trainer import train
from trainer.floor.floor import FLOORS_FILE
from trainer.options.config import TrainConfig, read_config


def folder_of(place: Path, count: int) -> Path:
    """Smooth pictures with a little noise."""
    place.mkdir()
    random = np.random.default_rng(0)
    for index in range(count):
        pixels = gradient(72, 72 + index).astype(int) + random.integers(0, 30, 3)
        Image.fromarray(pixels.clip(0, 255).astype(np.uint8)).save(place / f"{index}.png")
    return place


def test_the_pictures_decide_and_say_why(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The choice and its reason are two lines, what the user gave stays, and the run starts at its floor."""
    folder, out = folder_of(tmp_path / "mine", 24), tmp_path / "run"
    words = ["--data", str(folder), "--size", "64", "--steps", "2", "--batch-size", "4"]
    assert train.main([*words, "--width", "0.25", "--out", str(out)]) == 0
    said = capsys.readouterr().out
    assert "Chosen    " in said
    assert "because" in said
    assert "Floor     " in said
    assert "Start     " in said
    assert (out / FLOORS_FILE).is_file()
    config = read_config(out)
    assert (config.network.latent, config.network.init) == ("map", "lapped")
    assert config.network.width == 0.25
    assert config.training.batch_size == 4
    assert config.pictures.near_duplicates == "together"


def test_a_run_that_says_latent_and_start_is_what_it_says(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """With both given nothing is chosen, and near-duplicates stay where chance put them."""
    folder, out = folder_of(tmp_path / "mine", 12), tmp_path / "run"
    words = ["--data", str(folder), "--latent", "vector", "--init", "random", "--size", "32", "--steps", "1"]
    assert train.main([*words, "--out", str(out)]) == 0
    assert "Chosen" not in capsys.readouterr().out
    values = TrainConfig.of(data=folder, latent="vector", init="random", size=32, steps=1, out=out).values()
    assert read_config(out).values() == {**values, "near_duplicates": "anywhere", "patience": 0}


def test_lapped_needs_room(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Pictures of 32 pixels start as principal components of blocks; asked to start lapped, they are refused."""
    folder = folder_of(tmp_path / "mine", 8)
    words = ["--data", str(folder), "--size", "32", "--latent", "map", "--width", "0.125", "--steps", "1"]
    assert train.main([*words, "--out", str(tmp_path / "a")]) == 0
    assert read_config(tmp_path / "a").network.init == "pca"
    capsys.readouterr()
    assert train.main([*words, "--init", "lapped", "--out", str(tmp_path / "b")]) == 2
    assert "--init lapped needs pictures of 64x64 pixels or more" in capsys.readouterr().err


def test_a_run_that_starts_from_another_has_its_network(tmp_path: Path) -> None:
    """What the network is need not be said again; nothing of it is chosen anew, and the start is not below that run."""
    folder = folder_of(tmp_path / "mine", 12)
    words = ["--data", str(folder), "--size", "32", "--steps", "1"]
    network = ["--latent", "map", "--latent-size", "5", "--width", "0.125", "--activation", "leaky"]
    assert train.main([*words, *network, "--out", str(tmp_path / "a")]) == 0
    assert train.main([*words, "--start-from", str(tmp_path / "a"), "--out", str(tmp_path / "b")]) == 0
    first, second = read_config(tmp_path / "a"), read_config(tmp_path / "b")
    assert second.blueprint == first.blueprint
