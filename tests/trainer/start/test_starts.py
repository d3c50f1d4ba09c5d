"""A network that starts as a linear code reconstructs as that code does, in every kind that compact has."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import torch

from trainer.architectures.families import build_autoencoder
from trainer.data import Pictures
from trainer.errors import ConfigError
from trainer.floor.floor import map_floors, vector_floors
from trainer.floor.start import set_start
from trainer.options.config import TrainConfig
from trainer.start.starts import STARTS

TINY: dict[str, Any] = {"size": 64, "width": 0.25, "depth": 0.5}


def _pictures(grey: bool = False) -> Pictures:
    random = np.random.default_rng(0)
    smooth = np.cumsum(np.cumsum(random.normal(size=(12, 64, 64, 3)), axis=1), axis=2) * 2 + 128
    if grey:
        smooth = np.repeat(smooth[..., :1], 3, axis=3)
    return Pictures(smooth.clip(0, 255).astype(np.uint8), np.arange(12))


@pytest.mark.parametrize(
    ("latent", "init", "more", "grey"),
    [
        ("vector", "pca", {}, False),
        ("vector", "pca", {"kl": 1e-4}, True),
        ("vector", "pca", {"linear": True, "correction": 2}, True),
        ("vector", "pca", {"kl": 1e-4, "correction": 1}, False),
        ("map", "pca", {"kl": 1e-4}, False),
        ("map", "pca", {"correction": 1}, True),
        ("map", "lapped", {"kl": 1e-4}, True),
    ],
)
def test_it_starts_as_its_floor(latent: str, init: str, more: dict[str, Any], grey: bool) -> None:
    """Reconstructions are the floor's to 0.002 dB, variational, corrected or grey, and grey stays grey."""
    config = TrainConfig.of(latent=latent, latent_size=6, init=init, grey=grey, **more, **TINY)
    pictures = _pictures(grey)
    model = build_autoencoder(config.blueprint).eval()
    if latent == "vector":
        floors = vector_floors(pictures, pictures, 6)
    else:
        floors = map_floors(pictures, pictures, 6, lambda: True, lapped=init == "lapped")
    set_start(model, init, floors)
    image = torch.from_numpy(pictures.batch(slice(None))).permute(0, 3, 1, 2).float() / 255
    with torch.inference_mode():
        output = model(image)
        if config.objective.variational:
            mean, _ = model.posterior(image)
            torch.testing.assert_close(mean, model.encode(image))
    errors = (output.clamp(0, 1) - image).square().mean(dim=(1, 2, 3))
    assert float((-10 * errors.log10()).mean()) == pytest.approx(floors.measured[-1].psnr_db, abs=2e-3)
    if grey:
        assert torch.equal(output[:, 0], output[:, 1])
        assert torch.equal(output[:, 0], output[:, 2])


def test_the_matrix_of_whole_pictures_stays() -> None:
    """A step changes the network beside it, whose every weight but those behind zeros learns, and not the matrix."""
    config = TrainConfig.of(latent="vector", latent_size=6, init="pca", **TINY)
    pictures = _pictures()
    model = build_autoencoder(config.blueprint)
    STARTS["pca"](model, pictures)
    image = torch.from_numpy(pictures.batch(slice(None))).permute(0, 3, 1, 2).float() / 255
    optimizer = torch.optim.Adam([each for each in model.parameters() if each.requires_grad], lr=1e-3)
    errors = []
    for _ in range(40):
        optimizer.zero_grad()
        error = (model(image) - image).square().mean()
        error.backward()
        optimizer.step()
        errors.append(error.item())
    assert errors[-1] < errors[0]
    for name, parameter in model.named_parameters():
        assert (parameter.grad is None) == (".linear." in name), name
        assert parameter.grad is None or parameter.grad.any(), name


def test_a_linear_code_stays_and_its_picture_is_corrected() -> None:
    """With --linear latents are those of the start, whatever is learnt, and what is learnt makes pictures better."""
    config = TrainConfig.of(latent="vector", latent_size=6, init="pca", linear=True, correction=1, **TINY)
    pictures = _pictures()
    model = build_autoencoder(config.blueprint)
    STARTS["pca"](model, pictures)
    image = torch.from_numpy(pictures.batch(slice(None))).permute(0, 3, 1, 2).float() / 255
    before = model.encode(image)
    optimizer = torch.optim.Adam([each for each in model.parameters() if each.requires_grad], lr=3e-3)
    errors = []
    for _ in range(30):
        optimizer.zero_grad()
        error = (model(image) - image).square().mean()
        error.backward()
        optimizer.step()
        errors.append(error.item())
    assert errors[-1] < 0.9 * errors[0]
    assert torch.equal(model.encode(image), before)


def test_starts_that_a_network_cannot_have() -> None:
    """Until a training decides, `auto` builds no path; a start or a channel that a family has not is refused."""
    assert TrainConfig.of(latent="vector").blueprint.init == "random"
    with pytest.raises(ConfigError, match="--init must be random or pca for a vector of compact"):
        TrainConfig.of(latent="vector", init="lapped")
    with pytest.raises(ConfigError, match="--grey must be left out with --arch vgg13"):
        TrainConfig.of(arch="vgg13", grey=True)
