"""The network: patches of a picture beside their reconstruction from a few principal axes, at five scales.

What the discriminator of DRAEM (V. Zavrtanik, M. Kristan, D. Skočaj, ICCV 2021) is given is a picture and its
reconstruction. Here that is the reconstruction of each patch from the principal axes of good patches: along them a
patch is told in whitened numbers, and what they leave over is the residual. These linear filters stay as they are:
where they were trained with the rest, the network found its own lessons and little else (`desktop/MEASUREMENTS.md`).
"""

from __future__ import annotations

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional

SIDE = 8  # pixels of a patch, at each scale
STRIDE = 4  # pixels of the picture between two places
AXES = (32, 24, 20, 12, 8)  # of each scale; each is half as fine as the one before
HIDDEN = (64, 32)
LARGEST = 300_000  # parameters

OPPONENT = ((0.299, 0.587, 0.114), (1.0, -1.0, 0.0), (0.5, 0.5, -1.0))  # luma, red less green, yellow less blue
LEAST_DEVIATION = 0.003  # of a component, pixels in [0, 1]
LEAST_REST = 3 * SIDE**2 * (0.5 / 255) ** 2  # squared, of a patch: half a level of each pixel, as they are rounded


class Scale(nn.Module):
    """Patches of one scale along their axes, and what these leave over: `[N, 3, H, W]` to `[N, K + 2, h, w]`."""

    ones: Tensor
    mean: Tensor
    deviations: Tensor

    def __init__(self, scale: int, axes: int) -> None:
        super().__init__()
        self.scale = scale
        self.step = max(1, STRIDE >> scale)
        self.repeat = max(1, (1 << scale) // STRIDE)
        self.axes = nn.Conv2d(3, axes, SIDE, stride=self.step)
        self.register_buffer("ones", torch.ones(1, 3, SIDE, SIDE))
        self.register_buffer("mean", torch.zeros(1, 3, 1, 1))
        self.register_buffer("deviations", torch.ones(axes))

    def forward(self, planes: Tensor) -> Tensor:
        """Compressed: by ln (1 + size), with the sign kept; the rest as ln of its root mean square."""
        before = SIDE // 2 - (STRIDE // 2 >> self.scale)  # the middle of a patch is the middle of its place
        after = SIDE - 1 - before
        padded = functional.pad(planes, (before, after, before, after), mode="replicate")
        along = self.axes(padded)
        length = functional.conv2d((padded - self.mean).square(), self.ones, stride=self.step)
        explained = (along * self.deviations[None, :, None, None]).square().sum(dim=1, keepdim=True)
        rest = 0.5 * ((length - explained).clamp_min(0) + LEAST_REST).log()
        extent = (along.square().mean(dim=1, keepdim=True) + 1e-3).log()
        told = torch.cat([along.sign() * along.abs().log1p(), extent, rest], dim=1)
        return told if self.repeat == 1 else functional.interpolate(told, scale_factor=float(self.repeat))

    def start_from(self, patches: NDArray[np.float32]) -> None:
        """Takes the principal axes of good patches `[P, 3, 8, 8]` for its filters."""
        flat = patches.reshape(len(patches), -1).astype(np.float64)
        plane_means = patches.mean(axis=(0, 2, 3), dtype=np.float64)
        mean = np.repeat(plane_means, SIDE * SIDE)
        centred = flat - mean
        values, vectors = np.linalg.eigh(centred.T @ centred / len(flat))
        count = self.axes.out_channels
        deviations = np.maximum(np.sqrt(values[::-1][:count].clip(0)), LEAST_DEVIATION)
        filters = (vectors[:, ::-1][:, :count] / deviations).T
        with torch.no_grad():
            self.axes.weight.copy_(torch.from_numpy(filters.reshape(count, 3, SIDE, SIDE)))
            assert self.axes.bias is not None
            self.axes.bias.copy_(torch.from_numpy(-filters @ mean))
            self.mean.copy_(torch.from_numpy(plane_means.reshape(1, 3, 1, 1)))
            self.deviations.copy_(torch.from_numpy(deviations))


class Repair(nn.Module):
    """uint8 `[N, H, W, 3]`, H and W multiples of 16, to log-odds of a defect, float32 `[N, H / 4, W / 4]`."""

    opponent: Tensor
    middle: Tensor
    spread: Tensor

    def __init__(self) -> None:
        super().__init__()
        self.scales = nn.ModuleList([Scale(scale, axes) for scale, axes in enumerate(AXES)])
        inputs = sum(AXES) + 2 * len(AXES)
        self.register_buffer("middle", torch.zeros(1, inputs, 1, 1))
        self.register_buffer("spread", torch.ones(1, inputs, 1, 1))
        wide, narrow = HIDDEN
        self.head = nn.Sequential(
            nn.Conv2d(inputs, wide, 1), nn.ReLU(), nn.Conv2d(wide, narrow, 1), nn.ReLU(), nn.Conv2d(narrow, 1, 1)
        )
        self.register_buffer("opponent", torch.tensor(OPPONENT).reshape(3, 3, 1, 1))

    def forward(self, image: Tensor) -> Tensor:
        """Log-odds, smoothed over three places each way."""
        odds = self.each_place(image)[:, None]
        return functional.avg_pool2d(odds, 3, stride=1, padding=1, count_include_pad=False)[:, 0]

    def each_place(self, image: Tensor) -> Tensor:
        """Log-odds of each place by itself, as they are taught."""
        odds: Tensor = self.head((self.tell(image) - self.middle) / self.spread)
        return odds[:, 0]

    def tell(self, image: Tensor) -> Tensor:
        """What all scales tell of each place, `[N, F, H / 4, W / 4]`."""
        planes = functional.conv2d(image.permute(0, 3, 1, 2).float() / 255, self.opponent)
        told = []
        for scale in self.scales:
            told.append(scale(planes))
            planes = functional.avg_pool2d(planes, 2)
        return torch.cat(told, dim=1)


class Pair(nn.Module):
    """Two networks, each taught on another half of the good pictures, so that none of these is scored by a network that
    knows it: uint8 `[N, H, W, 3]` to `[N, 2, H / 4, W / 4]`."""

    def __init__(self) -> None:
        super().__init__()
        self.members = nn.ModuleList([Repair(), Repair()])

    def forward(self, image: Tensor) -> Tensor:
        """What each says."""
        return torch.stack([member(image) for member in self.members], dim=1)


def count_parameters(network: nn.Module) -> int:
    """The numbers in its weights and buffers."""
    return sum(each.numel() for each in (*network.parameters(), *network.buffers()))


def opponent_planes(picture: NDArray[np.uint8]) -> NDArray[np.float32]:
    """uint8 `[H, W, 3]` as the network's planes, `[3, H, W]`."""
    planes = picture.astype(np.float32) / np.float32(255) @ np.array(OPPONENT, np.float32).T
    return np.ascontiguousarray(planes.transpose(2, 0, 1))
