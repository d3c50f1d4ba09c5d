"""The networks of the family vgg."""

from __future__ import annotations

import pytest
import torch
from torchvision.models import vgg16

from trainer.architectures.families import build_autoencoder
from trainer.options.config import TrainConfig


def count(module: torch.nn.Module) -> int:
    """How many numbers a module has."""
    return sum(parameter.numel() for parameter in module.parameters())


@pytest.mark.parametrize(
    ("arch", "whole", "encoder"), [("vgg16", 42_165_571, 14_714_688), ("vgg13", 31_543_619, 9_404_992)]
)
def test_vgg_parameters(arch: str, whole: int, encoder: int) -> None:
    """The seed's networks have exactly as many parameters as the seed counted."""
    model = build_autoencoder(TrainConfig.of(arch=arch).blueprint)
    assert (count(model), count(model.encoder)) == (whole, encoder)


def test_vgg_encoder_is_torchvision_features() -> None:
    """The encoder takes torchvision's weights by the same names and gives the same features."""
    reference = vgg16(weights=None).features.eval()
    model = build_autoencoder(TrainConfig.of(arch="vgg16").blueprint).eval()
    model.encoder.load_state_dict(reference.state_dict())
    image = torch.rand(1, 3, 64, 32)
    with torch.inference_mode():
        assert torch.equal(model.encode(image), reference(image))


@pytest.mark.parametrize("arch", ["vgg13", "vgg16"])
def test_vgg_weights_are_kaiming(arch: str) -> None:
    """Convolutions start at Kaiming normal over the fan out, biases at 0."""
    model = build_autoencoder(TrainConfig.of(arch=arch).blueprint)
    for layer in model.modules():
        if isinstance(layer, torch.nn.Conv2d) and layer.weight.numel() > 100_000:
            fan_out = layer.out_channels * 9
            assert layer.weight.std().item() == pytest.approx((2 / fan_out) ** 0.5, rel=0.02)
            assert layer.bias is not None
            assert not layer.bias.any()
