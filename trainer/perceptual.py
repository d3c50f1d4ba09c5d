"""LPIPS, the perceptual distance of Zhang, Isola, Efros, Shechtman and Wang (2018), on VGG16's features."""

from __future__ import annotations

from pathlib import Path

import torch
from torch import Tensor, nn
from torchvision.models.vgg import cfgs, make_layers

from trainer.errors import CheckpointError
from trainer.weight_files import read_weights

CHANNELS = (64, 128, 256, 512, 512)
LAST_LAYERS = (3, 8, 15, 22, 29)  # in torchvision's numbering: ReLU after convolutions 2, 4, 7, 10 and 13
MEAN, DEVIATION = (-0.030, -0.088, -0.188), (0.458, 0.448, 0.450)  # of inputs in [-1, 1]
FLAG = "--perceptual-weights"


class Lpips(nn.Module):
    """The distance of two pictures; its own weights never learn."""

    mean: Tensor
    deviation: Tensor

    def __init__(self) -> None:
        super().__init__()
        self.features: nn.Sequential = make_layers(cfgs["D"])[: LAST_LAYERS[-1] + 1]
        self.lpips = nn.ModuleList(nn.Conv2d(channels, 1, 1, bias=False) for channels in CHANNELS)
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

    def _stages(self, image: Tensor) -> list[Tensor]:
        """The features at the end of each stage, of unit length over the channels."""
        x = (image * 2 - 1 - self.mean) / self.deviation
        stages = []
        for index, layer in enumerate(self.features):
            x = layer(x)
            if index in LAST_LAYERS:
                stages.append(nn.functional.normalize(x, eps=1e-10))
        return stages


def load_lpips(path: Path) -> Lpips:
    """LPIPS with the weights of a file: torchvision's `features.N.weight` and `.bias`, and `lpips.0..4.weight`.

    Raises:
        CheckpointError: The file cannot be read, or lacks some of them.
    """
    distance = Lpips()
    wanted = distance.state_dict()
    weights = {name: each for name, each in read_weights(path, FLAG).items() if name in wanted}
    for name, each in wanted.items():
        if name not in weights or weights[name].shape != each.shape:
            raise CheckpointError(f"{FLAG}: {path} holds no VGG16 with LPIPS: {name} is missing or of another shape.")
    distance.load_state_dict(weights)
    return distance
