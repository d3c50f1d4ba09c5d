"""Random crops, flips and colour changes of whole batches, on the device they train on.

The changes of a picture follow from the seed, the step and its position in the step's batch alone. There is no state to
save, so a resumed run sees what the run never stopped would have seen, and so does a batch that is split over several
processes or passes.
"""

from __future__ import annotations

import numpy as np
import torch
from torch import Tensor

from trainer.options.config import TrainConfig
from trainer.options.values import Sides

GREY = (0.299, 0.587, 0.114)  # luma of ITU-R BT.601


def augment(image: Tensor, config: TrainConfig, step: int, first: int = 0) -> Tensor:
    """Changes each picture of a batch at random, as the options ask; the batch itself where they ask for nothing.

    Args:
        image: float32 (B, 3, H, W) in [0, 1], with H and W the `stored_sides` of the configuration.
        config: `crop`, `flip`, `colour`, `size` and `seed` are looked at.
        step: The step from 0; `first` is the position in its batch of the first picture given.
        first: See `step`.

    Returns:
        float32 (B, 3, H, W) in [0, 1], with H and W the `sides` of the configuration.
    """
    sides = config.pictures.sides
    if config.pictures.stored_sides == sides and not config.pictures.flip and config.pictures.colour == 0:
        return image
    random = np.random.default_rng((config.run.seed, step)).random((first + len(image), 7), dtype=np.float32)
    draws = torch.from_numpy(random[first:]).to(image.device)
    if config.pictures.tiles:
        image = _shift(image, draws[:, 1:3], sides[0])
    elif config.pictures.crop < 1:
        image = _crop(image, draws[:, :3], config.pictures.crop, sides)
    if config.pictures.flip:
        image = torch.where(draws[:, 3].lt(0.5)[:, None, None, None], image.flip(3), image)
    if config.pictures.colour > 0:
        image = _recolour(image, (draws[:, 4:] * 2 - 1) * config.pictures.colour)
    return image.contiguous(memory_format=torch.channels_last)


def _crop(image: Tensor, draws: Tensor, smallest: float, sides: Sides) -> Tensor:
    """Parts of a random share of the area, from `smallest` to 1, in a random place, resized to (B, 3, *sides).

    Each new pixel is the mean of four bilinear samples: what RoIAlign does (He et al., Mask R-CNN, 2017).
    """
    from torchvision.ops import roi_align  # slow to import, and most runs do not crop

    scale = (smallest + (1 - smallest) * draws[:, 0]).sqrt()
    height, width = (side * scale for side in image.shape[-2:])
    left, top = (image.shape[-1] - width) * draws[:, 1], (image.shape[-2] - height) * draws[:, 2]
    number = torch.arange(len(image), device=image.device, dtype=image.dtype)
    boxes = torch.stack([number, left, top, left + width, top + height], dim=1)
    cropped: Tensor = roi_align(image.contiguous(), boxes, sides, sampling_ratio=2, aligned=True)
    return cropped.clamp_(0, 1)


def _shift(image: Tensor, draws: Tensor, size: int) -> Tensor:
    """Squares of (B, 3, size, size) in random places, pixel by pixel as they were."""
    places = (draws * (image.shape[-1] - size + 1)).long().tolist()
    return torch.stack([each[:, top : top + size, left : left + size] for each, (left, top) in zip(image, places)])


def _recolour(image: Tensor, amounts: Tensor) -> Tensor:
    """Brightness, contrast and saturation times 1 + amount: amounts (B, 3)."""
    brightness, contrast, saturation = (1 + amounts[:, index, None, None, None] for index in range(3))
    image = image * brightness
    mean = image.mean(dim=(1, 2, 3), keepdim=True)
    image = mean + (image - mean) * contrast
    weights = torch.tensor(GREY, device=image.device)[None, :, None, None]
    grey = (image * weights).sum(dim=1, keepdim=True)
    return (grey + (image - grey) * saturation).clamp_(0, 1)
