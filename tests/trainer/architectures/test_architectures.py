"""Every network has the size, the shapes and the ranges that it promises."""

from __future__ import annotations

import pytest
import torch
from torchvision.models import vgg16

from trainer.architectures import build_autoencoder
from trainer.config import TrainConfig


def _count(module: torch.nn.Module) -> int:
    return sum(parameter.numel() for parameter in module.parameters())


@pytest.mark.parametrize(
    ("arch", "whole", "encoder"), [("vgg16", 42_165_571, 14_714_688), ("vgg13", 31_543_619, 9_404_992)]
)
def test_vgg_parameters(arch: str, whole: int, encoder: int) -> None:
    """The seed's networks have exactly as many parameters as the seed counted."""
    model = build_autoencoder(TrainConfig(arch=arch))  # type: ignore[arg-type]
    assert (_count(model), _count(model.encoder)) == (whole, encoder)


def test_vgg_encoder_is_torchvision_features() -> None:
    """The encoder takes torchvision's weights by the same names and gives the same features."""
    reference = vgg16(weights=None).features.eval()
    model = build_autoencoder(TrainConfig(arch="vgg16")).eval()
    model.encoder.load_state_dict(reference.state_dict())
    image = torch.rand(1, 3, 64, 32)
    with torch.inference_mode():
        assert torch.equal(model.encode(image), reference(image))


@pytest.mark.parametrize("arch", ["vgg13", "vgg16"])
def test_vgg_weights_are_kaiming(arch: str) -> None:
    """Convolutions start at Kaiming normal over the fan out, biases at 0."""
    model = build_autoencoder(TrainConfig(arch=arch))  # type: ignore[arg-type]
    for layer in model.modules():
        if isinstance(layer, torch.nn.Conv2d) and layer.weight.numel() > 100_000:
            fan_out = layer.out_channels * 9
            assert layer.weight.std().item() == pytest.approx((2 / fan_out) ** 0.5, rel=0.02)
            assert layer.bias is not None
            assert not layer.bias.any()


@pytest.mark.parametrize("head", ["linear", "sigmoid"])
@pytest.mark.parametrize(
    ("arch", "latent", "size", "shape"),
    [
        ("compact", "vector", 32, (64,)),
        ("compact", "vector", 96, (64,)),
        ("compact", "map", 64, (16, 8, 8)),
        ("vgg13", "auto", 64, (512, 2, 2)),
        ("vgg16", "auto", 64, (512, 2, 2)),
    ],
)
def test_shapes(arch: str, latent: str, size: int, head: str, shape: tuple[int, ...]) -> None:
    """The latent has the promised shape and the decoder gives back the picture's, within [0, 1] under a sigmoid."""
    config = TrainConfig(arch=arch, latent=latent, size=size, head=head)  # type: ignore[arg-type]
    model = build_autoencoder(config).eval()
    with torch.inference_mode():
        latents = model.encode(torch.rand(2, 3, size, size))
        output = model.decode(latents * 1e4)
    assert latents.shape == (2, *shape)
    assert shape == model.latent_shape(size, size)
    assert output.shape == (2, 3, size, size)
    assert ((output >= 0) & (output <= 1)).all() == (head == "sigmoid")


@pytest.mark.parametrize(("arch", "latent"), [("compact", "map"), ("vgg13", "auto")])
def test_maps_take_any_size(arch: str, latent: str) -> None:
    """A network with a map latent takes any height and width that its multiple divides."""
    model = build_autoencoder(TrainConfig(arch=arch, latent=latent)).eval()  # type: ignore[arg-type]
    height, width = 3 * model.multiple, 2 * model.multiple
    with torch.inference_mode():
        latents = model.encode(torch.rand(1, 3, height, width))
        output = model.decode(latents)
    assert latents.shape[1:] == model.latent_shape(height, width)
    assert output.shape == (1, 3, height, width)


@pytest.mark.parametrize("latent", ["vector", "map"])
def test_gradients_reach_every_weight(latent: str) -> None:
    """After two steps no weight of compact is left out, although its branches start at zero."""
    torch.manual_seed(0)
    model = build_autoencoder(TrainConfig(latent=latent, size=32))  # type: ignore[arg-type]
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
    image = torch.rand(4, 3, 32, 32)
    for _ in range(2):
        optimizer.zero_grad()
        (model(image) - image).square().mean().backward()
        optimizer.step()
    for name, parameter in model.named_parameters():
        assert parameter.grad is not None, name
        assert parameter.grad.any(), name
