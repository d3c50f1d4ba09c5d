"""Every network has the size, the shapes and the ranges that it promises."""

from __future__ import annotations

import pytest
import torch
from torchvision.models import vgg16

from trainer.architectures.compact import Residual
from trainer.architectures.families import build_autoencoder
from trainer.options.config import TrainConfig


def _count(module: torch.nn.Module) -> int:
    return sum(parameter.numel() for parameter in module.parameters())


@pytest.mark.parametrize(
    ("arch", "whole", "encoder"), [("vgg16", 42_165_571, 14_714_688), ("vgg13", 31_543_619, 9_404_992)]
)
def test_vgg_parameters(arch: str, whole: int, encoder: int) -> None:
    """The seed's networks have exactly as many parameters as the seed counted."""
    model = build_autoencoder(TrainConfig.of(arch=arch).blueprint)
    assert (_count(model), _count(model.encoder)) == (whole, encoder)


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


@pytest.mark.parametrize("head", ["linear", "sigmoid", "clamp"])
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
    """The latent has the promised shape and the decoder gives back the picture's, in [0, 1] unless linear."""
    config = TrainConfig.of(arch=arch, latent=latent, size=size, head=head)
    model = build_autoencoder(config.blueprint).eval()
    with torch.inference_mode():
        latents = model.encode(torch.rand(2, 3, size, size))
        output = model.decode(latents * 1e4)
    assert latents.shape == (2, *shape)
    assert shape == model.latent_shape(size, size)
    assert output.shape == (2, 3, size, size)
    assert ((output >= 0) & (output <= 1)).all() == (head != "linear")


@pytest.mark.parametrize(("arch", "latent"), [("compact", "map"), ("vgg13", "auto")])
def test_maps_take_any_size(arch: str, latent: str) -> None:
    """A network with a map latent takes any height and width that its multiple divides."""
    model = build_autoencoder(TrainConfig.of(arch=arch, latent=latent).blueprint).eval()
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
    model = build_autoencoder(TrainConfig.of(latent=latent, size=32).blueprint)
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
    image = torch.rand(4, 3, 32, 32)
    for _ in range(2):
        optimizer.zero_grad()
        (model(image) - image).square().mean().backward()
        optimizer.step()
    for name, parameter in model.named_parameters():
        assert parameter.grad is not None, name
        assert parameter.grad.any(), name


def test_clamp_lets_gradients_pass_in_training() -> None:
    """In training mode the clamp head is linear: values beyond [0, 1] stay, and so do their gradients."""
    model = build_autoencoder(TrainConfig.of(latent="map", head="clamp", size=32).blueprint).train()
    latent = (torch.randn(1, 16, 4, 4) * 1e4).requires_grad_()
    output = model.decode(latent)
    output[output > 1].sum().backward()
    assert output.max() > 1
    assert latent.grad is not None
    assert latent.grad.any()


def test_names_of_weights_stay() -> None:
    """A network of the first version finds its weights: same names, same shapes, nothing new at the defaults."""
    vector, maps = (
        build_autoencoder(TrainConfig.of(latent=latent).blueprint).state_dict() for latent in ("vector", "map")
    )
    assert vector["encoder.2.weight"].shape == (64, 192 * 4 * 4)
    assert vector["encoder.0.3.branch.1.weight"].shape == (64, 64, 3, 3)
    assert vector["decoder.0.weight"].shape == (192 * 4 * 4, 64)
    assert maps["encoder.1.weight"].shape == (16, 160, 1, 1)
    assert maps["decoder.1.3.weight"].shape == (256, 160, 1, 1)
    assert (len(vector), len(maps)) == (68, 44)


@pytest.mark.parametrize("latent", ["vector", "map"])
def test_width_and_depth(latent: str) -> None:
    """Half the width is about a quarter of the weights; twice the depth adds blocks; shapes stay as promised."""
    usual, narrow, deep = (
        build_autoencoder(TrainConfig.of(latent=latent, size=64, **options).blueprint)
        for options in ({}, {"width": 0.5}, {"depth": 2.0})
    )
    assert _count(narrow) < _count(usual) / 3
    assert len(list(deep.modules())) > len(list(usual.modules()))
    for model in (narrow, deep):
        image = torch.rand(1, 3, 64, 64)
        assert model.encode(image).shape[1:] == model.latent_shape(64, 64)
        assert model(image).shape == image.shape


@pytest.mark.parametrize(("arch", "latent"), [("compact", "vector"), ("compact", "map"), ("vgg13", "map")])
def test_a_variational_network_encodes_to_the_mean(arch: str, latent: str) -> None:
    """The posterior has a mean, which is what `encode` gives, and starts with a small variance everywhere."""
    config = TrainConfig.of(arch=arch, latent=latent, size=32, kl=0.001)
    model = build_autoencoder(config.blueprint).eval()
    image = torch.rand(2, 3, 32, 32)
    with torch.inference_mode():
        mean, log_variance = model.posterior(image)
        assert torch.equal(mean, model.encode(image))
    assert mean.shape == log_variance.shape
    assert (log_variance == -6).all()
    assert mean.min() < 0
    assert not any("log_variance" in name for name, _ in model.encoder.named_modules())


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
