"""A network with a linear path starts as patch PCA, and learns from there."""

from __future__ import annotations

import json
from typing import Literal

import numpy as np
import pytest
import torch

from trainer.architectures.families import build_autoencoder
from trainer.data import Pictures
from trainer.errors import ConfigError
from trainer.options.config import ADDED_OPTIONS, TrainConfig, config_text
from trainer.start.patch_pca import start_from_patches

CONFIG = TrainConfig.of(latent="map", latent_size=5, size=32, width=0.25, init="pca")


def _pictures() -> Pictures:
    random = np.random.default_rng(0)
    smooth = np.cumsum(random.normal(size=(9, 32, 32, 3)), axis=1) * 8 + 128
    return Pictures(smooth.clip(0, 255).astype(np.uint8), np.arange(9))


def test_it_starts_as_patch_pca() -> None:
    """The outputs are those of numpy's PCA of the same patches, and the latent is its coordinates."""
    pictures = _pictures()
    model = build_autoencoder(CONFIG.blueprint).eval()
    start_from_patches(model, pictures)
    image = pictures.batch(slice(None)) / 255
    patches = image.reshape(9, 4, 8, 4, 8, 3).transpose(0, 1, 3, 2, 4, 5).reshape(-1, 192)
    mean = patches.mean(axis=0)
    axes = np.linalg.svd(patches - mean, full_matrices=False)[2][:5]
    reconstruction = (patches - mean) @ axes.T @ axes + mean
    expected = reconstruction.reshape(9, 4, 4, 8, 8, 3).transpose(0, 1, 3, 2, 4, 5).reshape(9, 32, 32, 3)
    with torch.inference_mode():
        latent = model.encode(torch.from_numpy(image).permute(0, 3, 1, 2).float())
        output = model.decode(latent).permute(0, 2, 3, 1).numpy()
    np.testing.assert_allclose(output, expected, atol=1e-4)
    spreads = latent.movedim(1, -1).flatten(0, 2).std(dim=0)
    assert (spreads.diff() < 0).all(), "most variance first"


def test_every_weight_learns() -> None:
    """After some steps no weight of the network beside the linear path is left out, and the error is smaller."""
    torch.manual_seed(0)
    pictures = _pictures()
    model = build_autoencoder(CONFIG.blueprint)
    start_from_patches(model, pictures)
    image = torch.from_numpy(pictures.batch(slice(None))).permute(0, 3, 1, 2).float() / 255
    optimizer = torch.optim.Adam(model.parameters(), lr=3e-4)
    errors = []
    for _ in range(12):
        optimizer.zero_grad()
        error = (model(image) - image).square().mean()
        error.backward()
        optimizer.step()
        errors.append(error.item())
    assert errors[-1] < errors[0]
    assert all(each.grad is not None and each.grad.any() for each in model.parameters())


@pytest.mark.parametrize(
    "options", [{"latent": "map", "head": "sigmoid"}, {"latent": "map", "latent_size": 193}, {"arch": "vgg13"}]
)
@pytest.mark.parametrize("init", ["pca", "lapped"])
def test_where_it_cannot_start(init: Literal["pca", "lapped"], options: dict[str, object]) -> None:
    """Without a compact network that pixels pass through as they are, a linear start is refused."""
    with pytest.raises(ConfigError, match="--init"):
        TrainConfig.of(init=init, **options)


def test_the_option_has_a_format_of_its_own() -> None:
    """A run from before there was --init is read as one with random weights."""
    assert ADDED_OPTIONS[3] == {"init": "random"}
    assert json.loads(config_text(CONFIG))["format"] == max(ADDED_OPTIONS)
