"""Principal component analysis of pixels: the simplest autoencoder there is, and the floor that a network must beat.

With the same count of numbers per picture, no linear code reconstructs the pictures that it was fitted on with a
smaller squared error (Eckart and Young, 1936).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from trainer.data import Pictures

Pixels = NDArray[np.uint8]
Floats = NDArray[np.float64]

BLOCK_PICTURES = 256  # that are in memory as floats at a time
SPARE_AXES = 16  # found beside those asked for, and dropped: the last ones found are the least exact
PASSES = 8


@dataclass(frozen=True)
class PatchFloor:
    """Blocks of `side` x `side` pixels, each kept as a few linear coefficients.

    Attributes:
        side: Height and width of a block in pixels.
        mean: float64 [P], the mean block, P = 3 side².
        axes: float64 [C, P], unit length, most variance first.
        pictures: How many it was fitted on.
    """

    side: int
    mean: Floats
    axes: Floats
    pictures: int

    def keeping(self, numbers: int) -> PatchFloor:
        """The same with the first `numbers` coefficients alone."""
        return replace(self, axes=self.axes[:numbers])

    def reconstruct(self, picture: Pixels) -> NDArray[np.float32]:
        """uint8 [H, W, 3], H and W multiples of `side` -> float32 [H, W, 3], clipped to [0, 255]."""
        blocks = _blocks(picture, self.side) - self.mean
        reconstruction = blocks @ self.axes.T @ self.axes + self.mean
        height, width, _ = picture.shape
        rows = reconstruction.reshape(height // self.side, width // self.side, self.side, self.side, 3)
        return rows.transpose(0, 2, 1, 3, 4).reshape(picture.shape).clip(0, 255).astype(np.float32)


def fit_patches(pictures: Iterable[Pixels], side: int, numbers: int) -> PatchFloor:
    """The best `numbers` coefficients for blocks of these pictures, each uint8 [H, W, 3] of any size.

    The covariance is summed up picture by picture, so the set may be of any size.
    """
    width = 3 * side * side
    fitted, count, total, products = 0, 0, np.zeros(width), np.zeros((width, width))
    for picture in pictures:
        height = picture.shape[0] // side * side
        blocks = _blocks(picture[:height, : picture.shape[1] // side * side], side)
        fitted += 1
        count += len(blocks)
        total += blocks.sum(axis=0)
        products += blocks.T @ blocks
    mean = total / count
    _, vectors = np.linalg.eigh(products / count - np.outer(mean, mean))
    return PatchFloor(side, mean, vectors[:, ::-1][:, :numbers].T, fitted)


@dataclass(frozen=True)
class PictureFloor:
    """Whole pictures of one size, each kept as a few linear coefficients.

    Attributes:
        mean: float32 [P], the mean picture.
        axes: float32 [C, P], unit length, most variance first.
        pictures: How many it was fitted on.
    """

    mean: NDArray[np.float32]
    axes: NDArray[np.float32]
    pictures: int

    def reconstruct(self, picture: Pixels) -> NDArray[np.float32]:
        """uint8 [H, W, 3] of the size fitted on -> float32 [H, W, 3], clipped to [0, 255]."""
        kept = self.axes @ (picture.reshape(-1) - self.mean)
        reconstruction: NDArray[np.float32] = kept @ self.axes + self.mean
        return reconstruction.reshape(picture.shape).clip(0, 255)


def fit_pictures(pictures: Pictures, numbers: int) -> PictureFloor:
    """The best `numbers` coefficients for pictures of one size, however many: a few hundred are in memory at a time.

    Subspace iteration on the covariance from a random start (Halko, Martinsson and Tropp, Finding structure with
    randomness, 2011, algorithm 4.4), then the principal axes within that subspace.
    """
    mean = _mean(pictures)
    width = min(numbers + SPARE_AXES, len(pictures), len(mean))
    basis = np.random.default_rng(0).standard_normal((len(mean), width), np.float32)
    for _ in range(PASSES):
        basis = np.linalg.qr(_covariance_times(pictures, mean, basis))[0]
    _, vectors = np.linalg.eigh(basis.T @ _covariance_times(pictures, mean, basis))
    return PictureFloor(mean, (basis @ vectors[:, ::-1][:, :numbers]).T, len(pictures))


def _mean(pictures: Pictures) -> NDArray[np.float32]:
    total = sum(block.sum(axis=0, dtype=np.float64) for block in _flat(pictures))
    mean: NDArray[np.float32] = (total / len(pictures)).astype(np.float32)
    return mean


def _covariance_times(pictures: Pictures, mean: NDArray[np.float32], basis: NDArray[np.float32]) -> NDArray[np.float32]:
    """The covariance [P, P] of the pictures times `basis` [P, Q], without the covariance."""
    product = np.zeros_like(basis)
    for block in _flat(pictures):
        block -= mean
        product += block.T @ (block @ basis)
    return product / len(pictures)


def _flat(pictures: Pictures) -> Iterator[NDArray[np.float32]]:
    """A few pictures at a time: float32 [B, P]."""
    for start in range(0, len(pictures), BLOCK_PICTURES):
        block = pictures.batch(slice(start, start + BLOCK_PICTURES))
        yield block.reshape(len(block), -1).astype(np.float32)


def _blocks(picture: Pixels, side: int) -> Floats:
    """uint8 [H, W, 3] -> float64 [blocks, 3 side²]."""
    height, width, _ = picture.shape
    rows = picture.reshape(height // side, side, width // side, side, 3).transpose(0, 2, 1, 3, 4)
    return rows.reshape(-1, side * side * 3).astype(np.float64)
