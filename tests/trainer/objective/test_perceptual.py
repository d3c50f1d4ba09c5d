"""LPIPS is its formula, on either of its two networks."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch
from safetensors.torch import load_file, save_file
from torch import nn
from torchvision.models import alexnet

from trainer.errors import CheckpointError
from trainer.machine.device import Device
from trainer.objective.losses import PictureLoss
from trainer.objective.perceptual import STAGES, Lpips, Name, load_lpips
from trainer.options.config import TrainConfig

CPU = Device("cpu", bf16=False)
CONVOLUTIONS: dict[Name, tuple[int, ...]] = {"vgg16": (2, 4, 7, 10, 13), "alexnet": (1, 2, 3, 4, 5)}


def _pair() -> tuple[torch.Tensor, torch.Tensor]:
    torch.manual_seed(0)
    target = torch.rand(2, 3, 32, 32)
    return (target + 0.1 * torch.randn_like(target)).clamp(0, 1), target


@pytest.fixture(scope="module", params=["vgg16", "alexnet"])
def network(request: pytest.FixtureRequest) -> Name:
    """The network whose features are compared."""
    name: Name = request.param
    return name


@pytest.fixture(scope="module")
def lpips_file(tmp_path_factory: pytest.TempPathFactory, network: Name) -> Path:
    """A file with the names and shapes of the network and LPIPS, and random numbers."""
    torch.manual_seed(0)
    path = tmp_path_factory.mktemp("weights") / "lpips.safetensors"
    weights = {name: (torch.rand_like(each) - 0.4).half() * 0.1 for name, each in Lpips(network).state_dict().items()}
    heads = enumerate(STAGES[network].channels)
    save_file(weights | {f"lpips.{stage}.weight": torch.rand(1, width, 1, 1).half() for stage, width in heads}, path)
    return path


def test_lpips_is_its_formula(lpips_file: Path, network: Name) -> None:
    """Normalised input, unit-length features after five ReLUs, weighted squared differences, averaged and summed."""
    output, target = _pair()
    distance = load_lpips(lpips_file)
    mean = torch.tensor((-0.030, -0.088, -0.188))[:, None, None]
    deviation = torch.tensor((0.458, 0.448, 0.450))[:, None, None]
    x, y = ((image * 2 - 1 - mean) / deviation for image in (output, target))
    expected, convolutions = torch.zeros(2), 0
    stages = iter(distance.lpips)
    for layer in distance.features:
        x, y = layer(x), layer(y)
        convolutions += isinstance(layer, nn.Conv2d)
        if isinstance(layer, nn.ReLU) and convolutions in CONVOLUTIONS[network]:
            head = next(stages)
            a, b = (each / each.norm(dim=1, keepdim=True).clamp_min(1e-10) for each in (x, y))
            expected = expected + ((a - b).square() * head.weight).sum(dim=1).mean(dim=(1, 2))
    assert next(stages, None) is None
    assert torch.allclose(distance(output, target), expected, rtol=1e-4)


def test_same_pictures_have_no_distance_and_noise_adds_to_it(lpips_file: Path) -> None:
    """0 of a picture to itself, the same in both directions, and more with each doubling of the noise."""
    _, target = _pair()
    noise = torch.randn_like(target)
    distance = load_lpips(lpips_file)
    assert distance(target, target).abs().max() < 1e-6
    noisy = [target + strength * noise for strength in (0.02, 0.04, 0.08, 0.16)]
    rising = torch.stack([distance(each, target) for each in noisy])
    assert (rising.diff(dim=0) > 0).all()
    assert torch.allclose(rising[-1], distance(target, noisy[-1]), rtol=1e-4)


def test_a_picture_is_described_by_its_last_features(lpips_file: Path, network: Name) -> None:
    """One mean for each channel of the last stage, whatever the picture's size; LPIPS's heads have no part in it."""
    distance = load_lpips(lpips_file)
    for image in (torch.rand(2, 3, 32, 48), torch.rand(1, 3, 64, 64)):
        described = distance.describe(image)
        assert described.shape == (len(image), STAGES[network].channels[-1])
        x = (image * 2 - 1 - distance.mean) / distance.deviation
        assert torch.allclose(described, distance.features(x).flatten(2).mean(dim=2))


def test_the_perceptual_loss_teaches_the_picture_alone(lpips_file: Path) -> None:
    """The gradient reaches the output; the weights that measure have none."""
    output, target = _pair()
    output.requires_grad_()
    loss = PictureLoss(TrainConfig.of(perceptual=0.5, perceptual_weights=lpips_file), CPU)
    distance = load_lpips(lpips_file)(output, target)
    assert torch.allclose(loss(output, target), (output - target).square().mean(dim=(1, 2, 3)) + 0.5 * distance)
    loss(output, target).sum().backward()
    assert output.grad is not None
    assert output.grad.any()
    assert not any(each.requires_grad for each in load_lpips(lpips_file).parameters())


def test_alexnet_is_torchvisions() -> None:
    """Its layers are those of torchvision's network, so that its files of weights fit."""
    with torch.device("meta"):  # no room for the classifier
        theirs = alexnet(weights=None).features[:12]
        ours = Lpips("alexnet").features
    assert [repr(layer) for layer in ours] == [repr(layer) for layer in theirs]


def test_other_weights_are_refused(tmp_path: Path, lpips_file: Path) -> None:
    """A file without what LPIPS needs is an error that names the first thing that is missing, and the option."""
    save_file({"features.0.weight": torch.zeros(1)}, tmp_path / "a.safetensors")
    with pytest.raises(CheckpointError, match=r"--perceptual-weights.*features\.0\.weight"):
        load_lpips(tmp_path / "a.safetensors")
    weights = load_file(lpips_file)
    del weights["lpips.3.weight"]
    save_file(weights, tmp_path / "b.safetensors")
    with pytest.raises(CheckpointError, match=r"--lpips.*lpips\.3\.weight"):
        load_lpips(tmp_path / "b.safetensors", "--lpips")
