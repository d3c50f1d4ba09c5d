"""What an installation holds of the models that ship."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image

from desktop.engine.autoencoder import Autoencoder
from export.bundle import read_bundle
from trainer.run.checkpoint import load_run

ROOT = Path(__file__).resolve().parents[1]


@pytest.mark.parametrize("name", [path.parent.name for path in (ROOT / "models").glob("*/bundle.json")])
def test_every_file_of_a_shipped_bundle_is_installed(name: str) -> None:
    """The wheel takes each shipped bundle whole, and its weights to train on with none."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    taken = project["tool"]["hatch"]["build"]["targets"]["wheel"]["force-include"]
    info = json.loads((ROOT / "models" / name / "bundle.json").read_text(encoding="utf-8"))
    for source in ("bundle.json", *info["sha256"]):
        path = f"models/{name}/{source}"
        assert f"models/{name}" in taken or taken[path] == f"desktop/{path}", path
    assert all((ROOT / source).exists() for source in taken)
    for source in taken:
        assert not list((ROOT / source).glob("**/*.safetensors")), source


def test_the_weights_to_start_from_are_those_of_the_model(photo: Path) -> None:
    """What models/photos/run holds reconstructs a picture as the bundle beside it does, but for its int8."""
    run = load_run(ROOT / "models" / "photos" / "run")
    network = Autoencoder(read_bundle(ROOT / "models" / "photos"), "cpu")
    picture = np.array(Image.open(photo).convert("RGB").resize((128, 128)))[None]
    with torch.no_grad():
        ours = run.model(torch.from_numpy(picture).permute(0, 3, 1, 2) / 255).clamp(0, 1).permute(0, 2, 3, 1) * 255
    theirs = network.decode(network.encode(picture)).astype(np.float64)
    assert 10 * np.log10(255**2 / np.square(ours.numpy() - theirs).mean()) > 40
