"""Principal component analysis of pixels: the simplest autoencoder there is, and the floor that a network must beat.

With the same count of numbers per picture, no linear code rebuilds the pictures that it was fitted on with a smaller
squared error (Eckart and Young, 1936).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sklearn.decomposition import PCA

Pixels = NDArray[np.uint8]


@dataclass(frozen=True)
class PatchFloor:
    """Blocks of `side` x `side` pixels, each kept as a few linear coefficients.

    Attributes:
        side: Height and width of a block in pixels.
        mean: float64 [P], the mean block, P = 3 side².
        axes: float64 [C, P], unit length.
    """

    side: int
    mean: NDArray[np.float64]
    axes: NDArray[np.float64]

    def rebuild(self, picture: Pixels) -> NDArray[np.float32]:
        """uint8 [H, W, 3], H and W multiples of `side` -> float32 [H, W, 3], clipped to [0, 255]."""
        blocks = _blocks(picture, self.side) - self.mean
        rebuilt = blocks @ self.axes.T @ self.axes + self.mean
        height, width, _ = picture.shape
        rows = rebuilt.reshape(height // self.side, width // self.side, self.side, self.side, 3)
        return rows.transpose(0, 2, 1, 3, 4).reshape(picture.shape).clip(0, 255).astype(np.float32)


def fit_patches(pictures: Iterable[Pixels], side: int, numbers: int) -> PatchFloor:
    """The best `numbers` coefficients for blocks of these pictures, each uint8 [H, W, 3] of any size.

    The covariance is summed up picture by picture, so the set may be of any size.
    """
    width = 3 * side * side
    count, total, products = 0, np.zeros(width), np.zeros((width, width))
    for picture in pictures:
        height = picture.shape[0] // side * side
        blocks = _blocks(picture[:height, : picture.shape[1] // side * side], side)
        count += len(blocks)
        total += blocks.sum(axis=0)
        products += blocks.T @ blocks
    mean = total / count
    _, vectors = np.linalg.eigh(products / count - np.outer(mean, mean))
    return PatchFloor(side, mean, vectors[:, ::-1][:, :numbers].T)


@dataclass(frozen=True)
class PictureFloor:
    """Whole pictures of one size, each kept as a few linear coefficients."""

    model: PCA

    def rebuild(self, picture: Pixels) -> NDArray[np.float32]:
        """uint8 [H, W, 3] of the size fitted on -> float32 [H, W, 3], clipped to [0, 255]."""
        flat = picture.reshape(1, -1).astype(np.float32)
        rebuilt: NDArray[np.float32] = self.model.inverse_transform(self.model.transform(flat))
        return rebuilt.reshape(picture.shape).clip(0, 255)


def fit_pictures(pictures: Pixels, numbers: int) -> PictureFloor:
    """The best `numbers` coefficients for uint8 [N, H, W, 3] (randomised: Halko, Martinsson and Tropp, 2011)."""
    flat = pictures.reshape(len(pictures), -1).astype(np.float32)
    count = min(numbers, *flat.shape)
    return PictureFloor(PCA(count, svd_solver="randomized", random_state=0, copy=False).fit(flat))


def _blocks(picture: Pixels, side: int) -> NDArray[np.float64]:
    """uint8 [H, W, 3] -> float64 [blocks, 3 side²]."""
    height, width, _ = picture.shape
    rows = picture.reshape(height // side, side, width // side, side, 3).transpose(0, 2, 1, 3, 4)
    return rows.reshape(-1, side * side * 3).astype(np.float64)
