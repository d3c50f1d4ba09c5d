"""LPIPS, the perceptual distance of Zhang, Isola, Efros, Shechtman and Wang (2018), on VGG16 or AlexNet."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import torch
from torch import Tensor, nn

from trainer.errors import CheckpointError
from trainer.start.weight_files import read_weights

MEAN, DEVIATION = (-0.030, -0.088, -0.188), (0.458, 0.448, 0.450)  # of inputs in [-1, 1]
SMALLEST_SIDE = 32  # pixels; AlexNet has nothing left of smaller ones
FLAG = "--perceptual-weights"

Name = Literal["vgg16", "alexnet"]


@dataclass(frozen=True)
class Stages:
    """Where a network's features are taken: after which of torchvision's `features`, and how many channels there are.

    Those are ReLUs: after convolutions 2, 4, 7, 10 and 13 of VGG16, after all five of AlexNet.
    """

    last_layers: tuple[int, ...]
    channels: tuple[int, ...]


STAGES: dict[Name, Stages] = {
    "vgg16": Stages((3, 8, 15, 22, 29), (64, 128, 256, 512, 512)),
    "alexnet": Stages((1, 4, 7, 9, 11), (64, 192, 384, 256, 256)),
}
FIRST_LAYER = "features.0.weight"
FIRST_SHAPES: dict[tuple[int, ...], Name] = {(64, 3, 3, 3): "vgg16", (64, 3, 11, 11): "alexnet"}


class Lpips(nn.Module):
    """The distance of two pictures of at least 32 pixels a side; its own weights never learn."""

    mean: Tensor
    deviation: Tensor

    def __init__(self, name: Name = "vgg16") -> None:
        from torchvision.models.vgg import (  # slow to import, and most runs need none
            cfgs,
            make_layers,
        )

        super().__init__()
        stages = STAGES[name]
        self._last_layers = stages.last_layers
        layers = make_layers(cfgs["D"]) if name == "vgg16" else _alexnet()
        self.features: nn.Sequential = layers[: stages.last_layers[-1] + 1]
        self.lpips = nn.ModuleList(nn.Conv2d(channels, 1, 1, bias=False) for channels in stages.channels)
        self.register_buffer("mean", torch.tensor(MEAN)[:, None, None], persistent=False)
        self.register_buffer("deviation", torch.tensor(DEVIATION)[:, None, None], persistent=False)
        self.requires_grad_(False).eval()

    def forward(self, output: Tensor, target: Tensor) -> Tensor:
        """(B, 3, H, W) in [0, 1] twice -> float32 (B,), 0 where they are alike."""
        distance = torch.zeros(len(output), device=output.device)
        with torch.no_grad():
            wanted = self._stages(target)
        for head, features, aims in zip(self.lpips, self._stages(output), wanted):
            distance = distance + head((features - aims).square()).float().mean(dim=(1, 2, 3))
        return distance

    def describe(self, image: Tensor) -> Tensor:
        """The last stage's features as they are, averaged over the picture: (B, 3, H, W) in [0, 1] -> (B, channels)."""
        features: Tensor = self.features(self._normalised(image))
        return features.mean(dim=(2, 3))

    def _stages(self, image: Tensor) -> list[Tensor]:
        """The features at the end of each stage, of unit length over the channels."""
        x = self._normalised(image)
        stages = []
        for index, layer in enumerate(self.features):
            x = layer(x)
            if index in self._last_layers:
                stages.append(nn.functional.normalize(x, eps=1e-10))
        return stages

    def _normalised(self, image: Tensor) -> Tensor:
        return (image * 2 - 1 - self.mean) / self.deviation


def load_lpips(path: Path, flag: str = FLAG) -> Lpips:
    """LPIPS with the weights of a file: torchvision's `features.N.weight` and `.bias`, and `lpips.0..4.weight`.

    The shape of the first layer tells which network it is.

    Args:
        path: The file.
        flag: The option that named it, for the error's sentence.

    Raises:
        CheckpointError: The file cannot be read, or lacks some of them.
    """
    given = read_weights(path, flag)
    first = given.get(FIRST_LAYER)
    name = FIRST_SHAPES.get(tuple(first.shape)) if first is not None else None
    if name is None:
        raise CheckpointError(
            f"{flag}: {path} holds neither VGG16 nor AlexNet: {FIRST_LAYER} is missing or of another shape."
        )
    distance = Lpips(name)
    wanted = distance.state_dict()
    for key, each in wanted.items():
        if key not in given or given[key].shape != each.shape:
            raise CheckpointError(f"{flag}: {path} holds no {name} with LPIPS: {key} is missing or of another shape.")
    distance.load_state_dict({key: given[key] for key in wanted})
    return distance


def _alexnet() -> nn.Sequential:
    """torchvision's `alexnet().features` without its last pooling, and without the classifier's 58 million weights.

    Krizhevsky, One weird trick for parallelizing convolutional neural networks (2014).
    """
    return nn.Sequential(
        nn.Conv2d(3, 64, 11, stride=4, padding=2),
        nn.ReLU(inplace=True),
        nn.MaxPool2d(3, stride=2),
        nn.Conv2d(64, 192, 5, padding=2),
        nn.ReLU(inplace=True),
        nn.MaxPool2d(3, stride=2),
        nn.Conv2d(192, 384, 3, padding=1),
        nn.ReLU(inplace=True),
        nn.Conv2d(384, 256, 3, padding=1),
        nn.ReLU(inplace=True),
        nn.Conv2d(256, 256, 3, padding=1),
        nn.ReLU(inplace=True),
    )
