"""Every network has the size, the shapes and the ranges that it promises."""

from __future__ import annotations

import pytest
import torch

from trainer.architectures.families import build_autoencoder
from trainer.options.config import TrainConfig


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
