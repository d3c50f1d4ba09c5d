"""Principal components of the patches of training pictures, as the start of a network with a linear path."""

from __future__ import annotations

import numpy as np
import torch
from torch import nn

from trainer.architectures.autoencoder import Autoencoder
from trainer.architectures.patches import PATCH, Beside, set_linear_code
from trainer.data import Pictures

LARGEST_SAMPLE = 256  # pictures
LARGEST_PATCHES = 1 << 17  # 100 MiB of them


def start_from_patches(model: Autoencoder, pictures: Pictures) -> None:
    """Fits the linear paths to evenly spread training pictures; the network then rebuilds as well as patch PCA.

    Args:
        model: Built with `init` as `pca`, on the CPU.
        pictures: Those to train on.
    """
    patches_each = (pictures.pixels.shape[1] // PATCH) ** 2
    count = min(len(pictures), LARGEST_SAMPLE, max(1, LARGEST_PATCHES // patches_each))
    pixels = pictures.batch(np.arange(count) * len(pictures) // count)
    image = torch.from_numpy(pixels).permute(0, 3, 1, 2).float() / 255
    patches = nn.functional.pixel_unshuffle(image, PATCH).movedim(1, -1).flatten(0, 2).double()
    mean = patches.mean(dim=0)
    _, vectors = torch.linalg.eigh((patches - mean).T @ (patches - mean))  # the largest come last
    components = vectors.T.flip(0)[: model.latent_size]
    assert isinstance(model.encoder, Beside)
    assert isinstance(model.decoder, Beside)
    inward = components.float()[:, :, None, None]
    set_linear_code(model.encoder, model.decoder, inward, inward.movedim(1, 0), mean.float())
