"""Principal components of the patches of training pictures: block PCA, and the start of a network with a map."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import nn

from trainer.architectures.autoencoder import Autoencoder
from trainer.architectures.patches import PATCH, beside, set_linear_code
from trainer.data import Pictures

LARGEST_SAMPLE = 256  # pictures
LARGEST_PATCHES = 1 << 17  # 100 MiB of them


@dataclass(frozen=True)
class PatchCode:
    """A linear code of 8x8 patches, each by itself.

    Attributes:
        mean: float32 [192], the mean patch, 0 to 1, laid out as `nn.PixelUnshuffle` does.
        components: float32 [C, 192], orthonormal, most variance first.
        pictures: How many it was fitted on.
    """

    mean: NDArray[np.float32]
    components: NDArray[np.float32]
    pictures: int

    def reconstruct(self, pictures: NDArray[np.uint8]) -> NDArray[np.float32]:
        """uint8 [B, H, W, 3], H and W multiples of 8 -> float32 [B, H, W, 3], clipped to [0, 1]."""
        patches = _patches(pictures) - torch.from_numpy(self.mean)
        components = torch.from_numpy(self.components)
        reconstruction = patches @ components.T @ components + torch.from_numpy(self.mean)
        image = nn.functional.pixel_shuffle(reconstruction.movedim(-1, 1), PATCH).clamp(0, 1)
        values: NDArray[np.float32] = image.permute(0, 2, 3, 1).numpy()
        return values


def fit_patches(pictures: Pictures, numbers: int) -> PatchCode:
    """Fits principal components to the patches of evenly spread training pictures.

    Args:
        pictures: At least one, of a height and width that 8 divides.
        numbers: Components, 1 to 192.
    """
    patches_each = int(np.prod(pictures.pixels.shape[1:3])) // PATCH**2
    count = min(len(pictures), LARGEST_SAMPLE, max(1, LARGEST_PATCHES // patches_each))
    patches = _patches(pictures.batch(np.arange(count) * len(pictures) // count)).flatten(0, 2).double()
    mean = patches.mean(dim=0)
    _, vectors = torch.linalg.eigh((patches - mean).T @ (patches - mean))  # the largest come last
    components = vectors.T.flip(0)[:numbers]
    return PatchCode(mean.float().numpy(), components.float().numpy(), count)


def start_from_patches(model: Autoencoder, pictures: Pictures) -> None:
    """Fits the linear paths to evenly spread training pictures; the network then reconstructs as well as patch PCA.

    Args:
        model: Built with `init` as `pca`, on the CPU.
        pictures: Those to train on.
    """
    set_patches(model, fit_patches(pictures, model.latent_size))


def set_patches(model: Autoencoder, code: PatchCode) -> None:
    """Makes the linear paths of a network built with `init` as `pca` or `lapped`, on the CPU, those of a code.

    Paths that see several blocks look at the middle one alone.
    """
    encoder, decoder = beside(model.encoder), beside(model.decoder)
    inward = torch.from_numpy(code.components)[:, :, None, None]
    around = next(each for each in encoder.linear.modules() if isinstance(each, nn.Conv2d)).kernel_size[0] // 2
    inward = nn.functional.pad(inward, (around,) * 4)
    set_linear_code(encoder, decoder, inward, inward.movedim(1, 0), torch.from_numpy(code.mean))


def _patches(pictures: NDArray[np.uint8]) -> torch.Tensor:
    """uint8 [B, H, W, 3] -> float32 (B, H / 8, W / 8, 192) in [0, 1]."""
    image = torch.from_numpy(pictures).permute(0, 3, 1, 2).float() / 255
    return nn.functional.pixel_unshuffle(image, PATCH).movedim(1, -1)
