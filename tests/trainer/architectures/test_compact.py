"""The networks of the family compact."""

from __future__ import annotations

import pytest
import torch

from tests.trainer.architectures.test_vgg import count
from trainer.architectures.compact import Residual
from trainer.architectures.families import build_autoencoder
from trainer.options.config import TrainConfig


@pytest.mark.parametrize("latent", ["vector", "map"])
def test_width_and_depth(latent: str) -> None:
    """Half the width is about a quarter of the weights; twice the depth adds blocks; shapes stay as promised."""
    usual, narrow, deep = (
        build_autoencoder(TrainConfig.of(latent=latent, size=64, **options).blueprint)
        for options in ({}, {"width": 0.5}, {"depth": 2.0})
    )
    assert count(narrow) < count(usual) / 3
    assert len(list(deep.modules())) > len(list(usual.modules()))
    for model in (narrow, deep):
        image = torch.rand(1, 3, 64, 64)
        assert model.encode(image).shape[1:] == model.latent_shape(64, 64)
        assert model(image).shape == image.shape


def test_leaky_units_cannot_fall_silent() -> None:
    """A unit that is negative everywhere gets no gradient behind a ReLU and a hundredth of it behind a leaky one; both
    networks hold the same weights."""
    gradients = {}
    plain = build_autoencoder(TrainConfig.of(size=32, latent="map", width=0.25).blueprint)
    for activation in ("relu", "leaky"):
        model = build_autoencoder(TrainConfig.of(size=32, latent="map", width=0.25, activation=activation).blueprint)
        model.load_state_dict(plain.state_dict())
        block = next(module for module in model.decoder.modules() if isinstance(module, Residual))
        with torch.no_grad():
            block.inner.bias.sub_(1e3)  # type: ignore[union-attr]
            block.outer.weight.fill_(0.01)
        model(torch.rand(2, 3, 32, 32)).sum().backward()
        gradients[activation] = block.inner.weight.grad
    assert gradients["relu"] is not None
    assert gradients["leaky"] is not None
    assert not gradients["relu"].any()
    assert gradients["leaky"].abs().max() > 0
