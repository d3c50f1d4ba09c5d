"""torchvision's VGG weights as the start of an encoder."""

from __future__ import annotations

from pathlib import Path

import torch
from torch import nn

from trainer.architectures.autoencoder import Autoencoder
from trainer.errors import CheckpointError
from trainer.start.weight_files import read_weights

# What torchvision's networks expect of their input: pixels in [0, 1], less the mean, over the deviation.
IMAGENET_MEAN, IMAGENET_DEVIATION = (0.485, 0.456, 0.406), (0.229, 0.224, 0.225)
FLAG = "--pretrained"


def load_pretrained(model: Autoencoder, path: Path) -> None:
    """Puts the convolutions of a file (`features.N.weight`, `features.N.bias`) into the encoder of a VGG network.

    The normalisation of ImageNet goes into the first convolution, so that the encoder gives torchvision's features of
    the pixels in [0, 1] that it is fed (but for a border of one pixel, where padding is black and not the mean).

    Raises:
        CheckpointError: The file cannot be read, or is of another network.
    """
    weights = read_weights(path, FLAG)
    assert isinstance(model.encoder, nn.Sequential)
    features = [(index, each) for index, each in enumerate(model.encoder) if isinstance(each, nn.Conv2d)]
    if model.log_variance is not None:
        del features[-1]  # the layer of the mean, which VGG does not have
    with torch.no_grad():
        for index, layer in features:
            for name, parameter in layer.named_parameters():
                given = weights.get(f"features.{index}.{name}")
                if given is None or given.shape != parameter.shape:
                    raise CheckpointError(
                        f"{FLAG}: {path} is of another network: features.{index}.{name} is missing or of another shape."
                    )
                parameter.copy_(given)
        _take_normalisation_in(features[0][1])


def _take_normalisation_in(layer: nn.Conv2d) -> None:
    """Makes a layer that expects normalised pixels take those in [0, 1]."""
    mean, deviation = torch.tensor(IMAGENET_MEAN), torch.tensor(IMAGENET_DEVIATION)
    assert layer.bias is not None
    layer.weight.div_(deviation[:, None, None])
    layer.bias.sub_((layer.weight * mean[:, None, None]).sum(dim=(1, 2, 3)))
