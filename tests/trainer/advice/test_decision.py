"""What the pictures decide, where `--latent auto` is typed."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from tests.pictures import gradient
from trainer import train
from trainer.floor.floor import FLOORS_FILE
from trainer.options.config import read_config


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
    words = ["--data", str(folder), "--latent", "auto", "--size", "64", "--steps", "2", "--batch-size", "4"]
    assert train.main([*words, "--width", "0.25", "--out", str(out)]) == 0
    said = capsys.readouterr().out
    assert "Chosen    " in said
    assert "because" in said
    assert "Floor     " in said
    assert "Start     " in said
    assert (out / FLOORS_FILE).is_file()
    config = read_config(out)
    assert config.network.init == "pca"
    assert config.network.width == 0.25
    assert config.training.batch_size == 4
    assert config.pictures.near_duplicates == "together"


def test_without_the_word_nothing_is_decided(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A run that does not ask is what it was."""
    folder, out = folder_of(tmp_path / "mine", 12), tmp_path / "run"
    assert train.main(["--data", str(folder), "--size", "32", "--steps", "1", "--out", str(out)]) == 0
    assert "Chosen" not in capsys.readouterr().out
    config = read_config(out)
    assert (config.network.latent_kind, config.network.init) == ("vector", "random")
